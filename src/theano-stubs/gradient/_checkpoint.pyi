from collections.abc import Callable
from theano.tensor import TensorVariable
from typing import Any

def checkpoint(f: Callable[..., Any], *inputs: Any) -> TensorVariable:
    """``f(*inputs)``, computed a second time for gradients: of what it computes on its way nothing is kept for them."""
