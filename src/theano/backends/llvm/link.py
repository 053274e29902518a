"""From a task to a callable: lower, plan, emit, optimise, load."""

from __future__ import annotations

import copy
import ctypes
import importlib.machinery
import importlib.util
import os
import sys
import threading
from collections.abc import Callable, Sequence
from functools import cache as cache_calls
from typing import Any

import numpy as np

from theano.backends.explanation import explain
from theano.backends.interface import Task
from theano.backends.llvm import arena, cache
from theano.backends.llvm.callable import make_fastcall
from theano.backends.llvm.image import (
    Image,
    LoadedImage,
    from_bytes,
    link,
    load,
    register_symbol,
    resolve_symbol,
    to_bytes,
)
from theano.backends.timing import Profile, phase_of
from theano.configuration import config, thread_count
from theano.graph import Constant, FunctionGraph
from theano.graph.collection import paused_collection
from theano.graph.performing import checked_value, perform_node
from theano.scalar.type import ScalarType
from theano.tensor.advanced import indexed_axes
from theano.tensor.type import TensorType

PYARRAY_NEWFROMDESCR = 94  # position in NumPy's table of C functions (numpy/__multiarray_api.h)
LARGEST_KEPT_BLOCK = (1 << 25) - (1 << 13)  # glibc takes larger blocks from the system each time (malloc.c, 32 MB)
_compiling = threading.RLock()


def compile_task(task: Task) -> Callable[..., Any]:
    """The native callable of a task: from the disk cache, or made now and put there."""
    if task.profile is not None:
        return _compile_timed(task)
    key = cache.key_of(task) if config.cache else None
    found = cache.read(key) if key is not None and not task.watched else None
    if found is not None:
        image, wanted, constants = found
        return _bind(task, from_bytes(image), wanted, constants, _lowered_again(task))
    from theano.backends.llvm.machine import object_code

    with _compiling, paused_collection():
        module, cells, constants = _emit(task)
        made = link(*object_code(module))
    if key is not None and all(isinstance(c, np.ndarray) for c in constants):
        cache.write(key, to_bytes(made), cells.wanted, constants)
    return _bind(task, made, cells.wanted, constants, lambda: cells)


def _compile_timed(task: Task) -> Callable[..., Any]:
    """The same for somebody who wants to know what takes how long."""
    profile = task.profile
    with phase_of(profile, "read the cache"):
        key = cache.key_of(task) if config.cache else None
        found = cache.read(key) if key is not None and not task.watched else None
    if found is not None:
        image, wanted, constants = found
        with phase_of(profile, "load"):
            return _bind(task, from_bytes(image), wanted, constants, _lowered_again(task))
    with phase_of(profile, "import LLVM"):
        from theano.backends.llvm.machine import object_code

    with _compiling, paused_collection():
        with phase_of(profile, "rewrite"):
            task.rewritten()
        with phase_of(profile, "lower and emit"):
            module, cells, constants = _emit(task)
        with phase_of(profile, "LLVM"):
            code = object_code(module)
        with phase_of(profile, "link"):
            made = link(*code)
    if key is not None and all(isinstance(c, np.ndarray) for c in constants):
        with phase_of(profile, "write the cache"):
            cache.write(key, to_bytes(made), cells.wanted, constants)
    with phase_of(profile, "load"):
        return _bind(task, made, cells.wanted, constants, lambda: cells)


def _lowered_again(task: Task) -> Callable[[], Any]:
    """The cells of a task whose code was found finished: lowering it gives the same again, and is done when asked."""

    @cache_calls
    def cells() -> Any:
        with _compiling, paused_collection():
            return _emit(task)[1]

    return cells


def _emit(task: Task) -> tuple[Any, Any, list[Any]]:
    """The module of a task, what it wants of the loader, and its constants."""
    from theano.backends.llvm.arguments_code import ArgumentSpec
    from theano.backends.llvm.lower import lower_graph
    from theano.backends.llvm.machine import module_for_host
    from theano.backends.llvm.program_code import emit_program
    from theano.loops.plan import make_program

    fgraph = task.rewritten()
    graph = lower_graph(fgraph, task.arguments, _copied(task, fgraph))
    returned, new_states = graph.outputs[: task.returned], graph.outputs[task.returned :]
    updates = [(graph.states[k], new) for k, new in zip(task.updates, new_states, strict=True)]
    program = make_program(
        graph.inputs, graph.states, graph.constants, graph.definitions, returned, updates, task.fuses, turns=True
    )
    specs = [
        ArgumentSpec(s.dtype, tuple(getattr(v.type, "broadcastable", ())), k not in task.strict)
        for k, (s, v) in enumerate(zip(graph.inputs, fgraph.inputs, strict=False))
    ]
    module = module_for_host("function")
    split_elements = config.openmp_elemwise_minsize if config.openmp else None
    clock = None
    if task.profile is not None:
        from theano.backends.llvm.profile_code import StepClock

        clock = StepClock(module, task.profile.times_steps)
    cells = emit_program(module, program, specs, task.single, task.borrowed, split_elements, clock)
    return module, cells, cells.constants


