"""Builtins made of native addresses: arguments, keywords, exceptions, self, and what lives how long."""

import ctypes
import gc
import inspect
import types
import weakref
from collections.abc import Callable

import llvmlite.binding as llvm
import pytest

from theano.backends.llvm.callable import make_fastcall
from theano.backends.llvm.image import LoadedImage, host_machine, link, load

llvm.initialize_native_target()
llvm.initialize_native_asmprinter()

MODULE = """
@PyExc_TypeError = external global ptr
@message = private constant [16 x i8] c"give one number\\00"
declare ptr @PyLong_FromLong(i64)
declare ptr @PyNumber_Add(ptr, ptr)
declare void @PyErr_SetString(ptr, ptr)

define ptr @count(ptr %self, ptr %args, i64 %n, ptr %names) {
  %named = icmp ne ptr %names, null
  %tens = select i1 %named, i64 100, i64 0
  %sum = add i64 %tens, %n
  %result = call ptr @PyLong_FromLong(i64 %sum)
  ret ptr %result
}

define ptr @add_to_self(ptr %self, ptr %args, i64 %n, ptr %names) {
  %one = icmp eq i64 %n, 1
  br i1 %one, label %good, label %bad
good:
  %x = load ptr, ptr %args
  %sum = call ptr @PyNumber_Add(ptr %self, ptr %x)
  ret ptr %sum
bad:
  %error = load ptr, ptr @PyExc_TypeError
  call void @PyErr_SetString(ptr %error, ptr @message)
  ret ptr null
}
"""


def load_module() -> LoadedImage:
    target = llvm.Target.from_triple(f"{host_machine()}-unknown-linux-gnu")
    machine = target.create_target_machine(reloc="pic", codemodel="small")
    return load(link(machine.emit_object(llvm.parse_assembly(MODULE))))


@pytest.fixture
def loaded() -> LoadedImage:
    return load_module()


def builtin(
    loaded: LoadedImage, name: str, doc: str | None = None, self: object = None
) -> Callable[..., object]:
    return make_fastcall(loaded.address(name), name, doc, self=self, keep_alive=loaded)


def test_arguments_and_keywords_arrive(loaded):
    count = builtin(loaded, "count")
    assert (count(), count(1, 2, 3), count(1, x=2), count(*range(50))) == (0, 3, 101, 50)


def test_self_is_the_given_object(loaded):
    assert builtin(loaded, "add_to_self", self=[1, 2])([3]) == [1, 2, 3]
    assert builtin(loaded, "add_to_self", self=40)(2) == 42


def test_exceptions_come_through(loaded):
    with pytest.raises(TypeError, match=r"^give one number$"):
        builtin(loaded, "add_to_self", self=1)()


def test_it_looks_like_a_builtin(loaded):
    count = builtin(loaded, "count", "count(*args)\n--\n\nHow many arguments there are.")
    assert isinstance(count, types.BuiltinFunctionType)
    assert (count.__name__, count.__doc__) == ("count", "How many arguments there are.")
    assert (count.__module__, count.__self__) == ("theano", None)
    assert str(inspect.signature(count)) == "(*args)"
    assert builtin(loaded, "count").__doc__ is None


def test_code_and_definition_live_as_long_as_the_builtin():
    image, marked = load_module(), Marked()
    code, receiver = weakref.ref(image), weakref.ref(marked)
    count = make_fastcall(image.address("count"), "count" * 100, self=marked, keep_alive=image)
    del image, marked
    gc.collect()
    assert (count.__name__, count(1, 2)) == ("count" * 100, 2)
    assert code() is not None and receiver() is not None
    del count
    gc.collect()
    assert code() is None and receiver() is None


class Marked:
    """An object that can be watched."""


def test_many_builtins_leave_nothing_behind(loaded):
    before = sum(isinstance(thing, ctypes.Structure) for thing in gc.get_objects())
    for i in range(1000):
        assert builtin(loaded, "count", f"number {i}")(i) == 1
    gc.collect()
    after = sum(isinstance(thing, ctypes.Structure) for thing in gc.get_objects())
    assert after == before
