"""The syntax of Terraform, compared with two other readers of it: positions and values."""

from pathlib import Path

import hcl2
import pytest
import tree_sitter
import tree_sitter_hcl
from hypothesis import given
from hypothesis import strategies as st

from acmrules.syntax.hcl import parse
from acmrules.syntax.hcl.ast import Literal
from acmrules.syntax.source import InputError, Source

CORPUS = Path(__file__).parent.parent / "corpus" / "terraform"
FILES = sorted(path.relative_to(CORPUS).as_posix() for path in CORPUS.rglob("*.tf"))
PARSER = tree_sitter.Parser(tree_sitter.Language(tree_sitter_hcl.language()))


EXPRESSIONS = [
    *('"text"', '"${var.a}b"', '"\u00fcber ${f("x")}"', "3.5", "-1", "null", "true", "a.b[0].c"),
    *("[1, 2]", "[\n  1,\n]", "{ a = 1, b = 2 }", "{\n    a = 1 # one\n}", "f(1, x...)"),
    *("[for k, v in m : k if v]", "{ for k in m : k => k }", "a ? b : c", "!a && b == 2", "a.*.b"),
    *("<<E\n  a ${b}\nE", "<<-E\n    a\n  E", '"%{ if a }x%{ endif }"'),
]


def bodies():
    """Draw the content of a block or a file."""
    names = st.sampled_from(["alpha", "b_2", "c-d", "\u00e9t\u00e9"])
    arguments = st.dictionaries(names, st.sampled_from(EXPRESSIONS), max_size=3)
    comments = st.sampled_from(["", "# one\n", "/* two\n lines */\n", "// three\n", "\n\n"])
    flat = st.tuples(comments, arguments).map(
        lambda drawn: drawn[0] + "".join(f"{n} = {e}\n" for n, e in drawn[1].items())
    )
    labels = st.sampled_from(["", ' "x"', ' "x" "y"', " z"])
    heads = st.tuples(st.sampled_from(["resource", "locals"]), labels).map("".join)
    return st.recursive(
        flat,
        lambda inner: st.tuples(flat, heads, inner).map(
            lambda drawn: f"{drawn[0]}{drawn[1]} {{\n{drawn[2]}}}\n"
        ),
        max_leaves=5,
    )


def ours(text):
    return parse.parse(Source("main.tf", text))


def text_of(path):
    return (CORPUS / path).read_text("utf-8")


# Where: tree-sitter -------------------------------------------------------------------------------


def locations(body):
    """Yield the position of each block and of the name of each argument."""
    for name, argument in body.attributes.items():
        yield name, argument.key
    for block in body.blocks:
        yield block.type, (block.start, block.start + len(block.type))
        yield from locations(block.body)


def their_locations(node):
    """Return the positions that tree-sitter finds, outside of expressions."""
    for child in node.children:
        if child.type in {"attribute", "block"}:
            name = child.children[0]
            yield name.text.decode(), (name.start_byte, name.end_byte)
        if child.type != "expression":
            yield from their_locations(child)


def in_bytes(text, found):
    """Return positions as offsets of bytes."""
    return sorted(
        (name, tuple(len(text[:offset].encode()) for offset in place)) for name, place in found
    )


@pytest.mark.parametrize("path", FILES)
def test_positions_are_those_of_tree_sitter(path):
    """Blocks and arguments are the same, each at the same position."""
    text = text_of(path)
    theirs = sorted(their_locations(PARSER.parse(text.encode()).root_node))
    assert in_bytes(text, locations(ours(text))) == theirs


@given(bodies())
def test_drawn_configurations_have_the_positions_of_tree_sitter(text):
    """The positions agree for drawn configurations, too."""
    tree = PARSER.parse(text.encode())
    if not tree.root_node.has_error:
        assert in_bytes(text, locations(ours(text))) == sorted(their_locations(tree.root_node))


REFUSED = ["a = 1 b = 2\n", "a = 1\na = 2\n", 'a = "one\ntwo"\n', "a = x\n.y\n"]
TAKEN = ["a = 1e3\n"]
"""Where tree-sitter differs from Terraform, and we do not."""


@pytest.mark.parametrize("text", REFUSED)
def test_what_only_tree_sitter_accepts(text):
    """We reject it like Terraform: one of two arguments on a line would be lost."""
    assert not PARSER.parse(text.encode()).root_node.has_error
    with pytest.raises(InputError):
        ours(text)


@pytest.mark.parametrize("text", TAKEN)
def test_what_only_terraform_accepts(text):
    """We accept it like Terraform."""
    assert PARSER.parse(text.encode()).root_node.has_error
    assert "a" in ours(text).attributes


# What: python-hcl2 --------------------------------------------------------------------------------


def content_of(body):
    """Return the literals of a body by name, and its blocks by type, each with its labels."""
    literals = {
        name: argument.value.value
        for name, argument in body.attributes.items()
        if type(argument.value) is Literal and "\n" not in argument.value.written
    }
    blocks = {}
    for block in body.blocks:
        blocks.setdefault(block.type, []).append([list(block.labels), content_of(block.body)])
    return literals, blocks


def their_content(data, literals):
    """Return the content that python-hcl2 reads, for the arguments that are literals to us."""
    found, blocks = {}, {}
    for name, value in data.items():
        if name in literals[0]:
            found[name] = value[1:-1] if isinstance(value, str) else value
        elif name in literals[1]:
            ours_here = literals[1][name]
            blocks[name] = [
                their_block(each, mine[1]) for each, mine in zip(value, ours_here, strict=True)
            ]
    return found, blocks


def their_block(data, literals):
    """Return the labels of a block, which python-hcl2 nests, and its content."""
    labels = []
    while not data.get("__is_block__"):
        [(label, data)] = data.items()
        labels.append(label.strip('"'))
    return [labels, their_content(data, literals)]


def escaped(literals):
    """Return strings as python-hcl2 returns them: with their escapes."""
    found = {
        name: value.replace("\\", "\\\\").replace('"', '\\"').replace("${", "$${")
        if isinstance(value, str)
        else value
        for name, value in literals[0].items()
    }
    blocks = {
        kind: [[labels, escaped(inner)] for labels, inner in several]
        for kind, several in literals[1].items()
    }
    return found, blocks


@pytest.mark.parametrize("path", FILES)
def test_literals_have_the_values_of_python_hcl2(path):
    """Every literal string, number and boolean has the same value, in the same block."""
    text = text_of(path)
    found = content_of(ours(text))
    assert their_content(hcl2.loads(text), found) == escaped(found)
