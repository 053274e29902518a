"""Convolution: what goes wrong and how it is told, promised shapes, old names, work shared by threads."""

from __future__ import annotations

from types import SimpleNamespace

import numpy as np
import pytest

import theano
import theano.tensor as T
from theano.backends.llvm import parts
from theano.backends.llvm.machine import module_for_host
from theano.compile.convolutions import explain_convolutions
from theano.tensor.nnet import abstract_conv, conv
from theano.tensor.nnet.abstract_conv import get_conv_output_shape
from theano.tensor.nnet.convolution import AbstractConv2d
from theano.tensor.nnet.corr import CorrMM, CorrMM_gradInputs, CorrMM_gradWeights
from theano.tensor.nnet.corr3d import Corr3dMM
from theano.tensor.signal.conv import conv2d as conv_of_signals

MODES = [theano.Mode(linker="py"), theano.Mode(linker="llvm")]
x, w = T.tensor4("x"), T.tensor4("w")


def numbers(*shape: int) -> np.ndarray:
    return np.random.RandomState(sum(shape)).uniform(-1, 1, shape)


# -- errors ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("mode", MODES, ids=str)
@pytest.mark.parametrize(
    ("image", "kernel", "settings", "text"),
    [
        ((1, 2, 4, 4), (1, 3, 2, 2), {}, "the images have 2 channels, the kernels take 3"),
        (
            (1, 3, 4, 4),
            (2, 2, 2, 2),
            {"num_groups": 2},
            "the images have 3 channels, the kernels take 4 in 2 groups",
        ),
        (
            (1, 4, 4, 4),
            (3, 2, 2, 2),
            {"num_groups": 2},
            "2 groups do not divide the kernels evenly, 1 are left over",
        ),
        ((1, 1, 4, 4), (1, 1, 6, 2), {}, "the kernel is larger than the image along axis 2"),
        (
            (1, 1, 4, 4),
            (1, 1, 2, 3),
            {"filter_dilation": (1, 2)},
            "the kernel is larger than the image along axis 3",
        ),
    ],
)
def test_operands_that_do_not_fit(mode, image, kernel, settings, text):
    f = theano.function([x, w], T.nnet.conv2d(x, w, **settings), mode=mode)
    with pytest.raises(ValueError, match=text) as caught:
        f(numbers(*image), numbers(*kernel))
    assert "test_convolution.py" in str(caught.value)


@pytest.mark.parametrize("mode", MODES, ids=str)
def test_adjoints_check_their_operands(mode):
    g = T.tensor4("g")
    of_image = theano.function(
        [g, w], abstract_conv.conv2d_grad_wrt_inputs(g, w, (None, None, 5, 5)), mode=mode
    )
    with pytest.raises(ValueError, match="the results have length 3 along axis 2, images and kernels give 4"):
        of_image(numbers(1, 2, 3, 4), numbers(2, 1, 2, 2))
    with pytest.raises(ValueError, match="there are 3 results for each image, but 2 kernels"):
        of_image(numbers(1, 3, 4, 4), numbers(2, 1, 2, 2))
    of_kernel = theano.function(
        [x, g], abstract_conv.conv2d_grad_wrt_weights(x, g, (None, None, 2, 2)), mode=mode
    )
    with pytest.raises(ValueError, match="there are results for 2 images, but 1 images"):
        of_kernel(numbers(1, 1, 5, 5), numbers(2, 1, 4, 4))


@pytest.mark.parametrize(
    ("settings", "error", "text"),
    [
        ({"border_mode": "same"}, ValueError, "'valid', 'half', 'full'"),
        ({"border_mode": (1,)}, ValueError, "one entry for each of the 2 axes"),
        ({"border_mode": -1}, ValueError, "negative"),
        ({"border_mode": (1, "half")}, ValueError, "neither an integer nor a pair"),
        ({"subsample": (1, 1, 1)}, ValueError, "subsample is"),
        ({"subsample": (0, 1)}, ValueError, "at least 1"),
        ({"filter_dilation": (1, 0)}, ValueError, "filter_dilation is"),
        ({"num_groups": 0}, ValueError, "at least one group"),
        ({"input_shape": (1, 2, 3)}, ValueError, "4 are needed"),
        ({"filter_shape": (1, 2, 3, -1)}, ValueError, "not negative"),
        ({"input_shape": (1, 1, 1, 1), "image_shape": (1, 1, 1, 1)}, ValueError, "its older name"),
    ],
)
def test_settings_that_do_not_fit(settings, error, text):
    with pytest.raises(error, match=text):
        T.nnet.conv2d(x, w, **settings)


