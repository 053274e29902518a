"""theano.d3viz.formatting of Theano 1.0.5."""

from collections.abc import Mapping
from collections.abc import Sequence
from theano.graph import Apply
from theano.graph import Variable
from typing import Any

__all__ = ['Function', 'PyDotFormatter', 'apply_label', 'apply_profile', 'broadcastable_to_str', 'dict_to_pdnode', 'dtype_to_char', 'pydot_imported', 'pydot_imported_msg', 'type_to_str', 'var_label', 'var_tag']
from theano.compile import Function as Function
from theano.d3viz.d3viz import PyDotFormatter as PyDotFormatter
def apply_label(node: Apply) -> str:
    """What an application is called in a picture."""
def apply_profile(node: Apply, profile: Any) -> list[float]:
    """Seconds that a profile puts down to an application, and to the whole function; empty without a profile."""
def broadcastable_to_str(b: Sequence[bool]) -> str:
    """The name of a pattern: "matrix", "row"; "" of one without a name."""
def dict_to_pdnode(d: Mapping[str, Any]) -> Any:
    """A node of pydot, or like one, of a dict of its name and attributes; texts are shortened, None is left out."""
def dtype_to_char(dtype: Any) -> str:
    """The letter that the names of variables' constructors begin with; "X" for dtypes that have none."""
pydot_imported: bool
pydot_imported_msg: str
def type_to_str(t: Any) -> str:
    """A type in a word: "dmatrix"."""
def var_label(var: Variable, precision: int = 3) -> str:
    """The name of a variable, or the value of a constant with so many digits."""
def var_tag(var: Variable) -> list[Any] | None:
    """Where a variable was made: file, line, function and text of the line; None where that is not known."""
