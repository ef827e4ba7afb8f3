"""Certificates of a file that the AWS Load Balancer Controller finds for hosts."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.support.cloudformation import read

from acmrules.coverage import CoverageIndex
from acmrules.readers.cluster.discovery import by_name, covering, is_private
from acmrules.readers.consumers import CertificateUse
from acmrules.resources import CertificateReference, ControllerListener
from acmrules.strategies import names
from acmrules.unresolved import Unknown, Unresolved

ALB = "alb.ingress.kubernetes.io/"


def use_of(hosts):
    """Return the use of a certificate that is searched for hosts."""
    listener = ControllerListener("Ingress", searches=True)
    searched = tuple((str(host), (), None) for host in hosts)
    return CertificateUse("alb", ("arn", (), None), listener=listener, searched=searched)


def described(**private):
    """Return a description of certificates: whether they are private, all in one place."""
    return lambda key: (private.get(key, False), "")


@given(st.lists(names(), min_size=1, max_size=4), st.lists(names(), min_size=1, max_size=4))
def test_a_certificate_is_found_if_it_covers_all_hosts(hosts, certified):
    """The controller compares labels, as coverage does."""
    use, found = covering(use_of(hosts), by_name({"it": [*map(str, certified)]}), described())
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


FOUND = {
    "public": (False, "eu-west-1"),
    "private": (True, "eu-west-1"),
    "other": (True, "us-east-1"),
    "unknown": (None, "eu-west-1"),
}


@pytest.mark.parametrize(
    ("certificates", "mixed"),
    [
        ({"public": ["*.a.io"], "private": ["*.a.io"]}, ("x.a.io", "public", "private")),
        ({"private": ["b.io", "y.a.io"], "public": ["*.a.io"]}, ("y.a.io", "public", "private")),
        ({"public": ["x.a.io"], "private": ["y.a.io"]}, ()),
        ({"public": ["*.a.io"], "other": ["*.a.io"]}, ()),
        ({"public": ["*.a.io"], "unknown": ["*.a.io"]}, ()),
        ({"private": ["*.a.io"], "unknown": ["*.a.io"]}, ()),
        ({"public": ["*.a.io"]}, ()),
    ],
)
def test_certificates_of_both_kinds_for_a_host(certificates, mixed):
    """A public and a private certificate count if the controller finds both for one host."""
    use, _ = covering(use_of(["x.a.io", "y.a.io"]), by_name(certificates), FOUND.__getitem__)
    assert use.listener.mixed == mixed


@pytest.mark.parametrize(
    ("certificates", "awaited"),
    [
        ({"public": ["*.a.io"]}, "x.a.io"),
        ({"public": ["y.a.io"]}, "y.a.io"),
        ({"public": ["*.a.io"], "private": ["x.a.io"]}, "y.a.io"),
        ({"public": ["*.a.io"], "unknown": ["*.a.io"]}, ""),
        ({"private": ["*.a.io"]}, ""),
        ({"public": ["b.io"]}, ""),
    ],
)
def test_hosts_whose_certificates_are_pending(certificates, awaited):
    """Only public certificates are pending, and only where no other one covers the host."""
    use, names = use_of(["x.a.io", "y.a.io"]), by_name(certificates)
    found, _ = covering(use, names, FOUND.__getitem__, are_pending=True)
    assert found.listener.awaited == awaited
    assert covering(use, names, FOUND.__getitem__)[0].listener.awaited == ""


@pytest.mark.parametrize(
    ("authority", "answer"),
    [
        (None, False),
        ("arn:aws:acm-pca:eu-west-1:1:certificate-authority/x", True),
        (Unresolved((Unknown("${aws_acmpca_certificate_authority.x.arn}"),)), True),
        (Unresolved((Unknown("${module.ca.aws_acmpca_certificate_authority.x.arn}"),)), True),
        (Unresolved(("arn:aws:acm-pca:", Unknown("${var.region}"))), True),
        (Unresolved((Unknown("${var.authority}"),)), None),
        (Unresolved((Unknown("${var.x ? aws_acmpca_certificate_authority.x.arn : null}"),)), None),
        ("", None),
    ],
)
def test_private_certificates(authority, answer):
    """An ARN that may be absent does not decide it."""
    assert is_private(authority) == answer


def private(number, text):
    """Return a file with certificates of ACK, in which one is private."""
    authority = '"certificateAuthorityARN": "arn:aws:acm-pca:eu-west-1:1:certificate-authority/x"'
    return text.replace(
        f'"name": "c{number}"}}, "spec": {{', f'"name": "c{number}"}}, "spec": {{{authority}, '
    )


def test_an_ingress_with_a_public_and_a_private_certificate():
    """The certificates of ACK in the same file are compared."""
    text = files(["x.a.io"], ["*.a.io"], ["*.a.io"])
    for number, both in (("0", ("x.a.io", "c1", "c0")), ("1", ("x.a.io", "c0", "c1")), ("-", ())):
        *_, alone = read(private(number, text))
        [consumer] = alone.variants[0].consumers
        assert consumer.listener.mixed == both


def test_a_certificate_in_another_region_is_not_found():
    """The controller only searches its own Region."""
    text = private("0", files(["x.a.io"], ["*.a.io"], ["*.a.io"]))
    region = '"annotations": {"services.k8s.aws/region": "us-east-1"}, '
    *_, alone = read(text.replace('"name": "c0"', region + '"name": "c0"'))
    assert alone.variants[0].consumers[0].listener.mixed == ()


def test_hosts_that_are_partly_known_are_not_covered():
    """Nothing is found for them, nor for a consumer that the controller does not serve."""
    use = use_of(["a.io"])
    open_host = Unresolved((Unknown("$X"), ".io"))
    for other in (
        use.__replace__(searched=(*use.searched, (open_host, (), None))),
        use.__replace__(listener=None),
    ):
        assert covering(other, {"public": ["a.io"]}, FOUND.__getitem__) == (other, None)


def test_a_listener_that_is_not_searched_finds_no_certificates():
    """A listener whose certificate is requested for it cannot attach another kind."""
    use = use_of(["x.a.io"])
    use = use.__replace__(listener=use.listener.__replace__(searches=False))
    certificates = {"public": ["*.a.io"], "private": ["*.a.io"]}
    found, _ = covering(use, certificates, FOUND.__getitem__, are_pending=True)
    assert (found.listener.mixed, found.listener.awaited) == ((), "")