def test_wrong_ranks():
    with pytest.raises(TypeError, match="img must be 4D tensor"):
        T.nnet.conv2d(T.matrix(), w)
    with pytest.raises(TypeError, match="kern must be 4D tensor"):
        T.nnet.conv2d(x, T.tensor3())
    with pytest.raises(TypeError, match="kern must be 6D tensor"):
        T.nnet.conv2d(x, w, unshared=True)
    with pytest.raises(TypeError, match="img must be 5D tensor"):
        T.nnet.conv3d(x, w)
    with pytest.raises(TypeError, match=r"signal\.conv\.conv2d needs input of 2 or 3 dimensions"):
        conv_of_signals(T.vector(), T.matrix())
    with pytest.raises(TypeError, match="vector of 2 integers"):
        abstract_conv.AbstractConv2d_gradInputs()(w, x, T.vector())


def test_lengths_that_do_not_follow():
    with pytest.raises(ValueError, match="cannot be None"):
        abstract_conv.conv2d_grad_wrt_inputs(x, w, (None, None, None, 3))
    with pytest.raises(ValueError, match="either ratio or frac_ratio"):
        abstract_conv.bilinear_upsampling(x)
    with pytest.raises(ValueError, match="use_1D_kernel=False"):
        abstract_conv.bilinear_upsampling(x, frac_ratio=(3, 2))
    with pytest.raises(ValueError, match="give filters_shape"):
        from theano.tensor.nnet.conv3d2d import conv3d

        conv3d(T.tensor5(), T.tensor5(), border_mode=("full", "valid", "valid"))


def test_arguments_of_older_versions_are_ignored_with_a_warning():
    with pytest.warns(UserWarning, match="ignores the arguments unroll_batch"):
        T.nnet.conv2d(x, w, unroll_batch=4)


# -- promised shapes ---------------------------------------------------------------------------------------------------


def test_promised_shapes_are_checked_on_request():
    def made():
        return theano.function(
            [x, w], T.nnet.conv2d(x, w, input_shape=(None, 2, 5, 5), filter_shape=(3, 2, 2, 2))
        )

    assert made()(numbers(1, 2, 4, 4), numbers(3, 2, 2, 2)).shape == (1, 3, 3, 3)
    with theano.change_flags(**{"conv.assert_shape": True}):
        f = made()
    assert f(numbers(1, 2, 5, 5), numbers(3, 2, 2, 2)).shape == (1, 3, 4, 4)
    with pytest.raises(AssertionError, match="input does not have the shape that was promised"):
        f(numbers(1, 2, 4, 4), numbers(3, 2, 2, 2))


def test_lengths_of_results():
    assert get_conv_output_shape((2, 3, 10, None), (4, 3, 3, 3), "half", (2, 1), (2, 1)) == (2, 4, 5, None)
    assert get_conv_output_shape((2, 3, 10, 8), (4, 3, 3, 3), ((1, 2), 0), (2, 1)) == (2, 4, 6, 6)
    assert abstract_conv.get_conv_gradweights_shape((2, 4, 9, 9), (2, 6, 7, 8), "valid", (1, 1), None, 2) == (
        6,
        2,
        3,
        2,
    )
    assert abstract_conv.get_conv_gradweights_shape((2, 4, 9, 9), (2, 6, 7, 8), "valid", (2, 1)) == (
        6,
        4,
        None,
        2,
    )
    assert abstract_conv.get_conv_gradinputs_shape((6, 2, 3, 2), (5, 6, 7, 8), "full", (1, 1), None, 2) == (
        5,
        4,
        5,
        7,
    )
    assert abstract_conv.check_conv_gradinputs_shape(
        (5, 4, 9, 9), (6, 4, 3, 2), (5, 6, 7, 8), "valid", (1, 1)
    )
    assert not abstract_conv.check_conv_gradinputs_shape(
        (5, 4, 9, 9), (6, 4, 3, 2), (5, 6, 6, 8), "valid", (1, 1)
    )
    assert abstract_conv.assert_conv_shape((2, None, 1)) == (2, None, 1)
    with pytest.raises(ValueError, match="length 0 along axis 2"):
        abstract_conv.assert_conv_shape((2, 3, 0))


