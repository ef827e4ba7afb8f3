"""Facts about AWS and the CA/Browser Forum: each has dates and a source, and exists once."""

import pickle
from datetime import date
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.drift import committed

from acmrules import names as grammar
from acmrules.facts import (
    acm,
    all_facts,
    cabf,
    dns,
    facts_in_code,
    live,
    named_facts,
    services,
    sources,
    tools,
)
from acmrules.facts import names as name_facts
from acmrules.facts.background import FACTS
from acmrules.facts.fact import CHECKED, LAUNCH, Mark, inferred, observed, undated
from acmrules.facts.timeline import Citation
from acmrules.request import CertificateUsage, KeyAlgorithm, RootHierarchyType, ValidationMethod

facts = st.sampled_from(all_facts())
each_fact = pytest.mark.parametrize("fact", all_facts(), ids=lambda fact: fact.row)
days = st.dates(min_value=date(2013, 1, 1), max_value=date(2035, 1, 1))

UNUSED = {("4", 30)}
"""The numbers of sections that have no row."""

DOCS = Path(__file__).parents[2] / "docs" / "pages"


@given(facts, days)
def test_a_day_lies_in_exactly_one_era_from_the_first_on(fact, day):
    """A fact has one value on each date from its first era on, and raises an error before."""
    holding = [
        era
        for era in fact.history
        if era.start <= day and not ((end := fact.history.end(era)) and end <= day)
    ]
    if day < fact.history.eras[0].start:
        assert holding == []
        with pytest.raises(ValueError, match=f"fact {fact.row} starts on"):
            fact.era(day)
    else:
        assert holding == [fact.era(day)]


@each_fact
def test_neighbouring_eras_differ(fact):
    """A new era starts only if the value changes."""
    values = [era.value for era in fact.history]
    assert all(one != other for one, other in pairwise(values))


@each_fact
def test_every_citation_can_be_followed(fact):
    """Every source has a title, a URL, and the date on which it was read."""
    for source in (*(era.source for era in fact.history), *fact.also):
        assert source.title
        assert source.url.startswith("https://")
        assert source.read == CHECKED


@each_fact
def test_a_fact_survives_pickling(fact):
    """A fact is a plain value: equal after a round trip, and hashable."""
    assert pickle.loads(pickle.dumps(fact)) == fact
    assert hash(fact) == hash(pickle.loads(pickle.dumps(fact)))


@each_fact
def test_a_fact_is_one_sentence(fact):
    """A statement starts with a capital or code, ends with a period, and is short."""
    assert fact.statement[0].isupper() or fact.statement[0] == "`"
    assert fact.statement.endswith(".")
    assert "\n" not in fact.statement
    assert len(fact.statement) <= 100


@each_fact
def test_the_present_value_is_that_of_the_day_the_facts_were_read(fact):
    """`value` and `source` belong to the era of the last review, or to the first era."""
    begun = [era for era in fact.history if era.start <= CHECKED] or [fact.history.eras[0]]
    assert (fact.value, fact.source) == (begun[-1].value, begun[-1].source)


def test_every_row_is_stated_once():
    """No two facts have the same row."""
    rows = [row for fact in all_facts() for row in fact.rows]
    assert len(rows) == len(set(rows))


def test_the_rows_of_a_section_have_no_gaps():
    """The rows of each numbered section are complete from 1 to the last."""
    sections = {}
    for fact in all_facts():
        for row in fact.rows:
            section, _, number = row.rstrip("abcdefghi").partition(".")
            if not section.startswith("RFC"):
                sections.setdefault(section, set()).add(int(number))
    listed = [*"12345678", "ACME", "B2", "B3", "C", "CA", "CHR", "D", "E"]
    listed += ["L", "LBC", "N2", "P", "TF", "TV"]
    assert list(sections) == listed
    for section, numbers in sections.items():
        unused = {number for each, number in UNUSED if each == section}
        assert numbers | unused == set(range(1, max(numbers) + 1)), section


