"""theano.sparse.sandbox.sp of Theano 1.0.5."""


__all__ = ['ColScaleCSC', 'Diag', 'EnsureSortedIndices', 'Op', 'Remove0', 'RowScaleCSC', 'SpSum', 'SquareDiagonal', 'clean', 'col_scale', 'diag', 'ensure_sorted_indices', 'register_specialize', 'remove0', 'row_scale', 'sp_sum', 'square_diagonal']
from theano.sparse import ColScaleCSC as ColScaleCSC
from theano.sparse import Diag as Diag
from theano.sparse import EnsureSortedIndices as EnsureSortedIndices
from theano.graph import Op as Op
from theano.sparse import Remove0 as Remove0
from theano.sparse import RowScaleCSC as RowScaleCSC
from theano.sparse import SpSum as SpSum
from theano.sparse import SquareDiagonal as SquareDiagonal
from theano.sparse import clean as clean
from theano.sparse import col_scale as col_scale
from theano.sparse import diag as diag
from theano.sparse import ensure_sorted_indices as ensure_sorted_indices
from theano.tensor.opt import register_specialize as register_specialize
from theano.sparse import remove0 as remove0
from theano.sparse import row_scale as row_scale
from theano.sparse import sp_sum as sp_sum
from theano.sparse import square_diagonal as square_diagonal
