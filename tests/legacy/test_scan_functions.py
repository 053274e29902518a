"""What programs written for Theano 1.0.5 import from theano.scan_module and ask a Scan for."""

from __future__ import annotations

import numpy as np
import pytest
from theano.scan_module import scan_utils
from theano.scan_module.scan_op import Scan

import theano
import theano.tensor as T
from theano.graph.walk import io_toposort


def loop_of(outputs):
    """The application of the loop that is done last."""
    nodes = io_toposort([], outputs if isinstance(outputs, list) else [outputs])
    return [node for node in nodes if isinstance(node.op, Scan)][-1]


@pytest.fixture
def node():
    """A loop with operands of all kinds but mit_mot."""
    x, first, h, w = T.matrix("x"), T.matrix("first"), T.vector("h"), T.vector("w")
    count = theano.shared(0, "count")

    def step(e, a, b, h, w):
        return [a + b * e, T.tanh(h + e), e * w], {count: count + 1}

    outputs, _ = theano.scan(
        step, sequences=x, outputs_info=[{"initial": first, "taps": [-1, -3]}, h, None], non_sequences=w
    )
    return loop_of(outputs)


def test_operands_are_counted_by_kind(node):
    op = node.op
    counts = [op.n_seqs, op.n_mit_mot, op.n_mit_mot_outs, op.n_mit_sot, op.n_sit_sot, op.n_nit_sot, op.n_shared_outs]
    assert counts == [1, 0, 0, 1, 1, 1, 1]
    assert (op.n_outs, op.n_tap_outs, op.as_while, op.truncate_gradient, op.name) == (2, 1, False, -1, "scan_fn")
    assert op.tap_array == [[-1, -3], [-1]] and op.mintaps == [-3, -1, 0] and op.mitsot_taps() == [[-1, -3]]
    assert op.info["tap_array"] == op.tap_array and op.info["n_nit_sot"] == 1 and not op.info["gpua"]


def test_operands_are_selected_by_kind(node):
    op = node.op
    inner = [op.inner_seqs, op.inner_mitmot, op.inner_mitsot, op.inner_sitsot, op.inner_shared, op.inner_non_seqs]
    assert [v for select in inner for v in select(op.inputs)] == op.inputs
    assert [len(select(op.inputs)) for select in inner] == [1, 0, 2, 1, 1, 1]
    made = [op.inner_mitmot_outs, op.inner_mitsot_outs, op.inner_sitsot_outs, op.inner_nitsot_outs, op.inner_shared_outs]
    assert [v for select in made for v in select(op.outputs)] == op.outputs
    outer = [op.outer_seqs, op.outer_mitmot, op.outer_mitsot, op.outer_sitsot, op.outer_shared, op.outer_nitsot]
    assert [v for select in [*outer, op.outer_non_seqs] for v in select(node)] == node.inputs[1:]
    results = [op.outer_mitmot_outs, op.outer_mitsot_outs, op.outer_sitsot_outs, op.outer_nitsot_outs]
    assert [v for select in [*results, op.outer_shared_outs] for v in select(node.outputs)] == node.outputs
    assert op.output_types == [v.type for v in node.outputs]
    assert op.vector_seqs == [False] and op.vector_outs == [False] * 3
    assert node.inputs[op.seqs_arg_offset : op.shared_arg_offset] == [*op.outer_mitsot(node), *op.outer_sitsot(node)]
    assert node.inputs[op.nit_sot_arg_offset] is op.outer_nitsot(node)[0]


def test_the_loop_of_a_gradient_reads_and_writes_several_entries():
    x, h = T.vector("x"), T.vector("h")
    outputs, _ = theano.scan(lambda e, a, b: T.sin(a) * b * e, x, {"initial": h, "taps": [-1, -2]})
    op = loop_of(T.grad(outputs.sum(), h)).op
    assert op.n_mit_mot == 1 and op.n_mit_mot_outs == len(op.mit_mot_out_slices[0]) == 2
    assert op.mitmot_taps() and op.mitmot_out_taps() == op.mit_mot_out_slices
    assert len(op.inner_mitmot(op.inputs)) == len(op.mitmot_taps()[0])


def test_variables_are_mapped_inside_of_loops():
    x, a, b = T.vector("x"), T.scalar("a"), T.scalar("b")
    y, _ = theano.scan(lambda e, s: s * T.exp(e) + a, x, T.constant(1.0, dtype="float64"))

    def exp_plus_b(v):
        is_exp = v.owner is not None and v.owner.op == T.exp
        return v + b if is_exp else v

    (z,) = scan_utils.map_variables(exp_plus_b, [y])
    values = [np.array([0.5, -1.0, 2.0]), 0.25, 3.0]
    expected, s = [], 1.0
    for e in values[0]:
        s = s * (np.exp(e) + 3.0) + 0.25
        expected.append(s)
    np.testing.assert_allclose(theano.function([x, a, b], z)(*values), expected)


def test_mapping_with_no_change_gives_an_equal_graph():
    x = T.matrix("x")
    y, _ = theano.scan(lambda row: theano.scan(lambda e, s: s + e, row, T.zeros(()))[0], x)
    (z,) = scan_utils.map_variables(lambda v: v, [y])
    assert z is not y and scan_utils.equal_computations([y], [z])


def test_graphs_are_compared_and_copied():
    x, y = T.vectors("x", "y")
    assert scan_utils.equal_computations([x + 1], [y + 1], [x], [y])
    assert not scan_utils.equal_computations([x + 1], [y + 1])
    (own,), (out,) = scan_utils.reconstruct_graph([x], [T.exp(x)], "_copy")
    assert own.name == "x_copy" and scan_utils.equal_computations([T.exp(x)], [out], [x], [own])
    assert scan_utils.traverse(T.exp(x), x, y, {}) == {x: y} and scan_utils.traverse(y, x, y, {}) == {}
    replaced = scan_utils.forced_replace(T.exp(x + 1) + x, x + 1, y)
    assert scan_utils.equal_computations([replaced], [T.exp(y) + x])
    assert scan_utils.safe_new(x, "_new", "float32").type == T.fvector


def test_lengths_follow_from_those_of_inputs():
    x = T.matrix("x")
    n, m = T.lscalars("n", "m")
    ((rows,),) = scan_utils.infer_shape([x.sum(axis=1)], [x], [(n, m)])
    assert rows is n


def test_room_is_added_behind_an_array():
    x = T.vector("x")
    grown = theano.function([x], scan_utils.expand_empty(x, 3))([1.0, 2.0])
    assert grown.shape == (5,) and list(grown[:2]) == [1.0, 2.0]


def test_what_a_step_returns_is_taken_apart():
    x, w = T.scalar("x"), theano.shared(1.0)
    condition, outputs, updates = scan_utils.get_updates_and_outputs(([x, x + 1], {w: w * 2}, scan_utils.until(x > 1)))
    assert outputs[0] is x and len(outputs) == 2 and list(updates) == [w] and condition.owner.op == T.gt
    assert scan_utils.get_updates_and_outputs(x) == (None, [x], {})


def test_numbers_that_stand_for_nothing():
    nothing = [None, np.nan, np.inf, T.constant(np.nan)]
    assert all(scan_utils.isNaN_or_Inf_or_None(v) for v in nothing)
    assert not any(scan_utils.isNaN_or_Inf_or_None(v) for v in [0, 1.5, "nan", T.scalar(), np.zeros(2)])
    nested = {"a": [1, (2, 3)]}
    assert scan_utils.hash_listsDictsTuples(nested) == scan_utils.hash_listsDictsTuples({"a": [1, (2, 3)]})
