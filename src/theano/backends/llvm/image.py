"""Machine code as a flat, position-independent image: the form that is cached on disk and placed in memory.

LLVM's execution engines are not used: a new process must run cached code without importing llvmlite (70 ms).
Instead the relocatable ELF objects that ``TargetMachine.emit_object`` gives are linked once, at compile time,
into an `Image`:

    0                 executable sections, stubs of external functions      mapped read + execute
                      read-only sections
    writable_offset   writable sections, slots of addresses, zeros          mapped read + write
    size

To load an image is to map memory, copy, add the base address to some words, write the addresses of external
symbols into others, and protect. A cold compile goes through the same `load` as a warm one.

Objects are ELF whatever the system: llvmlite emits ELF for any triple, so the back end asks for code for
``x86_64-unknown-linux-gnu`` or ``aarch64-unknown-linux-gnu``, with ``reloc="pic"``, ``codemodel="small"``.
That code follows the System V (x86-64) or AAPCS64 (aarch64) calling convention, which fixes where images run:

    Linux, BSD                  yes
    macOS on x86-64             yes: same convention
    macOS on Apple silicon      no: code would need MAP_JIT memory, apart from data, and to leave x18 alone
    Windows                     no: other calling convention

`unsupported_platform` tells which it is.
"""

import ctypes
import os
import struct
import sys
import weakref
from collections.abc import Callable, Sequence

from theano.data_classes import dataclass

__all__ = [
    "Image",
    "ImageError",
    "LoadedImage",
    "from_bytes",
    "link",
    "load",
    "register_symbol",
    "resolve_symbol",
    "to_bytes",
    "unsupported_platform",
]


class ImageError(ValueError):
    """Machine code that cannot be linked, read or loaded."""


@dataclass(frozen=True)
class Image:
    """Machine code ready to be placed anywhere: sections laid out, inner references resolved."""

    code: bytes  # the image from offset 0 on; what lies between its end and `size` is zero
    size: int  # bytes of memory, a multiple of the page size
    writable_offset: int  # first byte of the writable part, a multiple of the page size
    symbols: tuple[tuple[str, int], ...]  # global symbols defined here, and their offsets
    imports: tuple[tuple[str, int], ...]  # external symbols, and offsets of words their address is added to
    relative: tuple[int, ...]  # offsets of words the base address is added to; they hold an offset
    machine: str  # "x86_64" or "aarch64"


def link(*objects: bytes) -> Image:
    """The image made of relocatable ELF objects, which may refer to each other by name.

    Raises
    ------
    ImageError
        If an object holds what an image cannot: absolute 32-bit addresses, thread-local data, initialisers; if two are for
        different machines, or define the same name.
    """
    from theano.backends.llvm.elf import link_objects  # here, as a warm start never links

    return link_objects(objects)


# The form on disk: header, relative offsets, (offset, length of name) of symbols and imports, names, code.

MAGIC = b"theano\x01\x00"  # the last two bytes count up when the form changes
MACHINES = ("x86_64", "aarch64")
SMALLEST_PAGE = 4096  # also the unit of aarch64's adrp instruction
LARGEST_IMAGE = 2**31 - 1  # reach of a signed 32-bit displacement
HEADER = struct.Struct("<8s8I")
NAMED = struct.Struct("<II")


def to_bytes(image: Image) -> bytes:
    """The image as bytes, read back by `from_bytes`. They hold no checksum: who stores them keeps a hash."""
    named = [(name.encode(), offset) for name, offset in image.symbols + image.imports]
    names = b"".join([name for name, _ in named])
    header = HEADER.pack(
        MAGIC,
        MACHINES.index(image.machine),
        image.size,
        image.writable_offset,
        len(image.relative),
        len(image.symbols),
        len(image.imports),
        len(names),
        len(image.code),
    )
    relative = struct.pack(f"<{len(image.relative)}I", *image.relative)
    entries = [NAMED.pack(offset, len(name)) for name, offset in named]
    return b"".join([header, relative, *entries, names, image.code])


