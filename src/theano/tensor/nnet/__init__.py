"""Functions of neural networks."""


from theano.legacy import extend_path, old_names

__path__ = extend_path(__path__, __name__)

from theano.tensor.nnet.activation import (
    elu,
    hard_sigmoid,
    relu,
    selu,
    sigmoid,
    softplus,
    softsign,
    ultra_fast_sigmoid,
)

__all__ = ["elu", "hard_sigmoid", "relu", "selu", "sigmoid", "softplus", "softsign", "ultra_fast_sigmoid"]

__getattr__ = old_names(__name__)
