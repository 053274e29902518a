"""Who is told of the times of a function: what the argument ``profile`` and the flags ask for."""

from __future__ import annotations

from typing import Any

from theano.configuration import config


def profile_for(asked: Any, name: str) -> Any:
    """The ProfileStats of a function of this name, or None."""
    wanted = config.profile if asked is None else asked
    if wanted is False and not config.print_global_stats:
        return None
    from theano.profiling import ProfileStats, count_globally  # few programs need it

    if isinstance(wanted, ProfileStats):
        return wanted
    if wanted is False:
        profile = ProfileStats(atexit_print=False, flag_time_thunks=False, message=name)
        count_globally(profile)
        return profile
    if wanted is not True and not isinstance(wanted, str):
        raise TypeError(f"profile is True, False, a message or a theano.ProfileStats, found {wanted!r}")
    return ProfileStats(message=name if wanted is True else wanted)
