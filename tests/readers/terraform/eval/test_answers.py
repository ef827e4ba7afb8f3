"""Answers to conditions that follow from other answers."""

from itertools import pairwise, product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from acmrules.readers.terraform.eval.answers import implied

WORDS = ("a", "b", "c", "other", "another")
NUMBERS = (-1, 0, 0.5, 1, 1.5, 2, 2.5, 3, 9)
NAMES = ("var.x", "terraform.workspace")


@st.composite
def word_conditions(draw):
    """Draw a condition on names of words: its label, and its result for values of the names."""
    name = draw(st.sampled_from(NAMES))
    word = draw(st.sampled_from("abc"))
    some = draw(st.lists(st.sampled_from("abc"), min_size=1, max_size=3))
    listed = ", ".join(f'"{each}"' for each in some)
    return draw(
        st.sampled_from(
            [
                (f'{name} == "{word}"', lambda values: values[name] == word),
                (f'"{word}" == {name}', lambda values: values[name] == word),
                (f"contains([{listed}], {name})", lambda values: values[name] in some),
                (" == ".join(NAMES), lambda values: len({*values.values()}) == 1),
            ]
        )
    )


@st.composite
def number_conditions(draw):
    """Draw a condition on a number."""
    limit = draw(st.sampled_from([0, 1, 2, 3]))
    return draw(
        st.sampled_from(
            [
                (f"var.n > {limit}", lambda values: values["var.n"] > limit),
                (f"var.n < {limit}", lambda values: values["var.n"] < limit),
                (f"{limit} < var.n", lambda values: values["var.n"] > limit),
                (f"var.n == {limit}", lambda values: values["var.n"] == limit),
            ]
        )
    )


@st.composite
def questions(draw):
    """Draw a condition, answers to others that some values give, and the results it can have."""
    is_word = draw(st.booleans())
    conditions = word_conditions() if is_word else number_conditions()
    drawn = draw(st.lists(conditions, min_size=1, max_size=5))
    names, domain = (NAMES, WORDS) if is_word else (("var.n",), NUMBERS)
    worlds = [dict(zip(names, each, strict=True)) for each in product(domain, repeat=len(names))]
    world = draw(st.sampled_from(worlds))
    (label, holds), *others = drawn
    answers = {other: test(world) for other, test in others}
    possible = [each for each in worlds if all(t(each) is answers[o] for o, t in others)]
    return label, answers, {holds(each) for each in possible}


@given(questions())
def test_an_answer_follows_if_no_values_contradict_it(question):
    """An answer is implied exactly if all values that agree with the others result in it."""
    label, answers, results = question
    assert implied(label, answers) is (results.pop() if len(results) == 1 else None)


@pytest.mark.parametrize(
    ("label", "answers", "found"),
    [
        ("var.x", {'var.x == "a"': True}, None),
        ("var.x", {"var.x == true": True}, True),
        ("var.x == true", {"var.x": False}, False),
        ("length(var.x) > 0", {"length(var.x) == 0": False}, True),
        ("length(var.x) > 1", {"length(var.x) == 0": False}, None),
        ("length(var.x) == 0", {"length(var.x) > 0": False}, True),
        ('data.d.n.id == "a"', {'data.d.n.id == "b"': True}, False),
        ('var.x == "a"', {'var.y == "a"': True}, None),
        ('var.x == "a"', {"var.x == var.y": True, 'var.y == "b"': True}, False),
        ('var.x == "a"', {'startswith(var.x, "b")': True}, None),
        ('var.x == "a"', {"each.key of x == 1": True}, None),
        ('var.x == ""', {"var.x == null": True}, False),
        ("var.x + 1 == 2", {"var.x + 1 == 3": True}, None),
    ],
)
def test_answers(label, answers, found):
    """What cannot be computed is not implied."""
    assert implied(label, answers) is found


def test_too_many_combinations_imply_nothing():
    """The number of assignments is limited."""
    names = [f"var.x{number}" for number in range(12)]
    answers = {f"{one} == {other}": True for one, other in pairwise(names)}
    assert implied('var.x0 == "a"', answers | {'var.x11 == "b"': True}) is None
