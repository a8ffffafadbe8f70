"""Who leads an inspection, how lenient that inspector is, and who hurries (`simulator.inspectorate.inspectors`)."""

import numpy as np

from simulator.compiling import compiled
from simulator.engine.state import State
from simulator.inspectorate.kinds import DESK
from simulator.world.streams import LENIENCY, normal, output, uniform

NOBODY = -1
"""In place of an inspector: where they do not differ, nobody asks who it is."""


@compiled
def lead_of(state: State, provider: int, pool: int, purpose: int, number: int) -> int:
    """Choose who leads a visit of a pool, as the number of the post, and note it; `NOBODY` if inspectors do not differ.

    The one who led the pool's last visit to the provider comes again with a set probability, if the post is still
    there. Otherwise every post is equally likely.

    Parameters
    ----------
    purpose, number : int
        Address the draws.
    """
    inspectors = state.inspectors[0]
    if inspectors.of_inspector == 0.0:
        return NOBODY
    posts = state.posts[pool, state.now[0].month]
    last = state.leads[provider, pool]
    draws = output(state.providers[provider].identity, number)
    if last == NOBODY or last >= posts or uniform(state.now[0].run, purpose, draws, 0) >= inspectors.returns:
        last = _any_post(state.now[0].run, purpose, draws, posts)
        state.leads[provider, pool] = last
    return int(last)


@compiled
def _any_post(run: np.uint64, purpose: int, draws: np.uint64, posts: int) -> int:
    """Draw one of the posts 0, 1, ..., so that another number of posts changes no more draws than it must.

    J. Lamping and E. Veach, *A fast, minimal memory, consistent hash algorithm* (2014): with one post more, one draw in
    that many goes to the new post, and all others stay where they are.
    """
    post, draw = 0, 1
    while True:
        following = (post + 1) / (1.0 - uniform(run, purpose, draws, draw))
        if following >= posts:
            return post
        post = int(following)
        draw += 1


@compiled
def leniency_of(state: State, pool: int, lead: int) -> float:
    """Return the inspector's part of the noise of a judgement, in its standard deviations; above 0 is lenient."""
    if lead == NOBODY:
        return 0.0
    return state.inspectors[0].of_inspector * normal(state.now[0].run, LENIENCY, state.pools[pool].identity, lead)


@compiled
def forget_leads(state: State, provider: int) -> None:
    """Forget who led the visits to a provider, since another takes its place."""
    if len(state.leads) > 0:
        state.leads[provider] = NOBODY


@compiled
def is_rushed(state: State, pool: int, kind: int) -> bool:
    """Report whether a visit of a kind that begins now is shortened, since so many others wait for the pool."""
    there = state.pools[pool]
    return bool(kind != DESK and there.waiting > state.inspectors[0].rushed_from * there.capacity)


@compiled
def sight_of(state: State, row: int) -> tuple[float, float]:
    """Return how the team of an inspection sees: its leniency, and the factor on its noise if it hurries."""
    work = state.work[row]
    blur = state.inspectors[0].rushed_sigma if work.rushed == 1 else 1.0
    return leniency_of(state, work.pool, work.lead), blur
