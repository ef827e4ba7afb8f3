"""A final dot and capitals in names: one law over every public function that takes a name.

DNS tools print hosts, zones and owners of records with a final dot, so these may have one. ACM
rejects it in the names of a certificate and in validation domains, so these are reported.
"""

import inspect
import re
from datetime import date

import pytest
from hypothesis import given

import acmrules
from acmrules import (
    CertificateRequest,
    CoverageIndex,
    Demand,
    DomainName,
    InvalidName,
    Malformed,
    NameFault,
    NameList,
    PlanPolicy,
    PublicSuffixes,
    WhoisContacts,
    WildcardDomainName,
    ZoneIndex,
    compare,
    covers,
    mail_domain,
    may_issue,
    parse_name,
    plan,
    redundant_names,
    renewal_eligibility,
    uncovered,
    validation_contacts,
    validation_plan,
    zone_of,
)
from acmrules.strategies import names

INDEX = CoverageIndex(["example.com", "*.example.com"])
LISTED = NameList(["example.com", "*.example.com"])
SUFFIXES = PublicSuffixes("com\nuk\nco.uk\nio\norg\nnet")
OLD = date(2018, 1, 1)
OWNER = WhoisContacts("owner@example.org")


def contacts_by(domain):
    """Return the contacts of a name, with WHOIS contacts for a domain."""
    return validation_plan(["www.example.com"], "EMAIL", as_of=OLD, whois={domain: OWNER}).mailboxes


ACCEPTED = {
    ("CoverageIndex.covers", "host"): INDEX.covers,
    ("CoverageIndex.__contains__", "host"): INDEX.__contains__,
    ("CoverageIndex.covering", "host"): INDEX.covering,
    ("CoverageIndex.uncovered", "host"): INDEX.uncovered,
    ("covers", "host"): lambda text: covers("*.example.com", text),
    ("uncovered", "hosts"): lambda text: uncovered(["example.com"], [text]),
    ("Demand.__init__", "hosts"): lambda text: Demand([text]),
    ("plan", "hosts"): lambda text: plan([text], suffixes=SUFFIXES),
}
"""The functions that take a host, which may be a wildcard."""

ACCEPTED_DOMAINS = {
    ("PublicSuffixes.public_suffix", "name"): SUFFIXES.public_suffix,
    ("PublicSuffixes.base_domain_name", "name"): SUFFIXES.base_domain_name,
    ("PublicSuffixes.is_public_suffix", "name"): SUFFIXES.is_public_suffix,
    ("PublicSuffixes.is_listed", "name"): SUFFIXES.is_listed,
    ("PublicSuffixes.section", "name"): SUFFIXES.section,
    ("PublicSuffixes.has_suffixes_below", "domain"): SUFFIXES.has_suffixes_below,
    ("DomainName.is_within", "domain"): parse_name("www.example.com").is_within,
    ("WildcardDomainName.is_within", "domain"): parse_name("*.example.com").is_within,
    ("ZoneIndex.__init__", "zones"): lambda text: ZoneIndex([text]).match("a.example.com"),
    ("PlanPolicy.wildcard_refusal", "parent"): lambda text: PlanPolicy().wildcard_refusal(
        text, SUFFIXES
    ),
    ("zone_of", "zones"): lambda text: zone_of("www.example.com", [text]),
    ("may_issue", "record_sets"): lambda text: may_issue(
        "a.b.example.com", {text: ['0 issue ";"']}
    ),
    ("validation_plan", "whois"): contacts_by,
    ("PlanPolicy.__init__", "wildcard_zones"): lambda text: PlanPolicy(wildcard_zones=[text]),
    ("PlanPolicy.__init__", "apart"): lambda text: PlanPolicy(apart=[[text]]),
}
"""The functions that take a zone, a suffix, or the owner of records or contacts."""

REFUSED = {
    ("parse_name", "text"): parse_name,
    ("NameList.__init__", "names"): lambda text: NameList([text]),
    ("NameList.__contains__", "name"): LISTED.__contains__,
    ("NameList.index", "name"): lambda text: (LISTED.adding([text])).index(text),
    ("NameList.adding", "names"): lambda text: LISTED.adding([text]),
    ("NameList.removing", "names"): lambda text: NameList(["a.test.io", text, "b.io"]).removing(
        [text]
    ),
    ("NameList.leading_with", "name"): LISTED.leading_with,
    ("CoverageIndex.__init__", "names"): lambda text: CoverageIndex([text]).covering(
        "a.example.com"
    ),
    ("covers", "name"): lambda text: covers(text, "www.example.com"),
    ("redundant_names", "names"): lambda text: redundant_names([text, "*.example.com"]),
    ("uncovered", "names"): lambda text: uncovered([text], ["www.example.com"]),
    ("mail_domain", "name"): mail_domain,
    ("validation_contacts", "name"): validation_contacts,
    ("validation_plan", "names"): lambda text: validation_plan([text], "DNS"),
    ("zone_of", "name"): lambda text: zone_of(text, ["example.com"]),
    ("ZoneIndex.match", "name"): ZoneIndex([parse_name("example.com")]).match,
    ("may_issue", "name"): lambda text: may_issue(text, {}),
    ("PlanPolicy.__init__", "first"): lambda text: PlanPolicy(first=[text]),
    ("compare", "issued"): lambda text: compare([text], ["a.example.com"]),
    ("compare", "wanted"): lambda text: compare(["a.example.com"], [text]).added,
    ("renewal_eligibility", "names"): lambda text: renewal_eligibility(names=[text]),
}
"""The functions that take a name of a certificate, which may be a wildcard."""

