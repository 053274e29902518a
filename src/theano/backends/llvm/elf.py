"""Linking one relocatable ELF64 object into an `Image`.

Only what LLVM emits for ``reloc="pic"``, ``codemodel="small"`` is understood; all else is refused by name.
A place is an offset in the image; the other terms are those of `theano.backends.llvm.relocation`.
"""

import struct
from collections.abc import Callable, Iterator
from typing import NamedTuple

from theano.backends.llvm.image import LARGEST_IMAGE, SMALLEST_PAGE, Image, ImageError, page_size
from theano.backends.llvm.relocation import MACHINES, STUB_BYTES, WRONG_MODEL, Machine, refusal
from theano.data_classes import dataclass

__all__ = ["link_object"]

SLOT_BYTES = 8


def link_object(object_code: bytes) -> Image:
    """The image made of one object; see `theano.backends.llvm.image.link`."""
    try:
        return Linker(read_object(object_code)).image()
    except (struct.error, IndexError, UnicodeDecodeError) as error:
        raise ImageError(f"the object code is damaged: {error}") from error


# The object file

# Magic, class, byte order; type, machine; start of the section table; size, number of its rows; row of names.
FILE_HEADER = struct.Struct("<4sBB10xHH20xQ10xHHH")
SECTION_HEADER = struct.Struct("<IIQQQQIIQQ")
SYMBOL = struct.Struct("<IBBHQQ")
RELOCATION = struct.Struct("<QIIq")

RELOCATABLE = 1  # ET_REL
SYMBOL_TABLE, RELOCATIONS, NOTE, ZEROS, RELOCATIONS_WITHOUT_ADDEND = 2, 4, 7, 8, 9  # SHT_*
INITIALISERS = (14, 15, 16)  # SHT_INIT_ARRAY, SHT_FINI_ARRAY, SHT_PREINIT_ARRAY
WRITE, ALLOCATE, EXECUTE, THREAD_LOCAL = 0x1, 0x2, 0x4, 0x400  # SHF_*
UNDEFINED, COMMON = 0, 0xFFF2  # SHN_*
LOCAL = 0  # STB_LOCAL


class Section(NamedTuple):
    """A row of the section table."""

    name: str
    kind: int
    flags: int
    start: int  # in the file
    size: int
    link: int
    info: int
    alignment: int

    @property
    def is_kept(self) -> bool:
        """Whether the section is part of the image: unwinding tables and notes are not."""
        return bool(self.flags & ALLOCATE) and self.kind != NOTE and self.name != ".eh_frame"


class Symbol(NamedTuple):
    """A row of the symbol table."""

    name_start: int  # in the table of names
    info: int  # binding * 16 + kind
    visibility: int
    section: int
    value: int  # offset in the section; alignment, if common
    size: int


@dataclass(frozen=True)
class ObjectFile:
    """The tables of a relocatable object."""

    machine: Machine
    data: memoryview
    sections: list[Section]
    symbols: list[Symbol]
    names: bytes  # of symbols, each ended by a zero byte

    def symbol_name(self, symbol: Symbol) -> str:
        return name_at(self.names, symbol.name_start)

    def relocations(self) -> Iterator[tuple[Section, int, Iterator[tuple[int, int, int, int]]]]:
        """(section, its index, rows) of each kept section with relocations.

        A row is (offset of P in the section, kind, symbol, A).
        """
        for table in self.sections:
            if table.kind != RELOCATIONS and table.kind != RELOCATIONS_WITHOUT_ADDEND:
                continue
            section = self.sections[table.info]
            if section.is_kept:
                if table.kind == RELOCATIONS_WITHOUT_ADDEND or section.kind == ZEROS:
                    raise refusal(f"{table.name} has relocations without addends, or of zeros")
                # the kind is the low half of ELF's info word, the symbol its high half
                yield section, table.info, RELOCATION.iter_unpack(self.contents(table))

    def contents(self, section: Section) -> memoryview:
        end = section.start + section.size
        if end > len(self.data):
            raise refusal(f"section {section.name} reaches past the end")
        return self.data[section.start : end]


