"""Linear algebra of matrices: inverses, determinants, systems of equations, factorisations, eigenvalues."""
