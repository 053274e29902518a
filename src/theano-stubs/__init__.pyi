"""Theano: symbolic tensors, differentiated and compiled."""

from collections.abc import Sequence
from theano._types import TensorLike
from theano.compile import SymbolicOutput as _compile_SymbolicOutput
from theano.graph import Op as _graph_Op
from theano.graph import Variable as _graph_Variable
from theano.printing import pp as _printing_pp
from theano.tensor import TensorVariable
from typing import Any

from theano import compat as compat
from theano import compile as compile
from theano import configdefaults as configdefaults
from theano import configparser as configparser
from theano import configuration as configuration
from theano import configuration_flags as configuration_flags
from theano import configuration_sources as configuration_sources
from theano import configuration_values as configuration_values
from theano import control_flow as control_flow
from theano import d3viz as d3viz
from theano import data_classes as data_classes
from theano import extension as extension
from theano import gof as gof
from theano import gpuarray as gpuarray
from theano import gradient as gradient
from theano import graph as graph
from theano import ifelse as ifelse
from theano import late as late
from theano import legacy as legacy
from theano import misc as misc
from theano import optimizers as optimizers
from theano import pathparse as pathparse
from theano import pictures as pictures
from theano import printing as printing
from theano import profiling as profiling
from theano import raise_op as raise_op
from theano import random as random
from theano import sandbox as sandbox
from theano import saving as saving
from theano import scalar as scalar
from theano import scan_module as scan_module
from theano import scanning as scanning
from theano import sparse as sparse
from theano import streams as streams
from theano import tensor as tensor
from theano import tests as tests
from theano import typed_list as typed_list
from theano import updates as updates
from theano import version as version
__all__ = ['FAST_COMPILE', 'FAST_RUN', 'Apply', 'Constant', 'Container', 'DTypeMismatch', 'FunctionGraph', 'FunctionMaker', 'Generic', 'In', 'InconsistencyError', 'Lop', 'MissingInputError', 'Mode', 'Op', 'OrderedUpdates', 'Out', 'Param', 'Rop', 'ShapeMismatch', 'SymbolicInput', 'SymbolicOutput', 'Type', 'UnusedInputError', 'Variable', 'as_op', 'change_flags', 'clone', 'compile', 'config', 'dot', 'foldl', 'foldr', 'function', 'generic', 'get_scalar_constant_value', 'grad', 'gradient', 'loop', 'map', 'predefined_linkers', 'predefined_modes', 'predefined_optimizers', 'reduce', 'scalar', 'scan', 'scan_checkpoints', 'shared', 'tensor', 'theano']
import theano as theano
from theano.compile.mode import FAST_COMPILE as FAST_COMPILE
from theano.compile.mode import FAST_RUN as FAST_RUN
from theano.graph import Apply as Apply
from theano.graph import Constant as Constant
from theano.compile import Container as Container
class DTypeMismatch(Exception):
    """Inappropriate argument type."""
from theano.graph import FunctionGraph as FunctionGraph
from theano.compile import FunctionMaker as FunctionMaker
from theano.graph import Generic as Generic
from theano.compile import In as In
from theano.graph import InconsistencyError as InconsistencyError
from theano.gradient import Lop as Lop
from theano.graph import MissingInputError as MissingInputError
from theano.compile.mode import Mode as Mode
from theano.graph import Op as Op
from theano.compile import OrderedUpdates as OrderedUpdates
Out = _compile_SymbolicOutput
from theano.compile import Param as Param
from theano.gradient import Rop as Rop
class ShapeMismatch(Exception):
    """Inappropriate argument value (of correct type)."""
from theano.compile import SymbolicInput as SymbolicInput
from theano.compile import SymbolicOutput as SymbolicOutput
from theano.graph import Type as Type
from theano.graph import UnusedInputError as UnusedInputError
from theano.graph import Variable as Variable
from theano.compile import as_op as as_op
from theano.configuration import change_flags as change_flags
from theano.compile import clone as clone
from theano.configuration import config as config
def dot(l: Any, r: TensorLike) -> TensorVariable:
    """``dot`` of what knows how it is multiplied: tensors, and variables of other types with ``__dot__`` or ``__rdot__``."""
from theano.scanning import foldl as foldl
from theano.scanning import foldr as foldr
from theano.compile.function import function as function
from theano.graph import generic as generic
from theano.tensor import get_scalar_constant_value as get_scalar_constant_value
from theano.gradient import grad as grad
from theano.scanning import loop as loop
from theano.scanning import map as map
predefined_linkers: dict[Any, Any]
predefined_modes: dict[Any, Any]
predefined_optimizers: dict[Any, Any]
from theano.scanning import reduce as reduce
from theano.scanning import scan as scan
from theano.scanning import scan_checkpoints as scan_checkpoints
from theano.compile._shared import shared as shared
from theano.profiling import ProfileStats as ProfileStats
from theano.gradient import OpFromGraph as OpFromGraph
class OpenMPOp(_graph_Op):
    """An op of which C code may use OpenMP: ``openmp`` is remembered."""
    openmp: Any
    def __init__(self, openmp: bool | None = None) -> None: ...
def function_dump(filename: str, inputs: Sequence[Any], outputs: Any = None, mode: Any = None, updates: Any = None, givens: Any = None, no_default_updates: Any = False, accept_inplace: bool = False, name: str | None = None, rebuild_strict: bool = True, allow_input_downcast: bool | None = None, profile: Any = None, on_unused_input: str | None = None, extra_tag_to_remove: str | None = None) -> None:
    """Pickle the arguments of ``theano.function``, so that somebody else can make the same function:"""
from theano.saving import load as load
class object2:
    """The base of graph classes in Theano 1.0.5, for its ``__ne__``."""
def sparse_grad(var: Any) -> Any:
    """Rows of a matrix chosen by a vector, ``x[rows]``, with a gradient that is a sparse matrix."""
from theano.gradient import subgraph_grad as subgraph_grad
from theano.tensor.batching import vectorize_graph as vectorize_graph
from theano.printing import pp as pp
pprint = _printing_pp
from theano.saving import save as save
