"""Graphs mapped over leading batch dimensions: what is written for one example, computed for many.

    y = f(x)              x of shape s
    y', = vectorize_graph([y], {x: x'})       x' of shape (b, *s):   y'[i] = f(x'[i])

Every op between has a rule (``tensor/batching/rules.py``) that says how it acts on inputs with ``depth`` more axes in
front; nothing is computed in a loop.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import singledispatch
from typing import Any

from theano.data_classes import dataclass
from theano.graph import Apply, Op, Variable, inherited_origin
from theano.graph.inner_graph import InnerGraph
from theano.graph.walk import clone_with_replacements, io_toposort
from theano.tensor.alloc import alloc
from theano.tensor.constant import as_tensor_variable
from theano.tensor.dimshuffle import dimshuffle


@dataclass(frozen=True)
class Batched:
    """A variable with ``depth`` batch axes in front of its own."""

    variable: Any
    depth: int

    @property
    def ndim(self) -> int:
        """The number of its own axes."""
        return self.variable.type.ndim - self.depth

    def lengths(self) -> list[Any]:
        """The lengths of its own axes."""
        return [self.variable.shape[self.depth + k] for k in range(self.ndim)]

    def spread(self, ndim: int) -> Any:
        """The variable with new axes after the batch, so that it has ``ndim`` of its own."""
        new = ["x"] * (ndim - self.ndim)
        axes = range(self.depth + self.ndim)
        return dimshuffle(self.variable, *axes[: self.depth], *new, *axes[self.depth :])


@dataclass(frozen=True)
class Application:
    """What a rule is given: an application, and each input either as it is or Batched."""

    node: Apply
    inputs: tuple[Any, ...]
    depth: int

    def alone(self, position: int) -> Any:
        """An input that must be the same for the whole batch.  NotImplementedError where it is not."""
        if isinstance(self.inputs[position], Batched):
            raise NotImplementedError(
                f"vectorize_graph: input {position} of {self.node.op} must not depend on the batch; "
                f"{self.node.inputs[position]} does"
            )
        return self.inputs[position]

    def lengths(self) -> list[Any]:
        """The lengths of the batch axes."""
        found: list[Any] = [1] * self.depth
        for b in (i for i in self.inputs if isinstance(i, Batched)):
            for k in range(self.depth):
                if isinstance(found[k], int) and not b.variable.type.broadcastable[k]:
                    found[k] = b.variable.shape[k]
        return found

    def full(self, position: int) -> Batched:
        """An input with all batch axes in their lengths, repeated where it is the same along one."""
        lengths, given = self.lengths(), self.inputs[position]
        x = given.variable if isinstance(given, Batched) else given
        stretched = [isinstance(n, int) for n in lengths]
        if isinstance(given, Batched) and list(x.type.broadcastable[: self.depth]) == stretched:
            return given
        own = given.lengths() if isinstance(given, Batched) else [x.shape[k] for k in range(x.type.ndim)]
        own = [
            1 if bit else n
            for bit, n in zip(x.type.broadcastable[x.type.ndim - len(own) :], own, strict=True)
        ]
        return Batched(alloc(x, *lengths, *own), self.depth)


@singledispatch
def batched(op: Op, a: Application) -> list[Any]:
    """The outputs of an application, each Batched, or a variable where it is the same for the whole batch."""
    raise NotImplementedError(
        f"vectorize_graph has no rule for {op}, applied to {', '.join(map(str, a.node.inputs))}: "
        "add one with theano.tensor.batching.batched.register, or use theano.scan"
    )


def vectorize_graph(outputs: Any, replace: Mapping[Variable, Any]) -> Any:
    """``outputs`` computed for a batch of values of some variables.

    Parameters
    ----------
    outputs
        A variable, or a list or tuple of them.
    replace
        From variables, inputs or intermediate ones, to what stands for them: of the same dtype, with the same axes at
        the end and any number of batch axes in front.  Where there are fewer batch axes than elsewhere, those in front
        are missing; batch axes stretch where they are declared broadcastable.

    Returns
    -------
    The outputs as they were given: with the batch axes in front where they depend on the batch, else as they are.

    Raises
    ------
    TypeError
        When a replacement has another dtype or fewer axes.
    NotImplementedError
        When an op between has no rule, or none for a batch of that input; it names the op.

    Examples
    --------
    >>> import theano, theano.tensor as T
    >>> x, w = T.dvector("x"), T.dmatrix("w")
    >>> y = T.nnet.sigmoid(T.dot(w, x)).sum()
    >>> xs = T.dmatrix("xs")
    >>> f = theano.function([xs, w], vectorize_graph(y, {x: xs}))
    >>> f([[0.0], [0.0]], [[1.0], [2.0]]).tolist()
    [1.0, 1.0]
    """
    several = list(outputs) if isinstance(outputs, (list, tuple)) else [outputs]
    found: dict[Variable, Any] = _given(replace)
    depth = max((b.depth for b in found.values() if isinstance(b, Batched)), default=0)
    several = _without_inner_graphs(several, found)
    for node in io_toposort(found, several):
        inputs = tuple(found.get(v, v) for v in node.inputs)
        if any(isinstance(i, Batched) for i in inputs):
            with inherited_origin(node.origin):
                results = batched(node.op, Application(node, inputs, depth))
        elif inputs == tuple(node.inputs):
            continue
        else:
            results = node.clone_with_new_inputs(inputs, strict=False).outputs
        for old, new in zip(node.outputs, results, strict=True):
            found.setdefault(old, new)
    new = [found.get(v, v) for v in several]
    plain = [b.variable if isinstance(b, Batched) else b for b in new]
    return type(outputs)(plain) if isinstance(outputs, (list, tuple)) else plain[0]


def _given(replace: Mapping[Variable, Any]) -> dict[Variable, Any]:
    """The replacements, all with the same number of batch axes, or none."""
    pairs = [
        (old, new if isinstance(new, Variable) else as_tensor_variable(new))
        for old, new in dict(replace).items()
    ]
    extra = []
    for old, new in pairs:
        if old.type.dtype != new.type.dtype or new.type.ndim < old.type.ndim:  # type: ignore[attr-defined]
            raise TypeError(
                f"vectorize_graph: {new} of type {new.type} cannot stand for {old} of type {old.type}: it must have the "
                "same dtype, and the same axes behind the batch's"
            )
        extra.append(new.type.ndim - old.type.ndim)  # type: ignore[attr-defined]
    depth = max(extra, default=0)
    found: dict[Variable, Any] = {}
    for (old, new), own in zip(pairs, extra, strict=True):
        missing = ["x"] * (depth - own)
        found[old] = Batched(dimshuffle(new, *missing, *range(new.type.ndim)), depth) if own else new  # type: ignore
    return found


def _without_inner_graphs(outputs: Sequence[Variable], given: Mapping[Variable, Any]) -> list[Variable]:
    """``outputs`` with every op that is a graph written out."""
    outputs = list(outputs)
    while True:
        nodes = [n for n in io_toposort(dict(given), outputs) if isinstance(n.op, InnerGraph)]
        if not nodes:
            return outputs
        written_out = dict(zip(nodes[0].outputs, nodes[0].op.inlined(nodes[0].inputs), strict=True))  # type: ignore
        outputs, _ = clone_with_replacements(outputs, {**written_out, **{v: v for v in given}})
