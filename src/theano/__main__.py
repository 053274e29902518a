"""``python -m theano``."""

import sys

from theano.command_line import main

if __name__ == "__main__":
    sys.exit(main())
