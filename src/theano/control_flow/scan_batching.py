"""How a loop acts on inputs with batch axes in front: the rule of ``vectorize_graph`` for Scan.

One loop does the steps of the whole batch: entries of its arrays get the batch axes, after the axis of the steps.
"""

from __future__ import annotations

from typing import Any

from theano.control_flow.scan_op import Scan
from theano.graph import Variable
from theano.scalar.arithmetic import second
from theano.tensor.batching import vectorize_graph
from theano.tensor.batching.graph import Application, Batched, batched
from theano.tensor.dimshuffle import dimshuffle
from theano.tensor.elemwise import elemwise_of
from theano.tensor.rebroadcast import patternbroadcast
from theano.tensor.type import TensorType


@batched.register(Scan)
def looped(op: Scan, a: Application) -> list[Any]:
    return _BatchOfLoops(op, a).run()


class _BatchOfLoops:
    """The loop of a batch under construction.

    several  the states that differ within the batch: given so, or made so by a step
    """

    def __init__(self, op: Scan, a: Application) -> None:
        self.op, self.form, self.a = op, op.form, a
        self.given = self.form.outer(a.inputs)
        self.inner, self.made = op.inner, self.form.inner_outputs(op.outputs)
        alone = [self.given.steps, *self.given.lengths, *self.given.carried]
        if any(isinstance(v, Batched) for v in alone):
            raise NotImplementedError(
                f"vectorize_graph: numbers of steps and values of shared variables in {op} must not depend on the batch; "
                "go over the batch with theano.scan instead"
            )

    def run(self) -> list[Any]:
        several = {k for k, s in enumerate(self.given.states) if isinstance(s, Batched)}
        while True:
            step = self._step(several)
            writes = self.form.inner_outputs([v.type.ndim for v in step])
            own = self.form.inner_outputs([v.type.ndim for v in self.op.outputs])  # type: ignore[attr-defined]
            more = {k for k, (new, old) in enumerate(zip(writes.states, own.states, strict=True)) if new != old}
            if more <= several:
                break
            several |= more
        if writes.carried != own.carried or writes.condition != own.condition:
            raise NotImplementedError(
                f"vectorize_graph: in a step of {self.op} a condition, or an update of a shared variable, depends on the batch; "
                "go over the batch with theano.scan instead"
            )
        return self._applied(several, step)

    def _replacements(self, several: set[int]) -> dict[Variable, Variable]:
        """Variables with batch axes for those of the step that differ within the batch."""
        pairs = list(zip(self.inner.sequences, self.given.sequences, strict=True))
        pairs += zip(self.inner.others, self.given.others, strict=True)
        new = {own: self._variable(own) for own, outer in pairs if isinstance(outer, Batched)}
        for k in several:
            new.update({own: self._variable(own) for own in self.inner.states[k]})
        return new

    def _variable(self, own: Any) -> Variable:
        return TensorType(own.type.dtype, (*[False] * self.a.depth, *own.type.broadcastable))(own.name)

    def _step(self, several: set[int]) -> list[Any]:
        self.new = self._replacements(several)
        outputs = vectorize_graph(self.op.outputs, self.new)
        made = self.form.inner_outputs(outputs)
        fitted = dict(zip(map(id, outputs), outputs, strict=True))
        for k in several:
            for old, new in zip(self.made.states[k], made.states[k], strict=True):
                if new.type.ndim == old.type.ndim:  # type: ignore[attr-defined]  # the same for the whole batch
                    fitted[id(new)] = self._spread(old, new, k)
        return [fitted[id(v)] for v in outputs]

    def _spread(self, old: Any, new: Any, k: int) -> Any:
        """A value that is the same for the whole batch, as an entry of a state that is not."""
        like = self.new[self.inner.states[k][0]]
        return elemwise_of(second)(like, dimshuffle(new, *["x"] * self.a.depth, *range(new.type.ndim)))

    def _applied(self, several: set[int], step: list[Any]) -> list[Any]:
        form, depth = self.form, self.a.depth
        given, place = self.given, self.form.outer(range(len(self.a.inputs)))

        def whole(k: int) -> Any:
            """Input k with all batch axes, in front."""
            return self.a.full(k).variable

        def array(k: int) -> Any:
            """Input k with the axis of the steps in front, then those of the batch."""
            x = whole(k)
            return dimshuffle(x, depth, *range(depth), *range(depth + 1, x.type.ndim))

        inputs = [
            given.steps,
            *(array(k) if isinstance(x, Batched) else x for k, x in zip(place.sequences, given.sequences, strict=True)),
            *(array(k) if n in several else s for n, (k, s) in enumerate(zip(place.states, given.states, strict=True))),
            *given.carried,
            *given.lengths,
            *(whole(k) if isinstance(o, Batched) else o for k, o in zip(place.others, given.others, strict=True)),
        ]
        loop = Scan(
            [self.new.get(v, v) for v in self.op.inputs], step, form, self.op.name, self.op.truncate_gradient, self.op.is_lean
        )
        results = loop(*inputs, return_list=True)
        own = [*self.a.node.outputs]
        found: list[Any] = []
        for old, new in zip(own, results, strict=True):
            ndim = getattr(new.type, "ndim", 0)
            if ndim == getattr(old.type, "ndim", 0):
                found.append(new)
                continue
            moved = dimshuffle(new, *range(1, depth + 1), 0, *range(depth + 1, ndim))
            found.append(Batched(patternbroadcast(moved, (*[False] * depth, *old.type.broadcastable)), depth))
        return found
