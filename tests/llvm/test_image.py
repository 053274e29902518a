"""Images: objects made by LLVM keep their meaning when linked, stored, read back and loaded."""

import ctypes
import gc
import math
import os
import subprocess
import sys
import threading
from dataclasses import replace

import llvmlite.binding as llvm
import pytest

from theano.backends.llvm.image import (
    Image,
    ImageError,
    LoadedImage,
    from_bytes,
    host_machine,
    link,
    load,
    register_symbol,
    resolve_symbol,
    to_bytes,
)

llvm.initialize_native_target()
llvm.initialize_native_asmprinter()

DOUBLE, INT = ctypes.c_double, ctypes.c_int64


def emit(ir: str, reloc: str = "pic", codemodel: str = "small") -> bytes:
    """The object code of LLVM assembly, optimised for this processor."""
    target = llvm.Target.from_triple(f"{host_machine()}-unknown-linux-gnu")
    machine = target.create_target_machine(
        cpu=llvm.get_host_cpu_name(),
        features=llvm.get_host_cpu_features().flatten(),
        opt=3,
        reloc=reloc,
        codemodel=codemodel,
    )
    module = llvm.parse_assembly(ir)
    module.triple = machine.triple
    module.verify()
    builder = llvm.create_pass_builder(machine, llvm.create_pipeline_tuning_options(3))
    builder.getModulePassManager().run(module, builder)
    return machine.emit_object(module)


def compiled(ir: str, **options: str) -> Image:
    """The image of LLVM assembly, stored and read back."""
    return from_bytes(to_bytes(link(emit(ir, **options))))


def function(loaded: LoadedImage, name: str, result: type | None, *arguments: type):
    """A function of an image, callable through ctypes."""
    native = ctypes.CFUNCTYPE(result, *arguments)(loaded.address(name))
    native.loaded = loaded  # calls need the code to stay mapped
    return native


ADD = "define i64 @add(i64 %a, i64 %b) { %c = add i64 %a, %b  ret i64 %c }"

COUNTER = """
@counter = global i64 40
@zeros = global [1000 x i64] zeroinitializer
@common = common global i64 0

define i64 @next() {
  %old = load i64, ptr @counter
  %new = add i64 %old, 1
  store i64 %new, ptr @counter
  store i64 %new, ptr getelementptr ([1000 x i64], ptr @zeros, i64 0, i64 999)
  store i64 %new, ptr @common
  ret i64 %new
}

define i64 @last() {
  %a = load i64, ptr getelementptr ([1000 x i64], ptr @zeros, i64 0, i64 999)
  %b = load i64, ptr @common
  %sum = add i64 %a, %b
  ret i64 %sum
}
"""

SINE = """
declare double @sin(double)
define double @twice_sine(double %x) {
  %y = call double @sin(double %x)
  %z = fadd double %y, %y
  ret double %z
}
"""


# What code can contain


def test_arithmetic():
    add = function(load(compiled(ADD)), "add", INT, INT, INT)
    assert add(40, 2) == 42


def test_constants_of_vectorised_loops():
    ir = """
    define void @ramp(ptr noalias %out, ptr noalias %in, i64 %n) {
    entry:
      br label %body
    body:
      %i = phi i64 [ 0, %entry ], [ %next, %body ]
      %source = getelementptr double, ptr %in, i64 %i
      %x = load double, ptr %source
      %index = sitofp i64 %i to double
      %scaled = fmul double %index, 0x3FD5555555555555
      %y = fadd double %scaled, %x
      %z = fmul double %y, 7.0
      %target = getelementptr double, ptr %out, i64 %i
      store double %z, ptr %target
      %next = add i64 %i, 1
      %more = icmp slt i64 %next, %n
      br i1 %more, label %body, label %done
    done:
      ret void
    }"""
    object_code = emit(ir)
    assert b".rodata" in object_code
    n = 1003
    source, out = (DOUBLE * n)(*[i / 8 for i in range(n)]), (DOUBLE * n)()
    function(load(link(object_code)), "ramp", None, ctypes.c_void_p, ctypes.c_void_p, INT)(out, source, n)
    third = float.fromhex("0x1.5555555555555p-2")
    assert list(out) == [(i * third + i / 8) * 7.0 for i in range(n)]


def test_jump_table():
    cases = "\n".join(f"i64 {i}, label %case{i}" for i in range(12))
    bodies = "\n".join(
        f'case{i}: %r{i} = call i64 asm sideeffect "", "=r,0"(i64 {i * i + 5})\n ret i64 %r{i}'
        for i in range(12)
    )
    switch = f"switch i64 %i, label %other [ {cases} ]"
    ir = f"define i64 @pick(i64 %i) {{ {switch}\n {bodies}\n other: ret i64 -1 }}"
    pick = function(load(compiled(ir)), "pick", INT, INT)
    assert [pick(i) for i in range(-1, 13)] == [-1, *[i * i + 5 for i in range(12)], -1]


