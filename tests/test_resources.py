"""Consumers, zones and references as values."""

from acmrules.resources import CertificateReference, Consumer


def test_a_reference_prints_as_its_address():
    """Two references to one address are equal."""
    assert str(CertificateReference("Certificate")) == "Certificate"
    assert CertificateReference("Certificate") == CertificateReference("Certificate")


def test_the_hosts_of_a_consumer_are_unknown_by_default():
    """A consumer without hosts may serve any host until a reader knows all of them."""
    consumer = Consumer("cloudfront", "Site")
    assert consumer.hosts == ()
    assert not consumer.hosts_known
