"""Whether Amazon may issue: laws of the search, and tables of records and sets."""

import doctest
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from acmrules import caa
from acmrules.caa import CaaAnswer, CaaReason, CaaRecord, CaaVerdict, check_caa, may_issue
from acmrules.errors import InvalidArgument, InvalidName
from acmrules.names import DomainName, WildcardDomainName, parse_name
from acmrules.resources import CaaRecordSet
from acmrules.strategies import names, related_names
from acmrules.unresolved import Unknown, Unresolved

IDENTIFIERS = {"amazon.com", "amazontrust.com", "awstrust.com", "amazonaws.com"}


def caa_records():
    """Draw records of the known tags and an unknown one, for Amazon, another CA or no CA."""
    issuers = st.sampled_from(["amazon.com", "AWSTrust.com", "letsencrypt.org", ";", "", "a b"])
    tags = st.sampled_from(["issue", "issuewild", "iodef", "future"])
    return st.builds(CaaRecord, st.sampled_from([0, 1, 128]), tags, issuers)


def record_sets():
    """Draw sets of records at the names of a small tree, some of them empty."""
    holders = ["a.b.example.com", "b.example.com", "example.com", "com", "example.org"]
    return st.dictionaries(st.sampled_from(holders), st.lists(caa_records(), max_size=4))


def is_allowed(records, is_wildcard):
    """Transcribe the rules of RFC 8659 for the set that applies."""
    if any(r.flags >= 128 and r.tag not in {"issue", "issuewild", "iodef"} for r in records):
        return False
    wild = [r for r in records if r.tag == "issuewild"] if is_wildcard else []
    counting = wild or [r for r in records if r.tag == "issue"]
    return not counting or any(r.value.lower() in IDENTIFIERS for r in counting)


class TestSearch:
    """The first set from the name upwards that is not empty decides."""

    @given(st.sampled_from(["a.b.example.com", "*.b.example.com", "*.example.com"]), record_sets())
    def test_the_nearest_set_decides(self, text, sets):
        """The verdict is that of the nearest set, and names it."""
        name = parse_name(text)
        is_wildcard = isinstance(name, WildcardDomainName)
        plain = text.removeprefix("*.")
        path = [plain[at:] for at in range(len(plain)) if at == 0 or plain[at - 1] == "."]
        nearest = next((holder for holder in path if sets.get(holder)), "")
        verdict = may_issue(name, sets)
        assert verdict.found_at == nearest
        assert verdict.allowed == (not nearest or is_allowed(sets[nearest], is_wildcard))
        assert set(verdict.deciding) <= set(sets.get(nearest, ()))

    @given(names())
    def test_without_records_amazon_may_issue(self, name):
        """Without records, Amazon may issue, and there is no remark."""
        verdict = may_issue(name, {})
        assert verdict.allowed
        assert verdict.is_confirmed
        assert verdict.reason is CaaReason.NO_RECORDS

    @given(record_sets())
    def test_a_wildcard_follows_issue_without_issuewild(self, sets):
        """Without an `issuewild` in its set, a wildcard has the result of its parent."""
        sets = {
            holder: [record for record in records if record.tag != "issuewild"]
            for holder, records in sets.items()
        }
        wildcard = may_issue("*.b.example.com", sets)
        assert wildcard.reason is may_issue("b.example.com", sets).reason

    @given(record_sets())
    def test_iodef_is_ignored(self, sets):
        """A record that only requests reports changes no result."""
        reported = {
            holder: [*records, CaaRecord(128, "iodef", "mailto:a@example.com")]
            for holder, records in sets.items()
            if records
        }
        for name in ("a.b.example.com", "*.b.example.com"):
            assert may_issue(name, reported).reason is may_issue(name, sets).reason


class TestPresentation:
    """A record is printed as in a zone file, and read back unchanged."""

    @given(
        st.builds(
            CaaRecord,
            st.integers(0, 255),
            st.text("abcxyz019", min_size=1, max_size=9),
            st.text(st.characters(codec="ascii")) | st.text('\\"065 ;'),
        )
    )
    def test_a_record_is_read_back_from_its_text(self, record):
        """A record is equal to the one that is read from its text."""
        assert CaaRecord.parse(str(record)) == record

    @given(st.text('01289 \tisue"\\;.', max_size=20))
    def test_any_string_is_a_record_or_rejected(self, text):
        """Any string is a record, or raises an `InvalidArgument` that quotes it."""
        try:
            record = CaaRecord.parse(text)
        except InvalidArgument as error:
            assert "is not a CAA record" in str(error)  # noqa: PT017  (the law has two cases)
        else:
            assert CaaRecord.parse(str(record)) == record


