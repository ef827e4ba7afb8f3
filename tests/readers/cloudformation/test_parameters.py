"""The values of parameters under a set of answers."""

import pytest

from acmrules.readers.cloudformation.parameters import ParameterValues
from acmrules.readers.cloudformation.template import Template
from acmrules.readers.conditions import OpenCondition

PARAMETERS = {
    "Open": {"Type": "String"},
    "Default": {"Type": "String", "Default": "x"},
    "Blank": {"Type": "String", "Default": ""},
    "Stage": {"Type": "String", "Default": "dev", "AllowedValues": ["dev", "test", "prod"]},
    "Pick": {"Type": "String", "AllowedValues": ["a", "b"]},
    "Stored": {"Type": "AWS::SSM::Parameter::Value<String>", "Default": "/x"},
}


def answers(*state, assume_defaults=False, blanks=False, region=None, **values):
    """Return the parameter values of one template in a state."""
    template = Template({"Parameters": PARAMETERS}, values, region)
    return ParameterValues(
        template, frozenset(state), assume_defaults=assume_defaults, blanks=blanks
    )


def equal(name, constant, *, answer=True):
    """Return the answer that a parameter is, or is not, equal to a constant."""
    return ("equals", name, constant), answer


@pytest.mark.parametrize(
    ("name", "state", "value"),
    [
        ("Open", [], None),
        ("Open", [equal("Open", "a")], "a"),
        ("Open", [equal("Open", "a", answer=False)], None),
        ("Default", [], "x"),
        ("Default", [equal("Default", "y", answer=False)], "x"),
        ("Default", [equal("Default", "x", answer=False)], None),
        ("Default", [equal("Default", "y")], "y"),
        ("Blank", [], None),
        ("Blank", [equal("Blank", "")], ""),
        ("Stage", [equal("Stage", "dev", answer=False)], None),
        (
            "Stage",
            [equal("Stage", "dev", answer=False), equal("Stage", "test", answer=False)],
            "prod",
        ),
        ("Pick", [], None),
        ("Pick", [equal("Pick", "a", answer=False)], "b"),
        ("Stored", [], None),
        ("Nothing", [], None),
        ("AWS::Region", [], None),
        ("AWS::Region", [equal("AWS::Region", "eu-west-1")], "eu-west-1"),
        ("Default", [(("holds", "c", "Default"), False)], None),
        ("Default", [(("holds", "c", "Default"), True)], "x"),
        ("Default", [(("does not hold", "c", "Default"), True)], None),
        ("Default", [(("does not hold", "c", "Open"), True)], "x"),
    ],
)
def test_values(name, state, value):
    """A parameter has its default unless an answer contradicts it."""
    assert answers(*state).value(name)[0] == value


def test_blanks():
    """An empty default is a value if requested, unlike a missing default."""
    assert answers(blanks=True).value("Blank")[0] == ""
    assert answers(blanks=True).value("Open")[0] is None


def test_given_values():
    """Values of the user take precedence, except for parameters from SSM."""
    given = answers(region="cn-north-1", Default="z", Stored="/z", Nothing="z")
    assert given.value("Default")[0] == "z"
    assert given.value("Stored")[0] is None
    assert given.value("Nothing")[0] is None
    assert given.value("AWS::Region")[0] == "cn-north-1"
    assert given.value("AWS::Partition")[0] == "aws-cn"
    assert answers().value("AWS::Partition")[0] is None
    assert [given.is_fixed(name) for name in ("Default", "AWS::Region", "Stage")] == [
        True,
        True,
        False,
    ]


def test_origins():
    """The origin of a value is the default or the user."""
    assert answers().value("Default")[1].pointer == ("Parameters", "Default", "Default")
    assert answers(equal("Stage", "dev")).value("Stage")[1].note == "default of parameter `Stage`"
    assert answers(equal("Stage", "prod")).value("Stage")[1] is None
    given = answers(Open="a").value("Open")[1]
    assert (given.pointer, given.note) == (None, "value given for parameter `Open`")


def test_openness():
    """A parameter is open until the user or an answer determines it."""
    assert answers().is_open("Default")
    assert not answers(Default="z").is_open("Default")
    assert not answers(equal("Default", "y")).is_open("Default")


@pytest.mark.parametrize(
    ("name", "constant", "state", "truth"),
    [
        ("Open", "a", [equal("Open", "a")], True),
        ("Open", "b", [equal("Open", "a")], False),
        ("Open", "a", [equal("Open", "a", answer=False)], False),
        ("Stage", "nowhere", [], False),
        ("Pick", "b", [equal("Pick", "a", answer=False)], True),
        ("Pick", "a", [equal("Pick", "a", answer=False)], False),
    ],
)
def test_what_follows(name, constant, state, truth):
    """Answers and allowed values decide further questions."""
    assert answers(*state).is_equal(name, constant) is truth


@pytest.mark.parametrize(
    ("name", "constant", "default"),
    [
        ("Open", "a", False),
        ("Default", "x", True),
        ("Default", "y", False),
        ("Blank", "", True),
        ("Stored", "/x", False),
        ("Stage", "prod", False),
        ("AWS::Region", "us-east-1", False),
    ],
)
def test_forks(name, constant, default):
    """An open question has the default's answer, which `assume_defaults` uses."""
    with pytest.raises(OpenCondition) as caught:
        answers().is_equal(name, constant)
    assert caught.value.default is default
    assert answers(assume_defaults=True).is_equal(name, constant) is default
    for truth in (True, False):
        assert answers((caught.value.question, truth)).is_equal(name, constant) is truth


@pytest.mark.parametrize("default", [True, False])
def test_comparisons(default):
    """Any other comparison is a question of its own."""
    with pytest.raises(OpenCondition) as caught:
        answers().hold("c", ["Open"], default=default)
    for truth in (True, False):
        knowing = answers((caught.value.question, truth))
        assert knowing.knows("c", ["Open"]) is truth
        assert knowing.hold("c", ["Open"], default=default) is truth
        assert knowing.knows("c", []) is None
