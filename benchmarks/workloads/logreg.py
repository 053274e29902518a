"""A training step of logistic regression, 784 inputs and 10 classes, on batches of 600 and of 20."""

from benchmarks.workloads.network import training

LAYERS = (("dense", 10),)

WORKLOAD = training("logreg", {f"batch {rows}": (LAYERS, (784,), rows) for rows in (600, 20)}, compiled=("batch 600",))
