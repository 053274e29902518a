"""theano.misc.frozendict of Theano 1.0.5."""

from theano.legacy.adapters.containers import FrozenOrderedDict, frozendict

__all__ = ["FrozenOrderedDict", "frozendict"]