# -- old names ---------------------------------------------------------------------------------------------------------


def test_correlation_is_convolution_with_kernels_that_are_not_turned():
    a, b = numbers(2, 4, 6, 5), numbers(6, 2, 3, 2)
    settings = {"border_mode": (1, 0), "subsample": (2, 1), "num_groups": 2}
    y = T.nnet.conv2d(x, w, filter_flip=False, **settings)
    op = CorrMM(**settings)
    assert op == CorrMM(**settings) and op != CorrMM()
    expected = theano.function([x, w], [y, *T.grad((y**2).sum(), [x, w])])(a, b)
    top = op(x, w)
    gradients = [
        CorrMM_gradInputs(**settings)(w, 2 * top, x.shape[2:]),
        CorrMM_gradWeights(**settings)(x, 2 * top, w.shape[2:]),
    ]
    for found, value in zip(theano.function([x, w], [top, *gradients])(a, b), expected, strict=True):
        np.testing.assert_allclose(found, value)
    assert Corr3dMM()(T.tensor5(), T.tensor5()).ndim == 5


def test_the_older_interface():
    a, b = numbers(2, 2, 5, 6), numbers(3, 2, 3, 2)
    op = conv.ConvOp((2, 5, 6), (3, 2), 3, 2, 2, 1, "full", unroll_batch=2)
    assert isinstance(op, AbstractConv2d)
    expected = theano.function([x, w], T.nnet.conv2d(x, w, border_mode="full", subsample=(2, 1)))(a, b)
    np.testing.assert_allclose(theano.function([x, w], op(x, w))(a, b), expected)
    np.testing.assert_allclose(
        theano.function([x, w], conv.conv2d(x, w, border_mode="full", subsample=(2, 1), unroll_kern=3))(a, b),
        expected,
    )
    assert conv.ConvOp.getOutputShape((5, 6), (3, 2), (2, 1), "full") == expected.shape[2:]
    with pytest.raises(ValueError, match="'valid' or 'full'"):
        conv.conv2d(x, w, border_mode="half")


# -- the whole of it ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("channels", "filters", "method"), [(3, 18, "auto"), (16, 18, "winograd"), (16, 64, "auto")])
@pytest.mark.parametrize("batch", [1, 3, 70])
@pytest.mark.parametrize("step", [1, 2])
def test_threads_give_the_same_digits(batch, channels, filters, method, step):
    a, b = numbers(batch, channels, 20, 24), numbers(filters, channels, 3, 3)
    found = []
    for threads in (1, 2, 5):
        with theano.change_flags(**{"threads": threads, "conv.method": method}):
            y = T.nnet.conv2d(x, w, border_mode="half", subsample=(step, step))
            outputs = [y, T.tanh(y), *T.grad((y**2).sum(), [x, w])]
            found.append(theano.function([x, w], outputs)(a, b))
    for alone, *shared in zip(*found, strict=True):
        for other in shared:
            np.testing.assert_array_equal(alone, other)


