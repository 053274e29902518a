"""What an expression is: types, variables, ops and the graphs that they form; walking, cloning and comparing them."""

from collections.abc import Callable
from collections.abc import Iterable
from collections.abc import Iterator
from collections.abc import Mapping
from collections.abc import Sequence
from typing import Any

__all__ = ['Apply', 'Constant', 'DTypeMismatch', 'FunctionGraph', 'Generic', 'InconsistencyError', 'MethodNotDefined', 'MissingInputError', 'Node', 'Op', 'Origin', 'Scratchpad', 'ShapeMismatch', 'Type', 'UnusedInputError', 'Variable', 'generic', 'inherited_origin', 'require']
class Apply(Node):
    """The application of an op to inputs.  Lists, not tuples, because the rewriting engine exchanges inputs."""
    op: Any
    inputs: list[Any]
    outputs: list[Any]
    tag: Any
    origin: Any
    def __init__(self, op: Any, inputs: Sequence[Variable], outputs: Sequence[Variable]) -> None: ...
    def run_context(self) -> None: ...
    @property
    def nin(self) -> int: ...
    @property
    def nout(self) -> int: ...
    @property
    def out(self) -> Variable:
        """The only output, or the op's default one."""
    def default_output(self) -> Variable: ...
    def clone(self) -> Apply:
        """The same application with outputs of its own."""
    def clone_with_new_inputs(self, inputs: Sequence[Variable], strict: bool = True) -> Apply:
        """The op applied to other inputs."""
    def get_parents(self) -> list[Node]: ...
class Constant(Variable):
    """A variable whose value is known.  ``data`` must not be changed."""
    data: Any
    def __init__(self, type: Any, data: Any, name: str | None = None) -> None: ...
    @property
    def value(self) -> Any: ...
    def signature(self) -> Any:
        """Equal for constants that may stand for each other."""
    def equals(self, other: object) -> bool: ...
    def clone(self) -> Constant: ...
from theano import DTypeMismatch as DTypeMismatch
class FunctionGraph:
    """The graph between ``inputs`` and ``outputs``."""
    inputs: list[Variable]
    outputs: list[Variable]
    apply_nodes: set[Apply]
    def __init__(self, inputs: Sequence[Variable], outputs: Sequence[Variable], features: Iterable[Any] = ..., clone: bool = True) -> None: ...
    @property
    def variables(self) -> set[Variable]: ...
    def clients(self, variable: Variable) -> list[tuple[Any, int]]:
        """Who uses ``variable``: pairs of an application (or "output") and the position among its inputs."""
    def uses(self, variable: Variable) -> int:
        """How many clients ``variable`` has."""
    def toposort(self) -> list[Apply]:
        """All applications, each after those whose results it uses."""
    def clone(self) -> FunctionGraph:
        """A copy with inputs of its own and the same features' classes left out."""
    def replace(self, variable: Variable, replacement: Variable, reason: Any = None, verbose: bool | None = None) -> None:
        """Let all clients of ``variable`` use ``replacement``, which is of the same type or converted to it."""
    def replace_all(self, pairs: Iterable[tuple[Variable, Variable]], reason: Any = None, verbose: bool | None = None) -> None:
        """``replace`` for several variables."""
    def replace_validate(self, variable: Variable, replacement: Variable, reason: Any = None) -> None: ...
    def replace_all_validate(self, pairs: Iterable[tuple[Variable, Variable]], reason: Any = None) -> None:
        """``replace_all``, undone when a feature's ``validate`` objects with InconsistencyError."""
    def change_input(self, node: Apply | str, position: int, new: Variable, reason: Any = None) -> None:
        """Exchange one input of an application, or one output of the graph (``node`` is "output")."""
    def add_input(self, variable: Variable) -> None:
        """Take ``variable``, which has no owner, among the inputs."""
    def attach_feature(self, feature: Any) -> None:
        """Let ``feature`` be told of every change, beginning with all that is there."""
    def remove_feature(self, feature: Any) -> None: ...
    def feature_of(self, kind: type[Any]) -> Any:
        """The feature of a class.  LookupError where there is none."""
    def __contains__(self, thing: object) -> bool: ...
    def __iter__(self) -> Iterator[Apply]: ...
class Generic(Type):
    """Any Python object.  Strings, lists and None held by shared variables have this type."""
    def __eq__(self, other: object) -> bool: ...
    def __hash__(self) -> int: ...
class InconsistencyError(Exception):
    """A replacement in a FunctionGraph would break a promise that one of its features keeps."""
class MethodNotDefined(Exception):
    """An op was asked for something that its class does not define."""
class MissingInputError(Exception):
    """A graph needs a variable that is neither an input, a constant nor a shared variable: ``args[1]``, if given."""
class Node:
    """What variables and applications have in common: a tag, made when first asked for."""
    @property
    def tag(self) -> Scratchpad: ...
    @tag.setter
    def tag(self, value: Any) -> None: ...
