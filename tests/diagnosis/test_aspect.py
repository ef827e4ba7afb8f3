"""Aspects of a certificate combine to the worst state."""

from hypothesis import given
from hypothesis import strategies as st

from acmrules.diagnosis.aspect import ACTORS, Aspect, worst
from acmrules.diagnosis.model import State

aspects = st.lists(st.builds(Aspect, st.none() | st.sampled_from(State), st.text()), min_size=1)


@given(aspects)
def test_the_worst_state_wins(listed):
    """The states are declared from the worst to the best; one without a state never wins."""
    found = worst(listed)
    states = [each.state for each in listed if each.state is not None]
    assert found in listed
    assert found.state == min(states, key=[*State].index, default=None)


def test_each_state_has_an_actor():
    """Who has to act follows from the state."""
    assert set(ACTORS) == set(State)