def read_object(object_code: bytes) -> ObjectFile:
    """The tables of an ELF64 little-endian relocatable object for a machine that is known here."""
    data = memoryview(object_code)
    *ident, kind, machine, table_start, row_size, row_count, names_index = FILE_HEADER.unpack_from(data)
    if ident != [b"\x7fELF", 2, 1] or kind != RELOCATABLE:
        raise refusal("it is not a relocatable 64-bit little-endian ELF file")
    if machine not in MACHINES:
        known = ", ".join(f"{number} ({known.name})" for number, known in MACHINES.items())
        raise refusal(f"it is for ELF machine {machine}; known are {known}")
    if row_size != SECTION_HEADER.size or row_count == 0:  # zero: more sections than the header can count
        raise refusal("its section table has another layout")

    table_end = table_start + row_size * row_count
    if table_end > len(data) or names_index >= row_count:
        raise refusal("its section table reaches past the end")
    rows = list(SECTION_HEADER.iter_unpack(data[table_start:table_end]))
    _, _, _, _, names_start, names_size, *_ = rows[names_index]
    names = bytes(data[names_start : names_start + names_size])
    sections = [
        Section(name_at(names, name), kind, flags, start, size, link, info, alignment)
        for name, kind, flags, _, start, size, link, info, alignment, _ in rows
    ]
    file = ObjectFile(MACHINES[machine], data, sections, [], b"")
    for section in sections:
        if section.kind == SYMBOL_TABLE:
            symbols = list(map(Symbol._make, SYMBOL.iter_unpack(file.contents(section))))
            names = bytes(file.contents(sections[section.link]))
            return ObjectFile(file.machine, data, sections, symbols, names)
    return file


def name_at(names: bytes, start: int) -> str:
    end = names.find(b"\0", start)
    if end < 0:
        raise refusal("a name has no end")
    return names[start:end].decode()


# Linking