def _copied(task: Task, fgraph: FunctionGraph) -> list[int]:
    """Positions of outputs that somebody else holds, or may see: objects that are an argument, a state, a constant or
    another output too, and what a node that Python performs takes out of an operand."""
    states = fgraph.inputs[task.arguments :]
    taken, found = {*fgraph.inputs}, []
    for k, variable in enumerate(fgraph.outputs):
        if isinstance(variable.type, (TensorType, ScalarType)):
            if variable.owner is not None and variable.index in getattr(variable.owner.op, "view_map", ()):
                found.append(k)
            continue
        may_be_held = k in task.borrowed and variable not in fgraph.inputs[: task.arguments]
        stays = k >= task.returned and states[task.updates[k - task.returned]] is variable
        if (variable in taken or isinstance(variable, Constant)) and not (may_be_held or stays):
            found.append(k)
        taken.add(variable)
    return found


def _bind(
    task: Task,
    image: Image,
    wanted: Sequence[tuple[str, int]],
    constants: Sequence[Any],
    cells: Callable[[], Any],
) -> Callable[..., Any]:
    """Load an image and fill in its table of Python objects.

    cells  tells what each number handed to ``explain`` means, and the nodes that Python performs; after a warm start
           the graph must be lowered to know it
    """
    keep_freed_memory()
    loaded = load(image, resolve)
    hosts = {number: _performer(cells, number) for kind, number in wanted if kind == "host"}

    def explain_failure(number: int, left: int, right: int) -> None:
        raise _failure(cells().failures[number], left, right)

    def convert(k: int, value: Any) -> Any:
        found = task.convert(k, value)
        if isinstance(found, np.generic):  # of a scalar type: code reads the fields of arrays
            return np.asarray(found)
        return np.ascontiguousarray(found) if isinstance(found, np.ndarray) and not found.flags.carray else found

    if "threads" in loaded.symbols:
        ctypes.c_int64.from_address(loaded.address("threads")).value = thread_count()

    def want_parts() -> None:
        """Fill in the addresses of the products, and of the process's pool if there are threads, that it has words for."""
        from theano.backends.llvm.parts import loaded_pool, product_address

        for name in loaded.symbols:
            part, _, dtype = name.partition(".")
            if part == "multiply" or (part == "pool" and thread_count() > 1):
                address = product_address(dtype, part) if dtype else loaded_pool().address("run")
                ctypes.c_void_p.from_address(loaded.address(name)).value = address

    fixed: list[Any] = [convert, task.irregular, explain_failure, want_parts]
    addresses = [id(thing) for thing in fixed]
    for kind, number in wanted:
        match kind:
            case "state":
                addresses.append(id(task.states[number]))
            case "constant":
                addresses.append(_address_of(constants[number]))
            case "host":
                addresses.append(id(hosts[number]))
    table = (ctypes.c_void_p * len(addresses)).from_address(loaded.address("cells"))
    table[:] = addresses  # type: ignore[assignment]
    if task.profile is not None:
        _tell_times(task.profile, task.name, loaded, cells)
    keep = (loaded, fixed, hosts, constants, task.states)
    return make_fastcall(loaded.address("entry"), task.name, keep_alive=keep)


def _tell_times(profile: Profile, name: str, loaded: LoadedImage, cells: Callable[[], Any]) -> None:
    """Hand the table that the code adds its times to over to who wants to know."""
    from theano.backends.llvm.profile_steps import NativeTimes

    head = (ctypes.c_int64 * 3).from_address(loaded.address("profile_head"))
    head[0] = config.profiling.ignore_first_call
    table, notes = (
        (ctypes.c_int64 * count).from_address(loaded.address(symbol))
        for symbol, count in (("profile", head[1]), ("profile_notes", head[2]))
    )
    profile.add(NativeTimes(table, notes, lambda: cells().slots, loaded), name)


def _address_of(thing: Any) -> int:
    return thing.ctypes.data if isinstance(thing, np.ndarray) else id(thing)


def _performer(cells: Callable[[], Any], number: int) -> Callable[..., tuple]:
    """A Python function that performs a node on arrays and returns the results that are used, dense and typed."""

    @cache_calls
    def node_of() -> tuple[Any, set[int], list[tuple[int, Any]]]:
        """The node, the operands that it destroys, and its used outputs with their types."""
        step = cells().nodes[number]
        node = step.node
        destroyed = {k for inputs in getattr(node.op, "destroy_map", {}).values() for k in inputs}
        return node, destroyed, [(position, node.outputs[position].type) for position, _ in step.results]

    def perform(*values: Any) -> tuple:
        node, destroyed, wanted = node_of()
        operands = [copy.deepcopy(v) if k in destroyed else v for k, v in enumerate(values)]
        try:
            outputs = perform_node(node, operands)
            return tuple(_typed(node, position, kind, outputs[position], operands) for position, kind in wanted)
        except Exception as error:
            raise explain(error, node, 0, values) from None

    return perform