def from_bytes(data: bytes | bytearray | memoryview) -> Image:
    """The image that `to_bytes` wrote.

    Raises
    ------
    ImageError
        If a length, an offset or a name is not possible. What the instructions do cannot be checked.
    """
    view = memoryview(data).cast("B")
    require_intact(len(view) >= HEADER.size, "it ends within the header")
    header = HEADER.unpack_from(view)
    magic, machine, size, writable_offset, *counts, names_size, code_size = header
    relative_count, symbol_count, import_count = counts
    require_intact(magic == MAGIC, "it is no image, or one of another version")
    require_intact(machine < len(MACHINES), f"unknown machine {machine}")
    named_count = symbol_count + import_count
    named_start = HEADER.size + 4 * relative_count
    names_start = named_start + NAMED.size * named_count
    code_start = names_start + names_size
    require_intact(code_start + code_size == len(view), "its parts do not add up to its length")
    require_intact(
        code_size <= size <= LARGEST_IMAGE and size % SMALLEST_PAGE == 0, f"impossible size {size}"
    )
    is_boundary = writable_offset <= size and writable_offset % SMALLEST_PAGE == 0
    require_intact(is_boundary, f"impossible boundary {writable_offset}")

    relative = struct.unpack_from(f"<{relative_count}I", view, HEADER.size)
    named = read_names(view[named_start:names_start], view[names_start:code_start])
    symbols, imports = named[:symbol_count], named[symbol_count:]
    require_intact(all(offset <= size for _, offset in symbols), "a symbol lies outside")
    require_intact(len(dict(symbols)) == len(symbols), "a symbol is defined twice")
    patched = (*relative, *[offset for _, offset in imports])
    are_inside = all(writable_offset <= offset <= size - 8 for offset in patched)
    require_intact(are_inside, "a word to patch lies outside the writable part")
    return Image(
        bytes(view[code_start:]), size, writable_offset, symbols, imports, relative, MACHINES[machine]
    )


def read_names(entries: memoryview, names: memoryview) -> tuple[tuple[str, int], ...]:
    """(name, offset) of each entry; the names lie end to end."""
    named, start, text = [], 0, bytes(names)
    try:
        for offset, length in NAMED.iter_unpack(entries):
            named.append((text[start : start + length].decode(), offset))
            start += length
    except UnicodeDecodeError:
        raise ImageError("the image is damaged: a name is not UTF-8") from None
    require_intact(start == len(text), "its names do not add up to their length")
    return tuple(named)


def require_intact(condition: bool, trouble: str) -> None:
    if not condition:
        raise ImageError(f"the image is damaged: {trouble}")


# External symbols

PROCESS = ctypes.pythonapi  # opened as None: finds what the process shares, the C library too
LIBRARIES = ("libm.so.6", "libgcc_s.so.1")  # libgcc: half precision and 128-bit integers
_addresses: dict[str, int] = {}


def register_symbol(name: str, address: int) -> None:
    """Let images loaded from now on find `name` at `address`, whatever a library has under that name."""
    _addresses[name] = address


def resolve_symbol(name: str) -> int:
    """The address of an external symbol: registered, or of Python's C API, the C library or libm.

    Raises
    ------
    ImageError
        If none of these has it.
    """
    address = _addresses.get(name)
    if address is None:
        address = _addresses[name] = search_libraries(name)
    return address


def search_libraries(name: str) -> int:
    """The address of a symbol, looked up in the libraries of this process and in `LIBRARIES`."""
    for library in (None, *LIBRARIES):
        try:
            handle = ctypes.CDLL(library) if library else PROCESS
            return ctypes.addressof(ctypes.c_char.in_dll(handle, name))
        except (ValueError, OSError):  # no such symbol, no such library
            continue
    raise ImageError(f"unresolved symbol {name!r}: neither registered, nor of Python, the C library or libm")


# Loading

READ, WRITE, EXECUTE = 1, 2, 4  # PROT_* of mmap, the same on all systems with mmap
PRIVATE = 2  # MAP_PRIVATE
ANONYMOUS = 0x20 if sys.platform == "linux" else 0x1000  # MAP_ANONYMOUS; on BSD and macOS the second
FAILED = ctypes.c_void_p(-1).value


class LoadedImage:
    """An image in memory. The code stays mapped as long as this object lives, and to the end of the process
    if it lives that long: at interpreter exit other threads may still be running in it."""

    __slots__ = ("__weakref__", "base", "symbols")

    def __init__(self, base: int, size: int, symbols: dict[str, int]) -> None:
        self.base = base
        self.symbols = symbols
        weakref.finalize(self, unmap, base, size).atexit = False

    def address(self, symbol: str) -> int:
        """The address of a symbol that the image defines."""
        offset = self.symbols.get(symbol)
        if offset is None:
            known = ", ".join(sorted(self.symbols))
            raise ImageError(f"the image defines no symbol {symbol!r}; it has {known}")
        return self.base + offset


