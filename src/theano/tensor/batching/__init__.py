"""Graphs mapped over leading batch dimensions: ``vectorize_graph``, and the rules of ops that it goes by."""

from theano.tensor.batching import rules  # noqa: F401  (registers them)
from theano.tensor.batching.graph import Application, Batched, batched, vectorize_graph

__all__ = ["Application", "Batched", "batched", "vectorize", "vectorize_graph"]

vectorize = vectorize_graph
