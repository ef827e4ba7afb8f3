import copy
import pickle
import unicodedata
from unittest.mock import ANY

import idna
import pytest
from hypothesis import given
from tests.support.strategies import ascii_name_texts, name_texts

from acmrules.coverage import covers
from acmrules.errors import InvalidName, NameFault
from acmrules.names import (
    DomainName,
    WildcardDomainName,
    parse_dns_name,
    parse_name,
)
from acmrules.strategies import domain_names, names, wildcard_domain_names

ROOM_FOR_ONE_LABEL = ".".join(["a" * 63, "b" * 63, "c" * 63])


def follows_the_grammar(text):
    """Transcribe the grammar of ASCII names clause by clause, without regard to speed."""
    labels = text.lower().split(".")
    plain = labels[1:] if labels[0] == "*" else labels
    return (
        len(text) <= 253
        and len(plain) >= 2
        and all(1 <= len(label) <= 63 for label in plain)
        and all(set(label) <= set("abcdefghijklmnopqrstuvwxyz0123456789-") for label in plain)
        and not any(label.startswith("-") or label.endswith("-") for label in plain)
        and len(plain[-1]) >= 2
        and not set(plain[-1]) <= set("0123456789")
        and all(label[2:4] != "--" or is_a_label(label) for label in plain)
        and keeps_the_bidi_rule([idna.ulabel(label) for label in plain])
    )


def is_a_label(label):
    """Transcribe RFC 5890: an A-label is the encoding of the U-label that it decodes to."""
    try:
        return label.startswith("xn--") and idna.alabel(idna.ulabel(label)).decode() == label
    except (idna.IDNAError, UnicodeError):
        return False


def keeps_the_bidi_rule(labels):
    """Transcribe RFC 5893: with a right-to-left character anywhere, each label obeys the rule."""
    if not {"R", "AL", "AN"} & {unicodedata.bidirectional(sign) for sign in "".join(labels)}:
        return True
    try:
        return all(idna.check_bidi(label, check_ltr=True) for label in labels)
    except idna.IDNABidiError:
        return False


def refusal(text):
    """Return the `InvalidName` that reading a string raises, or `None`."""
    try:
        parse_name(text)
    except InvalidName as error:
        return error
    return None


class TestLaws:
    """What is true of every name and every string."""

    @given(names())
    def test_a_name_is_read_back_from_its_text(self, name):
        """Parsing the text of a name gives the name."""
        assert parse_name(str(name)) == name

    @given(names())
    def test_case_does_not_matter(self, name):
        """A name in capitals is the same name, stored in lower case."""
        shouted = parse_name(str(name).upper())
        assert shouted == name
        assert hash(shouted) == hash(name)
        assert str(shouted) == str(name).lower()

    @given(name_texts())
    def test_a_string_is_a_name_or_has_a_fault(self, text):
        """Every string is a name, or an `InvalidName` whose span is within the string."""
        error = refusal(text)
        if error is None:
            assert parse_name(str(parse_name(text))) == parse_name(text)
        else:
            start, end = error.span
            assert error.text == text
            assert 0 <= start < end <= len(text) or (text == "" and error.span == (0, 0))

    @given(ascii_name_texts())
    def test_reading_agrees_with_the_transcribed_grammar(self, text):
        """The fast reader and the literal grammar accept the same ASCII strings."""
        assert (refusal(text) is None) == follows_the_grammar(text)

    @given(domain_names())
    def test_a_wildcard_never_covers_its_own_parent(self, parent: DomainName) -> None:
        """`*.example.com` is not valid for `example.com`."""
        assert not covers(WildcardDomainName(parent), parent)

    @given(wildcard_domain_names())
    def test_a_wildcard_is_its_parent_below_a_star(self, wildcard):
        """The parent makes the wildcard, and the first label is the `*`."""
        assert WildcardDomainName(wildcard.parent) == wildcard
        assert wildcard.labels == ("*", *wildcard.parent.labels)
        assert wildcard.octets == wildcard.parent.octets + 2

    @given(domain_names(), domain_names())
    def test_what_is_within_a_domain_has_its_labels_last(self, name, domain):
        """A name is within a domain exactly if its last labels are those of the domain."""
        count = len(domain.labels)
        assert name.is_within(domain) == (name.labels[-count:] == domain.labels)
        assert WildcardDomainName(name).is_within(domain) == name.is_within(domain)

    @given(names())
    def test_a_name_survives_copies_and_pickling(self, name):
        """A copy is the name itself, and a pickled name is equal."""
        assert copy.copy(name) is name
        assert copy.deepcopy([name])[0] is name
        assert pickle.loads(pickle.dumps(name)) == name

    @given(names())
    def test_a_name_prints_as_an_expression(self, name):
        """The representation of a name is the expression that creates it."""
        made = {"DomainName": DomainName, "WildcardDomainName": WildcardDomainName}
        assert eval(repr(name), made) == name

    @given(names(), names())
    def test_names_sort_by_their_text(self, one, other):
        """Names of both kinds are sorted by their text."""
        assert (one < other) == (str(one) < str(other))


