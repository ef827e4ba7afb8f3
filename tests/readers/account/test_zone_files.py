"""Zone files are read as the records they contain."""

import re
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from acmrules.diagnosis.answers import DnsRecord
from acmrules.readers.account.zone_files import MOST_GENERATED, read
from acmrules.syntax.source import InputError

SOA = "@ 3600 IN SOA ns1 hostmaster 1 7200 900 1209600 300\n"
LABELS = st.from_regex(r"[a-z_][a-z0-9_-]{0,8}", fullmatch=True)
NAMES = st.lists(LABELS, min_size=1, max_size=3).map(".".join)

WORDS = [
    *("$ORIGIN", "$TTL", "$GENERATE", "$INCLUDE", "1-3", "a.", "@", "IN", "A", "SOA", "TXT"),
    *("CNAME", "(", ")", '"', ";", "\\", "\n", " ", "192.0.2.1", "5", "\x07", "${0,9,x}"),
]


def datum(origin):
    """Return a strategy for the type and the value of a record."""
    host = NAMES.map(lambda name: f"{name}.{origin}") | NAMES.map(lambda name: f"{name}.test")
    return st.one_of(
        st.tuples(st.just("CNAME"), host),
        st.tuples(st.just("NS"), host),
        st.tuples(st.just("MX"), st.builds("{} {}".format, st.integers(0, 9), host)),
        st.tuples(st.just("A"), st.integers(0, 255).map("192.0.2.{}".format)),
        st.tuples(st.just("CAA"), st.sampled_from(['0 issue "amazon.com"', '128 issuewild ";"'])),
        st.tuples(st.just("TXT"), st.sampled_from(['"a; b"', '"(" "c"', '"\\"quoted\\" \\\\"'])),
    )


@st.composite
def zones(draw):
    """Return the records of a zone, and a zone file with them in one of many layouts."""
    origin = draw(st.sampled_from(["example.com", "a.b.example.org"]))
    records = [
        DnsRecord(origin, "SOA", f"ns1.{origin} hostmaster.{origin} 1 7200 900 1209600 300", 3600)
    ]
    lines = [draw(st.sampled_from(["", f"$ORIGIN {origin}.\n", f"$ORIGIN {origin}.\n\n"]))]
    relative = draw(st.booleans())
    start = "@" if relative and lines[0] else f"{origin}."
    lines.append(f"{start} 1H SOA ns1 hostmaster (\n1 ; serial\n7200 900\n1209600 300 )\n")
    for _ in range(draw(st.integers(0, 6))):
        name, ttl = draw(NAMES | st.just("")), draw(st.integers(0, 86400))
        type_, value = draw(datum(origin))
        owner = f"{name}.{origin}" if name else origin
        records.append(DnsRecord(owner, type_, value, ttl))
        lines.append(written(draw, (name, origin), f"{ttl} IN", f"IN {ttl}", (type_, value)))
    return origin, tuple(dict.fromkeys(records)), "".join(lines)


def written(draw, owner, before, after, record):
    """Return a line for a record; each part is written in one of its forms."""
    (name, origin), (type_, value) = owner, record
    form = draw(st.sampled_from([name or "@", f"{name}.{origin}.".lstrip(".")]))
    if type_ in {"CNAME", "NS", "MX"}:
        shortened = value.removesuffix(f".{origin}")
        value = shortened if shortened != value and draw(st.booleans()) else f"{value}."
    if draw(st.booleans()):
        form = form.upper()
    middle = draw(st.sampled_from([before, after]))
    ending = draw(st.sampled_from(["\n", " ; a comment ( \n", "\r\n", "\n\n  ; a comment\n"]))
    opening, closing = draw(st.sampled_from([("", ""), ("(", ")"), ("( ; here\n", "\n)")]))
    return f"{form} {middle} {type_} {opening} {value} {closing}{ending}"


@given(zones())
def test_a_zone_file_reads_back_as_its_records(zone):
    """Relative names, origins, parentheses, comments and order of fields do not change records."""
    origin, records, text = zone
    (found,) = read(text, "-").zones
    assert found.name == origin
    assert found.is_complete
    assert found.records == records


@given(zones(), zones())
def test_zone_files_one_after_another_are_zones(one, other):
    """An SOA record of another owner begins another zone; that of the same zone does not."""
    found = read(f"$ORIGIN {one[0]}.\n{one[2]}\n$ORIGIN {other[0]}.\n{other[2]}", "-").zones
    assert len(found) == (1 if one[0] == other[0] else 2)
    assert {each.name for each in found} == {one[0], other[0]}


