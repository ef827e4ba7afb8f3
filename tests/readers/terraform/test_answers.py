"""The answers to the conditions of a root module, and what they reveal about its variables."""

import pytest

from acmrules.readers.conditions import INDEPENDENT, ROOT
from acmrules.readers.terraform.answers import GivenAnswers


def state(*answers):
    """Return a state with answers: each has a condition, its default answer, and the answer."""
    return ROOT | {((str(default), label), answer) for label, default, answer in answers}


@pytest.mark.parametrize(
    ("label", "default", "answer", "known", "without_default"),
    [
        ("var.x", False, True, {"x": True}, set()),
        ('var.x == "a"', False, True, {"x": "a"}, set()),
        ('"a" == var.x', False, True, {"x": "a"}, set()),
        ('var.x != "a"', True, False, {"x": "a"}, set()),
        ('terraform.workspace == "a"', None, True, {"terraform.workspace": "a"}, set()),
        ('var.x == "a"', True, False, {}, {"x"}),
        ('var.x == "a"', False, False, {}, set()),
        ("length(var.x) > length(var.y)", True, False, {}, {"x", "y"}),
        ("length(var.x) > length(var.y)", True, True, {}, set()),
    ],
)
def test_an_answer_reveals_values(label, default, answer, known, without_default):
    """A comparison reveals a value, and an unexpected answer that a variable has another one."""
    answers = GivenAnswers(state((label, default, answer)))
    assert (answers.known, answers.without_default) == (known, without_default)
    assert answers.to(label) is answer


def test_answers_may_be_independent():
    """Then no answer follows from others, and none reveals a value."""
    equal = 'var.x == "a"', False, True
    assert GivenAnswers(state(equal)).to('var.x == "b"') is False
    answers = GivenAnswers(state(equal) | INDEPENDENT)
    assert answers.to('var.x == "b"') is None
    assert answers.known == {}


@pytest.mark.parametrize(
    ("own", "assumed", "agree"),
    [
        ([], [("var.x", True)], True),
        ([("var.x", True, True)], [], True),
        ([("var.x", True, False)], [], False),
        ([("var.x", None, True)], [("var.x", False)], False),
        ([('var.x == "a"', None, True)], [('var.x == "b"', True)], False),
        ([('var.x == "a"', None, True)], [('var.x == "b"', False)], True),
        ([('var.x == "a"', None, True)], [("var.y", True)], True),
    ],
)
def test_answers_agree_unless_one_differs(own, assumed, agree):
    """GivenAnswers that follow count too, and those that are left open may be any."""
    defaults = GivenAnswers(ROOT)
    for label, answer in assumed:
        defaults.add(label, answer)
    assert GivenAnswers(state(*own)).agree_with(defaults) is agree