@pytest.mark.parametrize(
    ("text", "stored"),
    [
        ("example.com", "example.com"),
        ("WWW.Example.COM", "www.example.com"),
        ("*.Example.com", "*.example.com"),
        ("a.io", "a.io"),
        ("1.2.3.4.example", "1.2.3.4.example"),
        ("3com.com", "3com.com"),
        ("a-b.c--d.com", "a-b.c--d.com"),
        ("abc--d.com", "abc--d.com"),
        ("a--b.com", "a--b.com"),
        ("1-2.3-4", "1-2.3-4"),
        ("bücher.example", "xn--bcher-kva.example"),
        ("*.BÜCHER.example", "*.xn--bcher-kva.example"),
        ("xn--bcher-kva.example", "xn--bcher-kva.example"),
        ("XN--BCHER-KVA.example", "xn--bcher-kva.example"),
        ("straße.de", "xn--strae-oqa.de"),
        ("пример.рф", "xn--e1afmkfd.xn--p1ai"),
        ("例え。テスト", "xn--r8jz45g.xn--zckzah"),
        ("\uff57\uff57\uff57.example\uff0ecom", "www.example.com"),
        ("\uff58\uff4e--bcher-kva.example", "xn--bcher-kva.example"),
        ("ex\u00adample.com", "example.com"),
        ("אבג.דה", "xn--4dbcd.xn--7dbc"),
        (f"{ROOM_FOR_ONE_LABEL}.{'d' * 61}", f"{ROOM_FOR_ONE_LABEL}.{'d' * 61}"),
        (f"{'a' * 63}.{'b' * 63}.com", f"{'a' * 63}.{'b' * 63}.com"),
        ("ex" + "\u00ad" * 1001 + "ample.com", "example.com"),
        ("1.bücher.example", "1.xn--bcher-kva.example"),
    ],
)
def test_valid_names(text, stored):
    """A name is stored in lower case and in A-labels."""
    assert str(parse_name(text)) == stored


