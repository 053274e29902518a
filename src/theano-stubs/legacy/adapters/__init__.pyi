"""What only programs written for Theano 1.0.5 need: small, tested, used by nothing else in the package."""