@pytest.mark.parametrize("dtype", ["float32", "float64"])
@pytest.mark.parametrize(
    ("image", "kernel", "settings"),
    [
        ((2, 3, 9, 8), (20, 3, 3, 3), {}),
        ((2, 48, 22, 23), (48, 48, 3, 3), {}),  # by Winograd's method also unasked
        ((1, 16, 7, 60), (16, 16, 3, 3), {"border_mode": ((1, 0), (0, 2)), "filter_flip": False}),
        ((3, 32, 8, 8), (48, 16, 3, 3), {"num_groups": 2, "border_mode": "full"}),
        ((3, 33, 9, 8), (47, 33, 3, 2), {"border_mode": (1, 1)}),
        ((2, 24, 7, 8), (100, 12, 3, 3), {"border_mode": "half", "num_groups": 2}),
        ((1, 30, 9, 8), (62, 30, 1, 1), {"subsample": (2, 3)}),
        ((2, 16, 5, 6), (144, 16, 1, 1), {}),
        ((1, 7, 14, 14), (130, 7, 1, 1), {}),
        ((5, 8, 9, 11), (5, 8, 3, 3), {}),
        ((1, 24, 8, 8), (16, 24, 3, 3), {}),
        ((2, 1, 30, 30), (16, 1, 11, 11), {"filter_dilation": (2, 2)}),
        ((5, 4, 9, 11), (32, 2, 3, 2), {"border_mode": "half", "num_groups": 2, "subsample": (2, 1)}),
        ((3, 2, 13, 12), (96, 2, 5, 3), {"border_mode": (2, 1), "subsample": (2, 3)}),
        ((6, 5, 7, 7), (64, 5, 3, 3), {"border_mode": "full"}),
        ((9, 3, 10, 10), (48, 1, 3, 3), {"border_mode": "half", "num_groups": 3, "subsample": (2, 2)}),
        ((2, 3, 9, 9), (16, 3, 3, 3), {"border_mode": ((2, 0), (0, 3)), "subsample": (3, 3)}),
        ((2, 3, 11, 90), (33, 3, 2, 40), {"filter_dilation": (1, 2), "subsample": (1, 2)}),
        ((3, 4, 9, 11), (2, 4, 4, 3), {"border_mode": (1, 2), "filter_dilation": (2, 1)}),
        ((1, 6, 30, 7), (6, 1, 9, 2), {"border_mode": "full", "num_groups": 6}),
        ((2, 1, 60, 50), (1, 1, 31, 17), {"border_mode": ((0, 3), (2, 1))}),
        ((0, 3, 9, 9), (16, 3, 3, 3), {}),
        ((2, 0, 9, 9), (16, 0, 3, 3), {}),
    ],
    ids=str,
)
def test_gradients_agree_with_numpy(image, kernel, settings, dtype):
    variables = [T.TensorType(dtype, (False,) * 4)() for _ in range(3)]
    y = T.nnet.conv2d(*variables[:2], **settings)
    outputs = [y, *T.grad(None, variables[:2], known_grads={y: variables[2]})]
    plain = {"mode": theano.Mode(linker="py"), "on_unused_input": "ignore"}
    a, b = (numbers(*n).astype(dtype) for n in (image, kernel))
    g = numbers(*theano.function(variables[:2], y, **plain)(a, b).shape).astype(dtype)
    expected = theano.function(variables, outputs, **plain)(a, b, g)
    tolerance = {"float32": 2e-5, "float64": 1e-12}[dtype]
    for method in ("auto", "winograd") if kernel[2:] == (3, 3) and "subsample" not in settings else ("auto",):
        with theano.change_flags(**{"conv.method": method}):
            f = theano.function(variables, outputs, on_unused_input="ignore", mode=theano.Mode(linker="llvm"))
        for one, other in zip(f(a, b, g), expected, strict=True):
            assert one.shape == other.shape
            np.testing.assert_allclose(one, other, rtol=tolerance, atol=tolerance * kernel[0])


@pytest.mark.parametrize("shapes", [((2, 3, 7, 6), (2, 3, 3, 3)), ((2, 20, 9, 9), (18, 20, 3, 3)), ((1, 1, 3, 3), (1, 1, 3, 3))])
def test_every_method_gives_the_same(shapes):
    a, b = (numbers(*n) for n in shapes)
    found = {}
    for method in ("direct", "winograd", "auto"):
        with theano.change_flags(**{"conv.method": method}):
            y = T.nnet.conv2d(x, w, border_mode=(1, 2))
            found[method] = theano.function([x, w], [y, *T.grad((y**2).sum(), [x, w])])(a, b)
    for one, *others in zip(*found.values(), strict=True):
        for other in others:
            np.testing.assert_allclose(other, one, rtol=1e-9, atol=1e-9)
    digits = [value[0].tobytes() for value in found.values()]
    assert digits[0] != digits[1]  # they round differently
    assert digits[2] in digits[:2]


