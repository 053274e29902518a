from theano.compile import TensorSharedVariable
from typing import Any
from typing import overload

import numpy
@overload
def shared(
    value: numpy.ndarray[Any, Any] | numpy.generic | complex, name: str | None = None,
    strict: bool = False, allow_downcast: bool | None = None, **kwargs: Any,
) -> TensorSharedVariable: ...
@overload
def shared(
    value: object, name: str | None = None, strict: bool = False,
    allow_downcast: bool | None = None, **kwargs: Any,
) -> Any: ...
