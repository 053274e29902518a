"""What no annotation tells, written by hand.  Names in braces are those of ``WORDS``."""

from __future__ import annotations

from collections import OrderedDict

from theano.gof.optdb import DB

from theano.compile import OrderedUpdates
from theano.configuration_flags import FLAGS
from theano.graph import Op, Type
from theano.tensor import constructors

# Functions of these modules return tensors where their sources say Variable or Any, and take what becomes one.
OF_TENSORS = ("theano.tensor", "theano.gradient", "theano.streams", "theano.random")

WORDS = {
    "Any": "typing", "overload": "typing", "Callable": "collections.abc", "Sequence": "collections.abc",
    "Iterable": "collections.abc", "Iterator": "collections.abc", "Mapping": "collections.abc",
    "TensorLike": "theano._types", "Variable": "theano.graph", "Apply": "theano.graph",
    "TensorVariable": "theano.tensor", "TensorConstant": "theano.tensor", "TensorType": "theano.tensor.type",
    "TensorSharedVariable": "theano.compile", "SharedVariable": "theano.compile",
    "SparseTensorSharedVariable": "theano.sparse.sharedvar",
    "list": "builtins", "tuple": "builtins", "dict": "builtins", "str": "builtins", "int": "builtins",
    "float": "builtins", "bool": "builtins", "complex": "builtins", "object": "builtins",
}  # fmt: skip

# Ops of one result that stand as functions in a module.
GIVE_A_TENSOR = frozenset(
    """MatrixInverse MatrixPinv Det Softmax LogSoftmax Cholesky Expm Solve AllocDiag ExtractDiag Alloc Join
    CrossentropyCategorical1Hot SoftmaxWithBias""".split()
)

# Methods that classes of programs override with parameters of their own: a base of (*args, **kwargs) allows any.
FREE_METHODS = frozenset(
    """make_node perform grad L_op R_op infer_shape connection_pattern do_constant_folding filter make_variable
    values_eq values_eq_approx output_types impl filter_inplace convert_variable inlined register update""".split()
)
FREE_CLASSES = (Op, Type, DB, OrderedUpdates)
GENERIC_BASES = (dict, list, set, OrderedDict)

# Results that annotations leave open.
RESULTS = {
    **dict.fromkeys(
        [
            "theano.tensor.extract_constant", "theano.tensor.get_scalar_constant_value", "theano.tensor._nonzero.nonzero",
            "theano.tensor.nlinalg.qr", "theano.tensor.nlinalg.svd",
            "theano.gradient.format_as", "theano.gradient.verify_grad", "theano.gradient.Lop", "theano.gradient.Rop",
            "theano.tensor.nnet.abstract_conv.assert_shape", "theano.tensor.nnet.abstract_conv.get_conv_shape_1axis",
            "theano.tensor.nnet.abstract_conv.get_conv_gradinputs_shape_1axis",
            "theano.tensor.nnet.abstract_conv.get_conv_gradweights_shape_1axis",
            "theano.tensor._operators._tensor_py_operators.nonzero",
            "theano.tensor._operators._tensor_py_operators.get_scalar_constant_value",
            "theano.tensor._operators._tensor_py_operators.__array_ufunc__",
        ],
        "{Any}",
    ),
    "theano.tensor._constant.constant": "{TensorConstant}",
    "theano.tensor._operators._tensor_py_operators.__iter__": "{Iterator}[{TensorVariable}]",
    **dict.fromkeys(
        [
            "theano.tensor.split", "theano.tensor.sort.topk_and_argtopk", "theano.tensor.max_and_argmax",
            "theano.tensor._operators._tensor_py_operators.__divmod__", "theano.tensor._operators._tensor_py_operators.__rdivmod__",
        ],
        "{list}[{TensorVariable}]",
    ),
}  # fmt: skip


def _of_the_kind_of_wrt(name: str, parameters: str, options: str) -> str:
    """A function whose result is a variable, list or tuple as its argument ``wrt`` is."""
    kinds = [
        ("{Variable}", "{TensorVariable}"),
        ("{list}[{Any}]", "{list}[{TensorVariable}]"),
        ("{tuple}[{Any}, ...]", "{tuple}[{TensorVariable}, ...]"),
    ]
    return "\n".join(
        f"@{{overload}}\ndef {name}({parameters}, wrt: {wrt}, {options}) -> {returned}: ..."
        for wrt, returned in kinds
    )


