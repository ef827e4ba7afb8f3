"""Certificates of a file that the AWS Load Balancer Controller finds for hosts."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.support.cloudformation import read
from tests.support.strategies import names

from acmrules.coverage import CoverageIndex
from acmrules.readers.cluster.discovery import covering
from acmrules.readers.consumers import CertificateUse
from acmrules.resources import CertificateReference, ControllerListener

ALB = "alb.ingress.kubernetes.io/"


def use_of(hosts):
    """Return the use of a certificate that is searched for hosts."""
    listener = ControllerListener("Ingress", searches=True)
    searched = tuple((str(host), (), None) for host in hosts)
    return CertificateUse("alb", ("arn", (), None), listener=listener, searched=searched)


@given(st.lists(names(), min_size=1, max_size=4), st.lists(names(), min_size=1, max_size=4))
def test_a_certificate_is_found_if_it_covers_all_hosts(hosts, certified):
    """The controller compares labels, as coverage does."""
    use, found = covering(use_of(hosts), {"it": [*map(str, certified)]})
    index = CoverageIndex(certified)
    exact = [host for host in hosts if "*" not in str(host)]
    wild = [host for host in hosts if "*" in str(host)]
    covers = all(map(index.covers, exact)) and all(host in certified for host in wild)
    assert use.listener.is_covered == covers
    assert found == ("it" if covers else None)


def files(hosts, *certificates):
    """Return a file with certificates of ACK, and an Ingress without an ARN."""
    ingress = {
        "apiVersion": "networking.k8s.io/v1",
        "kind": "Ingress",
        "metadata": {"name": "site", "annotations": {f"{ALB}listen-ports": '[{"HTTPS": 443}]'}},
        "spec": {"rules": [{"host": host} for host in hosts]},
    }
    objects = [
        {
            "apiVersion": "acm.services.k8s.aws/v1alpha1",
            "kind": "Certificate",
            "metadata": {"name": f"c{number}"},
            "spec": {"domainName": first, "subjectAlternativeNames": others},
        }
        for number, (first, *others) in enumerate(certificates)
    ]
    return "\n---\n".join(map(json.dumps, [*objects, ingress]))


@pytest.mark.parametrize(
    ("hosts", "certificates", "used"),
    [
        (["a.io", "b.a.io"], [["a.io", "*.a.io"]], ["c0"]),
        (["a.io", "b.io"], [["a.io"], ["b.io"]], [None]),
        (["a.io"], [["a.io"], ["a.io"]], [None]),
    ],
)
def test_an_ingress_uses_the_certificate_that_covers_it(hosts, certificates, used):
    """A certificate that alone covers all hosts is the one that the controller attaches."""
    found = [
        each
        for declaration in read(files(hosts, *certificates))
        for each in declaration.variants[0].consumers
    ]
    assert all(each.listener.is_covered for each in found)
    addresses = [
        each.certificate.address if isinstance(each.certificate, CertificateReference) else None
        for each in found
    ]
    assert addresses == used


def test_hosts_that_no_certificate_covers():
    """Certificates outside the file may cover the other hosts."""
    *_, alone = read(files(["a.io", "c.io"], ["a.io"]))
    [consumer] = alone.variants[0].consumers
    assert not consumer.listener.is_covered
