"""theano.compile.builders of Theano 1.0.5."""


__all__ = ['DisconnectedType', 'NullType', 'OpFromGraph', 'SharedVariable', 'Variable', 'inline_ofg_expansion', 'io_connection_pattern', 'optdb', 'orig_function', 'rebuild_collect_shared']
from theano.gradient import DisconnectedType as DisconnectedType
from theano.gradient import NullType as NullType
from theano.gradient import OpFromGraph as OpFromGraph
from theano.compile import SharedVariable as SharedVariable
from theano.graph import Variable as Variable
from theano.compile import inline_ofg_expansion as inline_ofg_expansion
from theano.compile import io_connection_pattern as io_connection_pattern
from theano.compile import optdb as optdb
from theano.compile import orig_function as orig_function
from theano.compile import rebuild_collect_shared as rebuild_collect_shared
