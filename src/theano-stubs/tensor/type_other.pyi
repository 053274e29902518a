"""theano.tensor.type_other of Theano 1.0.5."""


__all__ = ['Apply', 'Constant', 'DisconnectedType', 'Generic', 'MakeSlice', 'NoneConst', 'NoneTypeT', 'Op', 'SliceConstant', 'SliceType', 'Type', 'as_int_none_variable', 'hashtype', 'make_slice', 'none_type_t', 'slicetype']
from theano.graph import Apply as Apply
from theano.graph import Constant as Constant
from theano.gradient import DisconnectedType as DisconnectedType
from theano.graph import Generic as Generic
from theano.tensor import MakeSlice as MakeSlice
from theano.tensor import NoneConst as NoneConst
from theano.tensor import NoneTypeT as NoneTypeT
from theano.graph import Op as Op
from theano.tensor import SliceConstant as SliceConstant
from theano.tensor import SliceType as SliceType
from theano.graph import Type as Type
from theano.tensor import as_int_none_variable as as_int_none_variable
from theano.gof import hashtype as hashtype
from theano.tensor import make_slice as make_slice
from theano.tensor import none_type_t as none_type_t
from theano.tensor import slicetype as slicetype