@given(st.text(), st.sampled_from(["-", "example.com.zone"]))
def test_any_text_is_a_zone_or_one_error(text, name):
    """No text raises anything else than an error with its line."""
    assert_zone_or_error(text, name)


@given(st.lists(st.sampled_from(WORDS)).map(" ".join))
def test_any_words_are_a_zone_or_one_error(text):
    """Words of zone files in any order are a zone, or raise an error with its line."""
    assert_zone_or_error(text, "example.com.zone")


def assert_zone_or_error(text, name):
    """Check that a string is read, or that the error has the name and a line of it."""
    error = None
    try:
        read(text, name)
    except InputError as raised:
        error = raised
    lines = len(re.split(r"\r\n|\r|\n", text))
    assert error is None or (error.name == name and str(error).isprintable())
    assert error is None or error.position is None or 1 <= error.position.line <= lines


@pytest.mark.parametrize(
    "name",
    [
        *("example.com", "example.com.zone", "db.example.com", "zones/example.com.db"),
        *("C:\\zones\\example.com.dns", "Example.com.txt", "named.example.com"),
    ],
)
def test_the_file_name_is_the_last_resort_for_the_origin(name):
    """Without `$ORIGIN` and without an absolute owner of the SOA, the file name has the origin."""
    (zone,) = read(SOA + "www A 192.0.2.1\n", name).zones
    assert zone.name == "example.com"
    assert zone.records[1] == DnsRecord("www.example.com", "A", "192.0.2.1")


def test_the_owner_of_the_soa_beats_the_file_name():
    """An absolute owner of the SOA record is the origin from the first line on."""
    text = "www A 192.0.2.1\n" + SOA.replace("@", "example.org.")
    (zone,) = read(text, "example.com.zone").zones
    assert zone.name == "example.org"
    assert zone.records[0].name == "www.example.org"


def test_a_value_without_its_final_dot_is_in_the_zone():
    """The target of a validation record without the final dot has the origin at its end."""
    (zone,) = read(SOA + "_x CNAME _y.acm-validations.aws\n", "example.com").zones
    assert zone.records[1].value == "_y.acm-validations.aws.example.com"


def test_names_are_lowercase_without_the_final_dot():
    """Names of owners, and names in the data of CNAME, NS, MX and SOA records, are canonical."""
    text = "$ORIGIN Example.COM.\n@ NS Ns1\n@ MX 10 MAIL.example.net.\n@ TXT Case\nalias CNAME .\n"
    values = [each.value for each in read(text, "-").zones[0].records]
    assert values == ["ns1.example.com", "10 mail.example.net", '"Case"', ""]


def test_an_indented_line_has_the_owner_of_the_line_before():
    """A record without an owner has that of the record before, also after `$ORIGIN`."""
    text = "$ORIGIN example.com.\nwww 60 A 192.0.2.1\n$ORIGIN sub\n  60 A 192.0.2.2\n"
    (zone,) = read(text, "-").zones
    assert [each.name for each in zone.records] == ["www.example.com"] * 2
    assert zone.name == "example.com"


def test_the_default_ttl_applies_to_the_lines_after_it():
    """`$TTL` is the TTL of records without one; before it, the TTL is unknown."""
    text = "$ORIGIN example.com.\na A 192.0.2.1\n$TTL 1h30m\nb A 192.0.2.1\nc 5 A 192.0.2.1\n"
    assert [each.ttl for each in read(text, "-").zones[0].records] == [None, 5400, 5]


def test_a_zone_without_soa_is_not_complete():
    """Without an SOA record, the file may be a part of the zone."""
    (zone,) = read("$ORIGIN example.com.\nwww A 192.0.2.1\n", "-").zones
    assert (zone.name, zone.is_complete) == ("example.com", False)


def test_records_outside_the_zone_are_left_out():
    """Name servers ignore the records whose owner is not in the zone."""
    (zone,) = read(
        SOA + "www.example.org. A 192.0.2.1\nnotexample.com. A 192.0.2.1\n", "example.com"
    ).zones
    assert [each.type for each in zone.records] == ["SOA"]


def test_a_file_of_comments_has_no_zone():
    """A file without records has no zone."""
    assert read("; nothing here\n\n", "example.com.zone").zones == ()


