"""The oracle: NumPy, node by node.  ``compile_task`` is the back end."""

from theano.backends.python.run import compile_task

__all__ = ["compile_task"]
