"""Linear algebra of matrices: inverses, determinants, systems of equations, factorisations, eigenvalues.

``theano.tensor.nlinalg`` and ``theano.tensor.slinalg`` offer the names.
"""
