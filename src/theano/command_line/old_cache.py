"""The script ``theano-cache`` of Theano 1.0.5."""

from __future__ import annotations

import argparse
import os
import shutil
import sys
from collections.abc import Sequence
from contextlib import suppress

from theano.backends.llvm import cache
from theano.command_line import cache_folder
from theano.configuration import config

COMMANDS = {
    "list": "print the files of compiled functions",
    "cleanup": "delete what is damaged or was never finished",
    "clear": "delete all compiled functions",
    "purge": "delete the cache folder as a whole",
    "basecompiledir": "print the folder above the cache folders",
    "unlock": "nothing: nobody locks the cache",
    "help": "print this text",
}


def main(arguments: Sequence[str] | None = None) -> int:
    """Carry out a command line; without a command print where the cache is."""
    listed = "\n".join(f"  {name:15} {text}" for name, text in COMMANDS.items())
    parser = argparse.ArgumentParser(
        prog="theano-cache",
        description="The folder of compiled functions: without a command its path is printed.",
        epilog=f"commands:\n{listed}",
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("command", nargs="?", choices=COMMANDS, metavar="command", help="one of those below")
    command = parser.parse_args(arguments).command
    match command:
        case None:
            print(config.compiledir)
        case "list":
            for entry in cache_folder.files():
                print(f"{entry.size:10} {entry.path}")
            return cache_folder.info()
        case "cleanup":
            return cache_folder.verify(remove=True)
        case "clear":
            return cache_folder.clear()
        case "purge":
            shutil.rmtree(cache.folder(), ignore_errors=True)
            with suppress(OSError):  # files of somebody else are in it
                os.rmdir(config.compiledir)
            print(f"{cache.folder()} deleted")
        case "basecompiledir":
            print(config.base_compiledir)
        case "unlock":
            print("there is no lock: files are written under other names and renamed")
        case "help":
            parser.print_help()
    return 0


if __name__ == "__main__":
    sys.exit(main())
