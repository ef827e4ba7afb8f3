"""Uses of certificates: what all readers share."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from acmrules.names import DomainName
from acmrules.readers.consumers import (
    CertificateUse,
    beanstalk,
    consumer_of,
    exact_hosts,
    simple_consumer,
    uses_of,
)
from acmrules.readers.fields import Fields, LiteralReader
from acmrules.resources import CertificateReference
from acmrules.unresolved import Unknown, UnresolvedNames

ARN = "arn:aws:acm:eu-west-1:111122223333:certificate/2f1c"
FOUND = (ARN, ("arn",), None)
PATTERNS = st.sampled_from(["a.io", "b.io", "*.a.io", "b?.io"])


def found(text):
    """Return a string as an entry of a list."""
    return text, ("hosts", text), None


def fields(**data):
    """Return the fields of literal properties."""
    return Fields(LiteralReader(), data, ())


@given(st.lists(st.lists(PATTERNS, max_size=3), max_size=3))
def test_exact_hosts(rules):
    """Only exact hosts are returned; a rule with a pattern or without a host serves others too."""
    hosts, known = exact_hosts([[found(text) for text in rule] for rule in rules])
    texts = [text for rule in rules for text in rule]
    assert [text for text, _, _ in hosts] == [text for text in texts if text in {"a.io", "b.io"}]
    assert known is (all(rules) and len(hosts) == len(texts))


@given(st.lists(st.sampled_from([FOUND, None]), max_size=3), st.lists(PATTERNS, max_size=2))
def test_uses_of(certificates, hosts):
    """Each certificate that is set has one use, with all hosts."""
    listed = [found(host) for host in hosts]
    used = list(uses_of("alb", certificates, listed, "mutual-tls"))
    use = CertificateUse("alb", FOUND, tuple(listed), bool(hosts), frozenset(["mutual-tls"]))
    assert used == [use] * certificates.count(FOUND)


def test_unknown_hosts():
    """If the number of hosts is unknown, other hosts may be served."""
    several = (UnresolvedNames(Unknown("var.x")), (), None)
    (use,) = uses_of("alb", [FOUND], [found("a.io"), several])
    assert (len(use.hosts), use.hosts_known) == (2, False)


@pytest.mark.parametrize(
    ("arn", "is_of_acm"), [(ARN, True), ("arn:aws:iam::111122223333:server-certificate/x", False)]
)
def test_certificates_of_iam(arn, is_of_acm):
    """A server certificate of IAM is not an ACM certificate."""
    assert CertificateUse("alb", (arn, (), None)).is_of_acm is is_of_acm


def test_plain():
    """The certificate and the hosts are at the dotted paths."""
    read = simple_consumer("opensearch", "endpoint.arn", "endpoint.names")
    (use,) = read(fields(endpoint={"arn": ARN, "names": ["a.io"]}))
    assert use.certificate == (ARN, ("endpoint", "arn"), None)
    assert use.hosts == (("a.io", ("endpoint", "names", 0), None),)
    assert list(simple_consumer("transfer", "arn")(fields())) == []


def test_beanstalk():
    """An option refers to a certificate by its name and its namespace."""
    read = beanstalk("options", "space", "name", "value")
    options = [
        {"space": "aws:elbv2:listener:443", "name": "SSLCertificateArns", "value": ARN},
        {"space": "aws:elb:listener", "name": "SSLCertificateId", "value": ARN},
        {"space": "aws:elbv2:listener:443", "name": "SSLCertificateId", "value": ARN},
        {"space": "aws:elb:listener", "name": "Other", "value": ARN},
    ]
    used = list(read(fields(options=options)))
    assert [use.certificate[1] for use in used] == [
        ("options", 0, "value"),
        ("options", 1, "value"),
    ]


@pytest.mark.parametrize("certificate", ["aws_acm_certificate.x", None])
def test_consumer_of(certificate):
    """A use becomes a consumer of a certificate in the same file or elsewhere."""
    use = CertificateUse("alb", FOUND, (found("a.io"),), True)
    pointers = {}
    consumer = consumer_of(
        use,
        "aws_lb_listener.x",
        3,
        certificate=certificate,
        region="eu-west-1",
        pointers=pointers,
        head=("x",),
    )
    wanted = CertificateReference(certificate) if certificate else ARN
    assert (consumer.certificate, consumer.region) == (wanted, "eu-west-1")
    assert (consumer.hosts, consumer.hosts_known) == ((DomainName("a.io"),), True)
    assert pointers == {
        ("consumers", 3): (("x",), None),
        ("consumers", 3, "certificate"): (("arn",), None),
        ("consumers", 3, "hosts", 0): (("hosts", "a.io"), None),
    }
