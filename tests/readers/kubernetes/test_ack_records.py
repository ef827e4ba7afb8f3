"""Validation records that ACK's controller for Route 53 creates."""

import pytest
from tests.support.cloudformation import at, read
from tests.support.fixes import findings

TOKEN = "_0a1b2c3d4e5f60718293a4b5c6d7e8f9"
TEXT = f"""
apiVersion: acm.services.k8s.aws/v1alpha1
kind: Certificate
metadata: {{name: web}}
spec: {{domainName: "*.shop.a.io", subjectAlternativeNames: [a.io]}}
---
apiVersion: route53.services.k8s.aws/v1alpha1
kind: RecordSet
metadata: {{name: validation, namespace: dns}}
spec:
  name: HOST
  recordType: CNAME
  resourceRecords: [{{value: {TOKEN}.x.acm-validations.aws.}}]
"""


def certificate(text):
    """Return the certificate in a file."""
    return read(text)[0]


def wrong(name):
    """Return the messages about a record with a name."""
    found = findings(TEXT.replace("HOST", name), "record.yaml")
    return [each.message for each in found if each.rule.id == "ACM420"]


def test_a_record_is_read_with_its_place():
    """The controller adds the name of the zone, so the name may be relative."""
    declaration = certificate(TEXT.replace("HOST", f"{TOKEN}.shop"))
    [record] = declaration.variants[0].dns_validation.records
    assert (record.address, record.service, record.type) == ("dns/validation", "ACK", "CNAME")
    assert (record.name, record.is_relative) == (f"{TOKEN}.shop", True)
    assert at(declaration, "dns_validation", "records", 0, "name") == f"{TOKEN}.shop"


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("acm-validations.aws.", "cloudfront.net"),
        ("resourceRecords: [", "resourceRecords: 5\n  others: ["),
        ("  name: HOST", "  name: [HOST]"),
        ("kind: RecordSet", "kind: HealthCheck"),
    ],
)
def test_other_records_are_left_out(old, new):
    """Only records with a value of ACM count, and one of the wrong form hides no certificate."""
    assert old in TEXT
    declaration = certificate(TEXT.replace(old, new))
    assert declaration.request is not None
    assert declaration.variants[0].dns_validation is None


@pytest.mark.parametrize("stem", ["shop.a.io", "a.io", "SHOP.a.io"])
def test_a_name_that_contains_the_zone_already(stem):
    """A name without a final dot must not end with the name of the certificate."""
    [message] = wrong(f"{TOKEN}.{stem}")
    assert "ACK adds the name of the zone, which" in message


@pytest.mark.parametrize("name", ["", ".shop", ".shop.a.io.", ".a.io.", ".b.io"])
def test_names_that_may_be_right(name):
    """A relative name, an absolute one, and one of another certificate are not reported."""
    assert wrong(f"{TOKEN}{name}") == []


def test_a_gateway_with_a_record_waits_for_nothing():
    """With a validation record in its file, ACM issues the certificate."""
    gateway = """
---
apiVersion: gateway.networking.k8s.io/v1
kind: Gateway
metadata: {name: front}
spec:
  infrastructure: {parametersRef: {group: gateway.k8s.aws, name: x}}
  listeners: [{name: https, protocol: HTTPS, port: 443, hostname: a.io}]
"""
    text = TEXT.replace("HOST", f"{TOKEN}") + gateway
    awaited = {True: "a.io", False: ""}
    for is_other in (True, False):
        kind = "kind: HealthCheck" if is_other else "kind: RecordSet"
        [declaration] = read(text.replace("kind: RecordSet", kind))
        [consumer] = declaration.variants[0].consumers
        assert consumer.listener.awaited == awaited[is_other]