def test_facts_come_in_the_order_of_their_rows():
    """Parts of a row follow each other, `4.2` comes before `4.10`, sections in their order."""
    rows = [fact.row for fact in all_facts()]
    wanted = ["1.9", "1.10", "1.12a", "1.12b", "2.1", "4.2a", "4.2b 4.3b", "4.10a", "B2.3", "B3.1"]
    wanted += ["C.9d", "C.10a", "D.1", "E.9", "RFC2606"]
    assert [row for row in rows if row in wanted] == wanted


def test_a_fact_is_named_as_in_code():
    """A fact is identified by its module and its constant."""
    assert named_facts()["acm.VALIDITY_DAYS"] is acm.VALIDITY_DAYS
    assert named_facts()["cabf.VALIDITY_DAYS"] is cabf.VALIDITY_DAYS
    assert all(name.partition(".")[2].isupper() for name in named_facts())


def test_background_facts_are_those_that_no_code_reads():
    """A fact is a constant if code reads it, and a row of the background otherwise."""
    assert set(all_facts()) == {*facts_in_code(), *FACTS.values()}
    modules = {"acm": acm, "cabf": cabf, "dns": dns, "live": live, "names": name_facts}
    modules |= {"services": services, "tools": tools}
    for name in FACTS:
        module, _, constant = name.partition(".")
        assert not hasattr(modules[module], constant)


def test_every_source_has_an_address_of_its_own():
    """No two sources have the same URL, except those that share a repository's history."""
    listed = [source for source in vars(sources).values() if isinstance(source, Citation)]
    shared = {sources.BR_OLD.url}
    urls = [source.url for source in listed if source.url not in shared]
    assert len(urls) == len(set(urls))
    assert len(listed) > 100


def test_only_inferred_facts_are_unconfirmed():
    """An observed fact counts as confirmed; an inferred one does not."""
    made = [make("0.0", "A row.", 1, sources.BR) for make in (undated, observed, inferred)]
    assert [fact.mark for fact in made] == list(Mark)
    assert [fact.is_confirmed for fact in made] == [True, True, False]


def test_a_disputed_fact_explains_the_dispute_in_its_note():
    """A fact is disputed if its note says that sources disagree."""
    assert tools.EXPORT_UPDATES.is_disputed
    assert not tools.TAGS_UPDATES.is_disputed


def test_a_value_without_a_beginning_was_seen():
    """An undated value starts at the launch of ACM and is marked as seen."""
    era = undated("0.0", "A row.", 10, sources.UG_LIMITS).history.eras[0]
    assert (era.start, era.value, era.seen) == (LAUNCH, 10, True)


