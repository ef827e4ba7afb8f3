"""Requests for the linter, with valid, invalid and unknown values of every kind."""

from datetime import date
from functools import cache

from hypothesis import strategies as st

from acmrules.names import DomainName
from acmrules.request import (
    CertificateRequest,
    CertificateUsage,
    KeyAlgorithm,
    RootHierarchyType,
    Tag,
    Tool,
    UnknownMember,
    ValidationMethod,
    ValidationOption,
)
from acmrules.resources import CaaRecordSet, CertificateReference, Consumer, Zone
from acmrules.services import SERVICES
from acmrules.unresolved import Unknown, Unresolved, UnresolvedNames, read_member, read_name
from acmrules.x509 import Certificate, ImportedCertificate

_NAMES = (
    "brightharbor.io",
    "www.brightharbor.io",
    "*.brightharbor.io",
    "*.api.brightharbor.io",
    "WWW.BrightHarbor.io",
    "brightharbor.io.",
    "bücher.brightharbor.io",
    "a_b.io",
    "co.uk",
    "*.co.uk",
    "*.io",
    "10.0.0.11",
    "x.internal",
    "example.com",
    "",
    "a." * 40 + "io",
)
_UNKNOWN = Unknown("${X}")


@cache
def unresolved_texts():
    """Draw partly known strings."""
    pieces = st.sampled_from(["*.", "www.", ".io", ".brightharbor.io", "a_", "DNS", ".", ""])
    return st.builds(
        lambda head, tail: Unresolved(tuple(filter(None, (head, _UNKNOWN, tail)))), pieces, pieces
    )


@cache
def listed_names():
    """Draw items of a list of names."""
    return (
        st.sampled_from(_NAMES).map(read_name)
        | unresolved_texts()
        | st.just(UnresolvedNames(_UNKNOWN))
    )


@cache
def single_names():
    """Draw single names, known or partly known."""
    return st.sampled_from(_NAMES).map(read_name) | unresolved_texts()


def texts(*samples):
    """Draw values of a field, including absent and partly known ones."""
    return st.none() | st.sampled_from(samples) | unresolved_texts()


def members(kind, *wrong):
    """Draw members of an enumeration, invalid ones, and partly known ones."""
    spelled = st.sampled_from([member.value for member in kind] + list(wrong))
    return st.none() | spelled.map(lambda text: read_member(kind, text)) | unresolved_texts()


@cache
def validation_options():
    """Draw validation options, including unknown ones."""
    return (
        st.builds(
            ValidationOption,
            st.none() | single_names(),
            st.none() | single_names(),
            texts("Z0123456789ABCDEFGHIJ", "/hostedzone/Z1", "zone"),
        )
        | unresolved_texts()
    )


@cache
def tags():
    """Draw valid and invalid tags."""
    words = st.sampled_from(["Name", "", "aws:x", "*.io", "a" * 300]) | unresolved_texts()
    return st.builds(Tag, words, words) | unresolved_texts()


@cache
def unknown_members():
    """Draw members that no tool has, that some have, and any number of unknown ones."""
    words = st.sampled_from(["SubjectAlternateNames", "Export", "brand", "", "timeouts"])
    holders = st.sampled_from(["", "Options", "resource", "tags", "unheard-of"])
    siblings = st.frozensets(st.sampled_from(["DomainName", "SubjectAlternativeNames"]))
    return st.builds(UnknownMember, words, holders, siblings) | unresolved_texts()


