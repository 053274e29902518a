"""theano.ifelse of Theano 1.0.5."""

from theano.control_flow import IfElse, ifelse

__all__ = ["IfElse", "ifelse"]
