"""Phrases of the reports on diagnoses."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.support.diagnoses import ARN, BALANCER, NOW, diagnosis, existing, run_of

from acmrules.diagnosis.model import Actor
from acmrules.model.account import Refusal
from acmrules.reports.diagnosis.phrases import (
    actor_phrase,
    distance_in_time,
    home,
    list_of,
    title_names,
    totals,
    use_of,
)


@pytest.mark.parametrize(
    ("minutes", "phrase"),
    [
        (0.5, "now"),
        (1, "in 1 minute"),
        (119, "in 119 minutes"),
        (120, "in 2 hours"),
        (31 * 60 + 59, "in 31 hours"),
        (72 * 60 - 1, "in 71 hours"),
        (72 * 60, "in 3 days"),
        (400 * 24 * 60, "in 400 days"),
        (-90, "90 minutes ago"),
        (-5 * 24 * 60, "5 days ago"),
    ],
)
def test_a_distance_has_one_unit(minutes, phrase):
    """It is rounded down, so that no one waits for a deadline that is over."""
    assert distance_in_time(NOW + timedelta(minutes=minutes), NOW) == phrase


@given(st.lists(st.sampled_from(["a.io", "b.io", "c.io"])), st.integers(1, 4))
def test_a_list_has_all_items_or_their_number(items, most):
    """The items after the first ones are counted."""
    words = list_of(items, most)
    shown = words.replace(" and ", ", ").split(", ") if words else []
    if len(items) > most:
        assert shown == [*items[:most], f"{len(items) - most} more"]
    else:
        assert shown == items


def test_a_certificate_has_a_title():
    """Names that a list leaves out are mentioned, and an id replaces names that are unknown."""
    assert title_names(diagnosis(existing("a.io", "b.io", "c.io")), 2) == "a.io, b.io and 1 more"
    assert title_names(diagnosis(existing("a.io", names_known=False)), 2) == "a.io and others"
    title = title_names(diagnosis(existing()), 2)
    assert title == f"certificate {ARN.format(1).partition('/')[2]}"


def test_the_home_is_in_the_arn():
    """A string that is not an ARN has none."""
    assert home(diagnosis(existing())) == "eu-west-1, account 123456789012"
    assert home(diagnosis(existing().__replace__(arn="x"))) == ""


@pytest.mark.parametrize(
    ("fields", "phrase"),
    [
        (
            {"in_use_by": (BALANCER,)},
            "loadbalancer/app/shop/50dc6c495c0c9188 (elasticloadbalancing)",
        ),
        ({"in_use_by": ("x",) * 5}, "x, x, x and 2 more"),
        ({"in_use_by": ()}, "no resource"),
        ({"in_use_by": None}, ""),
        ({"in_use_by": None, "in_use": True}, "at least one resource"),
        ({"in_use_by": None, "in_use": False}, "no resource"),
    ],
)
def test_use_is_known_or_left_out(fields, phrase):
    """A list says only whether a certificate is in use."""
    assert use_of(diagnosis(existing(**fields)), 3) == phrase


def test_every_actor_has_a_phrase():
    """An unknown one too."""
    assert len({actor_phrase(diagnosis(existing(), actor=each)) for each in [*Actor, None]}) == 4


def test_totals_count_states_and_failures():
    """A run without certificates has none to count."""
    assert totals(run_of()) == "no certificate in these files"
    refused = run_of(refusals=(Refusal("ListCertificates", "X"),))
    assert totals(refused) == "no certificate in these files; 1 call failed"
