"""The fault of an ASCII string in a few calls is that of reading it character by character."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.support.strategies import ascii_name_texts

from acmrules import ascii_faults, name_reader, names
from acmrules.ascii_faults import NO_FAULT, UNDECIDED, ascii_fault
from acmrules.errors import InvalidName, NameFault
from acmrules.faults import name_fault
from acmrules.name_reader import canonical_text
from acmrules.names import parse_name

COMMON = {
    "UNDERSCORE": [
        "_a.io",
        "my_host.example.com",
        "*.a_b.IO",
        "_a-b.c_d.io",
        f"_{'a' * 64}.io",
        f"{'a' * 66}_.io",
        "-a_b.io",
        "_a.-b.io",
        "a.b_c.-d.io",
        "a--b.c_.io",
    ],
    "EDGE_HYPHEN": [
        "-a.io",
        "a-.io",
        "a.-b-.io",
        "a-.-b.io",
        "*.a.b-",
        "a--b.-c.io",
        f"-{'a' * 64}.io",
        "-a.b_c.io",
        "a.b-.c_d.io",
    ],
    "EMPTY_LABEL": [".", ".a.io", "a..io", "a.io..", "*..io"],
    "SINGLE_LABEL": ["localhost", "a", "My-Server-7"],
    "LONG_LABEL": [
        f"{'a' * 64}.io",
        f"a.{'b-' * 40}c.io",
        f"{'a.' * 40}{'b' * 64}",
        "a" * 64,
        f"{'a' * 64}._b.io",
        f"a.{'b' * 64}.-c_.io",
    ],
    "LONG_NAME": ["a." * 126 + "io", "*." + "a." * 125 + "io", "a-b." * 63 + "io", "a" * 1013],
    "TRAILING_DOT": ["a.io.", "io.", "*.a.io.", "a_b.io."],
    "PARTIAL_WILDCARD": ["foo*.a.io", "**.a.io", "a.*b.io", "a.b*"],
    "INNER_WILDCARD": ["a.*.io", "*.*.io", "*.*", "a.*", ".*"],
    "LONE_WILDCARD": ["*", "*."],
    "TOP_LEVEL_WILDCARD": ["*.com", "*.a-b"],
    "NUMERIC_TOP_LABEL": ["a.123", "123", "*.1.2.3.4", "1.2.3", "1.2.3.4.5"],
    "SHORT_TOP_LABEL": ["a.b", "*.a.b"],
    "RESERVED_LABEL": ["ab--c.io", "a--b.bc--d.io", "a.bc--d.-e_.io"],
    "BLANK": [" ", "a.io ", "\ta.io", "a.io  b.io", "_a .io", "*. .io", "a" * 1011 + " "],
    "URL": ["https://a.io/", "a.io/b", "a.io:80/", "://"],
    "MAIL_ADDRESS": ["me@a.io", "mailto:me@a.io"],
    "PORT": ["a.io:443", "1.2.3.4:443", "a_b:1"],
    "IP_ADDRESS": ["192.0.2.9", "1.2.3." + "4" * 64],
    "EMPTY": [""],
}

COMMON_NAMES = [
    *("a" * 60 + ".example.com", "*." + "a." * 120 + "example.com", ".".join(["a" * 62] * 4)),
    *("Deploy--Site.example.com", "a-b." * 60 + "io", "a.io2", "1.2.3.io"),
    *(f"a--{'b' * 60}.io", f"a.{'b' * 63}", f"{'b' * 63}.io"),
]


@st.composite
def faulty_texts(draw):
    """Draw ASCII strings of labels whose faults, lengths, and places are those of real columns."""
    word = st.sampled_from(["a", "Bc", "mail", "7", "10", "x1", "com", "xn--p1ai", "xn"])
    sign = st.sampled_from(["-", "_", "--", "*", "", ":", "/", "@", " ", "://", "[", "!"])
    faulty = st.lists(word | sign, max_size=4).map("".join)
    long = st.builds(
        lambda count, place, sign: "a" * place + sign + "b" * max(count - place - len(sign), 0),
        st.integers(59, 66),
        st.integers(0, 66),
        st.sampled_from(["", "", "-", "_", "--"]),
    )
    labels = draw(st.lists(word | word | faulty | long, max_size=5))
    text = draw(st.sampled_from(["", "", "", "*.", "*", ".", "-"])) + ".".join(labels)
    text += draw(st.sampled_from(["", "", "", ".com", ".", ".c", ".9"]))
    # Many short labels bring some strings close to the longest name, or far beyond it.
    length = draw(st.sampled_from([0, 0, 64, 250, 251, 252, 253, 254, 255, 256, 1012, 1013]))
    room = max(length - len(text), 0)
    return "a." * (room // 2) + "b" * (room % 2) + text


def outcome(read, text):
    """Return the name that a reader returns as a string, and the error that it raises."""
    try:
        return str(read(text)), None
    except InvalidName as error:
        return "", error


@given(faulty_texts() | ascii_name_texts())
def test_both_readers_agree(text):
    """The fault and its span are those of reading each character, and there is no detail."""
    plain = text.lower().removeprefix("*.")
    fault, start, end = ascii_fault(text, plain)
    name, error = outcome(canonical_text, text)
    if fault:
        assert (error.fault.name, error.span, error.detail) == (fault, (start, end), "")
    elif (fault, start, end) == NO_FAULT:
        assert name == text.lower()
    else:
        assert (fault, start, end) == UNDECIDED


@given(faulty_texts())
def test_a_name_or_its_error_is_that_of_both_readers(text):
    """`parse_name` returns the name, or raises the error, of reading each character."""
    name, error = outcome(canonical_text, text)
    parsed, raised = outcome(parse_name, text)
    assert parsed == name
    assert (raised and raised.args) == (error and error.args)
    assert name_fault(text) is (error and error.fault)


@pytest.mark.parametrize("fault", COMMON)
def test_common_faults_are_found_at_once(monkeypatch, fault):
    """No string with a common fault is read character by character."""
    errors = [outcome(canonical_text, text)[1] for text in COMMON[fault]]
    assert {error.fault for error in errors} == {NameFault[fault]}
    monkeypatch.setattr(name_reader, "canonical_text", None)
    raised = [outcome(parse_name, text)[1] for text in COMMON[fault]]
    assert [error.args for error in raised] == [error.args for error in errors]


@pytest.mark.parametrize("text", COMMON_NAMES)
def test_common_names_are_read_at_once(monkeypatch, text):
    """Neither a long name of short labels nor one with `--` is read character by character."""
    monkeypatch.setattr(name_reader, "canonical_text", None)
    assert str(parse_name(text)) == text.lower()


@pytest.mark.parametrize(
    "text", ["xn--p1ai.com", "a!b.io", "[::1]", "::1", "::1/128", "10.0.0.0/8", "a:b"]
)
def test_other_strings_are_undecided(text):
    """A-labels and characters that no common fault has are read character by character."""
    assert ascii_fault(text, text) == UNDECIDED


def test_the_limits_are_those_of_names():
    """The module states the limits of names, because names load without it."""
    for limit in ("MAX_NAME_OCTETS", "MAX_LABEL_OCTETS"):
        assert getattr(ascii_faults, limit) == getattr(names, limit)