def test_calls_inside():
    ir = """
    define internal i64 @local(i64 %x) noinline { %y = mul i64 %x, %x  ret i64 %y }
    define weak i64 @weak(i64 %x) noinline { %y = add i64 %x, 1  ret i64 %y }
    define i64 @public(i64 %x) noinline {
      %y = call i64 @local(i64 %x)
      %z = call i64 @weak(i64 %y)
      ret i64 %z
    }
    define i64 @outer(i64 %x) { %y = call i64 @public(i64 %x)  %z = mul i64 %y, 2  ret i64 %z }"""
    image = compiled(ir)
    assert not image.imports
    assert {name for name, _ in image.symbols} == {"weak", "public", "outer"}
    assert function(load(image), "outer", INT, INT)(3) == 20


def test_pointers_to_functions():
    ir = """
    declare double @cos(double)
    define double @half(double %x) { %y = fmul double %x, 0.5  ret double %y }
    define ptr @address_of(i1 %external) {
      %p = select i1 %external, ptr @cos, ptr @half
      ret ptr %p
    }"""
    loaded = load(compiled(ir))
    address_of = function(loaded, "address_of", ctypes.c_void_p, ctypes.c_bool)
    assert address_of(False) == loaded.address("half")
    assert address_of(True) == resolve_symbol("cos")


def test_globals_that_hold_addresses():
    ir = """
    @value = internal global i64 7
    @pointer = global ptr @value
    @middle = global ptr getelementptr (i8, ptr @table, i64 8)
    @table = constant [3 x ptr] [ptr @seven, ptr @value, ptr @labs]
    @beyond = global ptr getelementptr (i8, ptr @labs, i64 3)
    declare i64 @labs(i64)
    define i64 @seven() { %p = load ptr, ptr @pointer  %v = load i64, ptr %p  ret i64 %v }
    define i64 @call_entry(i64 %i, i64 %x) {
      %place = getelementptr ptr, ptr @table, i64 %i
      %f = load ptr, ptr %place
      %v = call i64 %f(i64 %x)
      ret i64 %v
    }"""
    image = compiled(ir)
    loaded = load(image)
    assert function(loaded, "seven", INT)() == 7
    call_entry = function(loaded, "call_entry", INT, INT, INT)
    assert call_entry(0, 0) == 7
    assert call_entry(2, -5) == 5

    def word(name: str) -> int:
        return ctypes.c_uint64.from_address(loaded.address(name)).value

    assert word("middle") == loaded.address("table") + 8
    assert word("beyond") == resolve_symbol("labs") + 3


def test_call_of_libm():
    twice_sine = function(load(compiled(SINE)), "twice_sine", DOUBLE, DOUBLE)
    assert twice_sine(0.3) == 2 * math.sin(0.3)


def test_python_objects_and_functions():
    ir = """
    @PyExc_KeyError = external global ptr
    @_Py_NoneStruct = external global i8
    declare ptr @PyFloat_FromDouble(double)
    declare void @PyErr_SetNone(ptr)
    define ptr @make(double %x) { %f = call ptr @PyFloat_FromDouble(double %x)  ret ptr %f }
    define ptr @fail() {
      %error = load ptr, ptr @PyExc_KeyError
      call void @PyErr_SetNone(ptr %error)
      ret ptr null
    }
    define ptr @none() { ret ptr @_Py_NoneStruct }"""
    loaded = load(compiled(ir))
    assert ctypes.PYFUNCTYPE(ctypes.py_object, DOUBLE)(loaded.address("make"))(2.5) == 2.5
    with pytest.raises(KeyError):
        ctypes.PYFUNCTYPE(ctypes.py_object)(loaded.address("fail"))()
    assert function(loaded, "none", ctypes.c_void_p)() == id(None)


def test_memory_functions_that_llvm_calls_itself():
    ir = """
    define void @copy(ptr noalias %out, ptr noalias %in, i64 %n) {
      call void @llvm.memset.p0.i64(ptr %out, i8 1, i64 %n, i1 false)
      %half = lshr i64 %n, 1
      call void @llvm.memcpy.p0.p0.i64(ptr %out, ptr %in, i64 %half, i1 false)
      ret void
    }
    declare void @llvm.memset.p0.i64(ptr, i8, i64, i1)
    declare void @llvm.memcpy.p0.p0.i64(ptr, ptr, i64, i1)"""
    image = compiled(ir)
    assert {name for name, _ in image.imports} == {"memset", "memcpy"}
    out = ctypes.create_string_buffer(8)
    function(load(image), "copy", None, ctypes.c_void_p, ctypes.c_void_p, INT)(out, b"abcdefgh", 8)
    assert out.raw == b"abcd\1\1\1\1"