class Linker:
    """One object on its way to an image: what is needed, where it goes, and then the bytes."""

    def __init__(self, file: ObjectFile) -> None:
        self.file = file
        self.machine = file.machine
        self.stubs: dict[str, int] = {}  # external function -> place of its stub
        self.slots: dict[int | str, int] = {}  # symbol index, or external name -> place of its slot
        self.starts: dict[int, int] = {}  # section index -> place
        self.commons: dict[int, int] = {}  # symbol index -> place
        self.writable_offset = self.filled = self.size = 0
        self.relative: list[int] = []
        self.imports: list[tuple[str, int]] = []

    def image(self) -> Image:
        self.find_stubs_and_slots()
        self.lay_out()
        memory = self.fill()
        self.patch(memory)
        return Image(
            code=bytes(memory),
            size=self.size,
            writable_offset=self.writable_offset,
            symbols=tuple(self.defined_symbols()),
            imports=tuple(self.imports),
            relative=tuple(self.relative),
            machine=self.machine.name,
        )

    def find_stubs_and_slots(self) -> None:
        """External functions that are called get a stub, symbols whose address is loaded get a slot."""
        machine, symbols = self.machine, self.file.symbols
        for _, _, rows in self.file.relocations():
            for _, kind, index, _ in rows:
                if kind in machine.through_slot:
                    self.slots[self.slot_key(index)] = 0
                elif kind in machine.calls and symbols[index].section == UNDEFINED:
                    name = self.external_name(index)
                    self.stubs[name] = self.slots[name] = 0

    def slot_key(self, index: int) -> int | str:
        """Index of a symbol defined here; name of an external one, which shares its slot with its stub."""
        return self.external_name(index) if self.file.symbols[index].section == UNDEFINED else index

    def external_name(self, index: int) -> str:
        name = self.file.symbol_name(self.file.symbols[index])
        if not name:
            raise refusal("an external symbol has no name")
        return name

    def lay_out(self) -> None:
        """Give every part its place: code, stubs, constants; on new pages data, slots, zeros."""
        kept = [(index, section) for index, section in enumerate(self.file.sections) if section.is_kept]
        for _, section in kept:
            require_plain(section)
        self.place_sections(kept, lambda section: section.flags & (WRITE | EXECUTE) == EXECUTE)
        self.place_each(self.stubs, STUB_BYTES)
        self.place_sections(kept, lambda section: section.flags & (WRITE | EXECUTE) == 0)
        self.writable_offset = self.size = align(self.size, page_size())
        self.place_sections(kept, lambda section: bool(section.flags & WRITE) and section.kind != ZEROS)
        self.place_each(self.slots, SLOT_BYTES)
        self.filled = self.size
        self.place_sections(kept, lambda section: bool(section.flags & WRITE) and section.kind == ZEROS)
        for index, symbol in enumerate(self.file.symbols):
            if symbol.section == COMMON:
                self.commons[index] = self.reserve(symbol.size, symbol.value)
        self.size = max(align(self.size, page_size()), page_size())
        if self.size > LARGEST_IMAGE:
            raise refusal(f"its {self.size} bytes are beyond the reach of 32-bit displacements")

    def place_sections(self, kept: list[tuple[int, Section]], belongs: Callable[[Section], bool]) -> None:
        for index, section in kept:
            if belongs(section):
                self.starts[index] = self.reserve(section.size, section.alignment)

    def place_each(self, places: dict[str, int] | dict[int | str, int], size: int) -> None:
        for key in places:
            places[key] = self.reserve(size, size)  # type: ignore[index]  # a key of this very dictionary

    def reserve(self, size: int, alignment: int) -> int:
        """The place of the next `size` bytes."""
        start = align(self.size, max(alignment, 1))
        self.size = start + size
        return start

    def fill(self) -> bytearray:
        """Memory up to the zeros, with the sections, stubs and slots in their places, nothing relocated."""
        memory = bytearray(self.filled)
        for index, start in self.starts.items():
            section = self.file.sections[index]
            if section.kind != ZEROS:
                memory[start : start + section.size] = self.file.contents(section)
        for name, place in self.stubs.items():
            memory[place : place + STUB_BYTES] = self.machine.stub(place, self.slots[name])
        for key, slot in self.slots.items():
            if isinstance(key, str):
                self.import_word(memory, slot, key, 0)
            else:
                self.point_to(memory, slot, self.place_of(key))
        return memory

    def patch(self, memory: bytearray) -> None:
        """Apply every relocation."""
        machine, symbols = self.machine, self.file.symbols
        for section, section_index, rows in self.file.relocations():
            start, last = self.starts[section_index], section.size - 4
            for offset, kind, index, addend in rows:
                if offset > last:
                    raise refusal(f"a relocation lies outside {section.name}")
                place = start + offset
                is_external = symbols[index].section == UNDEFINED
                if kind in machine.through_slot:
                    machine.patch(memory, kind, place, self.slots[self.slot_key(index)] + addend)
                elif kind == machine.word:
                    if is_external:
                        self.import_word(memory, place, self.external_name(index), addend)
                    else:
                        self.point_to(memory, place, self.place_of(index) + addend)
                elif not is_external:
                    machine.patch(memory, kind, place, self.place_of(index) + addend)
                elif kind in machine.calls:
                    machine.patch(memory, kind, place, self.stubs[self.external_name(index)] + addend)
                else:
                    name = self.external_name(index)
                    raise refusal(f"relocation {kind} takes {name!r} to be near: do not declare it dso_local")

    def place_of(self, index: int) -> int:
        """S of a symbol defined here."""
        symbol = self.file.symbols[index]
        start = self.starts.get(symbol.section)
        if start is not None:
            return start + symbol.value
        if index in self.commons:
            return self.commons[index]
        name = self.file.symbol_name(symbol)
        raise refusal(f"symbol {name!r} is in section {symbol.section}, which is not part of an image")

    def point_to(self, memory: bytearray, word: int, target: int) -> None:
        """Let an 8-byte word hold the address of a place in the image."""
        self.require_writable(word)
        struct.pack_into("<Q", memory, word, target)
        self.relative.append(word)

    def import_word(self, memory: bytearray, word: int, name: str, addend: int) -> None:
        """Let an 8-byte word hold the address of an external symbol."""
        self.require_writable(word)
        struct.pack_into("<q", memory, word, addend)
        self.imports.append((name, word))

    def require_writable(self, word: int) -> None:
        if word < self.writable_offset:
            raise refusal(f"code or constants hold an absolute address: {WRONG_MODEL}")

    def defined_symbols(self) -> Iterator[tuple[str, int]]:
        """(name, place) of the symbols that are not local."""
        for index, symbol in enumerate(self.file.symbols):
            if symbol.info >> 4 != LOCAL and (symbol.section in self.starts or index in self.commons):
                yield self.file.symbol_name(symbol), self.place_of(index)


def require_plain(section: Section) -> None:
    """Refuse sections that need more of a loader than a place."""
    if section.flags & THREAD_LOCAL:
        raise refusal(f"{section.name} is thread-local data")
    if section.kind in INITIALISERS or section.name.startswith((".ctors", ".dtors")):
        raise refusal(f"{section.name} holds functions to run at load or exit, which an image cannot have")
    if section.alignment > SMALLEST_PAGE:
        raise refusal(f"{section.name} is aligned to {section.alignment} bytes, more than a page")


def align(size: int, alignment: int) -> int:
    return (size + alignment - 1) // alignment * alignment