@pytest.mark.parametrize(
    ("text", "record"),
    [
        ('0 issue "amazon.com"', CaaRecord(0, "issue", "amazon.com")),
        ("0 issue amazon.com", CaaRecord(0, "issue", "amazon.com")),
        ('  128\tISSUE  "amazon.com; a=b" ', CaaRecord(128, "issue", "amazon.com; a=b")),
        ('0 issue ";"', CaaRecord(0, "issue", ";")),
        ('0 issue ""', CaaRecord(0, "issue", "")),
        ("0 issue \\097mazon.com", CaaRecord(0, "issue", "amazon.com")),
        ('0 iodef "mailto:a\\"b\\"@example.com"', CaaRecord(0, "iodef", 'mailto:a"b"@example.com')),
        ('255 issue "amazon.com"', CaaRecord(255, "issue", "amazon.com")),
    ],
)
def test_the_presentation_format(text, record):
    """Quotes, escapes, spaces and the case of the tag are normalized."""
    assert CaaRecord.parse(text) == record


@pytest.mark.parametrize(
    "text",
    [
        "",
        "0 issue",
        "issue amazon.com",
        '256 issue "amazon.com"',
        '-1 issue "amazon.com"',
        '0 is-sue "amazon.com"',
        '0 issue "amazon.com',
        '0 issue "amazon.com\\"',
        '0 issue "amazon.com" more',
        "0 issue amazon.com more",
        '0 issue ama"zon.com',
        '\u0660 issue "amazon.com"',
        '0000 issue "amazon.com"',
    ],
)
def test_a_malformed_record_is_rejected(text):
    """A string that is not a CAA record raises `InvalidArgument`, also inside a set."""
    with pytest.raises(InvalidArgument, match="is not a CAA record"):
        CaaRecord.parse(text)
    with pytest.raises(InvalidArgument, match="is not a CAA record"):
        may_issue("example.com", {"example.com": [text]})


@pytest.mark.parametrize(
    ("value", "issuer", "parameters"),
    [
        ("amazon.com", "amazon.com", ()),
        (" Amazon.COM\t", "amazon.com", ()),
        ("amazon.com;", "amazon.com", ()),
        ("amazon.com; a=b ;c = d ", "amazon.com", ("a=b", "c = d")),
        ("amazon.com; a=", "amazon.com", ("a=",)),
        ("amazon.com; a", "", ("a",)),
        ("amazon.com; =b", "", ("=b",)),
        ("amazon.com; a=b c", "", ("a=b c",)),
        ("amazon.com a=b", "", ()),
        (".amazon.com", "", ()),
        ("amazon.com.", "", ()),
        ("-amazon.com", "", ()),
        ("amazon-.com", "", ()),
        ("amazon.com; a-=b", "", ("a-=b",)),
        ("amazön.com", "", ()),
        (";", "", ()),
        ("", "", ()),
    ],
)
def test_the_ca_of_a_value(value, issuer, parameters):
    """A value names a CA with parameters; outside the grammar it names none."""
    record = CaaRecord(0, "issue", value)
    assert (record.issuer, record.parameters) == (issuer, parameters)


