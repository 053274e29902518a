"""Relocations of aarch64: patched instructions are those an assembler makes of the final distances."""

import struct

import llvmlite.binding as llvm
import pytest

from theano.backends.llvm.image import Image, ImageError, link
from theano.backends.llvm.relocation import MACHINES

llvm.initialize_all_targets()
llvm.initialize_all_asmprinters()

AARCH64 = MACHINES[183]
BR_X16 = 0xD61F0200


def emit(ir: str) -> bytes:
    triple = "aarch64-unknown-linux-gnu"
    machine = llvm.Target.from_triple(triple).create_target_machine(opt=2, reloc="pic", codemodel="small")
    module = llvm.parse_assembly(ir)
    module.triple = triple
    return machine.emit_object(module)


# Instructions are given as an assembler encodes them; the comment is the one after patching.


@pytest.mark.parametrize("place", [0, 0xFF8, 0x3000])
@pytest.mark.parametrize(
    ("kind", "before", "distance", "after"),
    [
        (273, 0x58000003, 0xFFFC, 0x5807FFE3),  # ldr x3, .+0xfffc
        (273, 0x58000003, -8, 0x58FFFFC3),  # ldr x3, .-8
        (274, 0x10000003, 5, 0x30000023),  # adr x3, .+5
        (274, 0x10000003, -3, 0x30FFFFE3),  # adr x3, .-3
        (279, 0x36200003, 0x7FFC, 0x3623FFE3),  # tbz w3, #4, .+0x7ffc
        (279, 0x36200003, -0x8000, 0x36240003),  # tbz w3, #4, .-0x8000
        (280, 0xB4000003, 8, 0xB4000043),  # cbz x3, .+8
        (280, 0x54000001, -8, 0x54FFFFC1),  # b.ne .-8
        (282, 0x14000000, 0x7FFFFFC, 0x15FFFFFF),  # b .+0x7fffffc
        (282, 0x14000000, -4, 0x17FFFFFF),  # b .-4
        (283, 0x94000000, 0x1234, 0x9400048D),  # bl .+0x1234
        (283, 0x94000000, -0x8000000, 0x96000000),  # bl .-0x8000000
    ],
)
def test_distances(kind, before, distance, after, place):
    assert patched_word(kind, before, place, place + distance) == after


@pytest.mark.parametrize("kind", [275, 276, 311])
@pytest.mark.parametrize(
    ("place", "target", "after"),
    [
        (0, 0xFFF, 0x90000009),  # adrp x9, .
        (0xFFC, 0x1000, 0xB0000009),  # adrp x9, .+0x1000
        (0x1000, 0xFFF, 0xF0FFFFE9),  # adrp x9, .-0x1000
        (8, 0x7FFFF123, 0xF03FFFE9),  # adrp x9, .+0x7ffff000
        (8, -0x7FFFEFF8, 0xB0C00009),  # adrp x9, .-0x7ffff000
    ],
)
def test_pages(kind, place, target, after):
    assert patched_word(kind, 0x90000009, place, target) == after


@pytest.mark.parametrize(
    ("kind", "before", "low", "after"),
    [
        (277, 0x91000041, 0xABC, 0x912AF041),  # add x1, x2, #0xabc
        (278, 0x39400041, 0xABD, 0x396AF441),  # ldrb w1, [x2, #0xabd]
        (284, 0x79000041, 0xABE, 0x79157C41),  # strh w1, [x2, #0xabe]
        (285, 0xB9400041, 0xABC, 0xB94ABC41),  # ldr w1, [x2, #0xabc]
        (286, 0xFD000041, 0xAB8, 0xFD055C41),  # str d1, [x2, #0xab8]
        (299, 0x3DC00041, 0xAB0, 0x3DC2AC41),  # ldr q1, [x2, #0xab0]
        (312, 0xF9400041, 0xAB8, 0xF9455C41),  # ldr x1, [x2, #0xab8]
    ],
)
def test_low_bits(kind, before, low, after):
    assert patched_word(kind, before, 0, 0x5000 + low) == after


def test_stub():
    adrp, ldr, br, brk = struct.unpack("<IIII", AARCH64.stub(0xFF0, 0x1018))
    assert adrp == 0xB0000010  # adrp x16, .+0x1000
    assert ldr == 0xF9400E10  # ldr x16, [x16, #0x18]
    assert (br, brk) == (BR_X16, 0xD4200000)


@pytest.mark.parametrize(
    ("kind", "target"),
    [
        (282, 1 << 27),
        (283, -(1 << 27) - 4),
        (283, 6),
        (280, 1 << 20),
        (279, 1 << 15),
        (274, 1 << 20),
        (286, 0x104),
        (261, 1 << 31),
    ],
)
def test_what_does_not_fit_is_refused(kind, target):
    with pytest.raises(ImageError):
        patched(kind, bytes(4), 0, target)


