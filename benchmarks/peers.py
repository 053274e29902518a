"""Who is compared: the peers, their environments, and how their processes are set up."""

import os
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
ENVIRONMENTS = ROOT / "benchmarks" / ".environments"

REQUIREMENTS = {
    "numpy": ("numpy", "scipy"),
    "theano": (
        "numpy",
        "scipy",
        "llvmlite",
    ),  # the project itself is found through PYTHONPATH
    "pytensor": ("pytensor", "numba"),
    "jax": ("jax",),
    "torch": ("numpy", "torch==2.13.0"),
}
"""What pip installs into each environment."""

REPORTED_PACKAGES = (
    "numpy",
    "scipy",
    "llvmlite",
    "pytensor",
    "numba",
    "jax",
    "jaxlib",
    "torch",
)
"""Packages whose versions a report names."""


def _no_variables(cache: str) -> dict[str, str]:
    return {}


@dataclass(frozen=True)
class Peer:
    """One column of the comparison.

    environment   the virtual environment whose Python runs it
    modules       modules a worker imports and hands to the workload's builder, in this order
    variables     environment variables that put the peer's compile cache under a given folder
    is_compiler   whether it makes code from a symbolic expression, and so has a compile time
    is_roofline   a bound set by the machine rather than a competitor: never counted as the fastest
    """

    name: str
    environment: str
    modules: tuple[str, ...]
    variables: Callable[[str], dict[str, str]] = field(default=_no_variables)
    is_compiler: bool = False
    is_roofline: bool = False

    @property
    def cache(self) -> Path:
        """Where its compiled code is kept from one run to the next, for timing calls: compiling is timed elsewhere."""
        return ENVIRONMENTS / self.environment / "cache" / self.name

    @property
    def python(self) -> Path:
        """The interpreter of the peer's environment."""
        return environment_python(self.environment)


def environment_python(name: str) -> Path:
    """The interpreter of an environment, whether or not it exists yet."""
    return ENVIRONMENTS / name / "bin" / "python"


def _theano_variables(cache: str) -> dict[str, str]:
    return {"PYTHONPATH": str(ROOT / "src"), "THEANO_FLAGS": f"base_compiledir={cache}"}


def _pytensor_variables(cache: str) -> dict[str, str]:
    return {"PYTENSOR_FLAGS": f"base_compiledir={cache}", "NUMBA_CACHE_DIR": cache}


def _jax_variables(cache: str) -> dict[str, str]:
    return {
        "JAX_PLATFORMS": "cpu",
        "JAX_ENABLE_X64": "1",
        "JAX_COMPILATION_CACHE_DIR": cache,
        "JAX_PERSISTENT_CACHE_MIN_COMPILE_TIME_SECS": "0",  # by default only slow compiles are kept
        "JAX_PERSISTENT_CACHE_MIN_ENTRY_SIZE_BYTES": "-1",
    }


def _torch_variables(cache: str) -> dict[str, str]:
    return {"TORCHINDUCTOR_CACHE_DIR": cache}


PEERS = {
    peer.name: peer
    for peer in (
        Peer("theano", "theano", ("theano", "theano.tensor"), _theano_variables, is_compiler=True),
        Peer("numpy", "numpy", ("numpy",)),
        Peer("pytensor", "pytensor", ("pytensor", "pytensor.tensor"), _pytensor_variables, is_compiler=True),
        Peer("jax", "jax", ("jax", "jax.numpy"), _jax_variables, is_compiler=True),
        Peer("torch", "torch", ("torch",), _torch_variables),
        Peer("torch_compile", "torch", ("torch",), _torch_variables, is_compiler=True),
        Peer("memcpy", "numpy", ("numpy",), is_roofline=True),
        Peer("python", "numpy", (), is_roofline=True),
    )
}


def own_variables() -> dict[str, str]:
    """The environment of this process, but for what makes OpenBLAS take the code of an older processor, and what lets
    Python read our sources anew in each process: pip has translated those of the other peers."""
    return {name: value for name, value in os.environ.items() if name not in _NOT_HANDED_ON}


_NOT_HANDED_ON = ("OPENBLAS_CORETYPE", "OPENBLAS_L2_SIZE", "PYTHONDONTWRITEBYTECODE")


def thread_variables(threads: int) -> dict[str, str]:
    """Environment variables that hold every library known here to ``threads`` threads."""
    names = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "NUMBA_NUM_THREADS", "NPROC",
             "TORCHINDUCTOR_COMPILE_THREADS")  # fmt: skip
    variables = dict.fromkeys(names, str(threads))
    if threads == 1:
        variables["XLA_FLAGS"] = "--xla_cpu_multi_thread_eigen=false"
    return variables
