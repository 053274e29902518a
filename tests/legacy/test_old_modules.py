"""Modules of Theano 1.0.5 that programs import, ask or derive from: C ops, parameters, GPUs, helpers for Python 2."""

from __future__ import annotations

import importlib

import numpy as np
import pytest

import theano
import theano.tensor as T
from theano.graph.errors import MethodNotDefined


@pytest.mark.parametrize(
    "name",
    [
        "theano.gof.COp", "theano.gof.ParamsType", "theano.gof.EnumList", "theano.gpuarray.dnn", "theano.gpuarray.use",
        "theano.compile.mode.gof", "theano.compile.theano", "theano.tensor.nnet.bn.T", "theano.tensor.blas.T",
        "theano.tensor.fft.T", "theano.tensor.signal.pool.tensor", "theano.gradient.gof", "theano.scalar.gof",
        "theano.tensor.opt.T", "theano.opt", "theano.toolbox", "theano.utils", "theano.compat.izip", "theano.compat.PY3",
        "theano.misc.safe_asarray._asarray", "theano.sandbox.neighbours.images2neibs", "theano.sandbox.solve.solve",
        "theano.pathparse.PathParser", "theano.printing.gof", "theano.ifelse.gof", "theano.scan_module.scan.tensor",
        "theano.sandbox.rng_mrg.multinomial", "theano.typed_list.type.gof", "theano.tensor.basic.NoneConst",
    ],
)  # fmt: skip
def test_what_programs_import(name: str) -> None:
    module, _, last = name.rpartition(".")
    assert hasattr(importlib.import_module(module), last)


class Doubled(theano.gof.COp):
    __props__ = ()

    def __init__(self) -> None:
        super().__init__("doubled.c", "APPLY_SPECIFIC(doubled)")

    def make_node(self, x: T.TensorVariable) -> theano.Apply:
        return theano.Apply(self, [x], [x.type()])


class Performed(Doubled):
    def perform(self, node, inputs, outputs, params=None):  # type: ignore[no-untyped-def]
        outputs[0][0] = 2 * inputs[0]


def test_a_c_op_is_used_by_its_perform_and_told_of_where_it_has_none() -> None:
    x = T.dvector("x")
    assert Doubled().func_files[0].endswith("legacy/doubled.c")
    with pytest.raises(
        MethodNotDefined, match=r"Doubled has c_code but no perform(.|\n)*test_old_modules\.py"
    ):
        theano.function([x], Doubled()(x))
    with pytest.warns(UserWarning, match="Performed has c_code, which is not compiled here"):
        f = theano.function([x], Performed()(x))
    np.testing.assert_array_equal(f([1.0, 2.0]), [2.0, 4.0])


class Scaled(theano.Op):
    __props__ = ("scale", "mode")
    modes = theano.gof.EnumList(("ADD", "add"), ("MULTIPLY", "multiply"))
    params_type = theano.gof.ParamsType(scale=theano.scalar.float64, mode=modes)

    def __init__(self, scale: float, mode: str) -> None:
        self.scale, self.mode = scale, mode

    def make_node(self, x: T.TensorVariable) -> theano.Apply:
        return theano.Apply(self, [x], [x.type()])

    def get_params(self, node: theano.Apply) -> dict:
        return self.params_type.get_params(self)

    def perform(self, node, inputs, outputs, params):  # type: ignore[no-untyped-def]
        combine = np.add if params.mode == self.modes.ADD else np.multiply
        outputs[0][0] = combine(inputs[0], params.scale)


def test_parameters_of_an_op_by_name() -> None:
    x = T.dvector("x")
    f = theano.function([x], [Scaled(3.0, "add")(x), Scaled(3.0, "multiply")(x)])
    np.testing.assert_array_equal(f([1.0, 2.0]), [[4.0, 5.0], [3.0, 6.0]])


def test_parameter_types_know_their_fields() -> None:
    kind = theano.gof.ParamsType(b=theano.scalar.int64, a=theano.scalar.float64)
    assert kind.fields == ("a", "b") and kind.get_field(theano.scalar.int64) == "b"
    assert kind.get_type("a") == theano.scalar.float64 and kind.has_type(theano.scalar.int64)
    assert kind == theano.gof.ParamsType(a=theano.scalar.float64, b=theano.scalar.int64)
    params = kind.get_params(a=0.5, b=2)
    assert params.a == 0.5 and params["b"] == 2 and kind.values_eq(params, kind.filter({"a": 0.5, "b": 2}))
    with pytest.raises(TypeError, match="b is neither given"):
        kind.get_params(a=1.0)
    with pytest.raises(NotImplementedError):
        params.a = 1
    assert kind.extended(c=theano.scalar.int8).fields == ("a", "b", "c")