@pytest.mark.parametrize("kind", [258, 263, 999])
def test_unknown_relocations_are_refused(kind):
    with pytest.raises(ImageError, match=rf"relocation {kind} of aarch64.*reloc='pic'"):
        patched(kind, bytes(8), 0, 0)


def test_distances_in_data():
    assert patched(261, bytes(4), 8, 4) == struct.pack("<i", -4)
    assert patched(314, bytes(4), 8, 12) == struct.pack("<i", 4)
    assert patched(260, bytes(8), 8, 4) == struct.pack("<q", -4)


def patched_word(kind: int, instruction: int, place: int, target: int) -> int:
    (word,) = struct.unpack("<I", patched(kind, struct.pack("<I", instruction), place, target))
    return word


def patched(kind: int, content: bytes, place: int, target: int) -> bytes:
    """An instruction or data at a place, after its relocation."""
    memory = bytearray(place) + content
    AARCH64.patch(memory, kind, place, target)
    return bytes(memory[place:])


# A whole object

OBJECT = """
@filler = constant [5000 x i64] [i64 1, {zeros}]
@bytes = constant [3 x i8] c"abc"
@vector = constant <2 x i64> <i64 3, i64 4>
@counter = global i64 7
@pointer = global ptr @counter
@distant = external global i64
declare double @sin(double)

define internal double @inner(double %x) noinline {{ %y = call double @sin(double %x)  ret double %y }}
define double @outer(double %x) {{
  %y = call double @inner(double %x)
  %z = fadd double %y, %y
  ret double %z
}}
define i64 @read() {{
  %a = load i64, ptr @counter
  %b = load i64, ptr @distant
  %c = load volatile i8, ptr @bytes
  %d = load volatile <2 x i64>, ptr @vector
  %e = add i64 %a, %b
  ret i64 %e
}}
define ptr @address() {{ ret ptr @sin }}
""".format(zeros=", ".join(["i64 0"] * 4999))


@pytest.fixture(scope="module")
def image() -> Image:
    return link(emit(OBJECT))


def test_calls_end_in_functions_or_stubs(image):
    stub, slot = place_of_stub(image), dict(image.imports)["sin"]
    assert stub % 16 == 0
    assert image.code[stub : stub + 16] == AARCH64.stub(stub, slot)
    inner = 0  # the first function of the text, which is the first section
    assert branch_targets(image, 0, stub) == {inner, stub}


def place_of_stub(image: Image) -> int:
    return image.code.index(struct.pack("<I", BR_X16)) - 8


def branch_targets(image: Image, start: int, stop: int) -> set[int]:
    """Where each ``b`` and ``bl`` between two places goes."""
    found = set()
    for place in range(start, stop, 4):
        (word,) = struct.unpack_from("<I", image.code, place)
        if word & 0x7C000000 == 0x14000000:
            distance = (word & 0x3FFFFFF) << 2
            found.add(place + distance - ((distance & 1 << 27) << 1))
    return found


def test_loads_reach_constants_data_and_slots(image):
    places = dict(image.symbols)
    assert image.machine == "aarch64"
    reached = set(address_pairs(image, places["read"], place_of_stub(image)))
    slots = dict(image.imports)
    expected = {places["bytes"], places["vector"], places["counter"], slots["distant"], slots["sin"]}
    through_slots = {struct.unpack_from("<Q", image.code, place)[0] for place in image.relative}
    assert expected <= reached | through_slots
    assert {slots["distant"], slots["sin"]} <= reached
    assert places["counter"] in through_slots


def address_pairs(image: Image, start: int, stop: int) -> list[int]:
    """Addresses formed by an ``adrp`` and a later ``add`` or load whose base it is."""
    pages: dict[int, int] = {}
    found = []
    for place in range(start, stop, 4):
        (word,) = struct.unpack_from("<I", image.code, place)
        base, low = word >> 5 & 31, word >> 10 & 0xFFF
        if word & 0x9F000000 == 0x90000000:
            count = (word >> 5 & 0x7FFFF) << 2 | word >> 29 & 3
            pages[word & 31] = (place & ~0xFFF) + ((count - ((count & 1 << 20) << 1)) << 12)
        elif base in pages and word & 0xFFC00000 == 0x91000000:
            found.append(pages[base] + low)
        elif base in pages and word & 0x3B000000 == 0x39000000:
            is_vector_pair = word >> 26 & 1 and word >> 23 & 1
            found.append(pages[base] + (low << (4 if is_vector_pair else word >> 30)))
    return found
