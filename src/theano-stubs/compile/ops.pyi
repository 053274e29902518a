"""theano.compile.ops of Theano 1.0.5."""

from theano.tensor import Shape_i as _tensor_Shape_i
from typing import Any

__all__ = ['DeepCopyOp', 'FromFunctionOp', 'OutputGuard', 'Rebroadcast', 'Shape', 'Shape_i', 'SpecifyShape', 'ViewOp', 'as_op', 'deep_copy_op', 'load_back', 'shape', 'shape_i', 'shape_i_op', 'specify_shape', 'view_op']
from theano.compile import DeepCopyOp as DeepCopyOp
from theano.compile import FromFunctionOp as FromFunctionOp
from theano.compile.debugmode import OutputGuard as OutputGuard
from theano.tensor import Rebroadcast as Rebroadcast
from theano.tensor import Shape as Shape
from theano.tensor import Shape_i as Shape_i
from theano.tensor import SpecifyShape as SpecifyShape
from theano.compile import ViewOp as ViewOp
from theano.compile import as_op as as_op
from theano.compile import deep_copy_op as deep_copy_op
def load_back(mod: str, name: str) -> Any:
    """The object called ``name`` in the module ``mod``."""
from theano.tensor._shape import shape as shape
from theano.tensor import shape_i as shape_i
shape_i_op = _tensor_Shape_i
from theano.tensor import specify_shape as specify_shape
from theano.compile import view_op as view_op
