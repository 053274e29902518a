"""Operations on signals and images: convolution without channels, pooling.  Its modules need their own import."""

from theano.legacy import extend_path, old_names

__path__ = extend_path(__path__, __name__)

__getattr__ = old_names(__name__)
