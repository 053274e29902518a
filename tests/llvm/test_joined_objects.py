"""Images made of several objects, and modules whose glue is an object of its own."""

import ctypes
import struct
from itertools import permutations

import llvmlite.binding as llvm
import pytest
from llvmlite import ir

from theano.backends.llvm.control_code import small_function
from theano.backends.llvm.image import ImageError, LoadedImage, from_bytes, link, load, to_bytes
from theano.backends.llvm.machine import Module, host, object_code, target_machine
from theano.backends.llvm.module_text import halves_of
from theano.backends.llvm.number_types import INDEX, POINTER

OUTER = """
declare hidden i64 @twice(i64)
declare i64 @steps(i64)
@kept = hidden global i64 5
@common = common global i64 0
@table = constant [2 x ptr] [ptr @steps, ptr @twice]

define i64 @outer(i64 %x) {
  %y = call i64 @twice(i64 %x)
  %common = load i64, ptr @common
  %z = add i64 %y, %common
  ret i64 %z
}
define i64 @through_table(i64 %x, i64 %which) {
  %place = getelementptr [2 x ptr], ptr @table, i64 0, i64 %which
  %f = load ptr, ptr %place
  %y = call i64 %f(i64 %x)
  ret i64 %y
}
"""
INNER = """
@kept = external hidden global i64
@common = external global i64
declare i64 @labs(i64)

define hidden i64 @twice(i64 %x) {
  %y = add i64 %x, %x
  ret i64 %y
}
define i64 @steps(i64 %x) {
  %old = load i64, ptr @kept
  %new = add i64 %old, %x
  store i64 %new, ptr @kept
  store i64 100, ptr @common
  %size = call i64 @labs(i64 %new)
  ret i64 %size
}
"""


def emit(text: str) -> bytes:
    module = llvm.parse_assembly(text)
    module.verify()
    return target_machine(host()).emit_object(module)


def call(loaded: LoadedImage, name: str, *arguments: int) -> int:
    return ctypes.CFUNCTYPE(ctypes.c_int64, *[ctypes.c_int64] * len(arguments))(loaded.address(name))(*arguments)


@pytest.mark.parametrize("texts", list(permutations([OUTER, INNER])), ids=["outer first", "inner first"])
def test_objects_find_each_others_functions_and_variables(texts):
    image = from_bytes(to_bytes(link(*map(emit, texts))))
    loaded = load(image)
    assert call(loaded, "outer", 21) == 42
    assert call(loaded, "steps", -12) == 7
    assert call(loaded, "steps", 1) == 6
    assert call(loaded, "outer", 21) == 142
    assert [call(loaded, "through_table", 4, which) for which in (0, 1)] == [2, 8]
    assert {name for name, _ in image.imports} == {"labs"}


def test_hidden_names_are_not_seen_from_outside():
    assert {name for name, _ in link(emit(OUTER), emit(INNER)).symbols} == {
        "common", "outer", "steps", "table", "through_table"
    }  # fmt: skip


def test_names_defined_twice_are_refused():
    with pytest.raises(ImageError, match="symbol 'steps' is defined twice"):
        link(emit(OUTER), emit(INNER), emit("define i64 @steps(i64 %x) { ret i64 %x }"))


def test_local_names_may_be_alike():
    text = "define i64 @NAME(i64 %x) { %y = call i64 @inner(i64 %x) ret i64 %y } define internal i64 @inner(i64 %x) noinline {"
    one, other = (
        emit(text.replace("NAME", name) + f" %y = add i64 %x, {number} ret i64 %y }}") for name, number in [("f", 1), ("g", 2)]
    )
    loaded = load(link(one, other))
    assert (call(loaded, "f", 10), call(loaded, "g", 10)) == (11, 12)


def test_objects_for_different_machines_are_refused():
    other = bytearray(emit(INNER))
    (machine,) = struct.unpack_from("<H", other, 18)
    struct.pack_into("<H", other, 18, 183 if machine == 62 else 62)
    with pytest.raises(ImageError, match="for different machines"):
        link(emit(OUTER), bytes(other))


def module_with_glue() -> Module:
    """hot(x) = glue(x) + 1, glue(x) = x < 10 ? x : hot(x - limit) with a constant ``limit`` of 7; alone(x) = x."""
    module = Module("halves", host())
    limit = ir.GlobalVariable(module, INDEX, "limit")
    limit.initializer, limit.linkage, limit.global_constant, limit.type = INDEX(7), "internal", True, POINTER
    hot = ir.Function(module, ir.FunctionType(INDEX, [INDEX]), "hot")
    glue = small_function(module, "glue", INDEX, [INDEX])
    b = ir.IRBuilder(hot.append_basic_block("entry"))
    b.ret(b.add(b.call(glue, hot.args), INDEX(1)))
    b = ir.IRBuilder(glue.append_basic_block("entry"))
    with b.if_then(b.icmp_signed("<", glue.args[0], INDEX(10)), likely=True):
        b.ret(glue.args[0])
    b.ret(b.call(hot, [b.sub(glue.args[0], b.load(limit, typ=INDEX))]))
    alone = ir.Function(module, ir.FunctionType(INDEX, [INDEX]), "alone")
    alone.linkage = "internal"
    ir.IRBuilder(alone.append_basic_block("entry")).ret(alone.args[0])
    return module


def test_glue_is_an_object_of_its_own():
    objects = object_code(module_with_glue())
    assert len(objects) == 2
    assert call(load(link(*objects)), "hot", 23) == 12  # 23 -> 16 -> 9


def test_halves_declare_what_they_need_of_each_other():
    text, glue = halves_of(module_with_glue())
    assert 'define i64 @"hot"' in text and 'define internal i64 @"alone"' in text and "hidden constant i64 7" in text
    assert 'declare hidden i64 @"glue"' in text
    assert 'define hidden i64 @"glue"' in glue and 'declare i64 @"hot"' in glue and "alone" not in glue
    assert '@"limit" = external hidden constant i64\n' in glue + "\n"


def test_module_without_glue_is_one_object():
    module = Module("plain", host())
    function = ir.Function(module, ir.FunctionType(INDEX, [INDEX]), "same")
    ir.IRBuilder(function.append_basic_block("entry")).ret(function.args[0])
    assert halves_of(module)[1] == "" and len(object_code(module)) == 1
