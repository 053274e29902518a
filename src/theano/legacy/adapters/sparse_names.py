"""Lists of dtypes and formats, and what 1.0.5 found out about SciPy when it was imported."""

from __future__ import annotations

import scipy

from theano.scalar import dtype as dtypes
from theano.sparse.type import DTYPES

sparse_formats = ["csc", "csr"]
imported_scipy = True
scipy_ver = [int(part) for part in scipy.__version__.split(".")[:2]]

all_dtypes = set(DTYPES)
int_dtypes = sorted(DTYPES & frozenset(dtypes.SIGNED))
uint_dtypes = sorted(d for d in DTYPES if d.startswith("uint"))
integer_dtypes = int_dtypes + uint_dtypes
float_dtypes = sorted(DTYPES & frozenset(dtypes.FLOAT))
complex_dtypes = sorted(DTYPES & frozenset(dtypes.COMPLEX))
continuous_dtypes = complex_dtypes + float_dtypes
discrete_dtypes = int_dtypes + uint_dtypes
