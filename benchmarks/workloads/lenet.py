"""A training step of LeNet on images of 28 x 28: two layers of convolution and pooling, and two dense ones.

LeCun et al., "Gradient-based learning applied to document recognition", 1998, in the sizes of the Theano tutorial.
"""

from benchmarks.workloads.network import training

LAYERS = (
    ("conv", 20, 5), ("pool",), ("tanh",), ("conv", 50, 5), ("pool",), ("tanh",), ("dense", 500), ("tanh",), ("dense", 10),
)  # fmt: skip

WORKLOAD = training(
    "lenet", {f"batch {rows}": (LAYERS, (1, 28, 28), rows) for rows in (500, 32)}, compiled=("batch 500",)
)
