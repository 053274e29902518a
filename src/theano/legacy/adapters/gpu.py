"""theano.gpuarray of Theano 1.0.5 as it was on a machine without a GPU: programs ask, and take the other way."""

from __future__ import annotations

from typing import Any

pygpu_activated = False
theano_gpu_is_already_active = False
MESSAGE = "There is no CUDA back end: functions run on the processor, and GPUs are reached through linker=jax"


class ContextNotDefined(ValueError):
    """What asking for a GPU raises."""


def get_context(name: str | None = None) -> Any:
    """Raises ContextNotDefined: no device was made ready."""
    raise ContextNotDefined(f"context name {name} not defined. {MESSAGE}")


def use(device: str, *args: Any, **kwargs: Any) -> None:
    """Nothing for the device "cpu".  RuntimeError for others."""
    if not str(device).startswith("cpu"):
        raise RuntimeError(f"The device {device!r} cannot be used. {MESSAGE}")


def init_dev(dev: str, name: str | None = None, preallocate: float | None = None) -> None:
    """Raises RuntimeError."""
    use(dev)


def list_contexts() -> list[str]:
    """Names of the devices made ready: none."""
    return []


class _Presence:
    """A function that says no, and why in its attribute ``msg``."""

    avail = False
    msg = MESSAGE

    def __call__(self) -> bool:
        return False


dnn_present = _Presence()
dnn_available = _Presence()


def version(raises: bool = True) -> int:
    """The version of cuDNN: -1, or RuntimeError with ``raises``."""
    if raises:
        raise RuntimeError(f"We can't determine the cudnn version as it is not available. {MESSAGE}")
    return -1
