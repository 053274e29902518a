"""The peers' virtual environments: ``python -m benchmarks.environments [name ...]`` creates what is missing."""

import argparse
import json
import subprocess
import sys
import venv

from benchmarks.peers import (
    ENVIRONMENTS,
    REPORTED_PACKAGES,
    REQUIREMENTS,
    environment_python,
)

_VERSIONS = """
import json, sys
from importlib.metadata import PackageNotFoundError, version
found = {"python": sys.version.split()[0]}
for name in sys.argv[1:]:
    try:
        found[name] = version(name)
    except PackageNotFoundError:
        continue
print(json.dumps(found))
"""


def create(name: str, *, update: bool = False) -> bool:
    """Create the environment unless it is there and complete; True when pip succeeded or had nothing to do.

    A file ``complete`` is written last, so an interrupted installation is taken up again.
    """
    complete = ENVIRONMENTS / name / "complete"
    if complete.exists() and not update:
        return True
    venv.create(ENVIRONMENTS / name, with_pip=True, symlinks=True)
    upgrade = ["--upgrade"] if update else []
    command = [
        str(environment_python(name)),
        "-m",
        "pip",
        "install",
        "--progress-bar=off",
        *upgrade,
    ]
    if subprocess.run([*command, *REQUIREMENTS[name]], check=False).returncode != 0:
        return False
    complete.write_text("\n".join(REQUIREMENTS[name]) + "\n")
    return True


def is_complete(name: str) -> bool:
    """Whether the environment has been created with all its packages."""
    return (ENVIRONMENTS / name / "complete").exists()


def versions(name: str) -> dict[str, str]:
    """Versions of Python and of the reported packages in an environment."""
    command = [str(environment_python(name)), "-c", _VERSIONS, *REPORTED_PACKAGES]
    return json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)


def main(arguments: list[str]) -> int:
    """Create the named environments, all by default, and print what they hold."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.environments", description=__doc__)
    parser.add_argument("names", nargs="*", help=f"of {', '.join(REQUIREMENTS)}; all when none is given")
    parser.add_argument("--update", action="store_true", help="bring existing environments up to date")
    options = parser.parse_args(arguments)
    if unknown := set(options.names) - set(REQUIREMENTS):
        parser.error(f"no such environment: {', '.join(sorted(unknown))}")
    failed = [name for name in options.names or REQUIREMENTS if not create(name, update=options.update)]
    for name in options.names or REQUIREMENTS:
        if is_complete(name):
            found = versions(name)
            print(
                f"{name:10}",
                ", ".join(f"{package} {found[package]}" for package in found),
            )
    if failed:
        print(f"not complete: {', '.join(failed)}", file=sys.stderr)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
