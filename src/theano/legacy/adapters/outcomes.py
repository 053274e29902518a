"""theano.sandbox.multinomial of Theano 1.0.5: outcomes from uniform numbers, under the names of its ops."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from theano.graph import Variable
from theano.random.multinomial import choice_without_replacement, multinomial_of_uniform


def MultinomialFromUniform(odtype: str) -> Callable[..., Variable]:
    """A function (pvals, unis, n=1) -> how often each outcome is chosen, see ``multinomial_of_uniform``.

    The dtype "auto" is that of ``pvals``.
    """

    def counts(pvals: Any, unis: Any, n: Any = 1) -> Variable:
        return multinomial_of_uniform(pvals, unis, n, pvals.dtype if odtype == "auto" else odtype)

    return counts


def ChoiceFromUniform(
    odtype: str, replace: bool = False, *args: Any, **kwargs: Any
) -> Callable[..., Variable]:
    """A function (pvals, unis, n=1) -> the outcomes chosen, none of them twice.

    Raises NotImplementedError with ``replace``: MRG_RandomStreams.choice does that.
    """
    if replace:
        raise NotImplementedError("with replacement: use theano.sandbox.rng_mrg.MRG_RandomStreams.choice")

    def choices(pvals: Any, unis: Any, n: Any = 1) -> Variable:
        return choice_without_replacement(pvals, unis, n, "int64" if odtype == "auto" else odtype)

    return choices


def MultinomialWOReplacementFromUniform(*args: Any, **kwargs: Any) -> Callable[..., Variable]:
    """``ChoiceFromUniform`` under its older name."""
    return ChoiceFromUniform(*args, **kwargs)
