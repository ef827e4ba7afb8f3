"""Listeners and certificates of the AWS Load Balancer Controller."""

from datetime import date

import pytest
from tests.support.rules import check_rule, consumer, name, outcomes, part

from acmrules.resources import ControllerListener, Zone

FOUND = part("$FOUND")
CERTIFICATE, SECRET = "consumers 0 certificate", "consumers 0 listener secret"


def searched(*hosts, **fields):
    """Return a consumer whose certificate the controller searches for."""
    listener = ControllerListener(fields.pop("kind", "Ingress"), searches=True, **fields)
    return {"consumers": (consumer("alb", *hosts, certificate=FOUND, listener=listener),)}


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({"has_host": False}, f"{CERTIFICATE}: error"),
        ({"has_host": False, "elsewhere": "the IngressClass `web`"}, f"{CERTIFICATE}: note"),
        ({"has_host": None}, f"{CERTIFICATE}: skipped"),
        ({}, f"{CERTIFICATE}: skipped"),
        ({"is_covered": True}, None),
    ],
)
def test_a_listener_needs_a_certificate_or_a_host(fields, expected):
    """A listener without a host has no certificate; with one, ACM may have it."""
    assert outcomes("ACM518", **searched("a.io", **fields)) == ({expected} if expected else set())


def test_other_consumers_need_no_host():
    """A consumer with a certificate, even an unknown one, is not searched for."""
    assert outcomes("ACM518", consumers=(consumer("alb", certificate=FOUND),)) == set()
    assert outcomes("ACM518", "a.io", consumers=(consumer("alb"),)) == set()


@pytest.mark.parametrize(("plain", "secure"), [("TCP:443", "TLS"), ("HTTP:8443", "HTTPS")])
def test_a_listener_without_tls_ignores_the_certificate(plain, secure):
    """A certificate for a port where the Gateway listens without TLS has no effect."""
    listener = ControllerListener("Gateway", has_arn=True, plain=plain)
    used = consumer("nlb", certificate=FOUND, listener=listener)
    [found], _ = check_rule("ACM518", consumers=(used,))
    protocol, port = plain.split(":")
    assert f"on port {port} with {protocol}" in found.message
    assert (str(found.severity), f"protocol: {secure}" in found.help) == ("warning", True)


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({}, "the Ingress has neither a host nor `certificate-arn`"),
        ({"creates": True}, "cannot request a certificate: the Ingress has no host"),
        ({"kind": "Gateway"}, "the listener has no host"),
        ({"elsewhere": "the IngressClass `web`"}, "unless the IngressClass `web` sets one"),
    ],
)
def test_the_message_says_what_is_missing(fields, words):
    """The message says what the object lacks, and what may have it."""
    [found], _ = check_rule("ACM518", **searched(has_host=False, **fields))
    assert words in found.message
    assert ("LoadBalancerConfiguration" in found.help) == (fields.get("kind") == "Gateway")


def test_an_undecided_search_names_the_hosts():
    """The reason contains the hosts that acmrules knows."""
    _, [skip] = check_rule("ACM518", **searched("a.io", "b.io"))
    assert skip.detail.endswith("a certificate for `a.io`, `b.io`")


@pytest.mark.parametrize(
    ("fields", "severity"),
    [
        ({"secret": "tls"}, "note"),
        ({"secret": "tls", "has_issuer": True}, "warning"),
        ({"secret": "tls", "has_issuer": True, "has_arn": True}, "note"),
        ({"secret": "tls", "has_arn": True}, None),
        ({"has_issuer": True}, None),
    ],
)
def test_a_tls_secret_is_ignored(fields, severity):
    """A secret is reported unless the certificate of an ARN is served instead of it."""
    expected = {f"{SECRET}: {severity}"} if severity else set()
    assert outcomes("ACM519", **searched(**fields)) == expected


def test_the_message_names_the_member():
    """The message names the secret, and the member that refers to it."""
    for kind, member in (("Ingress", "`secretName`"), ("Gateway", "`certificateRefs`")):
        [found], _ = check_rule("ACM519", **searched(kind=kind, secret="tls"))
        assert member in found.message
        assert "`tls`" in found.message


def requested(version=""):
    """Return a consumer whose certificate the controller requests."""
    listener = ControllerListener("Ingress", creates=True, version=version)
    return {"consumers": (consumer("alb", listener=listener),)}


@pytest.mark.parametrize(
    ("version", "severity"),
    [
        ("", "note"),
        ("3.3.0", "error"),
        ("v3.4.3", "error"),
        ("3.4.3-eks", "error"),
        ("3.5.0", None),
        ("3.10.0", None),
        ("3.2.2", None),
    ],
)
def test_some_versions_reject_wildcards(version, severity):
    """The versions 3.3.0 to 3.4.3 cannot request a wildcard that is the first host."""
    expected = {f"names 0: {severity}"} if severity else set()
    assert outcomes("ACM520", "*.a.io", "a.io", **requested(version)) == expected
    assert outcomes("ACM520", "a.io", "b.a.io", **requested(version)) == set()


def test_an_unknown_host_may_be_a_wildcard():
    """The rule is undecided about a host that may be a wildcard."""
    assert outcomes("ACM520", part("$HOST"), **requested()) == {"names 0: skipped"}
    assert outcomes("ACM520", part("$HOST")) == set()


