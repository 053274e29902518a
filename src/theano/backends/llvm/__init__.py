"""The default back end: programs of the loop IR as machine code, through LLVM."""

from theano.backends.llvm.link import compile_task

__all__ = ["compile_task"]