def _typed(node: Any, position: int, type_: Any, value: Any, operands: Sequence[Any]) -> Any:
    """An output of ``perform``: dense, of its dtype, in memory of its own."""
    if value is not None and (hasattr(type_, "broadcastable") or isinstance(value, np.generic)):
        value = np.asarray(value, dtype=type_.dtype)
        fresh = value.flags.carray and not any(
            isinstance(o, np.ndarray) and np.may_share_memory(value, o) for o in operands
        )
        value = value if fresh else np.array(value, order="C")
    return checked_value(value, node, position) if hasattr(type_, "broadcastable") else value


def _failure(failure: Any, left: int, right: int) -> Exception:
    """The exception of a requirement that did not hold, or of an index out of range."""
    requirement = getattr(failure, "requirement", failure)
    if hasattr(requirement, "message"):
        error = requirement.error(requirement.message.format(left=left, right=right))
        node = requirement.origin
    else:
        indexed = [o for o in failure.origins if indexed_axes(o)]
        node = next((o for o in indexed or failure.origins if hasattr(o, "op")), None)
        axes = indexed_axes(node)
        axis = f"axis {axes[0]}" if len(axes) == 1 else "an axis"
        error = IndexError(f"index {left} is out of bounds for {axis} with size {right}")
    return error if node is None or isinstance(node, Constant) else explain(error, node, 0, ())


@cache_calls
def keep_freed_memory() -> None:
    """Let this process keep up to 64 MB of what calls have freed for the calls to come.

    By default the C library hands memory back as soon as 256 KB are free, and every call would pay for new pages: often
    more than for its arithmetic.  Its thresholds grow with the largest block that a program has freed, until they are
    set by hand; this frees one of the largest size that counts, which costs nothing, as no page of it is touched.
    """
    np.empty(LARGEST_KEPT_BLOCK, "uint8")


@cache_calls
def resolve(name: str) -> int:
    """The address of an external symbol of an image."""
    room, _, rest = name.partition(":")
    match room:
        case "numpy":
            address = _numpy_address(rest)
        case "theano":
            assert name == arena.SYMBOL, name
            address = arena.address()
        case "foreign":
            return int(rest)  # a user's C function
        case "convolution" | "product":
            from theano.backends.llvm.parts import convolution_address, product_address

            dtype, _, function = rest.partition(":")
            address = (product_address if room == "product" else convolution_address)(dtype, function)
        case "blas" | "lapack":
            address = _capsule_pointer(_scipy_module(f"cython_{room}").__pyx_capi__[rest])
        case "scipy":
            address = _scipy_function(rest)
        case _:
            return resolve_symbol(name)
    register_symbol(name, address)
    return address


def _scipy_function(name: str) -> int:
    """The C function behind ``scipy.special.<name>`` for real numbers: those that take complex ones too have several."""
    from scipy.special import cython_special

    for spelled in (name, f"__pyx_fuse_0{name}", f"__pyx_fuse_1{name}"):
        capsule = cython_special.__pyx_capi__.get(spelled)
        if capsule is not None and _capsule_name(capsule).startswith(b"double (double"):
            return _capsule_pointer(capsule)
    raise ImportError(f"SciPy has no C function {name} of real numbers")


@cache_calls
def _scipy_module(module_name: str) -> Any:
    """scipy.linalg.cython_blas or cython_lapack, without the 0.15 s of importing the package around it."""
    name = f"scipy.linalg.{module_name}"
    if name in sys.modules:
        return sys.modules[name]
    package = importlib.util.find_spec("scipy")
    assert package is not None and package.submodule_search_locations, "SciPy is not installed"
    folders = [os.path.join(folder, "linalg") for folder in package.submodule_search_locations]
    spec = importlib.machinery.PathFinder.find_spec(name, folders)
    assert spec is not None and spec.loader is not None, f"no {name} in {folders}"
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    sys.modules.pop(name, None)  # an import of the whole package comes by later, and enters it there
    return module


def _numpy_address(name: str) -> int:
    if name == "ndarray":
        return id(np.ndarray)
    if name.startswith("dtype:"):
        return id(np.dtype(name.removeprefix("dtype:")))
    assert name == "PyArray_NewFromDescr", name
    from numpy._core import _multiarray_umath  # type: ignore[attr-defined]

    table = _capsule_pointer(_multiarray_umath._ARRAY_API)
    address = (ctypes.c_void_p * (PYARRAY_NEWFROMDESCR + 1)).from_address(table)[PYARRAY_NEWFROMDESCR]
    assert address is not None
    return address


def _capsule_name(capsule: Any) -> bytes:
    name = ctypes.pythonapi.PyCapsule_GetName
    name.restype, name.argtypes = ctypes.c_char_p, [ctypes.py_object]
    return name(capsule)


def _capsule_pointer(capsule: Any) -> int:
    pointer = ctypes.pythonapi.PyCapsule_GetPointer
    pointer.restype, pointer.argtypes = ctypes.c_void_p, [ctypes.py_object, ctypes.c_char_p]
    return int(pointer(capsule, _capsule_name(capsule)))
