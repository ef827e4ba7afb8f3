"""What Terraform creates before a resource: everything that it depends on, also indirectly."""

import re

from hypothesis import given
from hypothesis import strategies as st
from tests.support.terraform import configuration

from acmrules.readers.terraform import ordering
from acmrules.readers.terraform.ordering import Reach, named_in, names_in, references

NODES = st.integers(0, 9)
GRAPHS = st.dictionaries(NODES, st.sets(NODES))


@given(GRAPHS, st.sets(NODES), NODES)
def test_everything_that_a_node_reaches_is_found(graph, marked, start):
    """Without cycles, the labels are those of all nodes on any path."""
    below = {node: {each for each in edges if each > node} for node, edges in graph.items()}
    reach = Reach(
        lambda node: below.get(node, ()), lambda node: str(node) if node in marked else ""
    )
    expected, pending = set(), [start]
    while pending:
        node = pending.pop()
        expected.add(node)
        pending += below.get(node, ())
    assert reach.of([start]) == {str(node) for node in expected & marked}


@given(GRAPHS, NODES)
def test_each_node_is_visited_once(graph, start):
    """Cycles end, and a second question costs no visits."""
    visits = []

    def edges(node):
        visits.append(node)
        return graph.get(node, ())

    reach = Reach(edges, lambda _: "")
    first = reach.of([start])
    assert len(visits) == len(set(visits))
    before = len(visits)
    assert reach.of([start]) == first
    assert len(visits) == before


@given(GRAPHS, st.sets(NODES), NODES)
def test_marked_nodes_may_be_ends(graph, marked, start):
    """With `stops`, nothing behind a marked node is found."""
    below = {node: {each for each in edges if each > node} for node, edges in graph.items()}
    reach = Reach(
        lambda node: below.get(node, ()),
        lambda node: str(node) if node in marked else "",
        stops=True,
    )
    if start in marked:
        assert reach.of([start]) == {str(start)}
    assert reach.of([start]) <= {str(node) for node in marked}


def test_long_chains():
    """The depth of a graph is not limited by the interpreter."""
    reach = Reach(lambda node: [node + 1] if node < 50_000 else [], lambda n: "x" * (n == 50_000))
    assert reach.of([0]) == {"x"}


FILES = {
    "main.tf": """
        locals { a = aws_x.b.id }
        resource "aws_x" "b" {
          name = var.c
          nested {
            d = data.aws_y.e.id
          }
        }
        module "m" {
          source     = "./m"
          in         = local.a
          depends_on = [aws_x.b]
        }
        module "remote" {
          source = "acme/x/aws"
          y      = aws_x.b.id
        }
        """,
    "m/main.tf": """
        variable "in" {}
        resource "aws_z" "f" { name = var.in }
        output "out" {
          value = aws_z.f.id
        }
        """,
}


def root():
    """Return the root module of the files."""
    made = configuration(FILES)
    return made._call_tree("")


def nodes(found):
    """Return nodes as words."""
    return sorted(f"{call.address}{kind} {name}" for call, kind, name in found)


WORDS = ("data", "module", "aws_x", "a", "b-c", "_d", "1", "ü")
PIECES = st.sampled_from((*WORDS, *'....-[]* "}(,\n', "${"))


@given(st.lists(PIECES, max_size=12).map("".join))
def test_names_are_found_as_the_pattern_finds_them(written):
    """Only the attributes of anything but a module are left out."""
    expected = [
        (data, kind, name, output if kind == "module" else "")
        for data, kind, name, output in re.findall(ordering._NAME, written)
    ]
    found = [
        (data, kind, name, output if kind == "module" else "")
        for data, kind, name, output in names_in(written)
    ]
    assert found == expected


def test_names_in_an_expression():
    """Only what the module declares is a name; attributes of loop variables are not."""
    call = root()
    text = 'concat([for o in local.a : o.name], aws_x.b[0].id, module.m["k"].out, each.value.id)'
    found = nodes(named_in(call, text))
    assert found == ["aws_x b", "local a", "output out m"]
    assert nodes(named_in(call, "[aws_nothing.x.id, data.aws_y.e.id, module.m]")) == [
        "data aws_y e",
        "module m",
    ]


def test_what_each_kind_of_node_names():
    """A call passes its arguments on, and its `depends_on` to everything in the module."""
    call = root()
    child = call.calls["m"]
    assert nodes(references((call, "local", "a"))) == ["aws_x b"]
    assert nodes(references((call, "aws_x", "b"))) == ["data aws_y e", "var c"]
    assert nodes(references((call, "output out", "m"))) == ["call m", "module.m.aws_z f"]
    assert nodes(references((call, "output none", "m"))) == ["module m"]
    assert nodes(references((call, "call", "m"))) == ["aws_x b"]
    assert nodes(references((call, "module", "m"))) == ["call m", "module.m.aws_z f"]
    assert nodes(references((call, "module", "remote"))) == ["aws_x b"]
    assert nodes(references((child, "var", "in"))) == ["local a"]
    assert nodes(references((child, "aws_z", "f"))) == ["call m", "module.m.var in"]
    assert nodes(references((call, "var", "c"))) == []


@given(GRAPHS, st.lists(st.none() | NODES, max_size=4))
def test_each_node_must_reach_something(graph, nodes):
    """The labels are known only if each node reaches one."""
    reach = Reach(lambda node: graph.get(node, ()), lambda node: str(node) if node > 4 else "")
    each = [set() if node is None else reach.of([node]) for node in nodes]
    expected = set().union(*each) if all(each) else set()
    assert reach.of_each(nodes) == tuple(sorted(expected))