_OPTIONS = "consider_constant: {Iterable}[{Variable}] | None = None, disconnected_inputs: {str} = 'raise'"

# Declarations by the module and name under which they stand.
DECLARATIONS = {
    "theano.gradient.grad": _of_the_kind_of_wrt(
        "grad",
        "cost: {Variable} | None",
        f"{_OPTIONS}, add_names: {{bool}} = True, known_grads: {{Mapping}}[{{Any}}, {{Any}}] | None = None, "
        "return_disconnected: {str} = 'zero', null_gradients: {str} = 'raise'",
    ),
    "theano.gradient.jacobian": _of_the_kind_of_wrt("jacobian", "expression: {Variable}", _OPTIONS),
    "theano.gradient.hessian": _of_the_kind_of_wrt("hessian", "cost: {Variable}", _OPTIONS),
    "theano.compile._shared.shared": """
        @{overload}
        def shared(
            value: numpy.ndarray[{Any}, {Any}] | numpy.generic | {complex}, name: {str} | None = None,
            strict: {bool} = False, allow_downcast: {bool} | None = None, **kwargs: {Any},
        ) -> {TensorSharedVariable}: ...
        @{overload}
        def shared(
            value: {object}, name: {str} | None = None, strict: {bool} = False,
            allow_downcast: {bool} | None = None, **kwargs: {Any},
        ) -> {Any}: ...
    """,
    "theano.control_flow.ifelse": """
        @{overload}
        def ifelse(
            condition: {TensorLike}, then_branch: {list}[{Any}] | {tuple}[{Any}, ...],
            else_branch: {list}[{Any}] | {tuple}[{Any}, ...], name: {str} | None = None,
        ) -> {list}[{TensorVariable}]: ...
        @{overload}
        def ifelse(
            condition: {TensorLike}, then_branch: {Variable} | {complex}, else_branch: {Variable} | {complex},
            name: {str} | None = None,
        ) -> {TensorVariable}: ...
    """,
}

for _pattern in constructors.PATTERNS:
    for _prefix in ("", *constructors.PREFIXES):
        _name = _prefix + constructors.plural_of(_pattern)
        DECLARATIONS[f"theano.tensor.{_name}"] = f"""
            @{{overload}}
            def {_name}(first: {{str}}, second: {{str}}, /, *names: {{str}}) -> {{list}}[{{TensorVariable}}]: ...
            @{{overload}}
            def {_name}(names: {{str}} | {{int}} | {{Sequence}}[{{str}}], /) -> {{Any}}: ...
        """

# Attributes and methods that come first in a class.
MEMBERS = {
    "theano.graph.Variable": """
        type: {Any}
        owner: {Any}
        index: {int} | None
        name: {str} | None
        tag: {Any}
    """,
    "theano.graph.Apply": """
        op: {Any}
        inputs: {list}[{Any}]
        outputs: {list}[{Any}]
        tag: {Any}
    """,
    "theano.tensor.type.TensorType": """
        def __call__(self, name: {str} | None = None) -> {TensorVariable}: ...
    """,
    "theano.compile.Function": """
        def __call__(self, *args: {Any}, **kwargs: {Any}) -> {Any}: ...
    """,
}


def _flags() -> tuple[str, str]:
    """Classes of the sections of ``theano.config``, and its own attributes."""
    sections: dict[str, list[str]] = {"": []}
    for flag in FLAGS:
        *path, name = flag.fullname.split(".")
        for depth, part in enumerate(path):
            above, below = (".".join(path[:k]) for k in (depth, depth + 1))
            if below not in sections:
                sections[below] = []
                sections[above].append(f"{part}: {_section(below)}")
        kind = type(flag.default).__name__ if type(flag.default) in (bool, int, float, str) else "str"
        sections[".".join(path)].append(f"{name}: {kind}")
    classes = "\n".join(
        "\n    ".join([f"class {_section(path)}:", *sections[path]]) for path in sections if path
    )
    return classes, "\n".join(sections[""])


def _section(path: str) -> str:
    return "_" + "".join(part.capitalize() for part in path.split("."))


_SECTIONS, _OWN = _flags()
MEMBERS["theano.configuration.TheanoConfigParser"] = _OWN
BEFORE = {"theano.configuration": _SECTIONS, "theano.compile._shared": "import numpy"}