REFUSED = (
    ("", "EMPTY", ""),
    (" example.com", "BLANK", " "),
    ("example .com", "BLANK", " "),
    ("example.com \n", "BLANK", " \n"),
    ("example.com\u00a0", "BLANK", "\u00a0"),
    ("https://example.com/", "URL", "https://"),
    ("example.com/path", "URL", "/path"),
    ("://example.com", "URL", "://"),
    ("/example.com", "URL", "/example.com"),
    ("admin@example.com", "MAIL_ADDRESS", "admin@"),
    ("@example.com", "MAIL_ADDRESS", "@"),
    ("example.com:443", "PORT", ":443"),
    ("abc.de:8", "PORT", ":8"),
    (":8443", "PORT", ":8443"),
    ("example.com:https", "FORBIDDEN_CHARACTER", ":"),
    ("example.com:h2", "FORBIDDEN_CHARACTER", ":"),
    ("exa!mple.com", "FORBIDDEN_CHARACTER", "!"),
    ("büch!er.com", "FORBIDDEN_CHARACTER", "büch!er"),
    ("\u2488.com", "DISALLOWED_CODE_POINT", "\u2488"),
    ("_dmarc.example.com", "UNDERSCORE", "_"),
    ("ü_.example.com", "UNDERSCORE", "ü_"),
    ("example.com.", "TRAILING_DOT", "."),
    ("example.com\u3002", "TRAILING_DOT", "\u3002"),
    (".example.com", "EMPTY_LABEL", "."),
    ("a..example.com", "EMPTY_LABEL", "."),
    ("*..example.com", "EMPTY_LABEL", "."),
    ("example.com..", "EMPTY_LABEL", "."),
    (".", "EMPTY_LABEL", "."),
    ("\u00ad.example.com", "EMPTY_LABEL", "\u00ad"),
    (f"{'a' * 64}.com", "LONG_LABEL", "a" * 64),
    (f"{'ü' * 60}.com", "LONG_LABEL", "ü" * 60),
    (f"{ROOM_FOR_ONE_LABEL}.{'d' * 62}", "LONG_NAME", "d"),
    (f"*.{ROOM_FOR_ONE_LABEL}.{'d' * 60}", "LONG_NAME", "d"),
    ("a." * 2_000 + "com", "LONG_NAME", ("a." * 2_000 + "com")[253:]),
    ("ex" + "\u00ad" * 1002 + "ample.com", "LONG_NAME", "\u00ad" * 751 + "ample.com"),
    (".".join(["ü" * 49] * 5), "LONG_NAME", "ü"),
    ("-a.example.com", "EDGE_HYPHEN", "-"),
    ("a.-b.example.com", "EDGE_HYPHEN", "-"),
    ("a-.example.com", "EDGE_HYPHEN", "-"),
    ("example.com-", "EDGE_HYPHEN", "-"),
    ("localhost", "SINGLE_LABEL", "localhost"),
    ("a", "SINGLE_LABEL", "a"),
    ("example.c", "SHORT_TOP_LABEL", "c"),
    ("ü.c", "SHORT_TOP_LABEL", "c"),
    ("\U0001f600.com", "DISALLOWED_CODE_POINT", "\U0001f600"),
    ("\ud800.com", "DISALLOWED_CODE_POINT", "\ud800"),
    ("l\u00b7a.com", "DISALLOWED_CODE_POINT", "l\u00b7a"),
    ("אa.com", "BIDI", "אa"),
    ("1.אב", "BIDI", "1"),
    ("*.1.xn--4dbc", "BIDI", "1"),
    ("ab--cd.com", "RESERVED_LABEL", "ab--cd"),
    ("ab--ü.com", "RESERVED_LABEL", "ab--ü"),
    ("www.ab--cd.com", "RESERVED_LABEL", "ab--cd"),
    ("xn--a.com", "BROKEN_A_LABEL", "xn--a"),
    ("xn--example.com", "BROKEN_A_LABEL", "xn--example"),
    ("xn--0.com", "BROKEN_A_LABEL", "xn--0"),
    ("10.0.0.11", "IP_ADDRESS", "10.0.0.11"),
    ("192.0.2.9", "IP_ADDRESS", "192.0.2.9"),
    ("10.0.0.0/8", "IP_ADDRESS", "10.0.0.0/8"),
    ("::1", "IP_ADDRESS", "::1"),
    ("[2001:db8::1]", "IP_ADDRESS", "[2001:db8::1]"),
    ("example.123", "NUMERIC_TOP_LABEL", "123"),
    ("123", "NUMERIC_TOP_LABEL", "123"),
    ("example.99", "NUMERIC_TOP_LABEL", "99"),
    ("10.0.11", "NUMERIC_TOP_LABEL", "11"),
    ("ü.\uff11\uff12", "NUMERIC_TOP_LABEL", "\uff11\uff12"),
    ("foo*.example.com", "PARTIAL_WILDCARD", "foo*"),
    ("**.example.com", "PARTIAL_WILDCARD", "**"),
    ("*\u3002example.com", "PARTIAL_WILDCARD", "*\u3002example"),
    ("www.*.example.com", "INNER_WILDCARD", "*"),
    ("*.*.example.com", "INNER_WILDCARD", "*"),
    ("example.*", "INNER_WILDCARD", "*"),
    ("*", "LONE_WILDCARD", "*"),
    ("*.", "LONE_WILDCARD", "*."),
    ("*.com", "TOP_LEVEL_WILDCARD", "*.com"),
    ("*.a", "TOP_LEVEL_WILDCARD", "*.a"),
)


@pytest.mark.parametrize(("text", "fault", "place"), REFUSED)
def test_invalid_names(text, fault, place):
    """An invalid name has a fault, and a span that shows the part of the string."""
    with pytest.raises(InvalidName) as caught:
        parse_name(text)
    start, end = caught.value.span
    assert (caught.value.fault, text[start:end]) == (NameFault[fault], place)


@given(names())
def test_a_final_dot_belongs_to_a_dns_name(name):
    """DNS tools print a name with or without a final dot."""
    assert parse_dns_name(f"{name}.") == parse_dns_name(str(name)) == name


@pytest.mark.parametrize(
    ("text", "fault"),
    [("", "EMPTY"), (".", "EMPTY_LABEL"), ("..", "EMPTY_LABEL"), ("example.com..", "EMPTY_LABEL")],
)
def test_only_one_final_dot_is_accepted(text, fault):
    """The error shows the whole string, with all its dots."""
    with pytest.raises(InvalidName) as caught:
        parse_dns_name(text)
    assert (caught.value.text, caught.value.fault) == (text, NameFault[fault])


@pytest.mark.parametrize(
    ("text", "has_detail"),
    [
        ("l\u00b7a.com", True),
        ("\U0001f600.com", True),
        ("\u2488.com", True),
        ("xn--a.com", True),
        ("אa.com", True),
        ("ü" * 60 + ".com", False),
        ("example.c", False),
    ],
)
def test_what_idna_refuses_has_a_detail(text, has_detail):
    """The detail is the sentence of `idna` without its full stop, unless the fault says enough."""
    detail = refusal(text).detail
    assert bool(detail) == has_detail
    assert not detail.endswith(".")


