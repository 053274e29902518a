"""theano.misc of Theano 1.0.5."""


from theano.misc import doubleop as doubleop
from theano.misc import frozendict as frozendict
from theano.misc import ordered_set as ordered_set
from theano.misc import pkl_utils as pkl_utils
from theano.misc import safe_asarray as safe_asarray
from theano.misc import strutil as strutil
__all__ = ['frozendict', 'ordered_set', 'pkl_utils']