@pytest.mark.parametrize(
    ("fact", "day", "value"),
    [
        (acm.VALIDITY_DAYS, date(2026, 2, 17), 395),
        (acm.VALIDITY_DAYS, date(2026, 2, 18), 198),
        (cabf.VALIDITY_DAYS, date(2018, 2, 28), 1188),
        (cabf.VALIDITY_DAYS, date(2018, 3, 1), 825),
        (cabf.VALIDITY_DAYS, date(2020, 9, 1), 398),
        (cabf.VALIDITY_DAYS, date(2026, 3, 14), 398),
        (cabf.VALIDITY_DAYS, date(2026, 3, 15), 200),
        (cabf.VALIDITY_DAYS, date(2027, 3, 15), 100),
        (cabf.VALIDITY_DAYS, date(2029, 3, 15), 47),
        (cabf.REUSE_DAYS, date(2018, 2, 28), 1188),
        (cabf.REUSE_DAYS, date(2018, 3, 1), 825),
        (cabf.REUSE_DAYS, date(2021, 9, 30), 825),
        (cabf.REUSE_DAYS, date(2021, 10, 1), 398),
        (cabf.REUSE_DAYS, date(2026, 3, 15), 200),
        (cabf.REUSE_DAYS, date(2027, 3, 15), 100),
        (cabf.REUSE_DAYS, date(2029, 3, 15), 10),
        (cabf.EMAIL_SUNSET, date(2026, 3, 14), "allowed"),
        (cabf.EMAIL_SUNSET, date(2026, 3, 15), "discouraged"),
        (cabf.EMAIL_SUNSET, date(2028, 3, 15), "forbidden"),
        (FACTS["cabf.CONTACT_EMAIL_SUNSET"], date(2028, 3, 15), "forbidden"),
        (FACTS["cabf.WHOIS_METHODS"], date(2025, 1, 15), "not from a website"),
        (FACTS["cabf.WHOIS_METHODS"], date(2025, 7, 15), "forbidden"),
        (cabf.REMOTE_PERSPECTIVES, date(2025, 3, 15), 2),
        (cabf.REMOTE_PERSPECTIVES, date(2026, 3, 15), 3),
        (cabf.REMOTE_PERSPECTIVES, date(2026, 6, 15), 4),
        (cabf.REMOTE_PERSPECTIVES, date(2026, 12, 14), 4),
        (cabf.REMOTE_PERSPECTIVES, date(2026, 12, 15), 5),
        (cabf.CAA_PARAMETERS, date(2026, 6, 11), "may ignore them"),
        (cabf.CAA_PARAMETERS, date(2026, 6, 12), "should honor them"),
        (cabf.CAA_PARAMETERS, date(2027, 3, 14), "should honor them"),
        (cabf.CAA_PARAMETERS, date(2027, 3, 15), "must honor them"),
        (dns.DNSSEC_BLOCKS, date(2026, 3, 14), False),
        (dns.DNSSEC_BLOCKS, date(2026, 3, 15), True),
        (cabf.CHROME_CLIENT_AUTH, date(2026, 6, 15), "not from new CAs"),
        (cabf.CHROME_CLIENT_AUTH, date(2027, 3, 15), "forbidden"),
        (FACTS["cabf.CAA_STANDARD"], date(2017, 9, 8), "RFC 6844"),
        (FACTS["cabf.CAA_STANDARD"], date(2017, 10, 27), "RFC 6844 with erratum 5065"),
        (FACTS["cabf.CAA_STANDARD"], date(2020, 10, 19), "RFC 8659"),
        (FACTS["cabf.SECTIONS"], date(2026, 9, 7), (("CAA", "4.2.2.1"), ("DNSSEC", "4.2.2.2"))),
        (FACTS["acm.UNLISTED_CERTIFICATES"], date(2026, 11, 18), ("ACME",)),
        (FACTS["acm.UNLISTED_CERTIFICATES"], date(2026, 11, 19), ("ACME", "N2")),
        (acm.WHOIS_CONTACTS, date(2024, 5, 31), ("registrant", "technical", "administrative")),
        (acm.WHOIS_CONTACTS, date(2024, 6, 1), ()),
        (acm.RENEWAL_WHOIS_CONTACTS, date(2024, 9, 30), acm.WHOIS_CONTACTS.history.eras[0].value),
        (acm.RENEWAL_WHOIS_CONTACTS, date(2024, 10, 1), ()),
        (acm.VALIDATION_METHODS, date(2017, 11, 20), ("EMAIL",)),
        (acm.VALIDATION_METHODS, date(2017, 11, 21), ("EMAIL", "DNS")),
        (acm.VALIDATION_METHODS, date(2025, 4, 24), ("EMAIL", "DNS", "HTTP")),
        (acm.REQUESTABLE_ALGORITHMS, date(2022, 11, 7), ("RSA_2048",)),
        (acm.RENEWAL_WINDOW_DAYS, date(2026, 2, 17), 60),
        (acm.RENEWAL_WINDOW_DAYS, date(2026, 2, 18), 45),
        (acm.CLIENT_AUTH, date(2025, 6, 11), False),
        (acm.REQUEST_MEMBERS, date(2026, 11, 18), acm.REQUEST_MEMBERS.value[:-2]),
        (services.APP_MESH_CLOSED, date(2026, 9, 29), False),
        (services.APP_MESH_CLOSED, date(2026, 9, 30), True),
        (services.ACCOUNT_EXPIRY_DAYS, date(2026, 7, 9), (1, 45)),
        (acm.N2_LOGGED, date(2026, 11, 19), False),
        (acm.N2_CLIENT_AUTH, date(2026, 11, 19), True),
        (acm.TRANSPARENCY_OPT_OUT, date(2026, 5, 31), True),
        (acm.TRANSPARENCY_OPT_OUT, date(2026, 6, 1), False),
        (acm.EXPORT_PRICE_PER_NAME, date(2026, 2, 17), 15),
        (acm.EXPORT_PRICE_PER_NAME, date(2026, 2, 18), 7),
        (acm.EXPORT_PRICE_PER_WILDCARD, date(2026, 2, 18), 79),
        (acm.METHOD_CHANGES, date(2026, 7, 8), ()),
        (acm.METHOD_CHANGES, date(2026, 7, 9), (("EMAIL", "DNS"),)),
        (cabf.REVERSE_ZONES_ALLOWED, date(2026, 3, 14), True),
        (cabf.REVERSE_ZONES_ALLOWED, date(2026, 3, 15), False),
        (
            tools.VALIDATION_METHOD_UPDATES,
            date(2026, 8, 30),
            tools.Updates("in place", "replacement", "replacement", "no effect"),
        ),
        (
            tools.VALIDATION_METHOD_UPDATES,
            date(2026, 8, 31),
            tools.Updates("in place", "in place", "replacement", "no effect"),
        ),
        (
            tools.EXPORT_UPDATES,
            date(2026, 8, 10),
            tools.Updates("fixed", "in place", "in place", "edit refused"),
        ),
        (
            tools.EXPORT_UPDATES,
            date(2026, 8, 11),
            tools.Updates("fixed", "replacement", "in place", "edit refused"),
        ),
    ],
)
def test_values_change_on_their_day(fact, day, value):
    """Each value changes on its own date; AWS and the Forum may have different dates."""
    assert fact.era(day).value == value