def test_a_plain_name_is_not_a_wildcard():
    """`DomainName` rejects a wildcard and points at its `*.`."""
    with pytest.raises(InvalidName) as caught:
        DomainName("*.example.com")
    assert (caught.value.fault, caught.value.span) == (NameFault.UNEXPECTED_WILDCARD, (0, 2))


def test_every_fault_has_an_example():
    """Every fault is that of some string."""
    shown = {fault for _, fault, _ in REFUSED}
    assert shown | {"UNEXPECTED_WILDCARD", "NO_WILDCARD"} == set(NameFault.__members__)


def test_a_wildcard_has_no_room_below_a_long_name():
    """A parent of 252 octets is too long for a wildcard, and one of 251 is not."""
    assert WildcardDomainName(DomainName(f"{ROOM_FOR_ONE_LABEL}.{'d' * 59}")).octets == 253
    parent = DomainName(f"{ROOM_FOR_ONE_LABEL}.{'d' * 60}")
    with pytest.raises(InvalidName) as caught:
        WildcardDomainName(parent)
    assert (caught.value.fault, caught.value.span) == (NameFault.LONG_NAME, (253, 254))


def test_an_a_label_must_come_back_from_its_u_label(monkeypatch):
    """The round trip is checked here, since not every release of `idna` does."""
    monkeypatch.setattr(idna, "ulabel", lambda _: "bücher")
    with pytest.raises(InvalidName) as caught:
        parse_name("xn--bcher-kvb.com")
    assert caught.value.fault is NameFault.BROKEN_A_LABEL


def test_the_two_kinds_are_never_equal():
    """A wildcard is equal neither to its parent nor to its text."""
    plain, wildcard = parse_name("example.com"), parse_name("*.example.com")
    assert plain != wildcard
    assert plain != "example.com"
    assert wildcard != "*.example.com"
    assert plain == ANY, "the other type decides"


def test_names_do_not_sort_with_strings():
    """Comparing the order of a name and a string raises `TypeError`."""
    with pytest.raises(TypeError):
        assert parse_name("example.com") < "example.net"


def test_names_are_frozen():
    """No attribute of a name can be set or deleted."""
    name = parse_name("example.com")
    with pytest.raises(AttributeError, match="frozen"):
        name._text = "example.net"
    with pytest.raises(AttributeError, match="frozen"):
        del name._text
    with pytest.raises(AttributeError):
        name.note = "mine"


def test_ending_alike_is_not_being_within():
    """`notexample.com` ends in `example.com`, but is not within it."""
    assert not DomainName("notexample.com").is_within(DomainName("example.com"))
    assert DomainName("example.com").is_within(DomainName("example.com"))


@given(names())
def test_a_name_is_read_as_itself(name):
    """A name is returned as the same object by everything that reads names."""
    assert parse_name(name) is name
    assert parse_dns_name(name) is name
    assert type(name)(name) is name
    assert type(name)(str(name)) == name


@pytest.mark.parametrize("read", [parse_name, parse_dns_name, DomainName, WildcardDomainName])
@pytest.mark.parametrize("value", [b"example.com", b"\xff", b"", 3, None, ["example.com"], object])
def test_another_type_is_an_error_with_its_name(read, value):
    """A value that is no string raises one `TypeError`, which names its type."""
    with pytest.raises(TypeError) as error:
        read(value)
    assert str(error.value) == f"a name must be a string, not `{type(value).__name__}`"
    assert error.value.__suppress_context__ or error.value.__context__ is None


def test_each_class_rejects_the_other_kind():
    """A wildcard is not a plain name, and a plain name is not a wildcard."""
    for wildcard in ("*.a.io", parse_name("*.a.io")):
        with pytest.raises(InvalidName) as error:
            DomainName(wildcard)
        assert error.value.fault is NameFault.UNEXPECTED_WILDCARD
    with pytest.raises(InvalidName) as error:
        WildcardDomainName("a.io")
    assert error.value.fault is NameFault.NO_WILDCARD
    assert str(WildcardDomainName(DomainName("a.io"))) == "*.a.io"


def test_a_subclass_makes_its_own_names():
    """A subclass creates instances of itself, from strings and from names."""

    class Host(DomainName):
        """A name of a subclass."""

        __slots__ = ()

    assert type(Host("a.io")) is Host
    assert type(Host(DomainName("a.io"))) is Host
    assert str(Host("A.io")) == "a.io"