@pytest.mark.parametrize(
    ("records", "plain", "wildcard"),
    [
        (['0 issue "amazon.com"'], CaaReason.AMAZON_NAMED, CaaReason.AMAZON_NAMED),
        (['0 issue "amazontrust.com"'], CaaReason.AMAZON_NAMED, CaaReason.AMAZON_NAMED),
        (['0 issue "awstrust.com"'], CaaReason.AMAZON_NAMED, CaaReason.AMAZON_NAMED),
        (['0 issue "amazonaws.com"'], CaaReason.AMAZON_NAMED, CaaReason.AMAZON_NAMED),
        (['0 issue "notamazon.com"'], CaaReason.OTHERS_NAMED, CaaReason.OTHERS_NAMED),
        (['0 issue "www.amazon.com"'], CaaReason.OTHERS_NAMED, CaaReason.OTHERS_NAMED),
        (['0 issue ";"'], CaaReason.NONE_NAMED, CaaReason.NONE_NAMED),
        (
            ['0 issue "letsencrypt.org"', '0 issue ";"'],
            CaaReason.OTHERS_NAMED,
            CaaReason.OTHERS_NAMED,
        ),
        (['0 issue ";"', '0 issue "amazon.com"'], CaaReason.AMAZON_NAMED, CaaReason.AMAZON_NAMED),
        ([CaaRecord(0, "ISSUE", ";")], CaaReason.NONE_NAMED, CaaReason.NONE_NAMED),
        (['0 iodef "mailto:a@b.io"'], CaaReason.UNRESTRICTED, CaaReason.UNRESTRICTED),
        (['0 future "x"'], CaaReason.UNRESTRICTED, CaaReason.UNRESTRICTED),
        (['1 future "x"'], CaaReason.UNRESTRICTED, CaaReason.UNRESTRICTED),
        (
            ['128 future "x"', '0 issue "amazon.com"'],
            CaaReason.UNKNOWN_CRITICAL_TAG,
            CaaReason.UNKNOWN_CRITICAL_TAG,
        ),
        (['128 issue "amazon.com"'], CaaReason.AMAZON_NAMED, CaaReason.AMAZON_NAMED),
        (['0 issuewild "amazon.com"'], CaaReason.UNRESTRICTED, CaaReason.AMAZON_NAMED),
        (['0 issuewild ";"'], CaaReason.UNRESTRICTED, CaaReason.NONE_NAMED),
        (
            ['0 issue "amazon.com"', '0 issuewild "letsencrypt.org"'],
            CaaReason.AMAZON_NAMED,
            CaaReason.OTHERS_NAMED,
        ),
        (
            ['0 issue ";"', '0 issuewild "amazon.com"'],
            CaaReason.NONE_NAMED,
            CaaReason.AMAZON_NAMED,
        ),
    ],
)
def test_the_tags_that_apply_to_a_name(records, plain, wildcard):
    """`issue` applies to a plain name; `issuewild` takes precedence for a wildcard."""
    sets = {"example.com": records}
    assert may_issue("example.com", sets).reason is plain
    assert may_issue("*.example.com", sets).reason is wildcard


def test_the_records_that_decide_are_shown():
    """A result has the one record that allows Amazon, or all that exclude it."""
    amazon, other = '0 issue "amazon.com"', '0 issue "letsencrypt.org"'
    named = may_issue("example.com", {"example.com": [other, amazon, '0 iodef "x"']})
    assert [str(record) for record in named.deciding] == [amazon]
    shut_out = may_issue("example.com", {"example.com": [other, '0 issue ";"', '0 iodef "x"']})
    assert [str(record) for record in shut_out.deciding] == [other, '0 issue ";"']
    blocked = may_issue("example.com", {"example.com": [amazon, '128 future "x"']})
    assert [str(record) for record in blocked.deciding] == ['128 future "x"']
    assert may_issue("example.com", {"example.com": ['0 iodef "x"']}).deciding == ()


def test_a_set_above_the_name_decides_without_a_remark():
    """RFC 8659 and the Baseline Requirements state how a CA climbs, up to the top-level domain."""
    sets = {"com": [CaaRecord(0, "issue", "letsencrypt.org")], "notexample.com": ['0 issue ";"']}
    verdict = may_issue("a.example.com", sets)
    assert (verdict.allowed, verdict.found_at, verdict.is_confirmed) == (False, "com", True)


ACME_ONLY = "validationmethods=dns-01"
BEFORE, SHOULD, MUST = date(2026, 6, 11), date(2026, 6, 12), date(2027, 3, 15)
LABELS = {"DNS": "ca-tbr-7", "EMAIL": "ca-tbr-4", "HTTP": "ca-tbr-18"}


def allowing(*parameters):
    """Return a record that allows Amazon with these parameters."""
    return f'0 issue "{"; ".join(("amazon.com", *parameters))}"'


@pytest.mark.parametrize("method", [*LABELS, None])
@given(
    st.lists(st.sampled_from([*LABELS.values(), "dns-01", "CA-TBR-7"]), max_size=3),
    st.sampled_from([BEFORE, date(2027, 3, 14), MUST]),
)
def test_a_list_of_methods_must_contain_that_of_the_request(method, listed, day):
    """CAs may ignore the list, should honor it since 2026-06-12, and must from 2027-03-15."""
    used = {LABELS[method]} if method else {*LABELS.values()}
    records = {"example.com": [allowing(f"validationmethods={','.join(listed)}")]}
    verdict = may_issue("example.com", records, as_of=day, validation_method=method)
    is_met = day == BEFORE or not used.isdisjoint(listed)
    assert bool(verdict.unmet) is not is_met
    assert verdict.allowed is (is_met or day < MUST)
    if not verdict.allowed:
        assert verdict.reason is CaaReason.METHOD_EXCLUDED