@pytest.mark.parametrize(
    ("fact", "value"),
    [
        (acm.FIRST_NAME_OCTETS, 64),
        (acm.NAMES_QUOTA, 10),
        (acm.NAMES_LIMIT, 100),
        (acm.VALIDATION_HOURS, 72),
        (acm.RECORD_NAME_OCTETS, 34),
        (dns.RECORD_MINUTES, 30),
        (dns.LONGEST_CHAIN, 5),
        (dns.HTTP_REDIRECT_CODES, (301, 302, 307, 308)),
        (
            acm.CONSTRUCTED_LOCAL_PARTS,
            ("admin", "administrator", "hostmaster", "postmaster", "webmaster"),
        ),
        (
            acm.CAA_IDENTIFIERS,
            ("amazon.com", "amazontrust.com", "awstrust.com", "amazonaws.com"),
        ),
        (acm.PRIVATE_RENEWAL_WINDOW_DAYS, 60),
        (acm.PRIVATE_VALIDITY_DAYS, 395),
        (acm.PRIVATE_ALGORITHMS, ("RSA_2048", "EC_prime256v1", "EC_secp384r1")),
        (acm.CA_SHORT_LIVED_ISSUES, False),
        (FACTS["acm.GUIDE_IMPORT_KEY_BYTES"], 5_120),
        (name_facts.AMAZON_SUFFIXES, ("amazonaws.com", "cloudfront.net", "elasticbeanstalk.com")),
        (services.FIXED_REGION, "us-east-1"),
    ],
)
def test_undated_values(fact, value):
    """The most important undated values are those of the list of facts."""
    assert fact.value == value


