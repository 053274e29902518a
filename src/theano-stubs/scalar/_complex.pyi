from theano.scalar import ScalarFunction
from typing import Any

complex: ScalarFunction
