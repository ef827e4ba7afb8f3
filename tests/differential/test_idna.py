"""`idna` as the oracle of what a Unicode text is as a name.

For what we accept, `idna.encode` (UTS 46, STD3 rules, non-transitional) gives the same A-labels;
what it refuses, we refuse. The other way round we refuse more, and `STRICTER` says why.
"""

import idna
import pytest
from hypothesis import example, given
from tests.support.strategies import name_texts, unicode_name_texts

from acmrules.errors import InvalidName, NameFault
from acmrules.names import parse_name

STRICTER = {
    # A text that `idna` accepts, and the reason why it is no name of a certificate.
    NameFault.TRAILING_DOT: ("example.com.", "a dNSName has no root label (BR 7.1.2.7.12)"),
    NameFault.SINGLE_LABEL: ("localhost", "the API pattern wants two labels"),
    NameFault.SHORT_TOP_LABEL: ("example.c", "the API pattern wants two characters"),
    NameFault.NUMERIC_TOP_LABEL: ("example.123", "no top-level domain is numeric (RFC 3696)"),
    NameFault.IP_ADDRESS: ("192.0.2.1", "an IP address is no dNSName (RFC 5280)"),
    NameFault.BIDI: ("1.אב", "the Bidi rule is of the whole name; `idna` looks at labels alone"),
}


def oracle(text):
    """Return the A-labels that `idna` encodes a string to, or `None`."""
    try:
        return idna.encode(text, uts46=True, std3_rules=True).decode("ascii")
    except (idna.IDNAError, UnicodeError):
        return None


def reading(text):
    """Return the name that a string is read as, and its fault."""
    try:
        return str(parse_name(text)), None
    except InvalidName as error:
        return None, error.fault


@given(unicode_name_texts() | name_texts())
@example("\u2488com.example.com")
@example("\u00e0\u0300\u0301.com")
@example("a\u200db.com")
@example("\u0915\u094d\u200d\u0937.com")
@example("l\u00b7l.cat")
@example("\u0660\u06f0.com")
@example("\u1e9e.de")
@example("\ufb01nance.com")
@example("xn--\u00fc.com")
@example("\u00bd.com")
def test_names_have_the_a_labels_of_idna(text):
    """The A-labels agree if both accept a string, and we accept none that `idna` rejects."""
    wildcard = text.startswith("*.")
    expected = oracle(text[2:] if wildcard else text)
    name, fault = reading(text)
    if name is None:
        assert expected is None or fault in {*STRICTER, NameFault.TOP_LEVEL_WILDCARD}
    else:
        assert name == ("*." if wildcard else "") + expected


@pytest.mark.parametrize("fault", STRICTER)
def test_where_we_are_stricter(fault):
    """Each of our reasons to reject more than `idna` has an example."""
    text, _ = STRICTER[fault]
    assert oracle(text) is not None
    with pytest.raises(InvalidName) as caught:
        parse_name(text)
    assert caught.value.fault is fault


def test_idna_knows_no_wildcards():
    """The name after `*.` is that of `idna`."""
    assert oracle("*.bücher.example") is None
    assert str(parse_name("*.bücher.example")) == "*.xn--bcher-kva.example"
