from theano.graph import Variable
from theano.tensor import TensorVariable
from typing import Any

def join(axis: Any, *tensors_list: Any) -> TensorVariable:
    """The tensors one after the other along ``axis``; a single one is returned as it is."""
