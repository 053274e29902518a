"""theano.d3viz of Theano 1.0.5."""


from theano.d3viz import formatting as formatting
__all__ = ['d3viz', 'd3write', 'formatting']
from theano.pictures import d3viz as d3viz
from theano.pictures import d3write as d3write
