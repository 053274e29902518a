"""``python -m theano``: what there is, whether it works, the cache, a comparison of speed."""

from __future__ import annotations

import argparse
from collections.abc import Sequence


def parser() -> argparse.ArgumentParser:
    """The commands and their options."""
    top = argparse.ArgumentParser(
        prog="python -m theano",
        description="Without a command: print versions, processor, BLAS, cache and devices, and test that compiling works. "
        "The exit status is 0 when all is well, else 1.",
    )
    top.add_argument("--no-test", action="store_true", help="print only, compile nothing")
    commands = top.add_subparsers(dest="command", metavar="command")
    cache = commands.add_parser(
        "cache",
        help="the folder of compiled functions",
        description="The folder in which compiled functions are kept.",
    )
    actions = cache.add_subparsers(dest="action", metavar="action", required=True)
    actions.add_parser("info", help="where it is, how many functions it holds, and how large they are")
    actions.add_parser("clear", help="delete them; they are made anew when they are needed")
    verify = actions.add_parser(
        "verify", help="read all, and tell which are damaged; exit status 1 if some are"
    )
    verify.add_argument("--remove", action="store_true", help="delete those")
    bench = commands.add_parser(
        "bench",
        help="compare with NumPy and what is installed of PyTensor, JAX and PyTorch",
        description="Compute the same by each library that is installed here, in turns, and print medians. Results are compared "
        "first.",
    )
    bench.add_argument("--quick", action="store_true", help="a tenth of the time")
    bench.add_argument(
        "--seconds",
        type=float,
        default=100.0,
        help="time for all measurements together (default: %(default)s)",
    )
    bench.add_argument("--only", metavar="TEXT", help="comparisons whose name holds this text")
    bench.add_argument(
        "--libraries", metavar="A,B", help="only these of theano, numpy, pytensor, jax and torch"
    )
    return top


def main(arguments: Sequence[str] | None = None) -> int:
    """Carry out a command line; its exit status."""
    top = parser()
    given = top.parse_args(arguments)
    if given.command == "cache":
        from theano.command_line import cache_folder

        match given.action:
            case "info":
                return cache_folder.info()
            case "clear":
                return cache_folder.clear()
            case _:
                return cache_folder.verify(given.remove)
    if given.command == "bench":
        from theano.command_line.bench import LIBRARIES, bench

        wanted = given.libraries.split(",") if given.libraries else list(LIBRARIES)
        if unknown := [name for name in wanted if name not in LIBRARIES]:
            top.error(f"--libraries: {', '.join(unknown)} is none of {', '.join(LIBRARIES)}")
        return bench(given.seconds / (10 if given.quick else 1), given.only or "", wanted)
    from theano.command_line.installation import described

    print("\n".join(described()))
    if given.no_test:
        return 0
    from theano.command_line.self_test import self_test

    print()
    return self_test()