def test_half_precision_from_libgcc():
    ir = """
    define float @product(half %a, half %b) {
      %c = fmul half %a, %b
      %d = fpext half %c to float
      ret float %d
    }"""
    image = link(emit_for_plain_processor(ir))
    assert all(resolve_symbol(name) for name, _ in image.imports)


def emit_for_plain_processor(ir: str) -> bytes:
    target = llvm.Target.from_triple(f"{host_machine()}-unknown-linux-gnu")
    machine = target.create_target_machine(reloc="pic", codemodel="small")
    return machine.emit_object(llvm.parse_assembly(ir))


# Loading


def test_each_load_has_its_own_data():
    image = compiled(COUNTER)
    first, second = load(image), load(image)
    assert [function(first, "next", INT)() for _ in range(3)] == [41, 42, 43]
    assert function(second, "next", INT)() == 41
    assert function(first, "last", INT)() == 86
    assert function(second, "last", INT)() == 82
    assert first.address("common") % 8 == 0


def test_zeros_take_no_room_in_the_image():
    image = compiled(COUNTER)
    assert len(image.code) < image.writable_offset + 1000 < image.size


def test_code_is_executable_and_data_writable_and_nothing_is_both():
    loaded = load(compiled(COUNTER))
    assert permissions(loaded.address("next")) == "r-xp"
    assert permissions(loaded.address("counter")) == "rw-p"


def permissions(address: int) -> str:
    """What the process may do with memory at an address, as the system tells."""
    with open("/proc/self/maps") as maps:
        for line in maps:
            limits, flags, *_ = line.split()
            start, stop = (int(limit, 16) for limit in limits.split("-"))
            if start <= address < stop:
                return flags
    return "not mapped"


def test_memory_is_given_back_with_the_loaded_image():
    loaded = load(compiled(ADD))
    address = loaded.address("add")
    assert permissions(address) == "r-xp"
    del loaded
    gc.collect()
    assert permissions(address) != "r-xp"


def test_memory_stays_mapped_while_the_interpreter_ends(tmp_path):
    path = tmp_path / "add.image"
    path.write_bytes(to_bytes(compiled(ADD)))
    program = """
import os, pathlib, sys
from theano.backends.llvm import image
image.unmap = lambda base, size: os.write(1, b"unmapped ")
read = image.from_bytes(pathlib.Path(sys.argv[1]).read_bytes())
kept, dropped = image.load(read), image.load(read)
del dropped
os.write(1, b"end ")
"""
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    run = subprocess.run([sys.executable, "-c", program, path], capture_output=True, check=True, env=environment)
    assert run.stdout == b"unmapped end "


def test_resolver_of_the_caller():
    loaded = load(compiled(SINE), {"sin": resolve_symbol("cos")}.__getitem__)
    assert function(loaded, "twice_sine", DOUBLE, DOUBLE)(0.3) == 2 * math.cos(0.3)


def test_registered_symbols_come_first():
    @ctypes.CFUNCTYPE(INT, INT)
    def triple(x: int) -> int:
        return 3 * x

    register_symbol("theano_test_triple", ctypes.cast(triple, ctypes.c_void_p).value)
    ir = """declare i64 @theano_test_triple(i64)
    define i64 @f(i64 %x) { %y = call i64 @theano_test_triple(i64 %x)  %z = add i64 %y, 1  ret i64 %z }"""
    assert function(load(compiled(ir)), "f", INT, INT)(5) == 16


def test_unresolved_symbol_is_named():
    ir = """declare void @theano_no_such_function()
    define void @f() { call void @theano_no_such_function()  ret void }"""
    with pytest.raises(ImageError, match="unresolved symbol 'theano_no_such_function'"):
        load(compiled(ir))


def test_unknown_symbol_of_an_image_is_named():
    with pytest.raises(ImageError, match=r"no symbol 'subtract'; it has add"):
        load(compiled(ADD)).address("subtract")


def test_image_of_another_machine_is_refused():
    other = {"x86_64": "aarch64", "aarch64": "x86_64"}[host_machine()]
    with pytest.raises(ImageError, match=other):
        load(replace(compiled(ADD), machine=other))


def test_code_and_data_in_a_forked_child():
    image = compiled(COUNTER)
    loaded = load(image)
    count = function(loaded, "next", INT)
    assert count() == 41
    child = os.fork()
    if child == 0:
        again = function(load(image), "next", INT)
        os._exit(0 if (count(), again()) == (42, 41) else 1)
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0
    assert count() == 42


def test_loads_and_calls_in_threads():
    image = compiled(SINE)
    results = []

    def work(start: int) -> None:
        for i in range(start, start + 50):
            twice_sine = function(load(image), "twice_sine", DOUBLE, DOUBLE)
            results.append(twice_sine(float(i)) == 2 * math.sin(i))

    threads = [threading.Thread(target=work, args=(50 * i,)) for i in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert results == [True] * 200
