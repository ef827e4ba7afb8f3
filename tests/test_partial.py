"""Results for partly known names are true for all values of the unknown parts."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from acmrules.errors import InvalidName, NameFault
from acmrules.facts import acm
from acmrules.names import DomainName, WildcardDomainName, parse_name
from acmrules.partial import (
    MOST_COMPARED,
    TextIndex,
    are_equal,
    base,
    dotted,
    ending,
    head,
    is_wildcard,
    is_within,
    known_tail,
    literal,
    refusal,
    starred_base,
    symbols,
    undecided_clause,
    unknown_clause,
    wildcard_parent,
)
from acmrules.request import Tag, ValidationOption
from acmrules.unresolved import Malformed, Unknown, Unresolved, UnresolvedNames

X, Y = Unknown("$X"), Unknown("$Y")
fragments = st.sampled_from(["a", "b.", ".io", "*.", "a.io", ".", "", "A"])
texts = st.lists(st.sampled_from([X, Y]) | fragments, min_size=1, max_size=4).map(tuple)
values = st.fixed_dictionaries({X: fragments, Y: fragments})


def spelled(parts, known):
    """Return a string with values for its unknown parts."""
    return "".join(known.get(part, part) for part in parts).lower()


def without_star(text):
    return text.removeprefix("*.")


@given(texts, texts, values)
def test_equality_is_true_for_all_values(one, other, known):
    """`are_equal` decides only if all values agree."""
    verdict = are_equal(symbols(Unresolved(one)), symbols(Unresolved(other)))
    if verdict is not None:
        assert verdict == (spelled(one, known) == spelled(other, known))


@given(texts, texts, values)
def test_is_within_is_true_for_all_values(one, other, known):
    """`is_within` decides only if all values agree."""
    stem = Unresolved(tuple(p for p in one if p != "*.") or ("a",))
    verdict = is_within(symbols(stem), symbols(Unresolved(other)))
    if verdict is not None:
        name, domain = spelled(stem.parts, known), spelled(other, known)
        if not name.startswith("*."):
            assert verdict == (name == domain or name.endswith("." + domain))


@given(texts, texts)
def test_equality_is_symmetric_and_reflexive(one, other):
    """The order does not matter, and every string equals itself."""
    left, right = symbols(Unresolved(one)), symbols(Unresolved(other))
    assert are_equal(left, right) == are_equal(right, left)
    assert are_equal(left, left) is True


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        (("www.", X), (X,), False),
        ((X, ".io"), (X, ".com"), False),
        (("a.", X), ("b.", Y), False),
        ((X,), (Y,), None),
        ((X,), (X, Y), None),
        ((X, "a"), ("a", X), None),
        (("A.io",), ("a.io",), True),
        ((X, "ab"), ("b", X), False),
        ((X, "a"), ("a", Y, "a"), None),
    ],
)
def test_known_parts_decide_equality(one, other, expected):
    """Different lengths, prefixes or suffixes make strings unequal."""
    assert are_equal(symbols(Unresolved(one)), symbols(Unresolved(other))) is expected


def test_an_unknown_list_is_not_a_string():
    """Nothing is decided for an unknown list."""
    many = symbols(UnresolvedNames(X))
    assert many is None
    assert are_equal(many, symbols("a.io")) is None
    assert is_within(symbols("a.io"), many) is None
    assert known_tail(UnresolvedNames(X)) == ("", False)


def test_the_tail_of_a_known_name_is_all_of_it():
    """Only the labels after an unknown part are known to be the end of a name."""
    assert known_tail(parse_name("*.a.io")) == ("*.a.io", True)
    assert known_tail(Unresolved(("a.", X, "b.Io"))) == ("io", False)


@pytest.mark.parametrize(
    ("name", "domain", "expected"),
    [
        ("a.io", "a.io", True),
        ("*.a.io", "a.io", True),
        ("b.a.io", "a.io", True),
        ("ba.io", "a.io", False),
        ("io", "a.io", False),
        ((X,), "a.io", None),
        ((X, ".a.io"), "a.io", True),
        ((X, ".b.io"), "a.io", False),
        ("a.io", (X, "a.io"), None),
        ((X,), ("www.", X), False),
        (("*.", X), (X,), True),
        (("w", X, "a.io"), "a.io", None),
        (("w", X, "a.io"), "b.io", False),
    ],
)
def test_a_name_is_within_a_domain_label_by_label(name, domain, expected):
    """Labels are compared whole, and a wildcard is within the domains of its parent."""
    name, domain = (Unresolved(t) if isinstance(t, tuple) else t for t in (name, domain))
    assert is_within(symbols(name), symbols(domain)) is expected


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        (parse_name("amazonaws.com"), True),
        (parse_name("x.amazonaws.com"), True),
        (parse_name("*.amazonaws.com"), True),
        (parse_name("notamazonaws.com"), False),
        (parse_name("x.com"), False),
        (Unresolved((X, ".amazonaws.com")), True),
        (Unresolved((X, "amazonaws.com")), None),
        (Unresolved((X, ".com")), None),
        (Unresolved((X, ".amazonaws.com.cn")), False),
        (Unresolved((X, ".org")), False),
        (Unresolved((X,)), None),
        (Malformed("x_.amazonaws.com"), None),
    ],
)
def test_a_known_end_decides_under_which_suffix_a_name_is(name, expected):
    """Only whole labels count."""
    suffix, sure = ending(name, dotted(["elb.amazonaws.com", "amazonaws.com"]))
    assert (suffix == "amazonaws.com", sure) == (expected is True, expected is not None)


def test_the_base_of_a_wildcard_is_its_parent():
    """Only a leading `*.` is removed."""
    assert "".join(base(symbols("*.a.io"))) == "a.io"
    assert "".join(base(symbols("*a.io"))) == "*a.io"


@given(st.lists(texts, max_size=4), texts, values)
def test_an_index_agrees_with_all_comparisons(listed, candidate, known):
    """An index contains what equals one of its strings, whatever the unknown parts are."""
    index = TextIndex(symbols(Unresolved(parts)) for parts in listed)
    text = symbols(Unresolved(candidate))
    verdicts = {are_equal(text, symbols(Unresolved(parts))) for parts in listed}
    expected = True if True in verdicts else None if None in verdicts else False
    assert index.holds(text) is expected
    assert (index.place(text) is not None) == (expected is True)
    if expected is not None:
        assert expected == any(spelled(p, known) == spelled(candidate, known) for p in listed)


def test_an_index_counts_distinct_strings():
    """The position of a string is that of its first occurrence."""
    index = TextIndex(map(symbols, ["a.io", "b.io", "A.io", "c.io"]))
    assert len(index) == 3
    assert [index.place(symbols(text)) for text in ("a.io", "c.io", "d.io")] == [0, 2, None]


def test_an_index_with_an_unknown_list_is_undecided_for_others():
    """Any string may be in an unknown list."""
    index = TextIndex([symbols("a.io"), None])
    assert (index.holds(symbols("a.io")), index.holds(symbols("b.io"))) == (True, None)
    assert index.holds(None) is None
    assert index.place(None) is None


def test_an_index_limits_the_number_of_comparisons():
    """Known strings are found among any number, and as many others as a request may list."""
    assert acm.NAMES_LIMIT.value == MOST_COMPARED
    many = TextIndex(symbols(f"h{number}.io") for number in range(MOST_COMPARED + 1))
    assert many.holds(symbols("x.io")) is False
    assert many.holds(symbols(Unresolved(("www.", X, ".com")))) is None
    few = TextIndex(symbols(f"h{number}.io") for number in range(MOST_COMPARED))
    assert few.holds(symbols(Unresolved(("www.", X, ".com")))) is False


def test_a_string_that_is_far_too_long_is_cut():
    """A string that is too long for a name costs no more than a name."""
    assert len(symbols("a" * 10_000_000)) == 4 * 253


@given(st.lists(st.text("ab.*") | st.sampled_from("XY").map(Unknown), min_size=1))
def test_a_string_begins_with_its_head_and_keeps_its_literal_parts(parts):
    """Whatever the unknown parts are, the head is in front and the literal parts remain."""
    text = Unresolved(tuple(parts))
    shortest = "".join(part for part in parts if isinstance(part, str))
    assert literal(text) == shortest
    assert str(text).startswith(head(text))
    assert head(shortest) == literal(shortest) == shortest


@pytest.mark.parametrize(
    ("name", "parent"),
    [
        (parse_name("*.a.io"), parse_name("a.io")),
        (parse_name("a.io"), None),
        (Malformed("*.*.a.io"), None),
        (Unresolved(("*.", Unknown("X"))), Unresolved((Unknown("X"),))),
        (Unresolved(("*.a.", Unknown("X"), ".io")), Unresolved(("a.", Unknown("X"), ".io"))),
        (Unresolved((Unknown("X"), ".io")), None),
        (UnresolvedNames(Unknown("X")), None),
    ],
)
def test_what_surely_is_a_wildcard_has_a_parent(name, parent):
    """A leading `*.` makes a wildcard, and an unknown beginning may."""
    assert wildcard_parent(name) == parent


@given(texts, values)
def test_a_partly_known_invalid_name_is_invalid_for_all_values(parts, known):
    """An invalid name remains invalid, perhaps for another reason, for all values."""
    if refusal(Unresolved(parts)) is not None:
        with pytest.raises(InvalidName):
            parse_name(spelled(parts, known))


@pytest.mark.parametrize(
    ("name", "fault"),
    [
        (parse_name("a.io"), None),
        (UnresolvedNames(X), None),
        (Malformed("a_b.io"), NameFault.UNDERSCORE),
        (Unresolved((X, ".io")), None),
        (Unresolved(("a_b.", X)), NameFault.UNDERSCORE),
        (Unresolved((X, ".a" * 127)), NameFault.LONG_NAME),
        (Unresolved((X, ".a" * 126, "b")), None),
        (Unresolved((X, ".io.")), NameFault.TRAILING_DOT),
        (Unresolved((X, "..io")), NameFault.EMPTY_LABEL),
        (Unresolved((".", X)), NameFault.EMPTY_LABEL),
        (Unresolved(("*.", X)), None),
        (Unresolved(("a.*.", X)), NameFault.INNER_WILDCARD),
        (Unresolved((X, ".*")), NameFault.INNER_WILDCARD),
        (Unresolved(("a*.", X)), NameFault.PARTIAL_WILDCARD),
        (Unresolved(("*", X, ".io")), None),
        (Unresolved((X, ".1")), NameFault.NUMERIC_TOP_LABEL),
        (Unresolved(("1.", X)), None),
        (Unresolved((X, ".i")), NameFault.SHORT_TOP_LABEL),
        (Unresolved(("i.", X)), None),
    ],
)
def test_known_parts_make_a_name_invalid(name, fault):
    """The length or a character makes a name invalid, wherever its unknown parts are."""
    refused = refusal(name)
    assert (refused and refused.fault) == fault
    assert refused is None or isinstance(name, Malformed) or refused.span == (0, len(str(name)))


@given(texts, values)
def test_a_certain_result_is_true_for_all_values(parts, known):
    """`is_wildcard` decides only if all values that are valid names agree."""
    verdict = is_wildcard(Unresolved(parts))
    try:
        name = parse_name(spelled(parts, known))
    except InvalidName:
        return
    assert verdict in {None, isinstance(name, WildcardDomainName)}


@pytest.mark.parametrize(
    ("parts", "expected"),
    [
        (("*.", X), True),
        (("*.a.", X), True),
        (("*", X), None),
        ((X, ".io"), None),
        (("a", X), False),
        (("*a", X), False),
        (("a*.", X), False),
    ],
)
def test_the_known_beginning_decides_whether_a_name_is_a_wildcard(parts, expected):
    """A name is a wildcard if it starts with `*.`, and may be one if it starts with less."""
    assert is_wildcard(Unresolved(parts)) is expected


def test_a_malformed_name_is_not_a_wildcard():
    """An unknown list may contain a wildcard, and a malformed name is not one."""
    assert is_wildcard(UnresolvedNames(X)) is None
    assert is_wildcard(Malformed("*.*.io")) is False
    assert is_wildcard(parse_name("*.a.io")) is True
    assert is_wildcard(DomainName("a.io")) is False


def test_an_unknown_beginning_may_be_a_star():
    """A name whose unknown beginning may be `*` has the record and the free octets of the rest."""
    assert starred_base(symbols(Unresolved((X, ".a.io")))) == symbols("a.io")
    assert starred_base(symbols(Unresolved((X, "a.io")))) is None
    assert starred_base(symbols("x.a.io")) is None
    assert starred_base(()) is None


def test_unknown_values_are_listed_once():
    """Unknown values in names, lists of names, options and tags are listed once each."""
    option = ValidationOption(Unresolved((X, ".io")), None, Unresolved((Y,)))
    assert unknown_clause("a", None, DomainName("a.io")) == ""
    assert unknown_clause(UnresolvedNames(X)) == "`$X` is unknown"
    assert unknown_clause(option, Tag("k", Unresolved((X,)))) == "`$X` and `$Y` are unknown"
    assert undecided_clause("it fits", DomainName("a.io")) == "it is unknown whether it fits"
    assert undecided_clause("it fits", UnresolvedNames(X)) == (
        "`$X` is unknown, so it is unclear whether it fits"
    )


def test_a_u_label_is_unknown():
    """A U-label is converted to an A-label, so its characters are unknown."""
    u_label = symbols(Unresolved((X, ".bücher.io")))
    assert are_equal(u_label, symbols("www.xn--bcher-kva.io")) is None
    assert are_equal(u_label, symbols("www.xn--bcher-kva.com")) is False
    assert known_tail(Unresolved((X, ".a.bücher.io"))) == ("", False)


def test_a_string_is_alone_if_no_other_may_be_equal():
    """Its own position in the index does not count."""
    index = TextIndex(map(symbols, ["a.io", "b.io", Unresolved((X, ".com"))]))
    assert index.is_alone(symbols("a.io"))
    assert index.is_alone(symbols(Unresolved((X, ".com"))))
    assert not index.is_alone(symbols(Unresolved((Y, ".io"))))
    assert index.is_alone(None) is False
    assert not TextIndex([None]).is_alone(symbols("a.io"))
