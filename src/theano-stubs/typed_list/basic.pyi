"""theano.typed_list.basic of Theano 1.0.5."""


__all__ = ['Append', 'Apply', 'Constant', 'Count', 'Extend', 'GetItem', 'Index', 'Insert', 'Length', 'MakeList', 'Op', 'Remove', 'Reverse', 'SliceType', 'TypedListConstant', 'TypedListType', 'TypedListVariable', 'Variable', 'append', 'count', 'extend', 'getitem', 'index_', 'insert', 'length', 'make_list', 'remove', 'reverse']
from theano.typed_list import Append as Append
from theano.graph import Apply as Apply
from theano.graph import Constant as Constant
from theano.typed_list import Count as Count
from theano.typed_list import Extend as Extend
from theano.typed_list import GetItem as GetItem
from theano.typed_list import Index as Index
from theano.typed_list import Insert as Insert
from theano.typed_list import Length as Length
from theano.typed_list import MakeList as MakeList
from theano.graph import Op as Op
from theano.typed_list import Remove as Remove
from theano.typed_list import Reverse as Reverse
from theano.tensor import SliceType as SliceType
from theano.typed_list import TypedListConstant as TypedListConstant
from theano.typed_list.type import TypedListType as TypedListType
from theano.typed_list import TypedListVariable as TypedListVariable
from theano.graph import Variable as Variable
from theano.typed_list import append as append
from theano.typed_list import count as count
from theano.typed_list import extend as extend
from theano.typed_list import getitem as getitem
from theano.typed_list import index_ as index_
from theano.typed_list import insert as insert
from theano.typed_list import length as length
from theano.typed_list import make_list as make_list
from theano.typed_list import remove as remove
from theano.typed_list import reverse as reverse
