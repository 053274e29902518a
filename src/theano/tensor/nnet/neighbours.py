"""Neighbourhoods of images as rows of a matrix, and back."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from theano import scalar
from theano.graph import Apply, Op, Variable
from theano.legacy import old_names
from theano.scalar import dtype as dtypes
from theano.tensor.alloc import arange, zeros
from theano.tensor.constant import as_tensor_variable
from theano.tensor.dimshuffle import dimshuffle
from theano.tensor.elemwise import zeros_of_gradient
from theano.tensor.indexing import inc_subtensor, set_subtensor
from theano.tensor.shape import reshape
from theano.tensor.type import tensor_type

__all__ = ["Images2Neibs", "images2neibs", "neibs2images"]

MODES = ("valid", "ignore_borders", "wrap_centered", "half", "full")



class Images2Neibs(Op):
    """Rectangles of images, each as a row of a matrix.

    ten4        images, shape (m, n, h, w)
    neib_shape  vector of two integers: the rectangles' height c and width d
    neib_step   vector of two integers: from one rectangle to the next; neib_shape unless given
    out         dtype of ten4, shape (m * n * number of rectangles, c * d)

    Rows go through images, channels, and places from top left to bottom right; columns through a rectangle row by row.
    With length n, rectangle length c and step s along an axis, rectangle k begins at k s - before:

    mode              before     rectangles                        outside the image
    "valid"           0          (n - c) / s + 1, a whole number   -
    "ignore_borders"  0          (n - c) // s + 1                  -
    "wrap_centered"   c // 2     ceil(n / s), c odd                the other side of the image
    "half"            c // 2     (n - c % 2) / s + 1, a whole number  zeros
    "full"            c - 1      (n + c - 2) / s + 1, a whole number  zeros

    vjp: each cotangent added where its number came from

    Raises NotImplementedError for another mode; TypeError where lengths do not fit, at run time.
    """

    __props__ = ("mode",)

    def __init__(self, mode: str = "valid") -> None:
        if mode not in MODES:
            raise NotImplementedError(f"Add the mode supported:{mode}. There are {', '.join(MODES)}")
        self.mode = mode

    def make_node(self, ten4: Any, neib_shape: Any, neib_step: Any = None) -> Apply:  # type: ignore[override]
        x, shape = as_tensor_variable(ten4), as_tensor_variable(neib_shape)
        step = shape if neib_step is None else as_tensor_variable(neib_step)
        if x.type.ndim != 4:
            raise TypeError(f"images2neibs needs 4 dimensions, found {x} of type {x.type}")
        for name, v in (("neib_shape", shape), ("neib_step", step)):
            if v.type.ndim != 1 or v.type.dtype not in dtypes.INTEGER:
                raise TypeError(f"{name} must be a vector of integers, found {v} of type {v.type}")
        return Apply(self, [x, shape, step], [tensor_type(x.type.dtype, (False, False))()])

    def rectangles(self, n: Any, c: Any, s: Any) -> tuple[Any, Any]:
        """Where the first one begins, negated, and how many there are: of integers, expressions or variables."""
        match self.mode:
            case "wrap_centered":
                return c // 2, (n + s - 1) // s
            case "half":
                return c // 2, (n - c % 2) // s + 1
            case "full":
                return c - 1, (n + c - 2) // s + 1
        return 0 * c, scalar.maximum((n - c) // s + 1, 0)

    def left_over(self, n: Any, c: Any, s: Any) -> Any:
        """What must be 0 for the rectangles to fit; None where nothing must."""
        match self.mode:
            case "valid":
                return (n - c) % s
            case "half":
                return (n - c % 2) % s
            case "full":
                return (n + c - 2) % s
        return None

    @property
    def needs_odd(self) -> bool:
        return self.mode in ("wrap_centered", "half")

    def infer_shape(self, node: Apply, shapes: Sequence[Sequence[Any]]) -> list[tuple]:
        _, shape, step = node.inputs
        m, n, *lengths = shapes[0]
        counts = [self.rectangles(length, shape[k], step[k])[1] for k, length in enumerate(lengths)]  # type: ignore[index]
        return [(m * n * counts[0] * counts[1], shape[0] * shape[1])]  # type: ignore[index]

    def perform(self, node: Apply, inputs: Sequence[Any], outputs: Sequence[list], params: Any = None) -> None:
        x, shape, step = inputs
        if shape.shape != (2,) or step.shape != (2,):
            raise ValueError(f"neib_shape and neib_step must have 2 entries, found {shape} and {step}")
        (rows, in_rows), (columns, in_columns) = (
            self._places(n, int(c), int(s)) for n, c, s in zip(x.shape[2:], shape, step, strict=True)
        )
        taken = x[:, :, rows[:, None, :, None], columns[None, :, None, :]]
        inside = in_rows[:, None, :, None] & in_columns[None, :, None, :]
        out = np.where(inside, taken, x.dtype.type(0))
        outputs[0][0] = out.reshape(int(np.prod(out.shape[:4])), int(shape[0] * shape[1]))

    def _places(self, n: int, c: int, s: int) -> tuple[np.ndarray, np.ndarray]:
        """The places of each rectangle along an axis, and whether they are within the image."""
        self._check(n, c, s)
        before, count = self.rectangles(n, c, s)
        place = np.arange(int(count))[:, None] * s + np.arange(c) - before
        if self.mode == "wrap_centered":
            place %= n
        return np.clip(place, 0, max(n - 1, 0)), (place >= 0) & (place < n)

    def _check(self, n: int, c: int, s: int) -> None:
        if c < 1 or s < 1:
            raise TypeError(f"Images2Neibs: shape and step must be positive, found {c} and {s}")
        if self.needs_odd and c % 2 == 0:
            raise TypeError(f"Images2Neibs: in mode {self.mode} need patch with odd shapes, found {c}")
        if self.mode in ("valid", "wrap_centered") and n < c:
            raise TypeError(f"Images2Neibs: the image is smaller than the patch: {n} < {c}")
        if self.left_over(n, c, s):
            raise TypeError(
                f"Images2Neibs: in mode {self.mode} patches of length {c} at steps of {s} do not fit length {n}"
            )

    def connection_pattern(self, node: Apply) -> list[list[bool]]:
        return [[True], [False], [False]]

    def L_op(self, inputs: Sequence[Variable], outputs: Sequence[Variable], cotangents: Sequence[Variable]) -> list:
        (x, shape, step), (dout,) = inputs, cotangents
        if x.type.dtype in dtypes.DISCRETE:  # type: ignore[attr-defined]
            return [zeros_of_gradient(x), None, None]
        m, n, h, w = (x.shape[k] for k in range(4))  # type: ignore[attr-defined]
        places, lengths = [], []
        for k, length in enumerate((h, w)):
            c, s = shape[k], step[k]  # type: ignore[index]
            before, count = self.rectangles(length, c, s)
            begins: Any = dimshuffle(arange(count) * s, 0, "x")
            place = begins + dimshuffle(arange(c), "x", 0)
            if self.mode == "wrap_centered":
                place = (place - before) % length
            places.append(place)
            reached = scalar.maximum((count - 1) * s + c - before, length)
            lengths.append((before, reached, count, c))
        (above, lowest, rows, c), (left, rightmost, columns, d) = lengths
        wraps = self.mode == "wrap_centered"
        full = zeros((m, n, h, w) if wraps else (m, n, above + lowest, left + rightmost), x.type.dtype)  # type: ignore
        at = full[:, :, dimshuffle(places[0], 0, "x", 1, "x"), dimshuffle(places[1], "x", 0, "x", 1)]  # type: ignore[index]
        spread: Any = inc_subtensor(at, reshape(dout, (m, n, rows, columns, c, d)))
        return [spread if wraps else spread[:, :, above : above + h, left : left + w], None, None]

    def R_op(self, inputs: Sequence[Variable], tangents: Sequence[Variable | None]) -> list:
        return [None if tangents[0] is None else self(tangents[0], *inputs[1:])]


def images2neibs(ten4: Any, neib_shape: Any, neib_step: Any = None, mode: str = "valid") -> Variable:
    """Rectangles of images, each as a row of a matrix.

    Parameters
    ----------
    ten4
        Images: four dimensions, of which the last two are cut.
    neib_shape, neib_step
        The rectangles' height and width, and the steps from one to the next; they are next to each other unless told.
    mode
        Which rectangles there are at the border: see ``Images2Neibs``.

    Examples
    --------
    >>> import numpy as np
    >>> import theano.tensor as T
    >>> x = T.tensor4()
    >>> images2neibs(x, (2, 2)).eval({x: np.arange(8.0).reshape(1, 1, 2, 4)})
    array([[0., 1., 4., 5.],
           [2., 3., 6., 7.]])
    """
    return Images2Neibs(mode)(ten4, neib_shape, neib_step)


def neibs2images(neibs: Any, neib_shape: Any, original_shape: Any, mode: str = "valid") -> Variable:
    """The images of which ``neibs`` holds the rectangles, next to each other: the inverse of ``images2neibs``.

    neibs           matrix, (number of rectangles, c * d)
    neib_shape      c and d
    original_shape  four integers, or a vector of them
    mode            "valid", or "ignore_borders", where the border that no rectangle covers is 0
    """
    neibs = as_tensor_variable(neibs)
    c, d = (neib_shape[k] for k in range(2))
    m, n, h, w = (original_shape[k] for k in range(4))
    if mode not in ("valid", "ignore_borders"):
        raise NotImplementedError(f"neibs2images does not support mode={mode}; there are valid and ignore_borders")
    rows, columns = h // c, w // d
    cut = dimshuffle(reshape(neibs, (m, n, rows, columns, c, d)), 0, 1, 2, 4, 3, 5)
    if mode == "valid":
        return reshape(cut, (m, n, h, w))
    inner = reshape(cut, (m, n, rows * c, columns * d))
    empty = zeros((m, n, h, w), neibs.type.dtype)
    return set_subtensor(empty[:, :, : rows * c, : columns * d], inner)  # type: ignore[index]


__getattr__ = old_names(__name__)
