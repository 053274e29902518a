"""Mistakes that ``mypy --strict`` sees: each line is marked with the code of its error."""

from theano.tensor.basic import nothing_like_this  # attr-defined

import theano
import theano.tensor as T

x = T.dmatrix("x")
f = theano.function([x], x, modes="FAST_RUN")  # call-arg
T.doesnotexist(x)  # attr-defined
x.argmaximum(axis=0)  # attr-defined
T.switch(x, 1)  # call-arg
T.exp(x, x)  # call-arg
x + "one"  # operator
T.dot(x, None)  # arg-type
name: int = x.name  # assignment
theano.config.floatx = "float32"  # attr-defined
theano.config.floatX = 32  # assignment
theano.shared(1.0).set_valu(2)  # attr-defined
slope: list[T.TensorVariable] = T.grad(x.sum(), x)  # assignment
x.sum(axes=0)  # call-arg
theano.optimizers.sdg(x.sum(), [], 0.1)  # attr-defined
f.nam = "f"  # attr-defined
nothing_like_this(x)
