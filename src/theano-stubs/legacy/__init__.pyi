"""Module paths of Theano 1.0.5: thin files that import names from where they live now."""


from theano.legacy import adapters as adapters
