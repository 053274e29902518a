"""Machine code of products and sums with matrices in compressed rows or columns.

    compressed.dot      result[i, c] = sum of data[e] * y[j[e], c] over the elements e of row i     data, indices, indptr, y
    compressed.sampled  result[e] = sum over c of x[i[e], c] * y[j[e], c]                            indices, indptr, x, y
    compressed.sums     result[i] = sum of data[e] over the elements e of row i                      data, indptr
    compressed.major    result[e] = i for the elements e of row i                                    indptr

The flag of a step is the format, "csr" or "csc".  In compressed columns the elements e = indptr[k], ..., indptr[k + 1] - 1
are those of column k, and indices are rows.  A function goes over stretches of rows (columns) k, which threads share but
where results meet: in a product with compressed columns each element adds to a row of the result.

Rows of the dense operands are taken in vectors, as many columns at a time as fill some registers, the rest in ever
smaller ones.  The order of summands is that of the elements whatever the number of threads.  An index that leads outside
ends the function with a status other than 0.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager, nullcontext
from functools import reduce
from typing import TYPE_CHECKING

import numpy as np
from llvmlite import ir

from theano.backends.llvm.builder import Builder
from theano.backends.llvm.control_code import for_range
from theano.backends.llvm.lanes_code import Lanes
from theano.backends.llvm.lengths_code import smaller
from theano.backends.llvm.machine import vector_bytes
from theano.backends.llvm.number_types import INDEX, POINTER
from theano.backends.llvm.object_code import INT, ObjectCode, room_for
from theano.backends.llvm.pool_code import TASK
from theano.backends.llvm.split_code import PARTS_PER_THREAD
from theano.backends.llvm.value import Value
from theano.data_classes import dataclass
from theano.loops.expressions import Buffer
from theano.loops.program import LibraryCall

if TYPE_CHECKING:
    from theano.backends.llvm.step_code import StepCode

COMPRESSED = {
    "compressed.dot": ("data", "indices", "indptr", "y"),
    "compressed.sampled": ("indices", "indptr", "x", "y"),
    "compressed.sums": ("data", "indptr"),
    "compressed.major": ("indptr",),
}
LONG_WORK = 1 << 16  # multiplications; more are shared by threads
REGISTERS = 4  # of a row of the result that are filled at a time
WORDS = ("result", "data", "indices", "indptr", "x", "y", "major", "minor", "elements", "columns")


def emit_compressed_call(code: StepCode, step: LibraryCall) -> None:
    """Run one of the routines on arrays in C order; leave with an exception where indices lead outside."""
    b = code.b
    code.room.want(step.result)
    buffers = dict(zip(COMPRESSED[step.routine], step.operands, strict=True))
    words = {name: code.address(buffer) for name, buffer in buffers.items()}
    words["result"] = code.address(step.result)
    lengths = {name: [code.length(n) for n in buffer.shape] for name, buffer in buffers.items()}
    result_lengths = [code.length(n) for n in step.result.shape]
    words["major"] = b.sub(lengths["indptr"][0], INDEX(1))
    words["minor"], words["columns"], words["elements"] = INDEX(0), INDEX(1), result_lengths[0]
    is_csr = step.flags == ("csr",)
    if step.routine == "compressed.dot":
        words["minor"] = lengths["y"][0] if is_csr else result_lengths[0]
        words["elements"] = lengths["data"][0]
        words["columns"] = _product(b, lengths["y"][1:])
    elif step.routine == "compressed.sampled":
        words["minor"] = lengths["y" if is_csr else "x"][0]
        words["columns"] = _product(b, lengths["y"][1:])
    elif step.routine == "compressed.sums":
        words["elements"] = lengths["data"][0]
    function = _function(code.module, step, buffers)
    given = [words.get(name, ir.Constant(POINTER, None)) for name in WORDS]
    work = b.mul(b.add(words["elements"], words["major"]), words["columns"])
    status = room_for(b, INDEX)
    is_long = b.icmp_signed(">", work, INDEX(LONG_WORK))
    with b.if_else(is_long) as (long, short):
        with long:
            code.begin_long_step()
            if step.routine == "compressed.dot" and not is_csr:
                b.store(b.call(function, [*given, INDEX(0), words["major"]]), status)
            else:
                b.store(_in_parts(code.code, function, given, words["major"]), status)
        with short:
            b.store(b.call(function, [*given, INDEX(0), words["major"]]), status)
    found = b.load(status, typ=INDEX)
    code.fail_unless(b.icmp_signed("==", found, INDEX(0)), step, found, INDEX(0))


def _product(b: ir.IRBuilder, lengths: Sequence[ir.Value]) -> ir.Value:
    return lengths[0] if lengths else INDEX(1)


def _in_parts(code: ObjectCode, function: ir.Function, given: Sequence[ir.Value], major: ir.Value) -> ir.Value:
    """The status of the function on stretches of the rows that threads share."""
    b = code.b
    context = room_for(b, ir.ArrayType(INDEX, len(WORDS) + 1))
    for place, word in enumerate(given):
        b.store(word, code.address(context, 8 * place))
    parts = b.mul(b.load(code.module.globals["threads"], typ=INDEX), INDEX(PARTS_PER_THREAD))
    share = b.add(b.sdiv(major, parts), INDEX(1))
    b.store(share, code.address(context, 8 * len(WORDS)))
    count = b.add(b.sdiv(major, share), INDEX(1))  # the last one may be empty, and checks the arrays all the same
    return b.call(code.module.globals["run_parts"], [_task(function), context, count])


def _task(function: ir.Function) -> ir.Function:
    """status task(context, k): the function on the k-th stretch."""
    name = f"{function.name}.part"
    known = function.module.globals.get(name)
    if known is not None:
        return known
    task = ir.Function(function.module, TASK, name)
    task.linkage = "internal"
    context, number = task.args
    b = ir.IRBuilder(task.append_basic_block("entry"))
    code = ObjectCode(b)
    kinds = [argument.type for argument in function.args[: len(WORDS)]]
    words = [code.field(context, 8 * place, kind) for place, kind in enumerate(kinds)]
    share = code.field(context, 8 * len(WORDS), INDEX)
    first = b.mul(number, share)
    major = words[WORDS.index("major")]
    b.ret(b.call(function, [*words, smaller(b, first, major), smaller(b, b.add(first, share), major)]))
    return task


def _function(module: ir.Module, step: LibraryCall, buffers: dict[str, Buffer]) -> ir.Function:
    """status function(words, first, last): the routine on rows first ... last - 1, made when first asked for."""
    dtypes = {name: buffer.dtype for name, buffer in buffers.items()}
    dtypes["result"] = step.result.dtype
    name = ".".join([step.routine, *step.flags, *dtypes.values()])
    known = module.globals.get(name)
    if known is not None:
        return known
    return _Routine(module, name, dtypes, step.flags[0]).emit(step.routine.removeprefix("compressed."))


@dataclass(frozen=True)
class _Row:
    """A row, or in compressed columns a column: its number and its elements first ... last - 1."""

    k: ir.Value
    first: ir.Value
    last: ir.Value


class _Routine:
    """A function under construction."""

    def __init__(self, module: ir.Module, name: str, dtypes: dict[str, str], format: str) -> None:
        pointers = WORDS.index("major")
        kinds = [POINTER] * pointers + [INDEX] * (len(WORDS) - pointers + 2)
        self.function = ir.Function(module, ir.FunctionType(INDEX, kinds), name)
        self.function.linkage = "internal"
        for attribute in ("noinline", "nounwind"):
            self.function.attributes.add(attribute)
        for argument in self.function.args[:pointers]:
            argument.add_attribute("noalias")
        *words, self.begin, self.end = self.function.args
        self.word = dict(zip(WORDS, words, strict=True))
        self.dtypes, self.format = dtypes, format
        self.b = ir.IRBuilder(self.function.append_basic_block("entry"))
        self.builder = Builder(self.b)
        register_bytes = vector_bytes(module.processor)
        is_float = dtypes["result"] in ("float32", "float64")
        self.lanes = register_bytes // np.dtype(dtypes["result"]).itemsize if is_float else 1
        self.has_masks = is_float and register_bytes > 16  # AVX2, AVX-512; without, each masked load is a chain of branches

    def emit(self, routine: str) -> ir.Function:
        b = self.b
        outermost = self._integer("indptr", INDEX(0)), self._integer("indptr", self.word["major"])
        is_whole = b.and_(
            b.icmp_signed("==", outermost[0], INDEX(0)), b.icmp_signed("==", outermost[1], self.word["elements"])
        )
        self._end_unless(is_whole)
        match routine, self.format:
            case "dot", "csr":
                self._dot_by_rows()
            case "dot", _:
                self._dot_by_columns()
            case "sampled", _:
                self._sampled()
            case "sums", _:
                self._sums()
            case "major", _:
                self._major()
        b.ret(INDEX(0))
        return self.function

    # -- routines --------------------------------------------------------------------------------------------------

    def _dot_by_rows(self) -> None:
        columns = self.word["columns"]
        with self._if_vector() as (one, many):
            with one:
                self._vector_by_rows()
            with many, self._rows() as row:
                line = self.b.mul(row.k, columns)
                for block in self._blocks(columns):
                    with block as (c, lanes):
                        term = lambda e, c=c, lanes=lanes: self._term(lanes, e, c)  # noqa: E731
                        total = lanes.sum_over(row.first, row.last, term)
                        lanes.store(total, self._at("result", self.b.add(line, c)))

    def _term(self, lanes: Lanes, e: ir.Value, c: ir.Value) -> object:
        """data[e] * y[indices[e], c ...]"""
        j = self._index(e)
        y = lanes.load(self._at("y", self.b.add(self.b.mul(j, self.word["columns"]), c)))
        return lanes.times(lanes.repeated(self._number("data", e)), y)

    def _vector_by_rows(self) -> None:
        """One column: the elements of a row side by side in lanes, so that most rows take the same few steps."""
        b, dtype = self.b, self.dtypes["result"]
        single = Lanes(self.builder, dtype, 1)
        if not self.has_masks or self.dtypes["indices"] != "int32":
            with self._rows() as row:
                place = lambda e: self._at("y", self._index(e))  # noqa: E731
                term = lambda e: single.times(self._number("data", e), single.load(place(e)))  # noqa: E731
                single.store(single.sum_over(row.first, row.last, term), self._at("result", row.k))
            return
        lanes = Lanes(self.builder, dtype, self.lanes)
        with self._rows() as row:

            def term(e: ir.Value) -> object:
                mask = lanes.mask_of(b.sub(row.last, e))
                index = lanes.load_integers(self._at("indices", e), mask)
                limit = lanes.all_of(b.trunc(self.word["minor"], INT))
                outside = b.and_(mask, b.icmp_unsigned(">=", index, limit))
                self._end_unless(lanes.none_of(outside))
                y = lanes.gather(self.word["y"], index, mask)
                return lanes.times(lanes.load(self._at("data", e), mask), y)

            total = lanes.sum_over(row.first, row.last, term, self.lanes)
            single.store(lanes.added_up(total), self._at("result", row.k))

    def _dot_by_columns(self) -> None:
        b, columns = self.b, self.word["columns"]
        size = np.dtype(self.dtypes["result"]).itemsize
        bytes_ = b.mul(b.mul(self.word["minor"], columns), INDEX(size))
        ObjectCode(b).call("memset", POINTER, [POINTER, INT, INDEX], self.word["result"], INT(0), bytes_)
        with self._if_vector() as (one, many):
            with one, self._rows() as row:
                single = Lanes(self.builder, self.dtypes["result"], 1)
                factor = self._number("y", row.k)
                with for_range(b, row.first, row.last, "e") as e:
                    place = self._at("result", self._index(e))
                    single.store(single.plus(single.load(place), single.times(self._number("data", e), factor)), place)
            with many, self._rows() as row:
                line = b.mul(row.k, columns)
                with for_range(b, row.first, row.last, "e") as e:
                    i = b.mul(self._index(e), columns)
                    number = self._number("data", e)
                    for block in self._blocks(columns):
                        with block as (c, lanes):
                            term = lanes.times(lanes.repeated(number), lanes.load(self._at("y", b.add(line, c))))
                            place = self._at("result", b.add(i, c))
                            lanes.store(lanes.plus(lanes.load(place), term), place)

    def _sampled(self) -> None:
        b, columns, dtype = self.b, self.word["columns"], self.dtypes["result"]
        single, width = Lanes(self.builder, dtype, 1), self.lanes
        with self._rows() as row, for_range(b, row.first, row.last, "e") as e:
            k = self._index(e)
            i, j = (row.k, k) if self.format == "csr" else (k, row.k)
            left, right = b.mul(i, columns), b.mul(j, columns)

            def term(c: ir.Value, lanes: Lanes, mask: ir.Value | None = None) -> object:
                x, y = (lanes.load(self._at(name, b.add(first, c)), mask) for name, first in (("x", left), ("y", right)))
                return lanes.times(x, y)

            lanes = Lanes(self.builder, dtype, width)
            if width > 1 and self.has_masks:
                masked = lambda c: term(c, lanes, lanes.mask_of(b.sub(columns, c)))  # noqa: E731
                total = lanes.added_up(lanes.sum_over(INDEX(0), columns, masked, width))
            else:
                full = b.and_(columns, INDEX(-width))
                sums = [lanes.added_up(lanes.sum_over(INDEX(0), full, lambda c: term(c, lanes), width))]
                if width > 1:
                    sums.append(single.added_up(single.sum_over(full, columns, lambda c: term(c, single))))
                total = reduce(self.builder.add, sums)
            single.store(total, self._at("result", e))

    def _sums(self) -> None:
        with self._rows() as row:
            lanes = Lanes(self.builder, self.dtypes["result"], 1)
            total = lanes.sum_over(row.first, row.last, lambda e: self._number("data", e))
            lanes.store(total, self._at("result", row.k))

    def _major(self) -> None:
        with self._rows() as row, for_range(self.b, row.first, row.last, "e") as e:
            number = self.builder.astype(self.builder.value(row.k, "int64"), self.dtypes["result"])
            self.builder.store(number, self._at("result", e))

    # -- parts -----------------------------------------------------------------------------------------------------

    @contextmanager
    def _rows(self) -> Iterator[_Row]:
        """A loop over the rows of the stretch."""
        b = self.b
        with for_range(b, self.begin, self.end, "k") as k:
            first, last = self._integer("indptr", k), self._integer("indptr", b.add(k, INDEX(1)))
            is_stretch = b.and_(
                b.and_(b.icmp_signed(">=", first, INDEX(0)), b.icmp_signed("<=", first, last)),
                b.icmp_signed("<=", last, self.word["elements"]),
            )
            self._end_unless(is_stretch)
            yield _Row(k, first, last)

    def _index(self, e: ir.Value) -> ir.Value:
        """indices[e], which must lie in the matrix."""
        index = self._integer("indices", e)
        self._end_unless(self.b.icmp_unsigned("<", index, self.word["minor"]))
        return index

    def _end_unless(self, condition: ir.Value) -> None:
        with self.b.if_then(self.b.not_(condition), likely=False):
            self.b.ret(INDEX(1))

    @contextmanager
    def _if_vector(self) -> Iterator[tuple[AbstractContextManager, AbstractContextManager]]:
        """Branches for dense operands of one column, and of several."""
        with self.b.if_else(self.b.icmp_signed("==", self.word["columns"], INDEX(1))) as branches:
            yield branches

    def _blocks(self, columns: ir.Value) -> Iterator[AbstractContextManager]:
        """For each width of blocks a loop over their first columns: some registers, one, and of the rest a part of one."""
        b, dtype = self.b, self.dtypes["result"]
        if self.lanes == 1:
            yield self._block(INDEX(0), columns, Lanes(self.builder, dtype, 1))
            return
        widths = [REGISTERS * self.lanes]
        while widths[-1] > (self.lanes if self.has_masks else 1):
            widths.append(widths[-1] // 2)
        for width in widths:
            begin = INDEX(0) if width == widths[0] else b.and_(columns, INDEX(-2 * width))
            yield self._block(begin, b.and_(columns, INDEX(-width)), Lanes(self.builder, dtype, width))
        if self.has_masks:
            begin = b.and_(columns, INDEX(-self.lanes))
            with b.if_then(b.icmp_signed("<", begin, columns)):
                lanes = Lanes(self.builder, dtype, self.lanes)
                lanes.mask = lanes.mask_of(b.sub(columns, begin))
                yield nullcontext((begin, lanes))

    @contextmanager
    def _block(self, begin: ir.Value, end: ir.Value, lanes: Lanes) -> Iterator[tuple[ir.Value, Lanes]]:
        with for_range(self.b, begin, end, f"c{lanes.width}", lanes.width) as c:
            yield c, lanes

    def _at(self, name: str, position: ir.Value) -> ir.Value:
        return self.builder.element(self.word[name], position, self.dtypes[name])

    def _number(self, name: str, position: ir.Value) -> Value:
        return self.builder.load(self._at(name, position), self.dtypes[name])

    def _integer(self, name: str, position: ir.Value) -> ir.Value:
        return self.builder.astype(self._number(name, position), "int64").ir