def test_enumerations() -> None:
    modes = theano.gof.EnumList(("VALID", "valid"), "FULL", ctype="int")
    assert (modes.VALID, modes["FULL"], modes.fromalias("valid"), modes.filter("FULL")) == (0, 1, 0, 1)
    assert modes.has_alias("valid") and modes == theano.gof.EnumList(("VALID", "valid"), "FULL")
    with pytest.raises(ValueError, match="7 is none of the constants"):
        modes.filter(7)
    with pytest.raises(AttributeError, match="twice"):
        theano.gof.EnumList("A", "A")
    assert theano.gof.EnumType(A=2.5).A == 2.5


def test_gpus_are_told_to_be_absent() -> None:
    gpuarray = importlib.import_module("theano.gpuarray")
    assert gpuarray.pygpu_activated is False and gpuarray.dnn.dnn_present() is False
    assert "no CUDA back end" in gpuarray.dnn.dnn_present.msg
    with pytest.raises(gpuarray.ContextNotDefined, match="no CUDA back end"):
        gpuarray.get_context(None)
    with pytest.raises(RuntimeError, match="'cuda0' cannot be used"):
        gpuarray.use("cuda0")
    gpuarray.use("cpu")


def test_helpers_of_two_versions_of_python() -> None:
    compat = importlib.import_module("theano.compat")
    assert compat.PY3 and not compat.PY2 and compat.cmp(1, 2) == -1 and compat.decode(b"a") == "a"
    assert (
        list(compat.izip([1], compat.imap(str, [2]))) == [(1, "2")]
        and compat.exc_message(ValueError("x")) == "x"
    )
    counts = compat.DefaultOrderedDict(int)
    counts["b"] += 1
    assert list(counts.copy().items()) == [("b", 1)]
    strutil = importlib.import_module("theano.misc.strutil")
    assert strutil.render_string("%(a)s;", {"a": 1}) == "1;"
    assert strutil.pretty_format("if (x) {\ny;\n}") == "if (x) {\n  y;\n}"
    parser = importlib.import_module("theano.pathparse").PathParser("/a", "/b/../a")
    assert list(parser) == ["/a"]


def test_shapes_and_hashes() -> None:
    utils = importlib.import_module("theano.tensor.utils")
    x, y = T.matrices("x", "y")
    fgraph = theano.FunctionGraph([x, y], [T.dot(x, y).sum(axis=0), T.concatenate([x, x])], clone=False)
    shapes = utils.shape_of_variables(fgraph, {x: (2, 3), y: (3, 5)})
    assert [shapes[v] for v in fgraph.outputs] == [(5,), (4, 3)] and shapes[x] == (2, 3)
    a = np.arange(4.0)
    assert utils.hash_from_ndarray(a) == utils.hash_from_ndarray(a.copy()) != utils.hash_from_ndarray(a[::-1])


def test_slices_and_none_as_variables() -> None:
    assert T.NoneConst.data is None and T.as_int_none_variable(None) is T.NoneConst
    with pytest.raises(TypeError, match="integers"):
        T.as_int_none_variable(1.5)
    k = T.iscalar("k")
    f = theano.function([k], T.make_slice(slice(None, k, 2)), mode="FAST_COMPILE")
    assert f(4) == slice(None, 4, 2)
    constant = T.SliceConstant(T.slicetype, slice(np.int64(1), None))
    assert constant.data == slice(1, None) and constant.signature()[1:] == (1, None, None)
    with pytest.raises(TypeError, match="slice"):
        T.slicetype.filter(1)


def test_examples_of_ops() -> None:
    x = T.dvector("x")
    double = importlib.import_module("theano.misc.doubleop").DoubleOp()
    np.testing.assert_array_equal(theano.function([x], T.grad(double(x).sum(), x))([1.0, 2.0]), [2.0, 2.0])
    minimal = importlib.import_module("theano.sandbox.minimal").minimal
    assert theano.function([x], minimal(x, x))([1.0, 2.0]) == 6.0


def test_outcomes_of_uniform_numbers() -> None:
    multinomial = importlib.import_module("theano.sandbox.multinomial")
    p, u = T.dmatrix("p"), T.dvector("u")
    f = theano.function([p, u], multinomial.MultinomialFromUniform("int32")(p, u))
    np.testing.assert_array_equal(f([[0.5, 0.5], [0.1, 0.9]], [0.4, 0.4]), [[1, 0], [0, 1]])
    g = theano.function([p, u], multinomial.ChoiceFromUniform("int64")(p, u, 2))
    np.testing.assert_array_equal(np.sort(g([[0.5, 0.5]], [0.4, 0.4])), [[0, 1]])
    with pytest.raises(NotImplementedError, match="choice"):
        multinomial.ChoiceFromUniform("int64", replace=True)


def test_an_inline_op_of_a_graph_is_written_out_by_hand() -> None:
    x = T.dvector("x")
    inline, kept = (theano.OpFromGraph([x], [x * 2], inline=flag)(x) for flag in (True, False))
    expand = theano.compile.builders.inline_ofg_expansion
    assert expand.transform(kept.owner) is False
    np.testing.assert_array_equal(expand.transform(inline.owner)[0].eval({x: [1.0]}), [2.0])
