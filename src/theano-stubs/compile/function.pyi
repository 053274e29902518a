"""``theano.function``: from symbolic inputs and outputs to a function of values."""

from collections.abc import Iterable
from collections.abc import Mapping
from collections.abc import Sequence
from theano.compile import Function
from theano.compile import SharedVariable
from theano.compile.mode import Mode
from typing import Any

def function(inputs: Sequence[Any], outputs: Any = None, mode: str | Mode | None = None, updates: Mapping[Any, Any] | Iterable[Sequence[Any]] | None = None, givens: Mapping[Any, Any] | Iterable[Sequence[Any]] | None = None, no_default_updates: bool | Sequence[SharedVariable] = False, accept_inplace: bool = False, name: str | None = None, rebuild_strict: bool = True, allow_input_downcast: bool | None = None, profile: Any = None, on_unused_input: str | None = None) -> Function:
    """Compile a graph into a function of values."""
from theano import function_dump as function_dump
pfunc = function
from theano.compile import orig_function as orig_function