class Op:
    """Base of all ops."""
    itypes: Sequence[Any]
    otypes: Sequence[Any]
    default_output: int | None
    params_type: Any
    view_map: dict[int, list[int]]
    destroy_map: dict[int, list[int]]
    held: tuple[int, ...]
    def make_node(self, *args: Any, **kwargs: Any) -> Any:
        ...
    def perform(self, *args: Any, **kwargs: Any) -> Any:
        ...
    def get_params(self, node: Apply) -> Any:
        """What ``perform`` is given as ``params``, where the op has a ``params_type``: by default the op itself."""
    def prepare_node(self, node: Apply, storage_map: Any, compute_map: Any, impl: str | None) -> None:
        """Called once before an application is carried out; ``impl`` is "py", what ``perform`` is here."""
    def make_thunk(self, node: Apply, storage_map: Any, compute_map: Any, no_recycling: Any, impl: str | None = None) -> Callable[[], Any]:
        """A function that carries out the application: from and to the cells that ``storage_map`` tells."""
    def make_py_thunk(self, node: Apply, storage_map: Any, compute_map: Any, no_recycling: Any, debug: bool = False) -> Callable[[], Any]:
        """The thunk of ``perform``."""
    def do_constant_folding(self, *args: Any, **kwargs: Any) -> Any:
        """Whether an application to constants may be computed once, while rewriting."""
    def L_op(self, *args: Any, **kwargs: Any) -> Any:
        """Cotangents of the inputs.  Falls back on ``grad(inputs, cotangents)``."""
    def grad(self, *args: Any, **kwargs: Any) -> Any:
        ...
    @classmethod
    def defines_gradient(cls) -> bool:
        """Whether the class, or one between it and Op, gives L_op or grad."""
    def __call__(self, *inputs: Any, **kwargs: Any) -> Any:
        """Apply the op: its only or default output, else the list of outputs (always with ``return_list``)."""
    def __eq__(self, other: object) -> bool: ...
    def __hash__(self) -> int: ...
class Origin:
    """A place in the user's program."""
    code: Any
    offset: int
    callers: tuple[Any, ...]
    @property
    def stack(self) -> list[Origin]:
        """This place and those that it was called from."""
    @property
    def line(self) -> int:
        """Line number, from 1; 0 where the code object does not tell."""
    @property
    def file(self) -> str: ...
    @property
    def function(self) -> str: ...
    @property
    def source(self) -> str:
        """The text of the line; "" where the file is not there to be read."""
class Scratchpad:
    """Free attributes of a node: ``x.tag.test_value = ...``."""
    def info(self) -> None: ...
from theano import ShapeMismatch as ShapeMismatch
class Type:
    """Base of all types.  A subclass gives ``filter`` and ``__eq__``/``__hash__``."""
    has_lengths: bool
    def filter(self, *args: Any, **kwargs: Any) -> Any:
        ...
    def is_valid_value(self, value: Any) -> bool:
        """Whether ``value`` belongs to the type as it stands."""
    def filter_variable(self, other: Any, allow_convert: bool = True) -> Any:
        """``other`` as a variable of this type; a value becomes a constant.  TypeError when it cannot be."""
    def convert_variable(self, *args: Any, **kwargs: Any) -> Any:
        """``variable`` viewed in this type where no value is lost, or None."""
    def make_variable(self, *args: Any, **kwargs: Any) -> Any:
        ...
    def make_constant(self, value: Any, name: str | None = None) -> Any: ...
    def values_eq(self, *args: Any, **kwargs: Any) -> Any:
        ...
    def values_eq_approx(self, *args: Any, **kwargs: Any) -> Any:
        ...
    def __call__(self, name: str | None = None) -> Any:
        """A new variable of this type."""
class UnusedInputError(Exception):
    """An input of a function is not used by any output or update."""
class Variable(Node):
    """A symbolic value."""
    type: Any
    owner: Any
    index: int | None
    name: str | None
    tag: Any
    def __init__(self, type: Any, owner: Apply | None = None, index: int | None = None, name: str | None = None) -> None: ...
    @property
    def origin(self) -> Any:
        """Where the user made this variable."""
    def clone(self) -> Variable:
        """A variable of the same type and name without an owner."""
    def get_parents(self) -> list[Node]: ...
    def eval(self, inputs_to_values: dict[Any, Any] | None = None) -> Any:
        """The value of this expression, given values for the inputs it needs; compiled once for each set of them."""
generic: Generic
class inherited_origin:
    """Give every node made inside the ``with`` block this origin: rewrites hand the user's line on."""
    def __init__(self, origin: Any) -> None: ...
    origin: Any
    previous: Any
    def __enter__(self) -> None: ...
    def __exit__(self, *problem: object) -> None: ...
def require(condition: bool, operation: str, *, needs: str, found: object, operands: Mapping[str, object] | None = None, hint: str | None = None, error: type[Exception] = ...) -> None:
    """Raise ``error`` unless ``condition``: operation, condition, values found, operands and the mend."""
