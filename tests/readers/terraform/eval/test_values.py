"""Nodes as expressions make them, which know where they stand and where they come from."""

from tests.support.terraform_expressions import expression, shown

from acmrules.readers.evaluated import Node
from acmrules.readers.terraform.eval.values import (
    LONGEST_LABEL,
    briefly,
    derived,
    inserted,
    node_at,
    referred,
    unknown_node,
    wrapped,
)
from acmrules.syntax.source import Source
from acmrules.unresolved import Unknown, Unresolved

HERE = expression("var.x")
THERE = Node("a.io", Source("b.tf", '"a.io"'), 1, 5, note="local `x`")


def test_what_is_referred_to_keeps_where_it_comes_from():
    """It stands where it is used; what stands there already is itself."""
    found = referred(HERE, THERE, THERE.note)
    assert (found.value, found.source, found.start, found.end) == ("a.io", HERE.source, 0, 5)
    assert (found.origin, found.note) == (THERE, "local `x`")
    assert referred(HERE, found, "") is found
    assert referred(expression("local.x"), found, "").origin is THERE


def test_what_is_made_of_parts_comes_from_the_first_that_comes_from_elsewhere():
    """Of parts that are written out, it comes from nowhere else."""
    part = referred(expression("local.x"), THERE, "local `x`")
    found = derived(HERE, "a.io", [node_at(HERE, "a"), part])
    assert (found.origin, found.note) == (THERE, "local `x`")
    assert derived(HERE, "a", [node_at(HERE, "a")]).origin is None


def test_plain_data_is_wrapped_to_the_last_item():
    """What is a node stays the same one."""
    found = wrapped(HERE, {"a": ["b", THERE]}, [])
    assert shown(found) == {"a": ["b", "a.io"]}
    assert found.value["a"].value[1] is THERE
    assert found.value["a"].value[0].start == HERE.start


def test_a_label_that_is_too_long_is_cut_and_told_apart():
    """Its place and a sum stand for the rest."""
    one, other = (briefly(sign * (LONGEST_LABEL + 1), HERE) for sign in "ab")
    assert one.startswith("aaa")
    assert "… (main.tf:1:1, " in one
    assert len(one) < LONGEST_LABEL
    assert one[-9:] != other[-9:]
    assert briefly("a" * LONGEST_LABEL, HERE) == "a" * LONGEST_LABEL
    assert unknown_node(HERE, "var.x").value == Unknown("var.x")


def test_a_part_is_inserted_as_a_template_has_it():
    """A text without its quotes, anything else as an insertion."""
    texts = ["a", Unresolved((Unknown("var.x"), ".io")), Unknown("var.x")]
    found = [inserted(node_at(HERE, each)) for each in texts]
    assert found == ["a", "${var.x}.io", "${var.x}"]
