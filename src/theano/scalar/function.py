"""Functions of numbers, each defined once: value, dtype rule, partial derivatives, machine code, sample domain.

A definition is a Python function of an array namespace ``xp`` and of its arguments::

    @scalar_function(result=floating, partials=lambda x, y: [y], samples=reals)
    def exp(xp, x):
        return xp.exp(x)

Called on variables, on index expressions of the loop IR, or on values under an LLVM builder, a function asks the
first argument that has ``__scalar_function__(function, arguments)`` what the application means there.  Called on
plain numbers or arrays it computes.  So one definition serves graphs, loops, machine code and NumPy alike.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np

from theano.data_classes import dataclass
from theano.graph import Apply, MethodNotDefined, Op, Variable
from theano.scalar.type import ScalarType, as_scalar

DTypeRule = Callable[..., str]


class ScalarOp(Op):
    """An operation on single numbers.  ``Elemwise`` applies it to the elements of arrays.

    A user's own class gives ``impl`` and ``grad`` and, through ``output_types_preference``, its dtype rule.
    """

    nin: int = -1
    nout: int = 1
    name: str | None = None
    __props__: tuple[str, ...] = ()

    def __init__(self, output_types_preference: Callable | None = None, name: str | None = None) -> None:
        self.name = name
        if output_types_preference is not None:
            self.output_types_preference = output_types_preference

    def _identity(self) -> tuple:
        """Class, dtype rule, and properties."""
        return type(self), getattr(self, "output_types_preference", None), *self._props()

    def output_types(self, types: Sequence[ScalarType]) -> list[ScalarType]:
        preference = getattr(self, "output_types_preference", None)
        if preference is None:
            raise NotImplementedError(f"Cannot calculate output types for {self}: give output_types_preference")
        chosen = preference(*types)
        return list(chosen) if isinstance(chosen, (list, tuple)) else [chosen]

    def output_dtypes(self, *dtypes: str) -> tuple[str, ...]:
        """dtypes of the results for arguments of the given dtypes.  TypeError where there is none."""
        return tuple(t.dtype for t in self.output_types([ScalarType(d) for d in dtypes]))

    def make_node(self, *inputs: Any) -> Apply:
        if self.nin >= 0 and len(inputs) != self.nin:
            raise TypeError(f"Wrong number of inputs for {self}.make_node (got {len(inputs)}, expected {self.nin})")
        variables = [as_scalar(i) for i in inputs]
        outputs = self.output_dtypes(*[v.type.dtype for v in variables])  # type: ignore[attr-defined]
        return Apply(self, variables, [ScalarType(d)() for d in outputs])

    def impl(self, *values: Any) -> Any:
        """The result (a tuple of them when there are several) for numbers or arrays."""
        raise MethodNotDefined("impl", type(self), type(self).__name__)

    def gives_impl(self) -> bool:
        """Whether the class, or the object, says how numbers are computed."""
        return type(self).impl is not ScalarOp.impl or "impl" in vars(self)

    def perform(self, node: Apply, inputs: Sequence[Any], outputs: Sequence[list], params: Any = None) -> None:
        results = self.impl(*inputs) if self.nout > 1 else [self.impl(*inputs)]
        for output, result, variable in zip(outputs, results, node.outputs, strict=True):
            output[0] = np.dtype(variable.type.dtype).type(result)  # type: ignore[attr-defined]

    def __call__(self, *arguments: Any, **kwargs: Any) -> Any:
        for argument in arguments:
            apply = getattr(argument, "__scalar_function__", None)
            if apply is not None:
                return apply(self, arguments)
        return self.of_numbers(*arguments)

    def of_scalars(self, *arguments: Any) -> Any:
        """Application to scalar variables of a graph."""
        return Op.__call__(self, *arguments)

    def of_numbers(self, *arguments: Any) -> Any:
        """The value for plain numbers and arrays."""
        return self.impl(*arguments)

    def __str__(self) -> str:
        if self.name:
            return self.name
        return super().__str__()


@dataclass(frozen=True)
class Samples:
    """A domain from which tests draw arguments: the open interval (low, high), with ``edges`` always tried."""

    low: float
    high: float
    edges: tuple[float, ...] = ()

    def draw(self, rng: np.random.Generator, size: int) -> np.ndarray:
        return rng.uniform(self.low, self.high, size)


@dataclass(frozen=True)
class WholeNumbers(Samples):
    """Whole numbers from low to high."""

    def draw(self, rng: np.random.Generator, size: int) -> np.ndarray:
        return rng.integers(int(self.low), int(self.high) + 1, size).astype("float64")


reals = Samples(-4.0, 4.0, (0.0, -0.0, 1.0, -1.0))
positive = Samples(0.1, 5.0, (1.0,))
unit = Samples(0.05, 0.95)
small_integers = Samples(1.0, 20.0)


def between(low: float, high: float) -> Samples:
    return Samples(low, high)


def above(low: float) -> Samples:
    return Samples(low + 0.05, low + 5.0)


@dataclass(frozen=True)
class Undefined:
    """In place of a partial derivative: it exists, but no formula for it is known here."""


UNDEFINED = Undefined()


@dataclass(frozen=True)
class Conjugate:
    """In place of a partial derivative: that of the complex conjugate, which is no number; see ``scalar.chain``."""


CONJUGATE = Conjugate()


class Factors(tuple):
    """In place of a partial derivative: factors of it, with which a cotangent is multiplied one after the other."""

    __slots__ = ()


class ScalarFunction(ScalarOp):
    """A function of numbers made by ``scalar_function``; there is one instance of each, compared by identity.

    argument_dtypes  of one that has machine code for these alone, whatever it is applied to; else None
    """

    argument_dtypes: tuple[str, ...] | None = None

    def __init__(
        self,
        body: Callable[..., Any],
        result: DTypeRule,
        partials: Callable[..., Sequence[Any]] | None,
        samples: tuple[Samples, ...],
        operands: str,
        variadic: bool,
        cost: int,
        keeps_dtype: bool,
    ) -> None:
        super().__init__(name=body.__name__)
        self.body = body
        self.result = result
        self.partials = partials
        self.samples = samples
        self.operands = operands
        self.variadic = variadic
        self.cost = cost
        self.keeps_dtype = keeps_dtype
        self.__doc__ = body.__doc__
        self.nin = -1 if variadic else len(samples)
        self.llvm_body: Callable[..., Any] | None = None
        self.integer_body: Callable[..., Any] | None = None

    @property
    def code_name(self) -> str:
        """What tells its machine code from that of others."""
        return self.name or ""

    def __eq__(self, other: object) -> bool:
        return self is other

    def __hash__(self) -> int:
        return id(self)

    def __reduce__(self) -> Any:
        return scalar_function_named, (self.name,)

    def __deepcopy__(self, memo: dict) -> ScalarFunction:
        return self


    def output_dtypes(self, *dtypes: str) -> tuple[str, ...]:
        return (self.result(*dtypes),)

    def output_types(self, types: Sequence[ScalarType]) -> list[ScalarType]:
        return [ScalarType(d) for d in self.output_dtypes(*[t.dtype for t in types])]

    def operand_dtypes(self, *dtypes: str) -> tuple[str, ...]:
        """To what the arguments are converted before the body sees them.

        ``operands="result"`` to the dtype of the result (add, exp), ``"common"`` to their common dtype (lt, eq),
        ``"given"`` not at all (switch decides for itself, abs of a complex number), or always to the dtype named.
        """
        match self.operands:
            case "uint32" | "uint64":
                return (self.operands,) * len(dtypes)
            case "result":
                return self.output_dtypes(*dtypes) * len(dtypes)
            case "common":
                from theano.scalar.dtype import upcast

                return (upcast(*dtypes),) * len(dtypes)
            case _:
                return dtypes

    def impl(self, *values: Any) -> Any:
        arrays = [np.asarray(v) for v in values]
        given = [a.dtype.name for a in arrays]
        (result,) = self.output_dtypes(*given)
        operands = self.operand_dtypes(*given)
        # float16 is computed in float32 and rounded once, as machine code does
        wide = ["float32" if d == "float16" and self.operands != "given" else d for d in operands]
        with np.errstate(all="ignore"):
            converted = [a if a.dtype.name == d else a.astype(d) for a, d in zip(arrays, wide, strict=True)]
            value = self.body(np, *converted)
            return np.asarray(value).astype(result, copy=False)

    def of_numbers(self, *arguments: Any) -> Any:
        return self.impl(*arguments)[()]

    def grad(self, inputs: Sequence[Variable], cotangents: Sequence[Variable]) -> list:
        return self.L_op(inputs, [self(*inputs)], cotangents)

    def L_op(self, inputs: Sequence[Variable], outputs: Sequence[Variable], cotangents: Sequence[Variable]) -> list:
        """cotangent * partial for each argument; a partial of None is an argument without influence."""
        if self.partials is None:
            raise MethodNotDefined(f"{self.name} has no derivative")
        from theano.scalar.chain import pulled_back

        partials = self.partials(*inputs, outputs[0])
        if any(p is UNDEFINED for p in partials):
            raise MethodNotDefined(f"no formula is known for a partial derivative of {self.name}")
        return [None if p is None else pulled_back(cotangents[0], p, outputs[0]) for p in partials]

    def llvm(self, body: Callable[..., Any]) -> Callable[..., Any]:
        """Decorator: the machine code for floating arguments, ``body(b, *values)``, free of branches."""
        self.llvm_body = body
        return body

    def llvm_integer(self, body: Callable[..., Any]) -> Callable[..., Any]:
        """Decorator: the machine code for bool and integer arguments, where it differs."""
        self.integer_body = body
        return body

    def __str__(self) -> str:
        return self.name or "scalar"

    def __repr__(self) -> str:
        return f"<scalar function {self.name}>"


_functions: dict[str, ScalarFunction] = {}


def scalar_function(
    *,
    result: DTypeRule,
    partials: Callable[..., Sequence[Any]] | None = None,
    samples: Samples | tuple[Samples, ...] = reals,
    operands: str = "result",
    variadic: bool = False,
    cost: int = 1,
    keeps_dtype: bool = True,
) -> Any:  # not ScalarFunction: partials name the function itself, whose type is not known while they are checked
    """Define a function of numbers.

    result    dtype rule: dtypes of the arguments -> dtype of the result; raises TypeError where undefined
    partials  the arguments and the value -> one partial derivative an argument (None: zero everywhere,
              UNDEFINED: no formula known, CONJUGATE: that of conj, Factors: a product); None when nothing is known about any of them
    samples   the domain of each argument, from which tests draw
    operands  to which dtype the arguments are brought first, see ``ScalarFunction.operand_dtypes``
    variadic  takes two or more arguments, of one domain
    cost      additions' worth of work, so that the loop room knows what is cheap to compute twice
    keeps_dtype  cotangents of continuous arguments are brought to the arguments' dtypes; not so by switch and trunc of
              Theano 1.0.5, whose choice stands
    """

    def define(body: Callable[..., Any]) -> ScalarFunction:
        domains = samples if isinstance(samples, tuple) else (samples,)
        function = ScalarFunction(body, result, partials, domains, operands, variadic, cost, keeps_dtype)
        assert body.__name__ not in _functions, f"{body.__name__} is defined twice"
        _functions[body.__name__] = function
        return function

    return define


def scalar_function_named(name: str) -> ScalarFunction:
    """The function defined under ``name``: what a pickle stores of it."""
    return _functions[name]


def all_scalar_functions() -> list[ScalarFunction]:
    """Every function defined so far, in order of definition: tests are generated from it."""
    return list(_functions.values())
