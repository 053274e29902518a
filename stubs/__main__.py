"""``python -m stubs``: write src/theano-stubs."""

from stubs import write

write()
