"""The stored form of an image, and objects that cannot become one."""

import random
import struct
from dataclasses import replace

import llvmlite.binding as llvm
import pytest

from theano.backends.llvm.image import HEADER, Image, ImageError, from_bytes, link, to_bytes

llvm.initialize_all_targets()
llvm.initialize_all_asmprinters()

PLAIN = """
@pointer = global ptr @counter
@counter = global i64 7
declare double @sin(double)
declare double @cos(double)
define double @f(double %x) {
  %y = call double @sin(double %x)
  %z = call double @cos(double %y)
  ret double %z
}
"""


def emit(ir: str, reloc: str = "pic", triple: str = "x86_64-unknown-linux-gnu") -> bytes:
    machine = llvm.Target.from_triple(triple).create_target_machine(reloc=reloc, codemodel="small")
    module = llvm.parse_assembly(ir)
    module.triple = triple
    return machine.emit_object(module)


@pytest.fixture(scope="module")
def image() -> Image:
    return link(emit(PLAIN))


def test_round_trip(image):
    assert from_bytes(to_bytes(image)) == image
    assert from_bytes(memoryview(bytearray(to_bytes(image)))) == image


def test_names_beyond_ascii_round_trip(image):
    renamed = replace(image, symbols=(("größe", 0), ("", 16), ("数", 16)))
    assert from_bytes(to_bytes(renamed)) == renamed


def test_every_truncation_is_refused(image):
    data = to_bytes(image)
    tables_end = len(data) - len(image.code)
    for length in [*range(tables_end + 100), *range(tables_end + 100, len(data), 97), len(data) - 1]:
        with pytest.raises(ImageError):
            from_bytes(data[:length])


def test_trailing_bytes_are_refused(image):
    with pytest.raises(ImageError, match="do not add up"):
        from_bytes(to_bytes(image) + b"\0")


def test_flipped_bits_are_refused_or_give_a_well_formed_image(image):
    data, source = to_bytes(image), random.Random(5)
    tables_end = len(data) - len(image.code)
    for _ in range(3000):
        flipped = bytearray(data)
        for _ in range(source.choice([1, 1, 1, 2, 8])):
            flipped[source.randrange(tables_end)] ^= 1 << source.randrange(8)
        try:
            read = from_bytes(flipped)
        except ImageError:
            continue
        assert len(read.code) <= read.size
        assert read.writable_offset <= read.size
        for offset in (*read.relative, *[offset for _, offset in read.imports]):
            assert read.writable_offset <= offset <= read.size - 8


@pytest.mark.parametrize(
    ("field", "value", "message"),
    [
        (0, b"theano\x00\x00", "another version"),
        (1, 9, "unknown machine 9"),
        (2, 2**31, "impossible size"),
        (2, 4097, "impossible size"),
        (2, 0, "impossible size"),
        (3, 4095, "impossible boundary"),
        (3, 2**30, "impossible boundary"),
        (8, 2**32 - 1, "do not add up"),
    ],
)
def test_impossible_headers_are_refused(image, field, value, message):
    data = to_bytes(image)
    header = list(HEADER.unpack_from(data))
    header[field] = value
    with pytest.raises(ImageError, match=message):
        from_bytes(HEADER.pack(*header) + data[HEADER.size :])


@pytest.mark.parametrize(
    "change",
    [
        lambda image: {"relative": (image.size - 7,)},
        lambda image: {"relative": (image.writable_offset - 8,)},
        lambda image: {"imports": (("sin", 0),)},
        lambda image: {"symbols": (("f", image.size + 1),)},
        lambda image: {"symbols": (("f", 0), ("f", 16))},
    ],
    ids=["past the end", "word in code", "slot in code", "symbol past the end", "symbol twice"],
)
def test_impossible_offsets_are_refused(image, change):
    with pytest.raises(ImageError, match="the image is damaged"):
        from_bytes(to_bytes(replace(image, **change(image))))


# Objects


def test_position_dependent_code_is_refused():
    ir = """@table = dso_local global [4 x i32] zeroinitializer
    define i32 @f(i64 %i) {
      %p = getelementptr [4 x i32], ptr @table, i64 0, i64 %i
      %v = load i32, ptr %p
      ret i32 %v
    }"""
    with pytest.raises(ImageError, match="reloc='pic', codemodel='small'"):
        link(emit(ir, reloc="static"))


def test_absolute_addresses_in_code_are_refused():
    object_code = bytearray(
        emit("declare void @g()  define void @f() { call void @g()  call void @g()  ret void }")
    )
    call = struct.pack("<I", 4)  # R_X86_64_PLT32
    row = (
        object_code.index(struct.pack("<q", -4)) - 8
    )  # the addend of the first call comes after kind and symbol
    assert object_code[row : row + 4] == call
    object_code[row : row + 4] = struct.pack("<I", 1)  # R_X86_64_64
    with pytest.raises(ImageError, match="hold an absolute address"):
        link(bytes(object_code))


@pytest.mark.parametrize(
    ("ir", "message"),
    [
        (
            """@near = external dso_local global i64
            define i64 @f() { %v = load i64, ptr @near  ret i64 %v }""",
            "takes 'near' to be near: do not declare it dso_local",
        ),
        ("@local = thread_local global i64 7", "thread-local"),
        (
            """%entry = type { i32, ptr, ptr }
            @llvm.global_ctors = appending global [1 x %entry] [%entry { i32 1, ptr @f, ptr null }]
            define void @f() { ret void }""",
            "to run at load or exit",
        ),
        ("@wide = constant [8 x i8] zeroinitializer, align 8192", "aligned to 8192 bytes"),
    ],
    ids=["dso_local", "thread_local", "initialiser", "alignment"],
)
def test_what_an_image_cannot_hold_is_refused(ir, message):
    with pytest.raises(ImageError, match=message):
        link(emit(ir))


def test_object_for_another_machine_is_refused():
    object_code = bytearray(emit(PLAIN))
    object_code[18:20] = struct.pack("<H", 243)
    with pytest.raises(ImageError, match=r"ELF machine 243; known are 62 \(x86_64\), 183 \(aarch64\)"):
        link(bytes(object_code))


@pytest.mark.parametrize("start", [b"", b"MZ" + bytes(100), b"\xcf\xfa\xed\xfe" + bytes(100)])
def test_other_files_are_refused(start):
    with pytest.raises(ImageError, match="object code"):
        link(start)


def test_damaged_objects_are_refused():
    object_code = emit(PLAIN)
    for length in range(0, len(object_code), 7):
        with pytest.raises(ImageError):
            link(object_code[:length])


def test_an_empty_module_is_an_image():
    image = link(emit(""))
    assert (image.symbols, image.imports, image.code.strip(b"\0")) == ((), (), b"")
    assert from_bytes(to_bytes(image)) == image
