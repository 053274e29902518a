"""theano.gpuarray of Theano 1.0.5. There is no GPU among the back ends that it speaks of."""

from theano import ShapeMismatch
from typing import Any

from theano.gpuarray import dnn as dnn
__all__ = ['ContextNotDefined', 'config', 'dnn', 'get_context', 'init_dev', 'list_contexts', 'pygpu_activated', 'theano_gpu_is_already_active', 'use']
class ContextNotDefined(ShapeMismatch, ValueError):
    """What asking for a GPU raises."""
from theano.configuration import config as config
def get_context(name: str | None = None) -> Any:
    """Raises ContextNotDefined: no device was made ready."""
def init_dev(dev: str, name: str | None = None, preallocate: float | None = None) -> None:
    """Raises RuntimeError."""
def list_contexts() -> list[str]:
    """Names of the devices made ready: none."""
pygpu_activated: bool
theano_gpu_is_already_active: bool
def use(device: str, *args: Any, **kwargs: Any) -> None:
    """Nothing for the device "cpu".  RuntimeError for others."""
