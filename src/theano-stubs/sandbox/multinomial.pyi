"""theano.sandbox.multinomial of Theano 1.0.5."""

from collections.abc import Callable
from theano.graph import Variable
from typing import Any

__all__ = ['Apply', 'ChoiceFromUniform', 'MultinomialFromUniform', 'MultinomialWOReplacementFromUniform', 'Op', 'as_scalar']
from theano.graph import Apply as Apply
def ChoiceFromUniform(odtype: str, replace: bool = False, *args: Any, **kwargs: Any) -> Callable[..., Variable]:
    """A function (pvals, unis, n=1) -> the outcomes chosen, none of them twice."""
def MultinomialFromUniform(odtype: str) -> Callable[..., Variable]:
    """A function (pvals, unis, n=1) -> how often each outcome is chosen, see ``multinomial_of_uniform``."""
def MultinomialWOReplacementFromUniform(*args: Any, **kwargs: Any) -> Callable[..., Variable]:
    """``ChoiceFromUniform`` under its older name."""
from theano.graph import Op as Op
from theano.scalar import as_scalar as as_scalar