@cache
def certificate_requests():
    """Draw requests as files contain them."""
    return st.builds(
        lambda listed, **fields: CertificateRequest(listed, tuple(map(str, listed)), **fields),
        st.lists(listed_names(), max_size=6).map(tuple),
        validation_method=members(ValidationMethod, "dns", "CNAME"),
        validation_options=st.lists(validation_options(), max_size=3).map(tuple),
        key_algorithm=members(KeyAlgorithm, "EC_Prime256v1", "ed25519"),
        certificate_authority_arn=texts("arn:aws:acm-pca:eu-west-1:1:x", ""),
        export=texts("ENABLED", "DISABLED"),
        transparency_logging=texts("ENABLED", "DISABLED"),
        tags=st.lists(tags(), max_size=2).map(tuple),
        idempotency_token=texts("a", "", "a-b"),
        region=texts("us-east-1", "eu-west-1", "eu-west1"),
        import_fields=st.sampled_from([(), ("private_key",)]),
        create_before_destroy=st.sampled_from([None, True, False]),
        extended_key_usages=st.sampled_from([(), ("serverAuth",), ("serverAuth", "clientAuth")]),
        root_hierarchy=members(RootHierarchyType, "n2-amazon-managed", "N2"),
        certificate_usage=members(CertificateUsage, "SERVER"),
        unknown_members=st.lists(unknown_members(), max_size=2).map(tuple),
    )


@cache
def consumers():
    """Draw consumers of a certificate, of every service."""
    arn = "arn:aws:acm:eu-west-1:111122223333:certificate/2f1c"
    return st.builds(
        Consumer,
        st.sampled_from([*SERVICES, "unheard-of"]),
        st.just("Consumer"),
        st.just(CertificateReference("Certificate")) | texts(arn, "arn:aws", ""),
        st.lists(listed_names(), max_size=2).map(tuple),
        st.booleans(),
        texts("us-east-1", "cn-north-1", "nowhere"),
        st.sampled_from([frozenset(), frozenset({"mutual-tls"})]),
    )


@cache
def zones():
    """Draw hosted zones."""
    return st.builds(
        Zone,
        single_names(),
        st.just("Z0123456789ABCDEFGHIJ") | unresolved_texts(),
        st.just("Zone"),
        st.booleans(),
    )


@cache
def caa_record_sets():
    """Draw CAA records of a name."""
    records = st.sampled_from(['0 issue "amazon.com"', '0 issue "x.org"', "no record"])
    return st.builds(
        CaaRecordSet,
        st.just(DomainName("brightharbor.io")) | single_names(),
        st.lists(records | unresolved_texts(), max_size=2).map(tuple),
        st.just("Caa"),
    )


@cache
def certificates():
    """Draw certificates that ACM imports or rejects."""
    days = st.sampled_from([date(2016, 1, 1), date(2026, 11, 23), date(2030, 1, 1)])
    subjects = st.sampled_from(["CN=brightharbor.io", "CN=Harbor CA", ""])
    return st.builds(
        Certificate,
        subjects,
        subjects,
        st.integers(1, 2),
        st.sampled_from([1, 3]),
        st.sampled_from(["RSA_2048", "EC_secp384r1", "RSA_1536", "Ed25519"]),
        st.sampled_from(["RSA", "EC", None]),
        days,
        days,
        st.sampled_from([700, 32_768, 32_769, 2_097_153]),
        st.booleans(),
        st.none() | st.integers(0, 3),
        st.sampled_from([(), ("http://ocsp.brightharbor.io",), ("http://a.io/" + "a" * 1000,)]),
    )


@cache
def imported_certificates():
    """Draw imports with chains and key labels."""
    return st.builds(
        ImportedCertificate,
        st.sampled_from([None, True, False]),
        st.none() | certificates(),
        st.lists(certificates(), max_size=3).map(tuple),
        st.sampled_from(["PEM", "DER"]),
        st.sampled_from([None, "PRIVATE KEY", "ENCRYPTED PRIVATE KEY"]),
    )


@cache
def contexts():
    """Draw the parts of a context other than the request."""
    return st.fixed_dictionaries(
        {
            "tool": st.sampled_from(Tool),
            "consumers": st.lists(consumers(), max_size=2).map(tuple),
            "all_consumers_known": st.booleans(),
            "zones": st.lists(zones(), max_size=2).map(tuple),
            "caa": st.lists(caa_record_sets(), max_size=2).map(tuple),
            "issued": st.none() | certificate_requests(),
            "imported": st.none() | imported_certificates(),
        }
    )
