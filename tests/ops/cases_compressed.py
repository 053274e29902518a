"""Ops on the parts of compressed sparse matrices, and a piece of a graph that gradients compute a second time."""

from __future__ import annotations

from case import case, sample

import theano.tensor as T
from theano.gradient.recomputation import After, checkpoint
from theano.tensor.compressed import (
    CompressedDot,
    ElementsAt,
    Fitting,
    SampledDot,
    SegmentSum,
)

# Indices, indptr and shape of  [[., a, .], [., ., .], [b, ., c], [d, ., .]]  and  [[., ., b, c], [., ., ., .], [a, ., ., d]].
INDPTR = [0, 1, 1, 3, 4]
PLACES = {
    "csr": ([1, 0, 2, 0], INDPTR, (4, 3)),
    "csc": ([2, 0, 0, 2], [0, 1, 1, 2, 4], (3, 4)),
}

CASES = [
    case("segment_sum", lambda x: SegmentSum()(x, INDPTR), sample(4)),
    case("fitting", lambda y: Fitting((0,))(y, [4]), sample(4, 2)),
    case("after", lambda x, y: After(1)(x, y * y), sample(3), sample(2), gradient=(0,)),
    case(
        "checkpoint", lambda x, y: checkpoint(lambda a, b: T.tanh(a) * T.exp(b), x, y), sample(3), sample(3)
    ),
]
for form, (_, _, (rows, columns)) in PLACES.items():
    CASES += [
        case(f"elements_at_{form}", lambda y, f=form, p=PLACES[form]: ElementsAt(f)(*p, y), sample(rows, columns)),
        case(f"elements_of_rows_{form}", lambda y, f=form, p=PLACES[form]: ElementsAt(f, 0)(*p, y), sample(rows)),
        case(
            f"compressed_dot_{form}",
            lambda data, y, f=form, p=PLACES[form]: CompressedDot(f)(data, *p, y), sample(4), sample(columns, 2),
        ),
        case(
            f"compressed_dot_vector_{form}",
            lambda data, y, f=form, p=PLACES[form]: CompressedDot(f)(data, *p, y), sample(4), sample(columns),
        ),
        case(
            f"sampled_dot_{form}",
            lambda x, y, f=form, p=PLACES[form]: SampledDot(f)(*p[:2], x, y), sample(rows, 2), sample(columns, 2),
        ),
    ]  # fmt: skip