@pytest.mark.parametrize(
    ("records", "allowed", "unmet", "unclear"),
    [
        ([allowing("validationmethods=dns-01"), allowing()], True, 0, 0),
        ([allowing("validationmethods=dns-01"), allowing("accounturi=x")], True, 0, 1),
        ([allowing("accounturi=x", "validationmethods=ca-tbr-7")], True, 0, 1),
        ([allowing("validationmethods=ca-tbr-7", "validationmethods=ca-tbr-7")], False, 2, 0),
        ([allowing("ValidationMethods = ca-tbr-4,ca-tbr-7")], True, 0, 0),
        ([allowing("validationmethods=")], False, 1, 0),
        ([allowing("policy=ev")], True, 0, 0),
        (['0 issue "ca.org; validationmethods=dns-01"'], False, 0, 0),
    ],
)
def test_the_most_permissive_record_decides(records, allowed, unmet, unclear):
    """Of several records that name Amazon, one that allows the request is enough."""
    verdict = may_issue(
        "example.com", {"example.com": records}, as_of=MUST, validation_method="DNS"
    )
    assert verdict.allowed is allowed
    assert (len(verdict.unmet), len(verdict.unclear)) == (unmet, unclear)


def test_parameters_have_a_remark():
    """What no source confirms has a remark; a record without parameters is preferred."""
    bound = allowing(ACME_ONLY, "accounturi=x", "policy=ev")
    verdict = may_issue("example.com", {"example.com": [bound]})
    assert verdict.allowed
    assert verdict.remarks == (
        "AWS does not document whether it honors the parameter `policy=ev`",
        f"CAs should honor the parameter `{ACME_ONLY}`, which excludes the validation method",
        "AWS does not document which accounts the parameter `accounturi=x` allows",
    )
    assert may_issue("example.com", {"example.com": [bound, "0 issue awstrust.com"]}).is_confirmed
    early = may_issue("example.com", {"example.com": [allowing("accounturi=x")]}, as_of=BEFORE)
    assert early.remarks == ("CAs may ignore the parameter `accounturi=x`",)


@given(record_sets(), st.sampled_from([str.upper, str.title]), st.booleans())
def test_the_spelling_of_owners_does_not_matter(sets, spell, dotted):
    """Capitals and a final dot in the names of the record sets change no verdict."""
    spelled = {spell(owner) + "." * dotted: records for owner, records in sets.items()}
    for name in ("a.b.example.com", "*.b.example.com"):
        assert may_issue(name, spelled) == may_issue(name, sets)


def test_two_spellings_of_one_owner_are_one_set():
    """The records of one owner count together, however its name is spelled."""
    sets = {"example.com": ['0 issue "letsencrypt.org"'], "EXAMPLE.COM.": ['0 issue "amazon.com"']}
    assert may_issue("example.com", sets).allowed


@pytest.mark.parametrize(
    "owner", ["", ".", "..", "example.com..", "*.example.com", "_acme.example.com", "a b.com", "-"]
)
def test_an_owner_that_is_not_a_name_is_rejected(owner):
    """A key that is not a domain name would never match, so it raises `InvalidName`."""
    with pytest.raises(InvalidName):
        may_issue("example.com", {owner: ['0 issue ";"']})


@pytest.mark.parametrize(
    ("day", "reason"),
    [
        (date(2016, 1, 21), CaaReason.NOT_CHECKED),
        (date(2017, 9, 7), CaaReason.NOT_CHECKED),
        (date(2017, 9, 8), CaaReason.NONE_NAMED),
    ],
)
def test_records_count_since_checking_is_mandatory(day, reason):
    """Before 2017-09-08 no CA had to check the records."""
    verdict = may_issue("example.com", {"example.com": ['0 issue ";"']}, as_of=day)
    assert verdict.reason is reason
    assert verdict.allowed == (reason is CaaReason.NOT_CHECKED)


def test_an_invalid_name_is_rejected():
    """A string that is not a valid domain name raises `InvalidName`."""
    with pytest.raises(InvalidName):
        may_issue("com", {})


def test_the_examples_run():
    """The examples in the docstrings are correct."""
    failed, attempted = doctest.testmod(caa)
    assert attempted
    assert not failed


