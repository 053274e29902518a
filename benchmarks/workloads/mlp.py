"""A training step of perceptrons: 784-500-10 with tanh, and 784-1024-1024-1024-10 with rectifiers."""

from benchmarks.workloads.network import training

SMALL = (("dense", 500), ("tanh",), ("dense", 10))
LARGE = (*(layer for _ in range(3) for layer in (("dense", 1024), ("relu",))), ("dense", 10))

WORKLOAD = training(
    "mlp",
    {
        "500 batch 20": (SMALL, (784,), 20),
        "500 batch 128": (SMALL, (784,), 128),
        "3 x 1024 batch 60": (LARGE, (784,), 60),
    },
    compiled=("500 batch 20",),
)