def test_ways_are_told():
    few, many = theano.shared(numbers(1, 3, 3, 3), "few"), theano.shared(numbers(48, 1, 3, 3), "many")
    deep = theano.shared(numbers(64, 48, 3, 3), "deep")
    y = T.nnet.conv2d(T.nnet.conv2d(T.nnet.conv2d(x, few), many), deep, border_mode="half")
    wrt = [x, few, deep]
    f = theano.function([x], [y.sum(), *T.grad(y.sum(), wrt)], updates=[(few, few * 2)])
    before = few.get_value()
    told = explain_convolutions(f, numbers(2, 3, 26, 27)).splitlines()
    np.testing.assert_array_equal(few.get_value(), before)
    assert "AbstractConv2d  image (2, 3, 26, 27)  kernel (1, 3, 3, 3)  top (2, 1, 24, 25)  float64: direct" in told
    assert sorted(line.split()[0] + line.rpartition(":")[2] for line in told) == [
        "AbstractConv2d direct",
        "AbstractConv2d direct",
        "AbstractConv2d winograd",
        "AbstractConv2d_gradInputs direct",
        "AbstractConv2d_gradInputs turned kernels",
        "AbstractConv2d_gradInputs winograd",
        "AbstractConv2d_gradWeights direct",
        "AbstractConv2d_gradWeights outer products",
    ]
    assert explain_convolutions(theano.function([x], x + 1), numbers(1, 1, 1, 1)) == ""
    with pytest.raises(TypeError, match="Missing required input"):
        explain_convolutions(f)


@pytest.mark.parametrize(("dtype", "mode", "way"), [("float16", "llvm", "loops"), ("float32", "py", "python")])
def test_other_ways_are_told(dtype, mode, way):
    a, b = (T.TensorType(dtype, (False,) * 4)() for _ in range(2))
    f = theano.function([a, b], T.nnet.conv2d(a, b, subsample=(2, 1)), mode=theano.Mode(linker=mode))
    told = explain_convolutions(f, numbers(1, 2, 4, 4).astype(dtype), numbers(3, 2, 2, 2).astype(dtype))
    assert told == f"AbstractConv2d  image (1, 2, 4, 4)  kernel (3, 2, 2, 2)  top (1, 3, 2, 3)  {dtype}: {way}"


def test_the_code_of_kernels_gradients_is_not_made_before_it_is_wanted(monkeypatch):
    made = []

    def loaded(name, emit):
        made.append(name)
        module = module_for_host(name)
        emit(module)
        names = {f.name for f in module.functions if not f.is_declaration}
        return SimpleNamespace(address=lambda function: function in names)

    monkeypatch.setattr(parts, "_loaded", loaded)
    monkeypatch.setattr(parts, "loaded_convolution", parts.loaded_convolution.__wrapped__)
    for routine, part in (("forward", "images"), ("inputs", "images"), ("weights", "weights")):
        for function in ("begin", "task", "end"):
            assert parts.convolution_address("float32", f"{routine}.{function}")
            assert made.pop() == f"convolution.float32.{part}"
    assert not made


def test_numbers_that_are_not_finite_stay_where_they_are_seen():
    a, b = numbers(1, 1, 6, 6), numbers(1, 1, 2, 2)
    a[0, 0, 2, 3] = np.nan
    for mode in MODES:
        found = theano.function([x, w], T.nnet.conv2d(x, w), mode=mode)(a, b)
        assert set(zip(*np.nonzero(np.isnan(found[0, 0])), strict=True)) == {(1, 2), (1, 3), (2, 2), (2, 3)}


def test_convolution_in_a_scan_and_in_updates():
    state = theano.shared(numbers(1, 1, 8, 8))
    smooth = theano.shared(np.full((1, 1, 3, 3), 1 / 9))
    after, _ = theano.scan(
        lambda s: T.nnet.conv2d(s, smooth, border_mode="half"), outputs_info=state, n_steps=4
    )
    f = theano.function([], updates=[(state, after[-1])])
    g = theano.function([x], T.nnet.conv2d(x, smooth, border_mode="half"))
    expected = state.get_value()
    for _ in range(4):
        expected = g(expected)
    f()
    np.testing.assert_allclose(state.get_value(), expected)
