"""Nodes: their positions, their origins, and their labels."""

from tests.support.terraform_expressions import expression, shown

from acmrules.readers.evaluated import Node, PartialOrigin
from acmrules.readers.terraform.eval.values import (
    MAX_LABEL_LENGTH,
    as_template_part,
    derived,
    node_at,
    node_at_use,
    shortened,
    unknown_node,
    wrapped,
)
from acmrules.syntax.source import Source
from acmrules.unresolved import Unknown, Unresolved

HERE = expression("var.x")
THERE = Node("a.io", Source("b.tf", '"a.io"'), 1, 5, note="local `x`")


def test_a_referenced_node_keeps_its_origin():
    """A referenced node is located at its reference, and one that is already there is unchanged."""
    found = node_at_use(HERE, THERE, THERE.note)
    assert (found.value, found.source, found.start, found.end) == ("a.io", HERE.source, 0, 5)
    assert (found.origin, found.note) == (THERE, "local `x`")
    assert node_at_use(HERE, found, "") is found
    assert node_at_use(expression("local.x"), found, "").origin is THERE


def test_a_computed_node_has_the_origin_of_its_first_part():
    """A computed node has the origin of the first part that has one, or none."""
    part = node_at_use(expression("local.x"), THERE, "local `x`")
    found = derived(HERE, "a.io", [node_at(HERE, "a"), part])
    assert type(found.origin) is PartialOrigin
    assert (found.origin.start, found.origin.end) == (THERE.start, THERE.end)
    assert found.note == "local `x`"
    assert derived(HERE, "a", [node_at(HERE, "a")]).origin is None


def test_plain_data_is_wrapped_completely():
    """Plain data is wrapped in nodes, and existing nodes are kept."""
    found = wrapped(HERE, {"a": ["b", THERE]}, [])
    assert shown(found) == {"a": ["b", "a.io"]}
    assert found.value["a"].value[1] is THERE
    assert found.value["a"].value[0].start == HERE.start


def test_a_long_label_is_cut_but_distinct():
    """A long label is cut and distinguished by its position and a checksum."""
    one, other = (shortened(sign * (MAX_LABEL_LENGTH + 1), HERE) for sign in "ab")
    assert one.startswith("aaa")
    assert "… (main.tf:1:1, " in one
    assert len(one) < MAX_LABEL_LENGTH
    assert one[-9:] != other[-9:]
    assert shortened("a" * MAX_LABEL_LENGTH, HERE) == "a" * MAX_LABEL_LENGTH
    assert unknown_node(HERE, "var.x").value == Unknown("var.x")


def test_a_part_is_written_as_in_a_template():
    """A string is written without its quotes, any other value as an interpolation."""
    texts = ["a", Unresolved((Unknown("var.x"), ".io")), Unknown("var.x")]
    found = [as_template_part(node_at(HERE, each)) for each in texts]
    assert found == ["a", "${var.x}.io", "${var.x}"]
