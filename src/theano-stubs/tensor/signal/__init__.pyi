"""Operations on signals and images: convolution without channels, pooling.  Its modules need their own import."""


from theano.tensor.signal import conv as conv
from theano.tensor.signal import downsample as downsample
from theano.tensor.signal import pool as pool
