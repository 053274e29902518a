"""theano.scan_module.scan_views of Theano 1.0.5."""


__all__ = ['foldl', 'foldr', 'map', 'reduce', 'scan']
from theano.scanning import foldl as foldl
from theano.scanning import foldr as foldr
from theano.scanning import map as map
from theano.scanning import reduce as reduce
from theano.scanning import scan as scan
