"""Obstacles whose remedy is a change of records."""

from acmrules.diagnosis import Actor, Cause, Certainty
from acmrules.diagnosis.dns.remedies import yours
from acmrules.facts import dns


def test_you_have_to_remove_it():
    """It is certain unless stated otherwise, and its source is that of the fact."""
    found = yours(Cause.LONG_CHAIN, "text", "proof", "remedy", (), dns.LONGEST_CHAIN)
    assert (found.actor, found.certainty) == (Actor.YOU, Certainty.CERTAIN)
    assert found.source is dns.LONGEST_CHAIN.source
