"""Elements, rows and parts of sparse matrices."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from theano.graph import Apply, Op, Variable, require
from theano.sparse.parts import as_compressed, elements_like, in_format, structured_cotangent
from theano.sparse.type import FORMATS, is_sparse_variable
from theano.tensor.constant import as_tensor_variable
from theano.tensor.type import tensor_type

INTEGERS = "iu"


def item(x: Any, args: Any) -> Any:
    """``x[args]``

    x[i, j]                 an element                        integers, or 0-d variables of integers
    x[i:j:k], x[i:j, k:l]   a sparse part                     slices
    x[[i, ...]]             sparse rows
    x[[i, ...], [j, ...]]   a vector of elements, one for each pair
    """
    if not isinstance(args, tuple):
        return get_item_list(x, args) if _is_list(args) else get_item_2d(x, args)
    if len(args) == 2:
        if all(map(_is_position, args)):
            return get_item_scalar(x, args)
        if all(map(_is_list, args)):
            return get_item_2lists(x, *args)
    if len(args) == 1 and _is_list(args[0]):
        return get_item_list(x, args[0])
    return get_item_2d(x, args)


def _is_position(i: Any) -> bool:
    return isinstance(i, (int, np.integer)) or (
        isinstance(i, Variable) and getattr(i.type, "ndim", None) == 0
    )


def _is_list(i: Any) -> bool:
    return isinstance(i, (list, np.ndarray)) or (
        isinstance(i, Variable) and getattr(i.type, "ndim", None) == 1
    )


def _as_positions(operation: str, index: Any, ndim: int) -> Any:
    """``index`` as a variable of integers of ``ndim`` dimensions.  TypeError where it is none."""
    index = as_tensor_variable(
        np.asarray(index, dtype="int64") if isinstance(index, list) and not index else index
    )
    require(
        index.type.ndim == ndim and np.dtype(index.type.dtype).kind in INTEGERS, operation,
        needs=f"{'vectors of integers' if ndim else 'integers'} as indices", found=f"type {index.type}",
        operands={"index": index}, error=TypeError,
    )  # fmt: skip
    return index


class GetItem2d(Op):
    """x[start:stop:step, start:stop:step]; left out entries of a slice are missing among the inputs.

    x        sparse, csr or csc
    entries  0-d integers: what is given of the slices, in order
    out      sparse, of the type of x

    given  of each entry of both slices, whether it is
    vjp: dx has dout in its part, in the places of x
    """

    __props__ = ("given",)

    def __init__(self, given: tuple[tuple[bool, bool, bool], ...] = ((False,) * 3,) * 2) -> None:
        self.given = given

    def __call__(self, *inputs: Any, **kwargs: Any) -> Any:
        """``get_item_2d(x, index)`` for an index as it is written between brackets."""
        if len(inputs) != 2 or (isinstance(inputs[1], Variable)):
            return super().__call__(*inputs, **kwargs)
        x, index = inputs
        return type(self)(*_given(index)).apply(x, index)

    def apply(self, x: Any, index: Any) -> Any:
        """The part of x for an index of the form that this op is for."""
        return super().__call__(x, *[e for e in _entries(index) if e is not None])

    def make_node(self, x: Any, *entries: Any) -> Apply:
        x = as_compressed(x, "x[...]")
        positions = [_as_positions("x[...] of a sparse x", e, 0) for e in entries]
        require(
            len(positions) == sum(map(sum, self.given)), f"{self}", needs="a number for each given entry of a slice",
            found=len(positions), error=ValueError,
        )  # fmt: skip
        return Apply(self, [x, *positions], [x.type()])

    def slices(self, entries: Sequence[Any]) -> tuple[slice, slice]:
        """The slices, for numbers or variables as their given entries."""
        rest = iter(entries)
        rows, columns = (slice(*[next(rest) if is_given else None for is_given in one]) for one in self.given)
        return rows, columns

    def infer_shape(self, node: Apply, shapes: Sequence[Any]) -> list[None]:
        return [None]

    def perform(
        self, node: Apply, inputs: Sequence[Any], outputs: Sequence[list], params: Any = None
    ) -> None:
        x, *entries = inputs
        part = x[self.slices([int(e) for e in entries])]
        outputs[0][0] = node.outputs[0].type.filter(part.asformat(x.format))

    def connection_pattern(self, node: Apply) -> list[list[bool]]:
        return [[k == 0] for k in range(len(node.inputs))]

    def L_op(self, inputs: Sequence[Any], outputs: Sequence[Any], cotangents: Sequence[Any]) -> list:
        x, *entries = inputs
        dout = in_format(structured_cotangent(outputs[0], cotangents[0]), x.format)
        return [GetItem2dGrad(self.given)(x, dout, *entries), *[None for _ in entries]]


class GetItem2dGrad(Op):
    """A matrix like x, in the places of x, with the elements of ``dout`` in the part x[...] and 0 elsewhere.

    x, dout  sparse, of one format      entries  of the slices, as for GetItem2d
    out      sparse, format and places of x, dtype of dout
    """

    __props__ = ("given",)

    def __init__(self, given: tuple[tuple[bool, bool, bool], ...]) -> None:
        self.given = given

    def make_node(self, x: Any, dout: Any, *entries: Any) -> Apply:
        x, dout = as_compressed(x, f"{self}"), as_compressed(dout, f"{self}")
        return Apply(self, [x, dout, *map(as_tensor_variable, entries)], [x.type.clone(dtype=dout.dtype)()])

    def infer_shape(self, node: Apply, shapes: Sequence[Any]) -> list[tuple]:
        return [shapes[0]]

    def perform(
        self, node: Apply, inputs: Sequence[Any], outputs: Sequence[list], params: Any = None
    ) -> None:
        x, dout, *entries = inputs
        chosen = GetItem2d(self.given).slices([int(e) for e in entries])
        data = np.zeros(len(x.data), dout.dtype)
        numbers = FORMATS[x.format]((np.arange(len(data)), x.indices, x.indptr), x.shape)
        part = numbers[chosen].asformat(x.format)  # which element of x is which one of the part
        data[part.data] = elements_like(part, dout)
        outputs[0][0] = FORMATS[x.format]((data, x.indices.copy(), x.indptr.copy()), x.shape)

    def connection_pattern(self, node: Apply) -> list[list[bool]]:
        return [[k == 1] for k in range(len(node.inputs))]

    def L_op(self, inputs: Sequence[Any], outputs: Sequence[Any], cotangents: Sequence[Any]) -> list:
        _, dout, *entries = inputs
        d = in_format(structured_cotangent(outputs[0], cotangents[0]), dout.format)
        part = GetItem2d(self.given)(d, *entries) if entries else GetItem2d(self.given)(d, ())
        return [None, in_format(part, dout.format), *[None for _ in entries]]


def _slices(index: Any) -> tuple[slice, slice]:
    """Two slices, for an index of one or two of them."""
    parts = list(index) if isinstance(index, tuple) else [index]
    require(
        len(parts) <= 2,
        "x[...] of a sparse x",
        needs="at most two indices",
        found=len(parts),
        error=IndexError,
    )
    found = []
    for part in [*parts, slice(None), slice(None)][:2]:
        if isinstance(part, slice):
            found.append(part)
            continue
        hint = (
            "there is no sparse vector: x[i:i + 1] is a matrix of one row"
            if _is_position(part)
            else "x[[i, ...]] gives rows"
        )
        raise NotImplementedError(
            f"x[...] of a sparse x takes slices, two integers, or lists, found {part!r} in {index!r}\n    hint: {hint}"
        )
    return found[0], found[1]


def _entries(index: Any) -> list[Any]:
    return [e for one in _slices(index) for e in (one.start, one.stop, one.step)]


def _given(index: Any) -> tuple[tuple[tuple[bool, bool, bool], ...]]:
    entries = [e is not None for e in _entries(index)]
    return (((entries[0], entries[1], entries[2]), (entries[3], entries[4], entries[5])),)


class GetItemScalar(Op):
    """x[i, j]: elements of one place added up, 0 where none is stored.

    x    sparse, csr or csc      i, j  0-d integers
    out  0-d, dtype of x

    vjp: dx has dout in the place i, j of x, where x stores an element
    """

    __props__ = ()

    def make_node(self, x: Any, index: Any, second: Any = None) -> Apply:
        x = as_compressed(x, "x[i, j]")
        pair = index if second is None else (index, second)
        positions = [_as_positions("x[i, j] of a sparse x", i, 0) for i in pair]
        return Apply(self, [x, *positions], [tensor_type(x.dtype, ())()])

    def infer_shape(self, node: Apply, shapes: Sequence[Any]) -> list[tuple]:
        return [()]

    def perform(
        self, node: Apply, inputs: Sequence[Any], outputs: Sequence[list], params: Any = None
    ) -> None:
        x, i, j = inputs
        outputs[0][0] = np.asarray(x[int(i), int(j)], dtype=x.dtype)

    def connection_pattern(self, node: Apply) -> list[list[bool]]:
        return [[True], [False], [False]]

    def L_op(self, inputs: Sequence[Any], outputs: Sequence[Any], cotangents: Sequence[Any]) -> list:
        x, i, j = inputs
        return [
            get_item_2lists_grad(x, i.dimshuffle("x"), j.dimshuffle("x"), cotangents[0].dimshuffle("x")),
            None,
            None,
        ]


class GetItemList(Op):
    """x[index]: rows, in the order of the index.

    x    sparse, csr or csc      index  vector of integers
    out  sparse, of the type of x

    vjp: dx = get_item_list_grad(x, index, dout)
    """

    __props__ = ()

    def make_node(self, x: Any, index: Any) -> Apply:
        x, index = as_compressed(x, "x[[i, ...]]"), _as_positions("x[[i, ...]] of a sparse x", index, 1)
        return Apply(self, [x, index], [x.type()])

    def infer_shape(self, node: Apply, shapes: Sequence[Any]) -> list[tuple]:
        return [(shapes[1][0], shapes[0][1])]

    def perform(
        self, node: Apply, inputs: Sequence[Any], outputs: Sequence[list], params: Any = None
    ) -> None:
        x, index = inputs
        outputs[0][0] = node.outputs[0].type.filter(x[index].asformat(x.format))

    def connection_pattern(self, node: Apply) -> list[list[bool]]:
        return [[True], [False]]

    def L_op(self, inputs: Sequence[Any], outputs: Sequence[Any], cotangents: Sequence[Any]) -> list:
        x, index = inputs
        return [get_item_list_grad(x, index, structured_cotangent(outputs[0], cotangents[0])), None]


class GetItemListGrad(Op):
    """A matrix of the shape of x of which row index[k] is the sum of the rows k of gz.

    x, gz  sparse      index  vector of integers
    out    sparse, format of x, dtype of gz

    vjp: dgz = dout[index]
    """

    __props__ = ()

    def make_node(self, x: Any, index: Any, gz: Any) -> Apply:
        x, gz = as_compressed(x, f"{self}(x, index, gz)"), as_compressed(gz, f"{self}(x, index, gz)")
        return Apply(self, [x, as_tensor_variable(index), gz], [x.type.clone(dtype=gz.dtype)()])

    def infer_shape(self, node: Apply, shapes: Sequence[Any]) -> list[tuple]:
        return [shapes[0]]

    def perform(
        self, node: Apply, inputs: Sequence[Any], outputs: Sequence[list], params: Any = None
    ) -> None:
        x, index, gz = inputs
        elements = gz.tocoo()
        rows = np.where(index < 0, index + x.shape[0], index)[elements.row]
        outputs[0][0] = FORMATS[x.format]((elements.data, (rows, elements.col)), x.shape)

    def connection_pattern(self, node: Apply) -> list[list[bool]]:
        return [[False], [False], [True]]

    def L_op(self, inputs: Sequence[Any], outputs: Sequence[Any], cotangents: Sequence[Any]) -> list:
        (_, index, gz), dout = inputs, structured_cotangent(outputs[0], cotangents[0])
        return [None, None, in_format(get_item_list(dout, index), gz.format)]

    def __str__(self) -> str:
        return type(self).__name__


class GetItem2Lists(Op):
    """out[k] = x[ind1[k], ind2[k]]

    x    sparse, csr or csc      ind1, ind2  vectors of integers, of one length
    out  vector, dtype of x

    vjp: dx = get_item_2lists_grad(x, ind1, ind2, dout)
    """

    __props__ = ()

    def make_node(self, x: Any, ind1: Any, ind2: Any) -> Apply:
        x = as_compressed(x, "x[[i, ...], [j, ...]]")
        indices = [_as_positions("x[[i, ...], [j, ...]] of a sparse x", i, 1) for i in (ind1, ind2)]
        return Apply(self, [x, *indices], [tensor_type(x.dtype, (False,))()])

    def infer_shape(self, node: Apply, shapes: Sequence[Any]) -> list[tuple]:
        return [shapes[1]]

    def perform(
        self, node: Apply, inputs: Sequence[Any], outputs: Sequence[list], params: Any = None
    ) -> None:
        x, ind1, ind2 = inputs
        require(
            ind1.shape == ind2.shape, "x[[i, ...], [j, ...]] of a sparse x", needs="lists of one length",
            found=f"{len(ind1)} and {len(ind2)}", operands={"x": node.inputs[0]},
        )  # fmt: skip
        outputs[0][0] = (
            np.asarray(x[ind1, ind2], dtype=x.dtype).reshape(-1) if len(ind1) else np.zeros(0, x.dtype)
        )

    def connection_pattern(self, node: Apply) -> list[list[bool]]:
        return [[True], [False], [False]]

    def L_op(self, inputs: Sequence[Any], outputs: Sequence[Any], cotangents: Sequence[Any]) -> list:
        return [get_item_2lists_grad(*inputs, cotangents[0]), None, None]


class GetItem2ListsGrad(Op):
    """A matrix of the shape of x in which the element ind1[k], ind2[k] is the sum of the gz[k].

    x    sparse      ind1, ind2  vectors of integers      gz  vector
    out  sparse, format of x, dtype of gz

    vjp: dgz = dout[ind1, ind2]
    """

    __props__ = ()

    def make_node(self, x: Any, ind1: Any, ind2: Any, gz: Any) -> Apply:
        x, gz = as_compressed(x, f"{self}(x, ind1, ind2, gz)"), as_tensor_variable(gz)
        return Apply(
            self,
            [x, as_tensor_variable(ind1), as_tensor_variable(ind2), gz],
            [x.type.clone(dtype=gz.type.dtype)()],
        )

    def infer_shape(self, node: Apply, shapes: Sequence[Any]) -> list[tuple]:
        return [shapes[0]]

    def perform(
        self, node: Apply, inputs: Sequence[Any], outputs: Sequence[list], params: Any = None
    ) -> None:
        x, ind1, ind2, gz = inputs
        rows, columns = (np.where(i < 0, i + n, i) for i, n in zip((ind1, ind2), x.shape, strict=True))
        outputs[0][0] = FORMATS[x.format]((gz, (rows, columns)), x.shape)

    def connection_pattern(self, node: Apply) -> list[list[bool]]:
        return [[False], [False], [False], [True]]

    def L_op(self, inputs: Sequence[Any], outputs: Sequence[Any], cotangents: Sequence[Any]) -> list:
        _, ind1, ind2, _ = inputs
        dout = cotangents[0]
        found = get_item_2lists(dout, ind1, ind2) if is_sparse_variable(dout) else dout[ind1, ind2]
        return [None, None, None, found]

    def __str__(self) -> str:
        return type(self).__name__


get_item_2d, get_item_scalar = GetItem2d(), GetItemScalar()
get_item_list, get_item_list_grad = GetItemList(), GetItemListGrad()
get_item_2lists, get_item_2lists_grad = GetItem2Lists(), GetItem2ListsGrad()
