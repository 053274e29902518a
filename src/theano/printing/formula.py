r"""pp: a variable as a formula in one line, ``((x \dot W) + b)``.

How an op is written is said by printers, each with a condition; the last one given whose condition holds is asked.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, Protocol

from theano import scalar
from theano.graph import Variable
from theano.graph.walk import graph_inputs, io_toposort
from theano.scalar.arithmetic import casts
from theano.tensor.alloc import Alloc
from theano.tensor.dimshuffle import DimShuffle
from theano.tensor.dot import Dot
from theano.tensor.elemwise import Elemwise
from theano.tensor.join import Join
from theano.tensor.rebroadcast import Rebroadcast
from theano.tensor.shape import MakeVector
from theano.tensor.subtensor import Subtensor


class PrinterState:
    """What printers are handed: who asked them (``pprinter``), the texts found so far (``memo``), and what is given.

    props  a dict of attributes, or another state
    """

    pprinter: PPrinter
    memo: dict[Variable, str]

    def __init__(self, props: Any = None, **more_props: Any) -> None:
        self.memo = {}
        given = props.__dict__ if isinstance(props, PrinterState) else (props or {})
        self.__dict__.update(given, **more_props)

    def clone(self, props: Any = None, **more_props: Any) -> PrinterState:
        """Another state with these attributes besides."""
        return PrinterState(PrinterState(self, **PrinterState(props).__dict__) if props else self, **more_props)


class Printer(Protocol):
    def process(self, output: Variable, pstate: PrinterState) -> str:
        """The text of a variable; texts of others are had from ``pstate.pprinter.process(v, pstate)``."""


def _inputs(output: Variable, pstate: PrinterState) -> list[str]:
    node = output.owner
    if node is None:
        raise TypeError(f"{output} is computed by no op, so it has no operands to print")
    return [pstate.pprinter.process(v, pstate) for v in node.inputs]


class OperatorPrinter:
    """``(x + y)``, or ``(-x)`` of one operand.  ``precedence`` and ``assoc`` are accepted: everything is in parentheses."""

    def __init__(self, operator: str, precedence: int = 0, assoc: str = "left") -> None:
        if assoc not in VALID_ASSOC:
            raise ValueError(f"assoc must be one of {sorted(VALID_ASSOC)}, found {assoc!r}")
        self.operator, self.precedence, self.assoc = operator, precedence, assoc

    def process(self, output: Variable, pstate: PrinterState) -> str:
        texts = _inputs(output, pstate)
        return f"({self.operator}{texts[0]})" if len(texts) == 1 else f"({f' {self.operator} '.join(texts)})"


class FunctionPrinter:
    """``name(x, y)``; of an op with several outputs each has a name."""

    def __init__(self, *names: str) -> None:
        self.names = names

    def process(self, output: Variable, pstate: PrinterState) -> str:
        return f"{self.names[output.index or 0]}({', '.join(_inputs(output, pstate))})"


class PatternPrinter:
    """A text with ``%(0)s`` for the first operand, and so on; of an op with several outputs one for each."""

    def __init__(self, *patterns: str | tuple) -> None:
        self.patterns = [p if isinstance(p, str) else p[0] for p in patterns]

    def process(self, output: Variable, pstate: PrinterState) -> str:
        texts = {str(k): text for k, text in enumerate(_inputs(output, pstate))}
        return self.patterns[output.index or 0] % texts


class IgnorePrinter:
    """The operand as it is."""

    def process(self, output: Variable, pstate: PrinterState) -> str:
        (text, *_) = _inputs(output, pstate)
        return text


class LeafPrinter:
    """A variable that nothing computes."""

    def process(self, output: Variable, pstate: PrinterState) -> str:
        return str(output)


class DefaultPrinter:
    """``Op{properties}(x, y)``."""

    def process(self, output: Variable, pstate: PrinterState) -> str:
        if output.owner is None:
            return leaf_printer.process(output, pstate)
        return f"{output.owner.op}({', '.join(_inputs(output, pstate))})"


class PPrinter:
    """Printers with their conditions.

    Examples
    --------
    >>> import theano, theano.tensor as T
    >>> x, y = T.vectors("x", "y")
    >>> theano.pp(T.exp(x - y) ** 2)
    '(exp((x - y)) ** TensorConstant{2})'
    """

    def __init__(self) -> None:
        self.printers: list[tuple[Callable[[PrinterState, Variable], bool], Printer]] = []

    def assign(self, condition: Any, printer: Printer) -> None:
        """Let a printer write variables for which ``condition(pstate, variable)`` holds; or those made by an op."""
        self.printers.insert(0, (condition if _is_condition(condition) else _made_by(condition), printer))

    def process(self, r: Variable, pstate: PrinterState | None = None) -> str:
        """The formula of a variable."""
        pstate = PrinterState(pprinter=self) if pstate is None else pstate
        if r not in pstate.memo:
            for node in io_toposort(pstate.memo, [r]):
                for v in node.outputs:
                    pstate.memo[v] = self._text(v, pstate)
            if r not in pstate.memo:
                pstate.memo[r] = self._text(r, pstate)
        return pstate.memo[r]

    def _text(self, v: Variable, pstate: PrinterState) -> str:
        for condition, printer in self.printers:
            if condition(pstate, v):
                return printer.process(v, pstate)
        return default_printer.process(v, pstate)

    def process_graph(
        self,
        inputs: Sequence[Variable],
        outputs: Variable | Sequence[Variable],
        updates: Mapping[Variable, Variable] | None = None,
        display_inputs: bool = False,
    ) -> str:
        """A line for each output, and for each update; in front, if wanted, one of the inputs."""
        outputs = list(outputs) if isinstance(outputs, (list, tuple)) else [outputs]  # type: ignore[list-item]
        state = PrinterState(pprinter=self)
        lines = [f"inputs: {', '.join(map(str, inputs))}"] if display_inputs else []
        lines += [self.process(v, state) for v in outputs]
        lines += [f"{target} <- {self.process(new, state)}" for target, new in (updates or {}).items()]
        return "\n".join(lines)

    def clone(self) -> PPrinter:
        """Another one with the same printers."""
        copy = PPrinter()
        copy.printers = list(self.printers)
        return copy

    def clone_assign(self, condition: Any, printer: Printer) -> PPrinter:
        """Another one with a printer more."""
        copy = self.clone()
        copy.assign(condition, printer)
        return copy

    def __call__(self, *args: Any) -> str:
        """The formula of one variable; of several the inputs that they need, and their formulas."""
        if len(args) == 1:
            return self.process(args[0])
        return self.process_graph(graph_inputs(_variables(args)), _variables(args), display_inputs=True)


def _variables(args: Iterable[Any]) -> list[Variable]:
    return [v for arg in args for v in (arg if isinstance(arg, (list, tuple)) else [arg])]


def _is_condition(given: Any) -> bool:
    return callable(given) and not hasattr(given, "make_node") and not hasattr(given, "partials")


def _made_by(op: Any) -> Callable[[PrinterState, Variable], bool]:
    def is_made_by(pstate: PrinterState, v: Variable) -> bool:
        if v.owner is None:
            return False
        made_by = v.owner.op
        return made_by == op or (isinstance(made_by, Elemwise) and made_by.scalar_op is op)

    return is_made_by


def _of_class(kind: type) -> Callable[[PrinterState, Variable], bool]:
    return lambda pstate, v: v.owner is not None and isinstance(v.owner.op, kind)


class DimShufflePrinter:
    """``x.T``; new axes in front are not told, as broadcasting makes them."""

    def process(self, output: Variable, pstate: PrinterState) -> str:
        (text,) = _inputs(output, pstate)
        op: Any = output.owner.op  # type: ignore[union-attr]
        order, axes = list(op.new_order), list(range(len(op.input_broadcastable)))
        while order and order[0] == "x":
            del order[0]
        if order == axes:
            return text
        return f"{text}.T" if order == axes[::-1] else f"DimShuffle{{{', '.join(map(str, order))}}}({text})"


class SubtensorPrinter:
    """``x[Constant{0}]``, ``x[int64:]``: of slices the types of the ends."""

    def process(self, output: Variable, pstate: PrinterState) -> str:
        x, *numbers = _inputs(output, pstate)
        places = iter(numbers)
        shown = []
        for entry in output.owner.op.idx_list:  # type: ignore[union-attr]
            if not isinstance(entry, slice):
                shown.append(next(places))
                continue
            ends = ["" if end is None else f"{end}" for end in (entry.start, entry.stop, entry.step)]
            for _ in filter(None, ends):
                next(places)
            shown.append(":".join(ends if ends[2] else ends[:2]))
        return f"{x}[{', '.join(shown)}]"


class _List:
    """``[x, y]``."""

    def process(self, output: Variable, pstate: PrinterState) -> str:
        return f"[{', '.join(_inputs(output, pstate))}]"


class _Elementwise:
    """``exp(x)``."""

    def process(self, output: Variable, pstate: PrinterState) -> str:
        function = output.owner.op.scalar_op  # type: ignore[union-attr]
        return f"{function.name}({', '.join(_inputs(output, pstate))})"


VALID_ASSOC = {"left", "right", "either"}
leaf_printer, default_printer = LeafPrinter(), DefaultPrinter()
pp = pprint = PPrinter()
pp.assign(_of_class(Elemwise), _Elementwise())
for _function, _operator in (
    (scalar.add, "+"),
    (scalar.sub, "-"),
    (scalar.neg, "-"),
    (scalar.mul, "*"),
    (scalar.true_div, "/"),
    (scalar.int_div, "//"),
    (scalar.pow, "**"),
):
    pp.assign(_function, OperatorPrinter(_operator))
pp.assign(scalar.abs_, PatternPrinter("|%(0)s|"))
pp.assign(scalar.second, FunctionPrinter("fill"))
pp.assign(scalar.identity, IgnorePrinter())
for _cast in casts.values():
    pp.assign(_cast, FunctionPrinter(str(_cast.name).removeprefix("Cast{").removesuffix("}")))
pp.assign(_of_class(Alloc), FunctionPrinter("alloc"))
pp.assign(_of_class(Join), FunctionPrinter("join"))
pp.assign(_of_class(Dot), OperatorPrinter("\\dot"))
pp.assign(_of_class(DimShuffle), DimShufflePrinter())
pp.assign(_of_class(Rebroadcast), IgnorePrinter())
pp.assign(_of_class(Subtensor), SubtensorPrinter())
pp.assign(_of_class(MakeVector), _List())
