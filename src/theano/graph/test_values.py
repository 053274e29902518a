"""Test values of what is built by way of other variables, such as those of the step of a loop."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any, TypeVar

from theano.configuration import change_flags, config
from theano.graph.op import compute_test_value
from theano.graph.variable import Variable
from theano.graph.walk import io_toposort

Build = TypeVar("Build", bound=Callable[..., Any])


def only_of_results(build: Build) -> Build:
    """Decorator of a function that returns a list of variables, and makes others on its way that stand for values.

    These have no test values; so they are computed when the function has returned, for what the results are made of.
    """

    @wraps(build)
    def built(*args: Any, **kwargs: Any) -> Any:
        if config.compute_test_value == "off":
            return build(*args, **kwargs)
        with change_flags(compute_test_value="off"):
            results = build(*args, **kwargs)
        for node in io_toposort((), [v for v in results if isinstance(v, Variable)]):
            if not all(hasattr(v.tag, "test_value") for v in node.outputs):
                compute_test_value(node)
        return results

    return built  # type: ignore[return-value]
