"""The columns of `examine` by the scalar functions, one row at a time: the reference of its tests.

Each function answers for one name. `scalar_row` combines them, and needs no pyarrow array.
"""

from datetime import date

from acmrules import CertificateRequest, CoverageIndex
from acmrules.arrow.columns import COLUMNS
from acmrules.arrow.rules import NAME_RULES
from acmrules.contacts import validation_contacts
from acmrules.facts.fact import CHECKED
from acmrules.lint import check
from acmrules.name_errors import InvalidName
from acmrules.names import DomainName, Name, WildcardDomainName, parse_name
from acmrules.suffix_lists import default_suffixes
from acmrules.suffixes import PublicSuffixes
from acmrules.validation import validation_record

_NEUTRAL = ("brightharbor.io", "quietmeadow.org")
"""Names that break no rule."""


def scalar_row(
    text: bytes | None,
    certificates=None,
    *,
    suffixes: PublicSuffixes | None = None,
    as_of: date = CHECKED,
    columns=tuple(COLUMNS),
) -> dict:
    """Return the wanted columns of a string by their names, in the order of `columns`.

    `certificates` are names by the id of their certificate.
    """
    if text is None:
        return dict.fromkeys(columns)
    suffixes = suffixes or default_suffixes()
    row = dict.fromkeys(COLUMNS)
    name = None
    try:
        name = parse_name(decoded(text))
    except InvalidName as error:
        row |= {"fault": error.fault.name}
        row["fault_start"], row["fault_end"] = error.span
    else:
        row["canonical_name"] = str(name)
        row |= scalar_suffix(parent_of(name), suffixes)
        row |= scalar_covering(name, certificates or {})
        row["validation_record"] = validation_record(name)
        row["mailboxes"] = scalar_mailboxes(name, as_of)
    if "rule_ids" in columns:  # The linter takes most of the time.
        row["rule_ids"] = scalar_rule_ids(text, suffixes, as_of)
    return {column: row[column] for column in columns}


def decoded(text: bytes) -> str:
    """Return bytes as a string; those that are not UTF-8 become characters of their own."""
    return text.decode("utf-8", "surrogateescape")


def parent_of(name: Name) -> DomainName:
    """Return a name without a `*.`."""
    return name.parent if isinstance(name, WildcardDomainName) else name


def scalar_suffix(domain: DomainName, suffixes: PublicSuffixes) -> dict:
    """Return the public suffix of a domain name, its section, and the base domain name."""
    base = suffixes.base_domain_name(domain)
    return {
        "base_domain_name": None if base is None else str(base),
        "public_suffix": suffixes.public_suffix(domain),
        "suffix_section": suffixes.section(domain),
    }


def scalar_covering(name: Name, certificates) -> dict:
    """Return the name that covers a name, and the first certificate that lists it."""
    listed = {}
    for certificate, names in certificates.items():
        for each in names:
            try:
                listed.setdefault(parse_name(each), certificate)
            except InvalidName:
                continue
    covering = CoverageIndex(listed).covering(name)
    return {
        "covering_name": None if covering is None else str(covering),
        "certificate": None if covering is None else listed[covering],
    }


def scalar_mailboxes(name: Name, as_of: date) -> list[str]:
    """Return the mailboxes that receive the approval mail for a name on a date."""
    return [contact.address for contact in validation_contacts(name, as_of=as_of) if contact.mailed]


def scalar_rule_ids(text: bytes, suffixes: PublicSuffixes, as_of: date) -> list[str]:
    """Return the rules that a string breaks as an alternative name, according to the linter.

    The first name breaks no rule, and has another base domain name.
    """
    written = decoded(text)
    neutral = _NEUTRAL["brightharbor" in written.lower()]
    request = CertificateRequest.of([neutral, written], validation_method="DNS")
    report = check(request, suffixes=suffixes, as_of=as_of, today=as_of, settings={})
    found = {finding.rule.id for finding in report.findings if finding.path == ("names", 1)}
    return [rule for rule in NAME_RULES if rule in found]
