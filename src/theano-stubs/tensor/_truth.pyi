from theano.tensor import CAReduce

class Truth(CAReduce):
    """A fold of truth values: numbers other than 0, NaN among them, are true."""
