"""Emission of calls into the functions of ``convolution``, which are there once for each dtype.

    forward  top from (image, kernel)
    weights  kernel from (image, top)
    inputs   image from (kernel, top)

The flags of a step are ``Settings``; lengths are those of its operands and its result.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from llvmlite import ir

from theano.backends.llvm.builder import Builder
from theano.backends.llvm.control_code import small_function
from theano.backends.llvm.convolution.frame import AXES, WORDS, Frame, along, share_of
from theano.backends.llvm.convolution.methods import METHODS, method_name
from theano.backends.llvm.convolution.registers import Registers
from theano.backends.llvm.machine import host
from theano.backends.llvm.number_types import INDEX, POINTER
from theano.backends.llvm.object_code import ObjectCode, room_for
from theano.backends.llvm.pool_code import TASK, Callee, emit_alone
from theano.data_classes import dataclass
from theano.loops.program import LibraryCall
from theano.tensor.nnet.convolution_shapes import padding

if TYPE_CHECKING:
    from theano.backends.llvm.step_code import StepCode

LONG_WORK = 1 << 18  # multiplications; more are shared by threads
ROUTINES = {
    "convolve.forward": ("image", "kernel", "top"),
    "convolve.inputs": ("kernel", "top", "image"),
    "convolve.weights": ("image", "top", "kernel"),
}


@dataclass(frozen=True)
class Settings:
    """Of a convolution: for each axis its border (a name, a length or a pair), step and dilation; flip, groups, method."""

    borders: tuple[Any, ...]
    steps: tuple[int, ...]
    dilations: tuple[int, ...]
    flips: bool
    groups: int
    method: str


Called = tuple[ir.Function, list[ir.Value], ir.Value]
"""A kernel's function, its arguments but for the range of rows, and how many rows it has: as many for each image."""


def emit_convolution_call(code: StepCode, step: LibraryCall, following: Sequence[Called] = ()) -> None:
    """Run one of the routines on arrays in C order.

    following  kernels over the images, each of which is run on a share of them as soon as that is convolved
    """
    b, dtype = code.b, step.result.dtype
    code.room.want(step.result)
    (settings,) = step.flags
    buffers = dict(zip(ROUTINES[step.routine], (*step.operands, step.result), strict=True))
    address = room_for(b, ir.ArrayType(INDEX, len(WORDS)))
    frame = Frame(code.builder, address)
    _fill(code, frame, settings, {role: [code.length(n) for n in o.shape] for role, o in buffers.items()})
    for role, buffer in buffers.items():
        frame.set(role, code.address(buffer))
    routine = step.routine.removeprefix("convolve.")
    begin, task, end = (f"convolution:{dtype}:{routine}.{name}" for name in ("begin", "task", "end"))
    work = INDEX(1)
    for name in ("batch", "groups", "channels", "filters", *along("kernel"), *along("top")):
        work = b.mul(work, frame[name].ir)
    is_long = b.icmp_signed(">", work, INDEX(LONG_WORK))
    with b.if_then(is_long):
        code.begin_long_step()
    count = code.code.call(begin, INDEX, [POINTER], address)
    code.go_on_if_room(b.icmp_signed(">=", count, INDEX(0)))
    status = room_for(b, INDEX)

    def run(function: ir.Value, context: ir.Value) -> None:
        with b.if_else(is_long) as (shared, alone):
            with shared:
                b.store(b.call(code.module.globals["run_parts"], [function, context, count]), status)
            with alone:
                b.store(emit_alone(b, function, context, count), status)

    if not following:
        run(code.code.external(task), address)
    else:
        # a part is some images, all of them whole; nothing is begun where there is nothing to convolve
        in_shares = b.and_(b.icmp_signed(">", count, INDEX(0)), b.icmp_signed("==", frame["slices"].ir, INDEX(1)))
        with b.if_else(in_shares) as (joined, apart):
            with joined:
                run(*_joined(code, task, address, following))
            with apart:
                run(code.code.external(task), address)
                for function, arguments, rows in following:
                    b.call(function, [*arguments, INDEX(0), rows])
    code.code.call(end, ir.VoidType(), [POINTER], address)
    code.go_on_if_room(b.icmp_signed("==", b.load(status, typ=INDEX), INDEX(0)))


def _joined(
    code: StepCode, task: str, frame: ir.Value, following: Sequence[Called]
) -> tuple[ir.Function, ir.Value]:
    """A task that convolves a share of the images and runs the kernels on it, and its context: the frame, all arguments."""
    arguments = [a for _, given, rows in following for a in (*given, rows)]
    context = room_for(code.b, ir.ArrayType(INDEX, 1 + len(arguments)))
    for place, argument in enumerate((frame, *arguments)):
        code.b.store(argument, code.code.address(context, 8 * place))
    joined = small_function(code.module, code.module.get_unique_name("convolve.rows"), INDEX, TASK.args)
    given, part = joined.args
    inner = ObjectCode(ir.IRBuilder(joined.append_basic_block("entry")))
    b = inner.b
    own = Frame(Builder(b), inner.field(given, 0, POINTER))
    status = b.call(Callee(code.code.external(task), TASK), [own.address, part])
    with b.if_then(b.icmp_signed("!=", status, INDEX(0)), likely=False):
        b.ret(status)
    batch, shares = own["batch"].ir, own["shares"].ir
    first, last = share_of(b, batch, shares, part)
    place = 8
    for function, values, rows in following:
        function.attributes.add("noinline")
        loaded = []
        for value in (*values, rows):
            loaded.append(inner.field(given, place, value.type))
            place += 8
        each = b.udiv(loaded.pop(), batch)
        b.call(function, [*loaded, b.mul(first, each), b.mul(last, each)])
    b.ret(INDEX(0))
    return joined, context


def _fill(code: StepCode, frame: Frame, settings: Settings, shapes: dict[str, Sequence[ir.Value]]) -> None:
    """The numbers that a caller gives."""
    shapes = {role: [code.builder.value(n, "int64") for n in lengths] for role, lengths in shapes.items()}
    for name, number in numbers_of(settings, **shapes).items():
        frame[name] = number


def numbers_of(
    settings: Settings, image: Sequence[Any], kernel: Sequence[Any], top: Sequence[Any]
) -> dict[str, Any]:
    """What a frame tells of a convolution of these shapes; a first axis of length 1 where there are two."""
    found = {
        "batch": image[0], "groups": settings.groups, "channels": kernel[1], "filters": kernel[0] // settings.groups,
        "flip": int(settings.flips), "method": METHODS.index(settings.method),
    }  # fmt: skip
    lacking = AXES - len(settings.steps)
    before = [
        padding(border, n, d)[0]
        for border, n, d in zip(settings.borders, kernel[2:], settings.dilations, strict=True)
    ]
    for name, first, rest in (
        ("image", 1, image[2:]), ("kernel", 1, kernel[2:]), ("top", 1, top[2:]), ("step", 1, settings.steps),
        ("dilation", 1, settings.dilations), ("before", 0, before),
    ):  # fmt: skip
        found |= zip(along(name), [first] * lacking + [*rest], strict=True)
    return found


def method_of(routine: str, settings: Settings, dtype: str, shapes: Mapping[str, Sequence[int]]) -> str:
    """Which way a routine computes a convolution of these shapes of "image", "kernel" and "top" on this machine."""
    numbers = numbers_of(settings, **shapes)
    return method_name(routine.removeprefix("convolve."), numbers, Registers(host(), dtype).lanes)