CORRECTED = {
    "1.15": (sources.UG_CHAR,),
    "1.34c": (sources.UG_PRIVATE, sources.BOTOCORE_26_11),
    "2.14": (sources.UG_LIMITS,),
    "2.15": (sources.BOTOCORE_26_11,),
    "2.15b": (sources.UG_ACMEISS, sources.BOTOCORE_26_11),
    "4.19": (sources.BR_165, sources.BR_173),
    "4.20": (sources.RFC8659,),
    "4.23b": (sources.BR,),
    "4.24": (sources.BR_197,),
    "4.31": (sources.BR_SC98, sources.BR_SC98_TEXT),
    "4.32": (sources.BR_SC98_TEXT,),
    "4.33": (sources.BR_SC98_TEXT,),
    "4.34": (sources.BR_SC100, sources.BR_SC104),
    "7.15": (sources.UG_FORCE, sources.BOTOCORE_26_11),
    "8.2b": (sources.BOTOCORE_26_11, sources.UG_IMPORTPRE),
    "8.2d": (sources.UG_IMPORTPRE,),
    "B3.11": (sources.UG_DESCRIBE,),
    "CA.1": (sources.PCA_MODES, sources.PCA_MODEL),
    "CA.2": (sources.PCA_MODEL,),
    "CA.3": (sources.UG_PRIVATE, sources.UG_EXC),
    "CHR.1": (sources.CHROME_POLICY,),
    "D.1": (sources.ACK_GENERATOR,),
    "D.2": (sources.ACK_GENERATOR,),
    "D.3": (sources.ACK_GENERATOR,),
    "D.4": (sources.CFNLINT_26_08, sources.CFNLINT_26_09),
    "D.5": (sources.ACK_GENERATOR,),
    "D.6": (sources.ACK_GENERATOR,),
    "D.7": (sources.CFNLINT_26_07, sources.CFNLINT_26_08),
    "D.15": (sources.LBC_4786, sources.LBC),
    "TF.1": (sources.TF_DATA,),
    "TF.2": (sources.TF_VALIDATION,),
}
"""The rows that the review of November 2026 corrected or added, with their sources."""


@pytest.mark.parametrize("row", CORRECTED)
def test_a_corrected_fact_cites_the_source_of_the_correction(row):
    """Each row of the last review is in the table, with its sources."""
    [fact] = [fact for fact in all_facts() if row in fact.rows]
    cited = {era.source for era in fact.history} | {*fact.also}
    assert cited >= {*CORRECTED[row]}


def test_the_marks_of_the_last_review():
    """The search for CAA records and the hyphens of algorithms are confirmed, not inferred."""
    assert cabf.CAA_SEARCH.mark is Mark.CONFIRMED
    assert FACTS["acm.ALGORITHM_HYPHENS"].mark is Mark.CONFIRMED


def test_the_record_name_is_its_parts():
    """A record name adds an underscore, a token, and a dot to the name."""
    assert acm.RECORD_NAME_OCTETS.value == len("_") + FACTS["acm.RECORD_TOKEN_OCTETS"].value + len(
        "."
    )


def test_names_and_facts_agree():
    """The grammar, which must not import facts, has the same limits."""
    assert acm.MAX_NAME_OCTETS.value == grammar.MAX_NAME_OCTETS
    assert acm.MAX_LABEL_OCTETS.value == grammar.MAX_LABEL_OCTETS


def test_enumerations_and_facts_agree():
    """The enumerations of a request have exactly the values of the API."""
    assert {each.value for each in KeyAlgorithm} == set(acm.KEY_ALGORITHMS.value)
    assert {each.value for each in ValidationMethod} == set(acm.VALIDATION_METHODS.value)
    assert {each.value for each in RootHierarchyType} == set(acm.ROOT_HIERARCHIES.value)
    assert {each.value for each in CertificateUsage} == set(acm.CERTIFICATE_USAGES.value)
    assert dict(acm.N2_VALIDITY_DAYS.value).keys() == set(acm.ROOT_HIERARCHIES.value)
    assert set(acm.REQUESTABLE_ALGORITHMS.value) < set(acm.KEY_ALGORITHMS.value)


