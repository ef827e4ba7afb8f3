"""The variants of a declaration under all results of its conditions."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from acmrules.model.declaration import Variant
from acmrules.readers.conditions import ROOT, OpenCondition, enumerate_variants
from acmrules.request import CertificateRequest
from acmrules.resources import DataSource, ValidationWait, ZoneRecord
from acmrules.x509 import SigningRequest


def asking(questions, natural=True):
    """Return a function that asks questions in order and builds a request from the answers."""

    def build(state):
        answers = dict(state)
        for question in questions:
            if (question,) not in answers:
                raise OpenCondition((question,), natural)
        names = [f"{question}{int(answers[question,])}.io" for question in questions]
        return {"it": Variant(CertificateRequest.of(["a.io", *names]), (), {})}

    return build


@given(st.lists(st.sampled_from("abcd"), unique=True, max_size=4), st.booleans())
def test_every_combination_of_answers_is_found_once(questions, natural):
    """Up to sixteen combinations of answers are found, the default one first."""
    found, complete = enumerate_variants(asking(questions, natural))
    states = [state for state, _ in found["it"]]
    assert len(set(states)) == len(states) == 2 ** len(questions)
    assert states[0] == {((question,), natural) for question in questions}
    assert complete is True


def test_variants_that_say_the_same_are_one():
    """Answers with the same result are one variant."""

    def build(state):
        if not state:
            raise OpenCondition(("x",), True)
        return {"it": Variant(CertificateRequest.of(["a.io"]), (), {})}

    found, complete = enumerate_variants(build)
    assert [state for state, _ in found["it"]] == [{(("x",), True)}]
    assert complete is True


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("validations", (ValidationWait("v", "us-east-1"),)),
        ("sources", (DataSource("d", "us-east-1"),)),
        ("signed", (SigningRequest(),)),
        ("zone_records", (ZoneRecord("a.io", "Z1", "r"),)),
        ("may_create_more", True),
    ],
)
def test_variants_that_differ_in_what_a_rule_reads(field, value):
    """Equal requests are two variants if something else that rules read differs."""

    def build(state):
        if not state:
            raise OpenCondition(("x",), True)
        variant = Variant(CertificateRequest.of(["a.io"]), (), {})
        ((_, answer),) = state
        return {"it": variant.__replace__(**{field: value}) if answer else variant}

    found, _ = enumerate_variants(build)
    assert len(found["it"]) == 2


def test_there_is_an_end_to_it():
    """After 16 variants or 256 attempts, the rest is left out and reported as such."""
    found, complete = enumerate_variants(asking("abcde"))
    assert (len(found["it"]), complete) == (16, False)

    def endless(state):
        raise OpenCondition((str(len(state)),), True)

    assert enumerate_variants(endless) == ({}, False)


def test_without_questions_there_is_one_look():
    """Without conditions, the declaration is read once."""
    found, complete = enumerate_variants(asking(""))
    assert [state for state, _ in found["it"]] == [ROOT]
    assert complete is True
