"""theano.scan_module of Theano 1.0.5."""


from theano.scan_module import scan_op as scan_op
from theano.scan_module import scan_utils as scan_utils
from theano.scan_module import scan_views as scan_views
__all__ = ['clone', 'foldl', 'foldr', 'map', 'reduce', 'scan', 'scan_checkpoints', 'scan_op', 'scan_utils', 'scan_views', 'until']
from theano.compile import clone as clone
from theano.scanning import foldl as foldl
from theano.scanning import foldr as foldr
from theano.scanning import map as map
from theano.scanning import reduce as reduce
from theano.scanning import scan as scan
from theano.scanning import scan_checkpoints as scan_checkpoints
from theano.scanning import until as until
