"""Relocations of the machines that images are made for: which there are, and how they change code and data.

Letters follow the ABI documents: a relocation patches the place P with an expression of S, the symbol's
address, A, the addend, and G, the slot that holds the symbol's address. Addresses are offsets in an image,
whose base is page aligned.

References: System V ABI, AMD64 supplement, section 4.4; ELF for the Arm 64-bit Architecture, section 5.7.
"""

import struct
from collections.abc import Callable

from theano.backends.llvm.image import ImageError
from theano.data_classes import dataclass

__all__ = ["MACHINES", "STUB_BYTES", "WRONG_MODEL", "Machine", "refusal"]

STUB_BYTES = 16

WRONG_MODEL = "the module must be compiled with reloc='pic', codemodel='small'"


@dataclass(frozen=True)
class Machine:
    """What linking needs to know of a machine. Kinds are numbers of relocations."""

    name: str
    word: int  # the 64-bit address S + A
    calls: frozenset[int]  # branches, which may go through a stub
    through_slot: frozenset[int]  # those that want the slot G in place of S
    patch: Callable[[bytearray, int, int, int], None]  # memory, kind, P, and S + A or G + A
    stub: Callable[[int, int], bytes]  # instructions at a place that jump to the address in a slot


def refusal(trouble: str) -> ImageError:
    """The error to raise for an object that cannot become an image."""
    return ImageError(f"the object code cannot be linked: {trouble}")


def patch_displacement(memory: bytearray, place: int, displacement: int) -> None:
    if not -(2**31) <= displacement < 2**31:
        raise refusal(f"displacement {displacement} does not fit in 32 bits")
    struct.pack_into("<i", memory, place, displacement)


def x86_64_patch(memory: bytearray, kind: int, place: int, target: int) -> None:
    """S + A - P or G + A - P in 32 or 64 bits."""
    if kind in X86_64_DISPLACEMENTS:
        patch_displacement(memory, place, target - place)
    elif kind == 24:  # R_X86_64_PC64
        struct.pack_into("<q", memory, place, target - place)
    else:
        raise refusal(f"relocation {kind} of x86_64: {WRONG_MODEL}")


def x86_64_stub(place: int, slot: int) -> bytes:
    """``jmp *slot(%rip)``: the displacement counts from the end of the 6 bytes; ``int3`` after it."""
    return (b"\xff\x25" + struct.pack("<i", slot - place - 6)).ljust(STUB_BYTES, b"\xcc")


# R_X86_64_GOTPCREL, GOTPCRELX, REX_GOTPCRELX, CODE_4_GOTPCRELX (instructions with an REX2 prefix)
X86_64_SLOTS = frozenset({9, 41, 42, 43})
X86_64_CALLS = frozenset({4})  # R_X86_64_PLT32; LLVM emits it for every call and jump to a symbol
X86_64_DISPLACEMENTS = X86_64_SLOTS | X86_64_CALLS | {2}  # and R_X86_64_PC32

AARCH64_SLOTS = frozenset({311, 312})  # R_AARCH64_ADR_GOT_PAGE, LD64_GOT_LO12_NC
AARCH64_CALLS = frozenset({282, 283, 314})  # R_AARCH64_JUMP26, CALL26, PLT32
AARCH64_PAGES = frozenset({275, 276, 311})  # R_AARCH64_ADR_PREL_PG_HI21, with and without check, ADR_GOT_PAGE
# Low 12 bits of an address, and how far they are shifted: the offset of a load or store counts in units of
# what it moves. R_AARCH64_ADD_ABS_LO12_NC, LDST8, 16, 32, 64, 128_ABS_LO12_NC, LD64_GOT_LO12_NC
AARCH64_LOW_BITS = {277: 0, 278: 0, 284: 1, 285: 2, 286: 3, 299: 4, 312: 3}
# Branches and loads relative to P, in words: (lowest bit, width).
# R_AARCH64_LD_PREL_LO19, TSTBR14, CONDBR19, JUMP26, CALL26
AARCH64_WORDS = {273: (5, 19), 279: (5, 14), 280: (5, 19), 282: (0, 26), 283: (0, 26)}


def aarch64_patch(memory: bytearray, kind: int, place: int, target: int) -> None:
    """Page(S + A) - Page(P), low bits of S + A, or S + A - P, into an instruction or into data."""
    if kind in AARCH64_PAGES:
        pages = (target >> 12) - (place >> 12)  # |pages| < 2**19 in an image: always in reach of adrp
        set_field(memory, place, 29, 2, pages)
        set_field(memory, place, 5, 19, pages >> 2)
    elif kind in AARCH64_LOW_BITS:
        shift, low = AARCH64_LOW_BITS[kind], target & 0xFFF
        if low % (1 << shift):
            raise refusal(f"place {target} is not aligned to {1 << shift} bytes")
        set_field(memory, place, 10, 12, low >> shift)
    elif kind in AARCH64_WORDS:
        (lowest, width), distance = AARCH64_WORDS[kind], target - place
        reach = 1 << (width + 1)  # in bytes
        if not -reach <= distance < reach or distance % 4:
            raise refusal(f"a branch cannot reach {distance} bytes")
        set_field(memory, place, lowest, width, distance >> 2)
    elif kind == 274:  # R_AARCH64_ADR_PREL_LO21
        distance = target - place
        if not -(1 << 20) <= distance < 1 << 20:
            raise refusal(f"adr cannot reach {distance} bytes")
        set_field(memory, place, 29, 2, distance)
        set_field(memory, place, 5, 19, distance >> 2)
    elif kind in (261, 314):  # R_AARCH64_PREL32, PLT32
        patch_displacement(memory, place, target - place)
    elif kind == 260:  # R_AARCH64_PREL64
        struct.pack_into("<q", memory, place, target - place)
    else:
        raise refusal(f"relocation {kind} of aarch64: {WRONG_MODEL}")


def set_field(memory: bytearray, place: int, lowest: int, width: int, value: int) -> None:
    """Put the low `width` bits of a value into an instruction, from bit `lowest` on."""
    mask = (1 << width) - 1
    (instruction,) = struct.unpack_from("<I", memory, place)
    struct.pack_into("<I", memory, place, instruction & ~(mask << lowest) | (value & mask) << lowest)


def aarch64_stub(place: int, slot: int) -> bytes:
    """``adrp x16, slot; ldr x16, [x16, low bits of slot]; br x16; brk``: x16 is free between functions."""
    pages = (slot >> 12) - (place >> 12)
    adrp = 0x90000010 | (pages & 3) << 29 | (pages >> 2 & 0x7FFFF) << 5
    ldr = 0xF9400210 | (slot & 0xFFF) >> 3 << 10
    return struct.pack("<IIII", adrp, ldr, 0xD61F0200, 0xD4200000)


# By the number in the file header: EM_X86_64, EM_AARCH64.
MACHINES = {
    62: Machine(
        name="x86_64",
        word=1,  # R_X86_64_64
        calls=X86_64_CALLS,
        through_slot=X86_64_SLOTS,
        patch=x86_64_patch,
        stub=x86_64_stub,
    ),
    183: Machine(
        name="aarch64",
        word=257,  # R_AARCH64_ABS64
        calls=AARCH64_CALLS,
        through_slot=AARCH64_SLOTS,
        patch=aarch64_patch,
        stub=aarch64_stub,
    ),
}
