"""Pairs of old and new certificates, by address, `moved` blocks, or names."""

from hypothesis import given
from hypothesis import strategies as st
from tests.support.edits import scoped_certificate

from acmrules.analysis.pairing import SAME, SIMILAR, pairs
from acmrules.request import Tool

TERRAFORM = Tool.TERRAFORM


def paired(old, new, moves=None, renamed=None):
    """Return the addresses of each pair, and why they match."""
    return [
        (
            pair.old and pair.old.declaration.address,
            pair.new and pair.new.declaration.address,
            pair.follows,
        )
        for pair in pairs(old, new, moves or {}, renamed or {})
    ]


def states():
    """Draw certificates of a few files, which both sides often share."""
    names = st.sampled_from(["a.example.com", "b.example.com", "c.example.com"])
    one = st.builds(
        lambda address, scope, listed: scoped_certificate(address, *listed, scope=scope),
        st.sampled_from("ABC"),
        st.sampled_from(["one.yaml", "two.yaml"]),
        st.lists(names, min_size=1, unique=True),
    )
    return st.lists(one, max_size=5, unique_by=lambda h: h.key)


@given(states(), states())
def test_everything_is_paired_once(old, new):
    """Each certificate of both sides is in exactly one pair."""
    found = pairs(old, new, {}, {})
    assert {id(pair.old) for pair in found if pair.old} == set(map(id, old))
    assert [pair.new for pair in found if pair.new] == new
    assert len([pair for pair in found if pair.old]) == len(old)


@given(states())
def test_a_state_is_paired_with_itself(state):
    """Without edits, every certificate matches itself."""
    assert all(pair.old is pair.new and not pair.follows for pair in pairs(state, state, {}, {}))


@given(states(), states(), st.randoms())
def test_the_order_does_not_matter(old, new, random):
    """The order of the files does not matter."""
    first = {(id(p.old), id(p.new)) for p in pairs(old, new, {}, {}) if p.old and p.new}
    random.shuffle(old)
    random.shuffle(new)
    second = {(id(p.old), id(p.new)) for p in pairs(old, new, {}, {}) if p.old and p.new}
    assert first == second


@given(states(), states())
def test_both_directions(old, new):
    """The pairs are the same in the other direction."""
    there = {(id(p.old), id(p.new)) for p in pairs(old, new, {}, {}) if p.old and p.new}
    back = {(id(p.new), id(p.old)) for p in pairs(new, old, {}, {}) if p.old and p.new}
    assert there == back


def test_by_address():
    """Equal addresses match, with any names."""
    old = [scoped_certificate("A", "a.example.com"), scoped_certificate("B", "b.example.com")]
    new = [scoped_certificate("A", "b.example.com"), scoped_certificate("B", "a.example.com")]
    assert paired(old, new) == [("A", "A", ""), ("B", "B", "")]


def test_by_names():
    """Other addresses match by equal or similar names."""
    old = [scoped_certificate("A", "a.example.com", "b.example.com", "c.example.com")]
    assert paired(
        old, [scoped_certificate("B", "c.example.com", "b.example.com", "a.example.com")]
    ) == [("A", "B", SAME)]
    assert paired(old, [scoped_certificate("B", "a.example.com", "b.example.com")]) == [
        ("A", "B", SIMILAR)
    ]
    assert paired(old, [scoped_certificate("B", "a.example.com")]) == [
        (None, "B", ""),
        ("A", None, ""),
    ]


def test_by_names_of_the_same_tool():
    """Certificates of different tools do not match."""
    old, new = (
        scoped_certificate("A", "a.example.com"),
        scoped_certificate("A", "a.example.com", tool=TERRAFORM),
    )
    assert paired([old], [new]) == [(None, "A", ""), ("A", None, "")]


