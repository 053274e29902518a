"""theano.compile.ops of Theano 1.0.5."""

import theano
from theano import gof
from theano.compile import FromFunctionOp, as_op
from theano.legacy.adapters.function_parts import load_back
from theano.tensor import Rebroadcast, Shape, Shape_i, SpecifyShape, shape, shape_i, specify_shape
from theano.tensor import Shape_i as shape_i_op
from theano.tensor.passing import DeepCopyOp, OutputGuard, ViewOp, deep_copy_op, view_op

__all__ = [
    "DeepCopyOp",
    "FromFunctionOp",
    "OutputGuard",
    "Rebroadcast",
    "Shape",
    "Shape_i",
    "SpecifyShape",
    "ViewOp",
    "as_op",
    "deep_copy_op",
    "gof",
    "load_back",
    "shape",
    "shape_i",
    "shape_i_op",
    "specify_shape",
    "theano",
    "view_op",
]
