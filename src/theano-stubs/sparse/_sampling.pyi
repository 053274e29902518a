from theano.graph import Op

class _Draw(Op):
    """What draws have in common: a call draws anew."""