def zones(*stated):
    """Return zones; those whose name begins with `-` are private."""
    return {"zones": tuple(Zone(name(z.strip("-")), z, z, z.startswith("-")) for z in stated)}


@pytest.mark.parametrize(
    ("stated", "is_private"),
    [
        (["a.io"], False),
        (["-a.io"], True),
        (["a.io", "-in.a.io"], True),
        (["-a.io", "in.a.io"], False),
        (["in.a.io", "-in.a.io"], True),
        (["-other.io"], False),
        (["-x.in.a.io"], False),
        ([], False),
    ],
)
def test_the_controller_chooses_the_longest_zone(stated, is_private):
    """A private zone with the longest name is chosen, where ACM finds no record."""
    for version, severity in (("", "note"), ("3.4.0", "warning"), ("3.6.0", "note")):
        found = outcomes("ACM520", "in.a.io", **requested(version), **zones(*stated))
        assert found == ({f"names 0: {severity}"} if is_private else set())


def test_a_private_ca_needs_no_record():
    """A certificate of a private CA is not validated, but it has tags."""
    authority = {"certificate_authority_arn": "arn:aws:acm-pca:eu-west-1:1:ca/1"}
    assert outcomes("ACM520", "x.a.io", **requested(), **zones("-a.io"), **authority) == set()
    assert outcomes("ACM520", "*.a.io", **requested("3.4.0"), **authority) == {"names 0: error"}


def test_certificates_of_other_tools_have_no_such_limits():
    """Only the certificates that the controller requests have tags of their hosts."""
    assert outcomes("ACM520", "*.a.io", **zones("-a.io"), consumers=(consumer("alb"),)) == set()


@pytest.mark.parametrize(
    ("host", "stated", "version", "expected"),
    [
        ("app.in.a.io", ["a.io"], "3.3.0", "warning"),
        ("app.in.a.io", ["a.io"], "v3.4.0", "warning"),
        ("app.in.a.io", ["-a.io"], "3.4.0", "warning"),
        ("app.in.a.io", ["a.io"], "3.4.1", "skipped"),
        ("app.in.a.io", ["a.io"], "3.4.3", "skipped"),
        ("app.in.a.io", ["a.io"], "", "skipped"),
        ("app.in.a.io", ["a.io"], "3.5.0", None),
        ("app.in.a.io", ["a.io", "in.a.io"], "3.4.0", None),
        ("app.in.a.io", ["app.in.a.io"], "3.4.0", None),
        ("a.io", ["a.io"], "3.4.0", None),
        ("app.in.a.io", ["b.io"], "3.4.0", None),
        ("app.in.a.io", [], "3.4.0", None),
    ],
)
def test_the_first_versions_do_not_use_a_zone_above_the_parent(host, stated, version, expected):
    """The versions 3.3.0 to 3.4.0 only use a zone of the name itself or of its parent."""
    found = outcomes("ACM520", "a0.io", host, **requested(version), **zones(*stated))
    assert found == ({f"names 1: {expected}"} if expected else set())


def test_a_zone_that_is_too_far_up_is_named():
    """The message names the version and the zone; the help names the version to update to."""
    [found], _ = check_rule("ACM520", "b.c.a.io", **requested("3.4.0"), **zones("a.io"))
    assert "Controller 3.4.0 does not use the hosted zone `a.io` for `b.c.a.io`" in found.message
    assert "3.5.0" in found.help


@pytest.mark.parametrize(("wildcard", "severities"), [("*.c.a.io", 2), ("*.a.io", 1)])
def test_a_wildcard_is_below_its_parent(wildcard, severities):
    """The zone of a wildcard's parent is used; one above it is not."""
    found = outcomes("ACM520", wildcard, **requested("3.4.0"), **zones("a.io"))
    assert found == {*["names 0: error", "names 0: warning"][:severities]}


@pytest.mark.parametrize(
    ("elsewhere", "verb"), [("", "adds"), ("the IngressClass `web`", "may add")]
)
def test_a_public_and_a_private_certificate_for_a_host(elsewhere, verb):
    """A note names the host and both certificates; without two of them, nothing is reported."""
    mixed = searched(mixed=("a.io", "web", "internal"), elsewhere=elsewhere)
    [found], _ = check_rule("ACM524", **mixed)
    assert f"{verb} both `web` and `internal`, which is private, for `a.io`" in found.message
    assert str(found.severity) == "note"
    assert outcomes("ACM524", **searched(is_covered=True)) == set()
    assert outcomes("ACM524", consumers=(consumer("alb"),)) == set()


def test_the_help_for_a_gateway_names_its_configuration():
    """A Gateway has no annotation for a certificate."""
    for kind, member in (("Gateway", "`defaultCertificate`"), ("Ingress", "`certificate-arn`")):
        [found], _ = check_rule("ACM524", **searched(kind=kind, mixed=("a.io", "b", "c")))
        assert member in found.help


def test_older_controllers_reject_several_certificates():
    """Until version 2.5.0, the controller did not add several certificates for a host."""
    mixed = searched(mixed=("a.io", "web", "internal"))
    assert check_rule("ACM524", as_of=date(2023, 4, 13), **mixed)[0] == []