DAY = date(2026, 11, 23)
AMAZON, OTHERS, NOBODY = '0 issue "amazon.com"', '0 issue "ca.org"', '0 issue ";"'
X = Unknown("${X}")


def result(name, *sets):
    """Return the result of a name for sets of records, each given as a name and its records."""
    listed = [CaaRecordSet(holder, tuple(records), "Caa") for holder, *records in sets]
    locations = {}
    for place, (holder, *_) in enumerate(sets):
        key = str(holder) if isinstance(holder, DomainName) else ""
        locations.setdefault(key, []).append(place)
    return check_caa(parse_name(name), listed, locations, DAY)


@given(
    related_names(),
    st.dictionaries(
        related_names().map(lambda name: getattr(name, "parent", name)),
        st.lists(st.sampled_from([AMAZON, OTHERS, NOBODY, '0 issuewild "ca.org"']), max_size=2),
    ),
)
def test_known_records_have_the_result_of_the_library(name, sets):
    """With all records known and one set for each name, the verdict is that of `may_issue`."""
    found = result(str(name), *((holder, *records) for holder, records in sets.items()))
    verdict = may_issue(name, {str(holder): records for holder, records in sets.items()})
    assert found.unsure == ""
    assert found.verdict == (verdict if verdict.found_at else None)
    assert bool(found.locations) is bool(verdict.found_at)


A, B = DomainName("a.io"), DomainName("b.a.io")


@pytest.mark.parametrize(
    ("sets", "allowed", "unsure", "locations"),
    [
        ([(A, AMAZON), (A, AMAZON)], True, "", (0, 1)),
        ([(A, OTHERS), (A, NOBODY)], False, "", (0, 1)),
        (
            [(A, AMAZON), (A, OTHERS)],
            None,
            "several sets of CAA records for `a.io` contradict each other",
            (0, 1),
        ),
        ([(B,), (A, AMAZON)], True, "", (1,)),
        ([(Unresolved((X,)), AMAZON), (A, AMAZON)], None, "`${X}` is unknown", ()),
        ([(A, Unresolved(('0 issue "', X, '"')))], None, "`${X}` is unknown", (0,)),
        ([(A, Unresolved(('0 issue "ca.org; x=', X)))], False, "", (0,)),
        ([(A, AMAZON), (A, Unresolved((X,)))], None, "`${X}` is unknown", (0, 1)),
        (
            [(A, allowing("validationmethods=ca-tbr-7"))],
            None,
            "the validation method is unknown",
            (0,),
        ),
        ([(A, allowing("validationmethods=dns-01"))], True, "", (0,)),
        (
            [(A, allowing("validationmethods=dns-01"), Unresolved((X,)))],
            None,
            "`${X}` is unknown",
            (0,),
        ),
    ],
)
def test_several_sets_and_unknown_ones(sets, allowed, unsure, locations):
    """Several sets of one name must agree, and a set that may apply makes the result unknown."""
    found = result("b.a.io", *sets)
    verdict = found.verdict
    assert (None if verdict is None else verdict.allowed, found.unsure) == (allowed, unsure)
    assert found.locations == locations


def test_an_unknown_record_does_not_decide():
    """If a known record allows Amazon, the verdict contains only that one."""
    known = '0 issue "awstrust.com"'
    found = result("b.a.io", (A, Unresolved(('0 issue "', X, '"')), known))
    assert found.verdict.deciding == (CaaRecord.parse(known),)


def test_too_many_unknown_names():
    """Only as many names are compared as a certificate may list."""
    sets = [(Unresolved((Unknown(f"${{X{n}}}"), ".com")), OTHERS) for n in range(101)]
    assert result("b.a.io", *sets).unsure == "`${X0}` is unknown"
    assert result("b.a.io", *sets[1:]) == CaaAnswer()


@pytest.mark.parametrize("reason", CaaReason)
def test_a_verdict_is_true_if_amazon_may_issue(reason):
    """A verdict in a condition has the meaning of `allowed`."""
    verdict = CaaVerdict(parse_name("a.example.com"), reason)
    assert bool(verdict) is verdict.allowed


def test_a_verdict_against_amazon_is_false():
    """`if may_issue(...)` does not run for records that allow other CAs only."""
    assert not may_issue("a.example.com", {"example.com": ['0 issue "letsencrypt.org"']})
    assert may_issue("a.example.com", {"example.com": ['0 issue "amazon.com"']})