REFUSED_DOMAINS = {
    ("DomainName.__new__", "text"): DomainName,
    ("WildcardDomainName.__new__", "name"): lambda text: WildcardDomainName(f"*.{text}"),
    ("mail_domain", "validation_domain"): lambda text: mail_domain(f"a.{text.strip('.')}", text),
    ("validation_contacts", "validation_domain"): lambda text: validation_contacts(
        f"a.{text.strip('.')}", validation_domain=text
    ),
    ("validation_plan", "validation_domains"): lambda text: validation_plan(
        [f"a.{text.strip('.')}"], "EMAIL", validation_domains={f"a.{text.strip('.')}": text}
    ),
}
"""The functions that take a validation domain, or a domain that is not a wildcard."""

REPORTED = {("CertificateRequest.of", "names"), ("is_name", "text"), ("name_fault", "text")}
NOT_NAMES = {
    "Citation.__init__": {"title", "url", "copy"},
    "InvalidName.__init__": {"text", "detail"},
    "PublicSuffixes.__init__": {"text", "version"},
    "NoSuffixList.__init__": {"source", "fault"},
    "NotExpressible.__init__": {"fault"},
    "CertificateRequest.from_api": {"params", "region"},
    "CertificateRequest.from_description": {"data"},
    "CertificateDetail.from_api": {"data"},
    "diagnose": {"certificate"},
    "diagnose_all": {"certificates"},
    "suffixes_from": {"source"},
    "CertificateRequest.of": {
        *("validation_method", "key_algorithm", "root_hierarchy", "certificate_usage"),
        *("import_fields", "extended_key_usages"),
    },
    "validation_contacts": {"whois"},
    "validation_plan": {"validation_method"},
    "CaaRecord.parse": {"text"},
    "may_issue": {"validation_method"},
    "Region.of": {"name"},
    "Fact.__init__": {"row", "note", "statement"},
    "Service.of": {"key"},
    "Service.certificate_region": {"region"},
    "compare": {"tool"},
    "renewal_eligibility": {"origin"},
    "validity_days": {"root_hierarchy"},
    "foreseen_validity": {"root_hierarchy"},
    "renewal_pace": {"root_hierarchy"},
    "yearly_workload": {"tool"},
    "quota_increase_request": {"region", "account"},
    "has_acm": {"region"},
    "near_regions": {"text"},
    "partition_of": {"region"},
    "Service.obstacle": {"region"},
    "key_algorithms": {"service"},
    "required_region": {"service", "region"},
    "usable_outside_aws": {"origin"},
    "Demand.__init__": {"service", "region", "address"},
    "renewal_attempts": {"validation_method"},
}
"""The parameters that take other strings."""


def public_functions():
    """Yield the public functions and methods, with their names."""
    for name in acmrules.__all__:
        found = getattr(acmrules, name)
        if inspect.isfunction(found):
            yield name, found
        elif inspect.isclass(found):
            for key, member in vars(found).items():
                method = getattr(member, "__func__", member)
                is_public = not key.startswith("_") or key in {
                    "__init__",
                    "__new__",
                    "__contains__",
                }
                if is_public and inspect.isfunction(method):
                    yield f"{name}.{key}", method


def test_every_parameter_for_a_name_has_a_law():
    """Each parameter that takes a string or a name is in one of the tables."""
    taking = {
        (name, parameter.name)
        for name, function in public_functions()
        for parameter in inspect.signature(function).parameters.values()
        if re.search(r"\bstr\b|Name\b", str(parameter.annotation))
    }
    covered = ACCEPTED.keys() | ACCEPTED_DOMAINS.keys() | REFUSED.keys() | REFUSED_DOMAINS.keys()
    others = {(name, parameter) for name, listed in NOT_NAMES.items() for parameter in listed}
    assert taking == covered | REPORTED | others


def domains():
    """Draw names that are not wildcards."""
    return names().filter(lambda name: isinstance(name, DomainName))


def accepts(function, text):
    """Check that a final dot and capitals do not matter, and that two dots are an error."""
    assert function(f"{text}.") == function(text)
    assert function(text.upper()) == function(text)
    if function != SUFFIXES.has_suffixes_below:  # It also accepts what is not a name.
        with pytest.raises(InvalidName):
            function(f"{text}..")


def refuses(function, text):
    """Check that capitals do not matter, and that a final dot is reported."""
    assert function(text.upper()) == function(text)
    with pytest.raises(InvalidName) as error:
        function(f"{text}.")
    assert error.value.fault is NameFault.TRAILING_DOT


@pytest.mark.parametrize("key", ACCEPTED, ids=" ".join)
@given(name=names())
def test_hosts_may_end_in_a_dot(key, name):
    """A host may be written as DNS tools print it."""
    accepts(ACCEPTED[key], str(name))


@pytest.mark.parametrize("key", ACCEPTED_DOMAINS, ids=" ".join)
@given(name=domains())
def test_zones_and_owners_may_end_in_a_dot(key, name):
    """A zone, a suffix or the owner of records may be written as DNS tools print it."""
    accepts(ACCEPTED_DOMAINS[key], str(name))


@pytest.mark.parametrize("key", REFUSED, ids=" ".join)
@given(name=names())
def test_names_of_a_certificate_may_not_end_in_a_dot(key, name):
    """ACM rejects a final dot in a name, so the library reports it."""
    refuses(REFUSED[key], str(name))


@pytest.mark.parametrize("key", REFUSED_DOMAINS, ids=" ".join)
@given(name=domains())
def test_validation_domains_may_not_end_in_a_dot(key, name):
    """ACM rejects a final dot in a validation domain, so the library reports it."""
    refuses(REFUSED_DOMAINS[key], str(name))


@given(names())
def test_a_request_keeps_a_name_that_acm_rejects(name):
    """A request reports a final dot as a finding, not as an error."""
    assert CertificateRequest.of([f"{name}."]).names == (Malformed(f"{name}."),)
