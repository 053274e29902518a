"""Linking relocatable ELF64 objects into an `Image`.

Only what LLVM emits for ``reloc="pic"``, ``codemodel="small"`` is understood; all else is refused by name.
A place is an offset in the image; the other terms are those of `theano.backends.llvm.relocation`.
"""

import struct
from collections.abc import Callable, Sequence
from typing import NamedTuple

from theano.backends.llvm.image import LARGEST_IMAGE, SMALLEST_PAGE, Image, ImageError, page_size
from theano.backends.llvm.relocation import MACHINES, STUB_BYTES, WRONG_MODEL, Machine, refusal
from theano.data_classes import dataclass

__all__ = ["link_objects"]

SLOT_BYTES = 8


def link_objects(objects: Sequence[bytes]) -> Image:
    """The image made of some objects; see `theano.backends.llvm.image.link`."""
    try:
        return Linker(joined([read_object(code) for code in objects])).image()
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
UNDEFINED, RESERVED, COMMON = 0, 0xFF00, 0xFFF2  # SHN_*
LOCAL = 0  # STB_LOCAL
HIDDEN = 2  # STV_HIDDEN


class Section(NamedTuple):
    """A row of the section table."""

    name: str
    kind: int
    flags: int
    contents: memoryview  # empty, if it holds zeros
    size: int
    alignment: int

    @property
    def is_kept(self) -> bool:
        """Whether the section is part of the image: unwinding tables and notes are not."""
        return bool(self.flags & ALLOCATE) and self.kind != NOTE and self.name != ".eh_frame"


class Symbol(NamedTuple):
    """A row of the symbol table."""

    name: str
    info: int  # binding * 16 + kind
    visibility: int
    section: int
    value: int  # offset in the section; alignment, if common
    size: int

    @property
    def is_local(self) -> bool:
        return self.info >> 4 == LOCAL

    @property
    def is_external(self) -> bool:
        return self.section == UNDEFINED


class Relocation(NamedTuple):
    """A row of a table of relocations."""

    offset: int  # of P in the section
    kind: int
    symbol: int
    addend: int  # A


@dataclass(frozen=True)
class ObjectFile:
    """The tables of a relocatable object, or of several that have been joined."""

    machine: Machine
    sections: list[Section]
    symbols: list[Symbol]
    relocations: list[tuple[int, list[Relocation]]]  # of each kept section that has some: its index, and they


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

    def contents(row: int) -> memoryview:
        _, kind, _, _, start, size, *_ = rows[row]
        end = start if kind == ZEROS else start + size
        if end > len(data):
            raise refusal(f"section {row} reaches past the end")
        return data[start:end]

    names = bytes(contents(names_index))
    file = ObjectFile(MACHINES[machine], [], [], [])
    for index, (name, kind, flags, _, _, size, _, _, alignment, _) in enumerate(rows):
        file.sections.append(Section(name_at(names, name), kind, flags, contents(index), size, alignment))
    for section, (_, kind, _, _, _, _, link, info, _, _) in zip(file.sections, rows, strict=True):
        if kind == SYMBOL_TABLE:
            names = bytes(file.sections[link].contents)
            file.symbols.extend(Symbol(name_at(names, name), *rest) for name, *rest in SYMBOL.iter_unpack(section.contents))
        elif kind in (RELOCATIONS, RELOCATIONS_WITHOUT_ADDEND) and file.sections[info].is_kept:
            if kind == RELOCATIONS_WITHOUT_ADDEND or file.sections[info].kind == ZEROS:
                raise refusal(f"{section.name} has relocations without addends, or of zeros")
            # the kind is the low half of ELF's info word, the symbol its high half
            file.relocations.append((info, list(map(Relocation._make, RELOCATION.iter_unpack(section.contents)))))
    return file


def joined(files: Sequence[ObjectFile]) -> ObjectFile:
    """The tables of several objects as those of one; what one of them defines the others find by its name."""
    if len({file.machine.name for file in files}) != 1:
        raise refusal("its parts are for different machines")
    whole = ObjectFile(files[0].machine, [], [], [])
    for file in files:
        sections, symbols = len(whole.sections), len(whole.symbols)
        whole.sections.extend(file.sections)
        whole.symbols.extend(
            s._replace(section=s.section + sections) if UNDEFINED < s.section < RESERVED else s for s in file.symbols
        )
        for section, rows in file.relocations:
            whole.relocations.append((section + sections, [r._replace(symbol=r.symbol + symbols) for r in rows]))
    defined: dict[str, Symbol] = {}
    for symbol in whole.symbols:
        if not (symbol.is_local or symbol.is_external) and defined.setdefault(symbol.name, symbol) is not symbol:
            raise refusal(f"symbol {symbol.name!r} is defined twice")
    whole.symbols[:] = [defined.get(s.name, s) if s.is_external else s for s in whole.symbols]
    return whole


def name_at(names: bytes, start: int) -> str:
    end = names.find(b"\0", start)
    if end < 0:
        raise refusal("a name has no end")
    return names[start:end].decode()


# Linking


class Linker:
    """An object on its way to an image: what is needed, where it goes, and then the bytes."""

    def __init__(self, file: ObjectFile) -> None:
        self.file = file
        self.machine = file.machine
        self.stubs: dict[str, int] = {}  # external function -> place of its stub
        self.slots: dict[int | str, int] = {}  # symbol index, or external name -> place of its slot
        self.starts: dict[int, int] = {}  # section index -> place
        self.commons: dict[str, int] = {}  # name of a common symbol -> place
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
            symbols=tuple(self.defined_symbols().items()),
            imports=tuple(self.imports),
            relative=tuple(self.relative),
            machine=self.machine.name,
        )

    def find_stubs_and_slots(self) -> None:
        """External functions that are called get a stub, symbols whose address is loaded get a slot."""
        machine, symbols = self.machine, self.file.symbols
        for _, rows in self.file.relocations:
            for _, kind, index, _ in rows:
                if kind in machine.through_slot:
                    self.slots[self.slot_key(index)] = 0
                elif kind in machine.calls and symbols[index].is_external:
                    name = self.external_name(index)
                    self.stubs[name] = self.slots[name] = 0

    def slot_key(self, index: int) -> int | str:
        """Index of a symbol defined here; name of an external one, which shares its slot with its stub."""
        return self.external_name(index) if self.file.symbols[index].is_external else index

    def external_name(self, index: int) -> str:
        name = self.file.symbols[index].name
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
        for symbol in self.file.symbols:
            if symbol.section == COMMON and symbol.name not in self.commons:
                self.commons[symbol.name] = self.reserve(symbol.size, symbol.value)
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
                memory[start : start + section.size] = section.contents
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
        for section_index, rows in self.file.relocations:
            section = self.file.sections[section_index]
            start, last = self.starts[section_index], section.size - 4
            for offset, kind, index, addend in rows:
                if offset > last:
                    raise refusal(f"a relocation lies outside {section.name}")
                place = start + offset
                is_external = symbols[index].is_external
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
        if symbol.section == COMMON:
            return self.commons[symbol.name]
        raise refusal(f"symbol {symbol.name!r} is in section {symbol.section}, which is not part of an image")

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

    def defined_symbols(self) -> dict[str, int]:
        """Places of the symbols that are seen from outside, by name."""
        return {
            symbol.name: self.place_of(index)
            for index, symbol in enumerate(self.file.symbols)
            if not symbol.is_local and symbol.visibility != HIDDEN
            if symbol.section in self.starts or symbol.section == COMMON
        }


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
