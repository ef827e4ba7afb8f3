"""Evaluated values: null means absent, and unknown values stay unknown."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.support.terraform_plans import placed

from acmrules.model.locations import Origin
from acmrules.readers.evaluated import (
    ORIGIN,
    EvaluatedReader,
    LazyNode,
    Node,
    TerraformReader,
    unwrap,
)
from acmrules.syntax.errors import TypeMismatchError
from acmrules.syntax.source import Source
from acmrules.unresolved import Unknown, Unresolved, UnresolvedNames

HERE = ("here",)
SOURCE = Source("main.tf", "text")
X = Unknown("var.x")
WRITTEN = Unknown("${var.x}")
SCALARS = st.none() | st.booleans() | st.integers() | st.text(max_size=3)


@given(st.recursive(SCALARS, lambda inner: st.lists(inner, max_size=3), max_leaves=5))
def test_a_place_changes_no_meaning(data):
    """Plain data and the same data in nodes have the same meaning."""

    def read(method, value):
        try:
            return getattr(TerraformReader(), method)(value, HERE)
        except TypeMismatchError as misfit:
            return misfit.args

    for method in ("text", "texts"):
        assert read(method, data) == read(method, placed(data))


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ("a", "a"),
        (True, "true"),
        (False, "false"),
        (3, "3"),
        (1.5, "1.5"),
        (X, Unresolved((WRITTEN,))),
        (Unresolved(("a", X)), Unresolved(("a", WRITTEN))),
    ],
)
def test_a_scalar_is_a_text(value, text):
    """Numbers and booleans become strings as in Terraform, with unknown parts kept."""
    assert TerraformReader().text(value, HERE) == (text, HERE, None)


def test_null_is_absence():
    """Null is an absent string, an empty list and no item."""
    language = TerraformReader()
    assert language.text(None, HERE) is None
    assert language.texts(None, HERE) == language.elements(None, HERE) == []
    assert language.texts(["a", None], HERE) == [("a", ("here", 0), None)]
    assert language.elements([None, {}], HERE) == [({}, ("here", 1))]


def test_unknown_items_are_any_number_of_them():
    """An unknown list or item is any number of strings."""
    several = UnresolvedNames(WRITTEN)
    assert TerraformReader().texts(X, HERE) == [(several, HERE, None)]
    assert TerraformReader().texts([UnresolvedNames(X)], HERE) == [(several, ("here", 0), None)]
    assert TerraformReader().texts([["a"]], HERE) == [("a", ("here", 0, 0), None)]
    assert TerraformReader().elements(X, HERE) == [(X, HERE)]
    assert TerraformReader().elements({"a": 1}, HERE) == [({"a": 1}, HERE)]


@pytest.mark.parametrize(
    ("value", "unknown"),
    [(X, Unresolved((WRITTEN,))), (UnresolvedNames(X), Unresolved((WRITTEN,))), ("a", None)],
)
def test_a_value_that_is_unknown_as_a_whole(value, unknown):
    """Only a value that is unknown as a whole is reported as unknown."""
    assert TerraformReader().unknown(Node(value, SOURCE, 0, 0), HERE) == unknown


def test_values_of_the_wrong_kind_are_refused():
    """A mapping is not a string, and a string is not a list."""
    for method, value in [("text", {}), ("text", []), ("texts", "a"), ("elements", "a")]:
        with pytest.raises(TypeMismatchError, match="must be"):
            getattr(TerraformReader(), method)(value, HERE)


def test_a_value_knows_where_it_comes_from():
    """The origin of a value is the node of its definition, or only a note."""
    origin = Node("a", SOURCE, 0, 1)
    found = Node("a", SOURCE, 2, 3, origin=origin, note="local `a`")
    assert TerraformReader().text(found, HERE)[2] == Origin((*HERE, ORIGIN), "local `a`")
    assert TerraformReader().text(Node("a", SOURCE, 0, 1, note="given"), HERE)[2] == Origin(
        None, "given"
    )
    assert unwrap(found) == "a"


def later(find):
    return LazyNode(find, "var.x", SOURCE, (0, 4), (0, 4))


def test_a_lazy_value_is_evaluated_once():
    """A lazy value is evaluated once, with its position; a cycle is unknown."""
    evaluated = []

    def find():
        evaluated.append(node.value)
        return Node("a", Source("b.tf", ""), 1, 2, origin=node, note="n")

    node = later(find)
    assert evaluated == []
    assert (node.value, node.value) == ("a", "a")
    assert evaluated == [X]
    assert (node.source.name, node.start, node.end, node.note) == ("b.tf", 1, 2, "n")


def test_a_value_that_could_not_be_found_is_looked_for_again():
    """After an error, a lazy value is evaluated again."""
    answers = [KeyError("x"), Node("a", SOURCE, 0, 1)]

    def find():
        answer = answers.pop(0)
        if isinstance(answer, KeyError):
            raise answer
        return answer

    node = later(find)
    with pytest.raises(KeyError):
        _ = node.value
    assert node.value == "a"


def test_other_languages_write_what_is_unknown_as_they_do():
    """Only Terraform's reader adds `${}` to the labels of unknown values."""
    assert EvaluatedReader().text(Unknown("$HOST"), HERE)[0] == Unresolved((Unknown("$HOST"),))
    assert EvaluatedReader().texts(Unknown("$A"), HERE)[0][0] == UnresolvedNames(Unknown("$A"))