def test_generate_repeats_a_record():
    """`$GENERATE` creates a record for each number, with offset, width and base."""
    text = (
        SOA + "$GENERATE 9-11/2 host-${1,3,x} 60 IN A 192.0.2.$ ; hosts\n$GENERATE 1-1 \\$ TXT $$\n"
    )
    records = read(text, "example.com").zones[0].records[1:]
    assert [(each.name, each.value) for each in records] == [
        ("host-00a.example.com", "192.0.2.9"),
        ("host-00c.example.com", "192.0.2.11"),
        ("\\$.example.com", '"$"'),
    ]


def test_unknown_types_are_read_in_generic_form():
    """A record may have a type number, and data in hexadecimal."""
    (zone,) = read(SOA + "a TYPE65280 \\# 2 abcd\n", "example.com").zones
    assert zone.records[1] == DnsRecord("a.example.com", "TYPE65280", "\\# 2 abcd")


@pytest.mark.parametrize(
    ("line", "fault"),
    [
        ("www A 192.0.2", "the data of the A record is invalid"),
        ("www A 192.0.2.1 192.0.2.2", "the data of the A record is invalid"),
        ("www FOO bar", "`FOO` is not a type of DNS records"),
        ("www CH A 192.0.2.1", "the class `CH` is not `IN`"),
        ("www 5x A 192.0.2.1", "`www 5x A 192.0.2.1` is not a line of a zone file"),
        ("www", "`www` is not a line of a zone file"),
        ("www A ( 192.0.2.1", "the data of the A record is invalid"),
        ('www TXT "a', "the data of the TXT record is invalid"),
        (") A 192.0.2.1", "`) A 192.0.2.1` is not a line of a zone file"),
        ("a..b A 192.0.2.1", "`a..b` is not a DNS name"),
        ("\\300 A 192.0.2.1", "`\\300` is not a DNS name"),
        ("$INCLUDE /etc/passwd", "`$INCLUDE` is not supported: insert the lines of that file"),
        ("$FOO bar", "`$FOO` is not a directive of zone files"),
        ("$TTL soon", "`$TTL soon` is not a line of a zone file"),
        ("$GENERATE 1 a A 192.0.2.1", "the range of `$GENERATE` must be like `1-254` or `0-254/2`"),
        (
            f"$GENERATE 0-{MOST_GENERATED} a A 192.0.2.1",
            "`$GENERATE` creates more than 65,536 records",
        ),
    ],
)
def test_a_malformed_line_is_named(line, fault):
    """The error has the line on which the record begins."""
    with pytest.raises(InputError) as error:
        read(f"{SOA}\n{line}\n\n", "example.com.zone")
    assert str(error.value) == f"example.com.zone:3:1: {fault}"


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("www A 192.0.2.1\n", "the name `www` is relative, and the zone is unknown"),
        ("a.test. CNAME b\n", "the data has a relative name, and the zone is unknown"),
        (
            "a.test. CNAME b.test.\n",
            "the zone is unknown: add a first line such as `$ORIGIN example.com.`",
        ),
        ("  A 192.0.2.1\n", "the first record has no owner"),
    ],
)
def test_an_unknown_origin_is_an_error(text, fault):
    """Without an origin, relative names and the name of the zone are unknown."""
    with pytest.raises(InputError) as error:
        read(text, "records.txt")
    assert str(error.value) == f"records.txt:1:1: {fault}"


def test_binary_files_are_refused():
    """A file with a zero byte is binary."""
    with pytest.raises(InputError, match="is binary"):
        read(f"{SOA}\0", "example.com")


def test_generated_records_are_counted_in_the_whole_file():
    """Several `$GENERATE` lines share one limit."""
    lines = f"$GENERATE 1-{MOST_GENERATED // 2 + 1} a A 192.0.2.1\n" * 2
    with pytest.raises(InputError, match="creates more than"):
        read(SOA + lines, "example.com")


def test_without_dnspython_the_error_has_the_command_to_install_it(monkeypatch):
    """A zone file needs the extra `dns`."""
    monkeypatch.setitem(sys.modules, "dns.tokenizer", None)
    with pytest.raises(InputError) as error:
        read(SOA, "example.com.zone")
    assert str(error.value) == (
        "example.com.zone: is a zone file, which needs dnspython:"
        " install it with `pip install 'acmrules[dns]'`"
    )


def test_the_length_of_generated_records_is_limited():
    """A short line with wide numbers does not fill the memory."""
    words = '"${0,200}" ' * 300
    with pytest.raises(InputError) as error:
        read(f"$ORIGIN io.\n{SOA}$GENERATE 1-{MOST_GENERATED} a TXT {words}\n", "a.zone")
    assert "`$GENERATE` creates more than 4,194,304 characters" in str(error.value)