def test_equally_similar_certificates():
    """Equally similar certificates are candidates."""
    old = [scoped_certificate("A", "a.example.com"), scoped_certificate("B", "a.example.com")]
    added, *removed = pairs(old, [scoped_certificate("C", "a.example.com")], {}, {})
    assert added.old is None
    assert [each.declaration.address for each in added.candidates] == ["A", "B"]
    assert [[c.declaration.address for c in each.candidates] for each in removed] == [["C"], ["C"]]


def test_the_same_file_takes_precedence():
    """A certificate in the same file takes precedence."""
    old = [
        scoped_certificate("A", "a.example.com"),
        scoped_certificate("B", "a.example.com", scope="other.yaml"),
    ]
    assert paired(old, [scoped_certificate("C", "a.example.com")]) == [
        ("A", "C", SAME),
        ("B", None, ""),
    ]


def test_moved():
    """`moved` blocks match, also chained and for modules."""
    moves = {
        "": {
            "aws_acm_certificate.c": "aws_acm_certificate.b",
            "aws_acm_certificate.b": "aws_acm_certificate.a",
            "module.new": "module.old",
            "aws_acm_certificate.x": "aws_acm_certificate.y",
            "aws_acm_certificate.y": "aws_acm_certificate.x",
        }
    }

    def one(address):
        return scoped_certificate(address, f"{len(address)}.example.com", scope="", tool=TERRAFORM)

    for was, becomes in (
        ("aws_acm_certificate.a", "aws_acm_certificate.c"),
        ('aws_acm_certificate.a["k"]', 'aws_acm_certificate.c["k"]'),
        ("module.old.aws_acm_certificate.z", "module.new.aws_acm_certificate.z"),
    ):
        other = scoped_certificate(becomes, "other.example.com", scope="", tool=TERRAFORM)
        assert paired([one(was)], [other], moves) == [(was, becomes, "")]
    # What was moved long ago is there by its new address on both sides.
    both = [one("aws_acm_certificate.a"), one("aws_acm_certificate.c")]
    assert paired(both, both, moves) == [
        (h.declaration.address, h.declaration.address, "") for h in both
    ]
    # In a circle nothing is found, and the search ends.
    assert paired([], [one("aws_acm_certificate.x")], moves) == [
        (None, "aws_acm_certificate.x", "")
    ]


def test_moved_is_of_its_module():
    """`moved` blocks of other modules and other tools are ignored."""
    moves = {"": {"B": "A"}, "other": {"aws_acm_certificate.b": "aws_acm_certificate.a"}}
    old = scoped_certificate("aws_acm_certificate.a", "a.example.com", scope="", tool=TERRAFORM)
    new = scoped_certificate("aws_acm_certificate.b", "z.example.com", scope="", tool=TERRAFORM)
    assert len(pairs([old], [new], moves, {})) == 2
    assert (
        len(
            pairs(
                [scoped_certificate("A", "a.example.com", scope="")],
                [scoped_certificate("B", "z.example.com", scope="")],
                moves,
                {},
            )
        )
        == 2
    )


def test_renamed():
    """A renamed file is the same scope."""
    old = scoped_certificate("A", "a.example.com", scope="old.yaml")
    new = scoped_certificate("A", "z.example.com", scope="new.yaml")
    assert paired([old], [new], renamed={"new.yaml": "old.yaml"}) == [("A", "A", "")]
    assert len(pairs([old], [new], {}, {})) == 2


def test_several_of_one_address():
    """Certificates with the same address match by names, and then by order."""
    old = [
        scoped_certificate("$", "a.example.com"),
        scoped_certificate("$", "b.example.com"),
        scoped_certificate("$", "c.example.com"),
    ]
    new = [
        scoped_certificate("$", "c.example.com"),
        scoped_certificate("$", "x.example.com"),
        scoped_certificate("$", "y.example.com"),
    ]
    found = pairs(old, new, {}, {})
    assert [(p.old, p.new) for p in found] == [
        (old[2], new[0]),
        (old[0], new[1]),
        (old[1], new[2]),
    ]
