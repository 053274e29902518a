"""Side-by-side speed of Theano and its peers: ``python -m benchmarks`` from the project root."""
