"""What parameters accept."""

from typing import Any, TypeAlias

import numpy as np

from theano.graph import Variable

# What becomes a variable by itself: numbers, arrays, lists and tuples of them, variables.
TensorLike: TypeAlias = Variable | complex | np.generic | np.ndarray[Any, Any] | list[Any] | tuple[Any, ...] | range
