"""The kinds of operands of a loop, under the names that extensions of Theano 1.0.5 ask a Scan for.

seq      a sequence
mit_mot  a state of which a step reads or writes several entries, also what was written before: made by gradients
mit_sot  a recurrence that reads several entries, or another one than the last
sit_sot  a recurrence that reads the last entry
nit_sot  what is collected and does not feed back
shared   what is carried: a variable that each step updates
non_seq  what is the same in all steps
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, TypeVar

from theano.control_flow.scan_form import Form, State
from theano.graph import Apply, Type, Variable
from theano.tensor.type import TensorType

T = TypeVar("T")


def kind_of(state: State) -> str:
    """What a state was called: "mit_mot", "mit_sot" or "sit_sot"."""
    if not state.is_recurrence:
        return "mit_mot"
    return "sit_sot" if state == State((0,), (1,)) else "mit_sot"


class OperandKinds:
    """Counts and selections by kind, for Scan; every list is in the order of the loop's own operands.

    inner_*(list_inputs), inner_*_outs(list_outputs)    of what a step is given, and makes
    outer_*(list_inputs), outer_*_outs(list_outputs)    of what the loop is given, and makes; a list or an Apply
    """

    if TYPE_CHECKING:
        form: Form
        inputs: list[Variable]
        outputs: list[Variable]
        name: str
        truncate_gradient: int
        is_lean: bool

    # What 1.0.5 could be told and is not asked for here.
    mode = None
    mode_instance = None
    profile = False
    allow_gc = True
    strict = True
    gpua = False

    # -- counts --------------------------------------------------------------------------------------------------------

    @property
    def n_seqs(self) -> int:
        return self.form.sequences

    @property
    def n_mit_mot(self) -> int:
        return len(self._states("mit_mot"))

    @property
    def n_mit_mot_outs(self) -> int:
        return sum(len(self.form.states[k].writes) for k in self._states("mit_mot"))

    @property
    def n_mit_sot(self) -> int:
        return len(self._states("mit_sot"))

    @property
    def n_sit_sot(self) -> int:
        return len(self._states("sit_sot"))

    @property
    def n_nit_sot(self) -> int:
        return self.form.collected

    @property
    def n_shared_outs(self) -> int:
        return self.form.carried

    @property
    def n_outs(self) -> int:
        return len(self.form.states)

    @property
    def n_tap_outs(self) -> int:
        return self.n_mit_mot + self.n_mit_sot

    @property
    def as_while(self) -> bool:
        return self.form.is_while

    # -- taps ----------------------------------------------------------------------------------------------------------

    @property
    def tap_array(self) -> list[list[int]]:
        """Of each state what a step reads: from the entry that it writes, for mit_mot from the first of the array."""
        return [_taps(s) for s in self.form.states]

    @property
    def mintaps(self) -> list[int]:
        """Of each state the least tap, and 0 for each collected output."""
        return [*(min(taps, default=0) for taps in self.tap_array), *[0] * self.form.collected]

    @property
    def mit_mot_out_slices(self) -> list[list[int]]:
        return [list(self.form.states[k].writes) for k in self._states("mit_mot")]

    def mitmot_taps(self) -> list[list[int]]:
        return [self.tap_array[k] for k in self._states("mit_mot")]

    def mitmot_out_taps(self) -> list[list[int]]:
        return self.mit_mot_out_slices

    def mitsot_taps(self) -> list[list[int]]:
        return [self.tap_array[k] for k in self._states("mit_sot")]

    # -- types and places ----------------------------------------------------------------------------------------------

    @property
    def output_types(self) -> list[Type]:
        made = self.form.inner_outputs(self.outputs)
        stacked = [*(entries[0] for entries in made.states), *made.collected]
        arrays = [TensorType(v.type.dtype, (False, *v.type.broadcastable)) for v in stacked]  # type: ignore[attr-defined]
        return [*arrays, *(v.type for v in made.carried)]

    @property
    def vector_seqs(self) -> list[bool]:
        """Of each sequence whether its entries are numbers."""
        return [v.type.ndim == 0 for v in self.inner_seqs(self.inputs)]  # type: ignore[attr-defined]

    @property
    def vector_outs(self) -> list[bool]:
        """Of each state and each collected output whether its entries are numbers."""
        return [kind.ndim == 1 for kind in self.output_types[: self.n_outs + self.n_nit_sot]]  # type: ignore[attr-defined]

    @property
    def seqs_arg_offset(self) -> int:
        """Where the inputs after the sequences begin."""
        return 1 + self.n_seqs

    @property
    def shared_arg_offset(self) -> int:
        return self.seqs_arg_offset + self.n_outs

    @property
    def nit_sot_arg_offset(self) -> int:
        return self.shared_arg_offset + self.n_shared_outs

    @property
    def info(self) -> dict[str, Any]:
        """The loop's form, as 1.0.5 wrote it."""
        names = (
            "tap_array n_seqs n_mit_mot n_mit_mot_outs mit_mot_out_slices n_mit_sot n_sit_sot n_shared_outs n_nit_sot "
            "truncate_gradient name mode destroy_map gpua as_while profile allow_gc strict"
        )
        return {name: getattr(self, name) for name in names.split()}

    # -- selections ----------------------------------------------------------------------------------------------------

    def inner_seqs(self, list_inputs: Sequence[T]) -> list[T]:
        return self.form.inner_inputs(list_inputs).sequences

    def inner_mitmot(self, list_inputs: Sequence[T]) -> list[T]:
        return self._flat("mit_mot", self.form.inner_inputs(list_inputs).states)

    def inner_mitsot(self, list_inputs: Sequence[T]) -> list[T]:
        return self._flat("mit_sot", self.form.inner_inputs(list_inputs).states)

    def inner_sitsot(self, list_inputs: Sequence[T]) -> list[T]:
        return self._flat("sit_sot", self.form.inner_inputs(list_inputs).states)

    def inner_shared(self, list_inputs: Sequence[T]) -> list[T]:
        return self.form.inner_inputs(list_inputs).carried

    def inner_non_seqs(self, list_inputs: Sequence[T]) -> list[T]:
        return self.form.inner_inputs(list_inputs).others

    def inner_mitmot_outs(self, list_outputs: Sequence[T]) -> list[T]:
        return self._flat("mit_mot", self.form.inner_outputs(list_outputs).states)

    def inner_mitsot_outs(self, list_outputs: Sequence[T]) -> list[T]:
        return self._flat("mit_sot", self.form.inner_outputs(list_outputs).states)

    def inner_sitsot_outs(self, list_outputs: Sequence[T]) -> list[T]:
        return self._flat("sit_sot", self.form.inner_outputs(list_outputs).states)

    def inner_nitsot_outs(self, list_outputs: Sequence[T]) -> list[T]:
        return self.form.inner_outputs(list_outputs).collected

    def inner_shared_outs(self, list_outputs: Sequence[T]) -> list[T]:
        return self.form.inner_outputs(list_outputs).carried

    def outer_seqs(self, list_inputs: Apply | Sequence[Any]) -> list[Any]:
        return self.form.outer(_inputs(list_inputs)).sequences

    def outer_mitmot(self, list_inputs: Apply | Sequence[Any]) -> list[Any]:
        return self._chosen("mit_mot", self.form.outer(_inputs(list_inputs)).states)

    def outer_mitsot(self, list_inputs: Apply | Sequence[Any]) -> list[Any]:
        return self._chosen("mit_sot", self.form.outer(_inputs(list_inputs)).states)

    def outer_sitsot(self, list_inputs: Apply | Sequence[Any]) -> list[Any]:
        return self._chosen("sit_sot", self.form.outer(_inputs(list_inputs)).states)

    def outer_shared(self, list_inputs: Apply | Sequence[Any]) -> list[Any]:
        return self.form.outer(_inputs(list_inputs)).carried

    def outer_nitsot(self, list_inputs: Apply | Sequence[Any]) -> list[Any]:
        return self.form.outer(_inputs(list_inputs)).lengths

    def outer_non_seqs(self, list_inputs: Apply | Sequence[Any]) -> list[Any]:
        return self.form.outer(_inputs(list_inputs)).others

    def outer_mitmot_outs(self, list_outputs: Apply | Sequence[Any]) -> list[Any]:
        return self._chosen("mit_mot", self.form.outer_outputs(_outputs(list_outputs))[0])

    def outer_mitsot_outs(self, list_outputs: Apply | Sequence[Any]) -> list[Any]:
        return self._chosen("mit_sot", self.form.outer_outputs(_outputs(list_outputs))[0])

    def outer_sitsot_outs(self, list_outputs: Apply | Sequence[Any]) -> list[Any]:
        return self._chosen("sit_sot", self.form.outer_outputs(_outputs(list_outputs))[0])

    def outer_nitsot_outs(self, list_outputs: Apply | Sequence[Any]) -> list[Any]:
        return self.form.outer_outputs(_outputs(list_outputs))[1]

    def outer_shared_outs(self, list_outputs: Apply | Sequence[Any]) -> list[Any]:
        return self.form.outer_outputs(_outputs(list_outputs))[2]

    def _states(self, kind: str) -> list[int]:
        return [k for k, s in enumerate(self.form.states) if kind_of(s) == kind]

    def _chosen(self, kind: str, states: Sequence[T]) -> list[T]:
        return [states[k] for k in self._states(kind)]

    def _flat(self, kind: str, states: Sequence[list[T]]) -> list[T]:
        return [thing for entries in self._chosen(kind, states) for thing in entries]


def _taps(state: State) -> list[int]:
    origin = state.writes[0] if state.is_recurrence else 0
    return [r - origin for r in state.reads]


def _inputs(given: Apply | Sequence[Any]) -> Sequence[Any]:
    return given.inputs if isinstance(given, Apply) else given


def _outputs(given: Apply | Sequence[Any]) -> Sequence[Any]:
    return given.outputs if isinstance(given, Apply) else given