def load(image: Image, resolve: Callable[[str], int] = resolve_symbol) -> LoadedImage:
    """Place an image in memory, with the addresses that `resolve` gives for external symbols.

    Raises
    ------
    ImageError
        If a symbol is unknown, or the image cannot run on this machine.
    OSError
        If the system refuses memory, or to make it executable.
    """
    if trouble := unsupported_platform():
        raise ImageError(trouble)
    if image.machine != host_machine():
        raise ImageError(f"the image holds {image.machine} code, and this machine is {host_machine()}")
    if image.writable_offset % page_size():
        raise ImageError(f"the image was laid out for pages smaller than this system's {page_size()} bytes")
    external = [(offset, resolve(name)) for name, offset in image.imports]

    base = map_memory(image.size)
    loaded = LoadedImage(base, image.size, dict(image.symbols))
    ctypes.memmove(base, image.code, len(image.code))
    add_to_words(base, external)
    add_to_words(base, [(offset, base) for offset in image.relative])
    if image.writable_offset:
        make_executable(base, image.writable_offset)
    return loaded


def unsupported_platform() -> str | None:
    """Why images cannot run on this system, or None if they can."""
    if os.name != "posix":
        return f"native code cannot run on {sys.platform}: it follows the System V calling convention"
    if host_machine() not in MACHINES:
        return f"native code is made for {' and '.join(MACHINES)}, and this machine is {host_machine()}"
    if sys.platform == "darwin" and host_machine() == "aarch64":
        return "native code cannot run on macOS on Apple silicon: memory for it needs MAP_JIT"
    return None


def host_machine() -> str:
    """The machine's name as images give it."""
    name = os.uname().machine
    return {"amd64": "x86_64", "arm64": "aarch64"}.get(name, name)


def page_size() -> int:
    """Bytes of a memory page, the grain of protection."""
    return os.sysconf("SC_PAGESIZE")


def map_memory(size: int) -> int:
    """The address of `size` fresh bytes, all zero, readable and writable."""
    mmap = c_function("mmap", ctypes.c_void_p, *MMAP_ARGUMENTS)
    base = mmap(None, size, READ | WRITE, PRIVATE | ANONYMOUS, -1, 0)
    if base in (None, FAILED):
        raise system_error(f"cannot map {size} bytes for machine code")
    return base


def make_executable(base: int, size: int) -> None:
    """Protect code against writing and let it run."""
    if host_machine() == "aarch64":  # its instruction cache does not see what was written as data
        flush = ctypes.CDLL("libgcc_s.so.1")["__clear_cache"]
        flush(ctypes.c_void_p(base), ctypes.c_void_p(base + size))
    mprotect = c_function("mprotect", ctypes.c_int, ctypes.c_void_p, ctypes.c_size_t, ctypes.c_int)
    if mprotect(base, size, READ | EXECUTE):
        raise system_error("cannot make memory executable")


def unmap(base: int, size: int) -> None:
    c_function("munmap", ctypes.c_int, ctypes.c_void_p, ctypes.c_size_t)(base, size)


def add_to_words(base: int, terms: Sequence[tuple[int, int]]) -> None:
    """Add the second number of each term to the 8-byte word at the offset that is its first."""
    for offset, term in terms:
        word = ctypes.c_uint64.from_address(base + offset)
        word.value += term  # ctypes keeps the low 64 bits


MMAP_ARGUMENTS = (ctypes.c_void_p, ctypes.c_size_t, ctypes.c_int, ctypes.c_int, ctypes.c_int, ctypes.c_long)
_c_functions: dict[str, Callable[..., int]] = {}


def c_function(name: str, result: type, *arguments: type) -> Callable[..., int]:
    """A function of the C library that sets errno."""
    function = _c_functions.get(name)
    if function is None:
        prototype = ctypes.CFUNCTYPE(result, *arguments, use_errno=True)
        function = _c_functions[name] = prototype((name, PROCESS))
    return function


def system_error(message: str) -> OSError:
    code = ctypes.get_errno()
    return OSError(code, f"{message}: {os.strerror(code)}")