def test_facts_on_acme_agree_with_the_model_of_botocore():
    """Patterns, values and required members of ACME resources are those of the API model."""
    model = committed()["botocore"]["shapes"]
    assert model["DomainName"]["pattern"] == acm.ACME_DOMAIN_PATTERN.value
    assert model["HostedZoneId"]["pattern"] == acm.ACME_ZONE_PATTERN.value
    assert model["DomainScopeOption"]["enum"] == list(acm.ACME_SCOPE_VALUES.value)
    assert model["AcmeAuthorizationBehavior"]["enum"] == list(acm.ACME_AUTHORIZATIONS.value)
    assert model["PublicKeyAlgorithm"]["enum"] == list(acm.ACME_ALGORITHMS.value)
    assert list(model["DomainScope"]["members"]) == [name for name, _ in acm.ACME_SCOPES.value]
    for kind, required in acm.ACME_REQUIRED.value:
        nested = [each for each in required if "." not in each]
        assert sorted(model[f"Create{kind}Request"]["required"]) == sorted(nested)


def test_facts_agree_with_the_model_of_botocore():
    """Bounds, patterns and values are those of the API model."""
    model = committed()["botocore"]["shapes"]

    def bounds(shape):
        return model[shape].get("min"), model[shape]["max"]

    assert model["DomainNameString"]["pattern"] == acm.NAME_PATTERN.value
    assert bounds("DomainNameString") == FACTS["acm.NAME_LENGTH"].value
    assert bounds("DomainList") == acm.OTHER_NAMES_COUNT.value
    assert bounds("DomainValidationOptionList") == acm.VALIDATION_OPTIONS_COUNT.value
    assert bounds("IdempotencyToken") == acm.IDEMPOTENCY_TOKEN_LENGTH.value
    assert bounds("Arn") == acm.ARN_LENGTH.value
    assert bounds("TagList") == acm.TAGS_COUNT.value
    assert bounds("TagKey") == acm.TAG_KEY_LENGTH.value
    assert bounds("TagValue") == acm.TAG_VALUE_LENGTH.value
    assert bounds("CertificateBodyBlob") == acm.IMPORT_CERTIFICATE_BYTES.value
    assert bounds("PrivateKeyBlob") == acm.IMPORT_KEY_BYTES.value
    assert bounds("CertificateChainBlob") == acm.IMPORT_CHAIN_BYTES.value
    assert set(model["KeyAlgorithm"]["enum"]) == set(acm.KEY_ALGORITHMS.value)
    assert set(model["ValidationMethod"]["enum"]) == set(acm.VALIDATION_METHODS.value)
    assert set(model["CertificateStatus"]["enum"]) == set(FACTS["acm.STATUSES"].value)
    assert set(model["RootHierarchyType"]["enum"]) == set(acm.ROOT_HIERARCHIES.value)
    assert set(model["CertificateUsage"]["enum"]) == set(acm.CERTIFICATE_USAGES.value)
    assert model["RequestCertificateRequest"]["required"] == list(acm.REQUIRED_PARAMETERS.value)
    assert set(model["DomainValidationOption"]["required"]) == set(
        acm.VALIDATION_OPTION_MEMBERS.value
    )
    holders = {
        "": "RequestCertificateRequest",
        "DomainValidationOptions.": "DomainValidationOption",
        "Options.": "CertificateOptions",
        "Tags.": "Tag",
    }
    assert set(acm.REQUEST_MEMBERS.value) == {
        f"{holder}{member}"
        for holder, shape in holders.items()
        for member in model[shape]["members"]
    }


def test_the_members_of_cloudformation_are_those_of_its_schema():
    """The properties that can be set, the members of structures, and what each tag requires."""
    schema = committed()["cfn-lint"]["schema"]
    holders = {
        "": schema,
        "DomainValidationOptions.": schema["definitions"]["DomainValidationOption"],
        "Tags.": schema["definitions"]["Tag"],
    }
    assert {*tools.CLOUDFORMATION_MEMBERS.value, "CertificateArn"} == {
        f"{holder}{member}"
        for holder, structure in holders.items()
        for member in structure["properties"]
    }
    assert schema["readOnlyProperties"] == ["/properties/CertificateArn"]
    required = schema["definitions"]["Tag"]["required"]
    assert set(required) == set(tools.CLOUDFORMATION_TAG_MEMBERS.value)
