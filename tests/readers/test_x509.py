"""Signing requests and certificates: their content, what ACM imports, and what stays secret."""

import contextlib
import io
import sys
import tempfile
from base64 import b64encode
from datetime import date
from ipaddress import ip_address
from unittest.mock import patch

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.serialization import pkcs7
from cryptography.x509.oid import ExtendedKeyUsageOID, ObjectIdentifier
from hypothesis import assume, given
from hypothesis import strategies as st
from tests.support.x509 import (
    ALGORITHMS,
    DER,
    PEM,
    certificate,
    chain,
    csr,
    imported,
    key_text,
    read,
    subject,
    text,
)

from acmrules.cli import main
from acmrules.readers.options import Parameters
from acmrules.readers.x509 import read as read_source
from acmrules.request import KeyAlgorithm, Tool
from acmrules.strategies import names
from acmrules.syntax import pem
from acmrules.syntax.source import InputError, Position, Source
from acmrules.unresolved import Malformed, read_name
from acmrules.x509 import SigningRequest

CSR = text(csr("www.brightharbor.io"))
CHAIN = chain(4)
KEYS = (key_text(), key_text(password=b"open sesame"), key_text("RSA_1024"))


def request(*given, **fields):
    """Return the request in a signing request."""
    (declaration,) = read(text(csr(*given, **fields)))
    return declaration.request


def error_of(data, name="site.pem"):
    """Return the error for a file."""
    with pytest.raises(InputError) as raised:
        read(data, name)
    return str(raised.value)


# Requests ----------------------------------------------------------------------------------------


@given(st.lists(names().map(str), min_size=1, max_size=4), st.booleans())
def test_the_names_come_back(listed, binary):
    """A signing request has the names that it was created with, in PEM and in DER."""
    made = csr(*listed)
    (declaration,) = read(made.public_bytes(DER) if binary else text(made))
    assert list(declaration.request.spellings) == listed
    assert list(declaration.request.names) == [read_name(name) for name in listed]


@given(st.lists(names().map(str), max_size=3), names().map(str).filter(lambda n: len(n) < 65))
def test_the_common_name_is_the_domain_name(listed, common):
    """The common name comes first, and only once."""
    others = [name for name in listed if name != common]
    got = request(*others, common.upper(), common=common).spellings
    assert list(got) == [common, *others]


@pytest.mark.parametrize(
    ("common", "listed", "expected"),
    [
        (None, [], []),
        ("brightharbor.io", [], ["brightharbor.io"]),
        ("localhost", [], ["localhost"]),
        ("Bright Harbor", ["brightharbor.io"], ["brightharbor.io"]),
        (None, ["a.brightharbor.io", "a.brightharbor.io"], ["a.brightharbor.io"] * 2),
        (None, [x509.IPAddress(ip_address("192.0.2.1"))], ["192.0.2.1"]),
        (None, [x509.IPAddress(ip_address("2001:db8::1"))], ["2001:db8::1"]),
        (None, [x509.UniformResourceIdentifier("spiffe://a/b")], ["spiffe://a/b"]),
        (None, [x509.RFC822Name("ops@brightharbor.io")], ["ops@brightharbor.io"]),
        (None, [x509.DirectoryName(subject("x"))], ["<DirectoryName(value=<Name(CN=x)>)>"]),
    ],
)
def test_names_of_every_kind(common, listed, expected):
    """An invalid common name counts only if it is alone; other name types are kept as strings."""
    got = request(*listed, common=common)
    assert list(got.spellings) == expected
    assert all(isinstance(name, Malformed) for name in got.names if "harbor" not in str(name))


@pytest.mark.parametrize("algorithm", ALGORITHMS)
def test_the_key_algorithm(algorithm):
    """The key algorithm has ACM's notation, even if ACM does not support it."""
    got = request("brightharbor.io", algorithm=algorithm).key_algorithm
    known = algorithm in KeyAlgorithm._value2member_map_
    assert got == (KeyAlgorithm(algorithm) if known else Malformed(algorithm))


def test_an_unknown_algorithm():
    """A request with an unknown algorithm is still checked."""
    made = csr("brightharbor.io").public_bytes(DER)
    curve, unheard_of = bytes.fromhex("2a8648ce3d030107"), bytes.fromhex("2a8648ce3d0301ff")[:7]
    (declaration,) = read(made.replace(curve, unheard_of + b"\x7f"), "site.csr")
    assert declaration.request.key_algorithm == Malformed("unknown")
    assert list(declaration.request.spellings) == ["brightharbor.io"]


def test_usages():
    """The two relevant key usages have names, and others have OIDs."""
    usages = [ExtendedKeyUsageOID.SERVER_AUTH, ExtendedKeyUsageOID.CLIENT_AUTH]
    got = request("a.io", usages=[*usages, ObjectIdentifier("1.2.3.4")])
    assert got.extended_key_usages == ("serverAuth", "clientAuth", "1.2.3.4")


@pytest.mark.parametrize(
    ("common", "listed", "unlisted"),
    [
        ("a.io", ["b.io"], "a.io"),
        ("A.io", ["b.io", "a.io"], ""),
        ("a.io", [], ""),
        ("Shop", ["b.io"], ""),
        ("www.a.io", ["*.a.io"], ""),
        ("a.io", ["*.a.io"], "a.io"),
        ("*.a.io", ["*.a.io"], ""),
        ("a.io", ["192.0.2.1"], "a.io"),
        (None, ["b.io"], ""),
    ],
)
def test_a_common_name_outside_of_the_alternative_names(common, listed, unlisted):
    """Only a domain name counts, and only if there are alternative names."""
    (declaration,) = read(text(csr(*listed, common=common)))
    assert declaration.variants[0].signed == (SigningRequest(unlisted),)


@pytest.mark.parametrize(
    ("common", "listed", "usages", "expected"),
    [
        ("a.io", ["b.io"], (), (["b.io"], "a.io")),
        ("a.io", ["a.io", "b.io"], (), (["a.io", "b.io"], "")),
        ("a.io", [], (), (["a.io"], "a.io")),
        ("a.io", [], (ExtendedKeyUsageOID.CLIENT_AUTH,), (["a.io"], "")),
        ("a.io", [], (ExtendedKeyUsageOID.SERVER_AUTH,), (["a.io"], "a.io")),
        ("Shop", [x509.IPAddress(ip_address("192.0.2.1"))], (), ([], "")),
    ],
)
def test_the_names_of_a_certificate(common, listed, usages, expected):
    """The certificate of a client needs no alternative names."""
    leaf = imported(text(certificate(common, "CA", names=listed, usages=usages))).leaf
    assert ([*map(str, leaf.names)], leaf.unlisted) == expected


RSA = bytes.fromhex("2a864886f70d0101")
"""The object identifier of the signatures with RSA, without its last octet."""


@pytest.mark.parametrize(
    ("last", "expected"), [(2, "MD2"), (4, "MD5"), (5, "SHA-1"), (11, ""), (12, ""), (13, "")]
)
def test_a_weak_signature(last, expected):
    """The hash algorithm is that of the signature, in requests and certificates."""
    # The library signs nothing with these; it reads them without checking the signature.
    made = csr("a.io", algorithm="RSA_1024").public_bytes(DER)
    (declaration,) = read(made.replace(RSA + b"\x0b", RSA + bytes([last])), "a.csr")
    assert declaration.variants[0].signed == (SigningRequest("", expected),)
    signed = certificate("a.io", "CA", algorithm="RSA_1024", signing="RSA_1024")
    made = signed.public_bytes(DER).replace(RSA + b"\x0b", RSA + bytes([last]))
    assert imported(made, "a.der").leaf.weak_hash == expected


def test_several_requests_are_several_documents():
    """Each request is a declaration with the location of its label."""
    source = Source("x.csr", f"# first\r\n{CSR}{CSR}".replace("\n", "\r\n").replace("\r\r", "\r"))
    declarations = read_source(source, Parameters({}, "eu-west-1"))
    assert [declaration.address for declaration in declarations] == ["$[0]", "$[1]"]
    assert {declaration.tool for declaration in declarations} == {Tool.NAMES}
    assert {declaration.request.region for declaration in declarations} == {"eu-west-1"}
    assert {declaration.request.validation_method for declaration in declarations} == {None}
    place = declarations[1].variants[0].location(("names", 0))
    assert declarations[1].source.position(place.start).line == 2 + CSR.count("\n")
    assert declarations[1].source.line(2 + CSR.count("\n")) == "-----BEGIN CERTIFICATE REQUEST-----"


# Certificates ------------------------------------------------------------------------------------


def test_a_leaf_and_its_chain():
    """The first certificate is the leaf, and each is signed by the next one."""
    (declaration,) = read("Bag Attributes: none\n" + text(*CHAIN))
    (variant,) = declaration.variants
    got = variant.imported
    assert (declaration.request, declaration.tool, declaration.address) == (None, Tool.API, "$")
    assert str(got.leaf) == "CN=www.brightharbor.io"
    assert list(map(str, got.chain)) == ["CN=Harbor CA 1", "CN=Harbor CA 2", "CN=Harbor Root"]
    assert [each.signer for each in got.certificates] == [1, 2, 3, 3]
    assert [each.is_authority for each in got.certificates] == [False, True, True, True]
    assert [each.is_self_issued for each in got.certificates] == [False, False, False, True]
    assert declaration.source.position(variant.location(("imported", "leaf")).start) == Position(
        2, 1
    )
    assert variant.location(("imported", "chain", 0)).start > variant.location(()).start


@given(st.permutations(range(4)), st.data())
def test_signers_are_found_in_any_order(order, data):
    """The signer of a certificate is found, whatever the order of the file."""
    order = order[: data.draw(st.integers(1, 4))]
    got = imported(text(*(CHAIN[place] for place in order))).certificates
    for place, each in zip(order, got, strict=True):
        signer = min(place + 1, 3)
        assert each.signer == (order.index(signer) if signer in order else None)


def test_the_properties_of_a_certificate():
    """A certificate has its dates, numbers, keys, size and OCSP addresses."""
    made = certificate(signing="RSA_1024", algorithm="EC_secp384r1", ocsp=["http://ocsp.x.io"])
    leaf = imported(text(made)).leaf
    assert (leaf.subject, leaf.issuer) == ("CN=www.brightharbor.io", "CN=Harbor CA")
    assert (leaf.serial_number, leaf.version) == (1, 3)
    assert (leaf.first_day, leaf.last_day) == (date(2026, 10, 1), date(2027, 3, 1))
    assert (leaf.key_algorithm, leaf.signed_with) == ("EC_secp384r1", "RSA")
    assert leaf.octets == len(text(made).strip())
    assert leaf.ocsp_addresses == ("http://ocsp.x.io",)
    assert leaf.signer is None
    other = imported(text(certificate(algorithm="DSA_1024", signing="Ed25519"))).leaf
    assert (other.key_algorithm, other.signed_with) == ("DSA_1024", None)


def test_certificates_of_cas_alone_are_a_chain():
    """CA certificates alone are a chain without a leaf."""
    got = imported(text(*CHAIN[1:]))
    assert got.leaf is None
    assert [each.signer for each in got.chain] == [1, 2, 2]
    assert [each.signer for each in imported(text(CHAIN[3])).chain] == [0]


def test_a_trust_store_is_no_chain():
    """A file with several roots is a trust store, which is not imported."""
    other = certificate("Other Root", "Other Root", authority=True)
    assert read(text(CHAIN[3], CHAIN[2], other)) == ()
    assert imported(text(CHAIN[0], CHAIN[3], other)).leaf is not None


def test_a_namesake_did_not_sign():
    """The issuer's name is not enough, unless the library cannot verify the signature."""
    namesake = certificate("Harbor CA", "Harbor CA", authority=True, algorithm="EC_secp384r1")
    assert imported(text(certificate(), namesake)).leaf.signer is None
    unlike = certificate("Harbor CA", "Harbor CA", authority=True, algorithm="RSA_1024")
    assert imported(text(certificate(), unlike)).leaf.signer == 1


def test_the_next_one_signed_if_it_did():
    """If a CA has several certificates for one key, the next one is the signer."""
    twins = [certificate("Harbor CA", issuer, authority=True) for issuer in ("A Root", "B Root")]
    got = imported(text(twins[0], certificate(), twins[1]))
    assert [each.signer for each in got.certificates] == [None, 2, None]


def test_der():
    """A DER file contains one certificate or one signing request."""
    got = imported(certificate().public_bytes(DER), "site.der")
    assert (got.encoding, str(got.leaf)) == ("DER", "CN=www.brightharbor.io")
    assert imported(text(certificate())).encoding == "PEM"


def test_a_request_and_certificates_in_one_file():
    """Requests and certificates in one file are both read, the import last."""
    declarations = read(text(certificate()) + CSR)
    assert [declaration.address for declaration in declarations] == ["$[0]", "$[1]"]
    assert [declaration.request is None for declaration in declarations] == [False, True]


def test_odd_but_readable(recwarn):
    """Warnings of the library are not shown."""
    zero = text(certificate()).replace("CERTIFICATE", "X509 CERTIFICATE")
    assert imported(zero).leaf is not None
    assert not recwarn.list


# Private keys ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("keys", "label"),
    [
        (KEYS[:1], "PRIVATE KEY"),
        (KEYS[:2], "ENCRYPTED PRIVATE KEY"),
        (KEYS[1::-1], "ENCRYPTED PRIVATE KEY"),
        ((), None),
    ],
)
def test_the_label_of_a_key(keys, label):
    """Only the label of a key is read, and an encrypted key takes precedence."""
    (declaration,) = read(text(certificate()) + "".join(keys))
    got = declaration.variants[0].imported
    assert got.key_label == label
    if label:
        place = declaration.variants[0].location(("imported", "key_label"))
        assert declaration.source.text[place.start : place.end] == f"-----BEGIN {label}-----"


@pytest.mark.parametrize("name", ["key.pem", "-", "key.txt"])
@pytest.mark.parametrize("key", KEYS, ids=["curve", "encrypted", "rsa"])
def test_a_key_alone_has_no_declarations(key, name):
    """Keys and parameters have no declarations, and are not read as names."""
    assert read(key, name) == ()
    assert read("-----BEGIN DH PARAMETERS-----\nMAYCAQ8CAQI=\n-----END DH PARAMETERS-----\n") == ()


def secrets(keys):
    """Return pieces of the keys; every line of a key contains one."""
    lines = "".join(keys).splitlines()
    held = [line for line in lines if not line.startswith("-----")]
    return {line[place : place + 8] for line in held for place in range(len(line) - 7)}


SECRETS = secrets(KEYS)


@given(
    st.lists(
        st.sampled_from([*KEYS, CSR, *(text(each) for each in CHAIN[:2])]), min_size=1, max_size=4
    ),
    st.sampled_from(["\n", "\r\n", "\r"]),
    st.integers(0),
    st.integers(0, 90),
    st.text('-BEGINDPRVATKYCFOU \n\r\0\ufeff"{', max_size=12),
    st.sampled_from(["check", "check --show-undecided", "check --format json"]),
    st.sampled_from(["site.pem", "site.csr", "site.txt", "-"]),
)
def test_no_piece_of_a_key_is_ever_printed(parts, line_end, place, length, junk, command, name):
    """No output contains eight consecutive characters of a key."""
    whole = "".join(parts).replace("\n", line_end)
    place %= len(whole)
    whole = whole[:place] + junk + whole[place + length :]
    # Without any label, lines of base64 in a list of names are very bad names.
    assume(name not in {"site.txt", "-"} or pem.BEGIN in whole or pem.END in whole)
    printed = printed_of(whole.encode(), name, command)
    assert not any(piece in printed for piece in SECRETS)


@given(st.sampled_from(KEYS), st.integers(2, 2000))
def test_no_octet_of_a_binary_key_is_printed(key, length):
    """A DER key, complete or not, is rejected without quoting it."""
    (block,) = pem.blocks(key)
    data = pem.content(key, block)[:length]
    printed = printed_of(data, "key.der", "check")
    assert "key.der: is DER, but neither a certificate nor a certificate signing" in printed


def printed_of(data, name, command):
    """Return the complete output of a command for a file."""
    words = [*command.split(), "--as-of", "2026-11-23", name]
    given_in, out = io.TextIOWrapper(io.BytesIO(data)), io.StringIO()
    with tempfile.TemporaryDirectory() as folder, contextlib.chdir(folder):
        if name != "-":
            with open(name, "wb") as file:
                file.write(data)
        said_to = contextlib.redirect_stdout(out), contextlib.redirect_stderr(out)
        with said_to[0], said_to[1], patch.object(sys, "stdin", given_in):
            assert main.main(words) < main.BUG
    return out.getvalue()


# What cannot be read -----------------------------------------------------------------------------


@given(
    st.sampled_from([csr("a.io").public_bytes(DER), CHAIN[0].public_bytes(DER)]),
    st.integers(0),
    st.integers(0, 30),
    st.binary(max_size=6),
    st.booleans(),
)
def test_any_octets_are_read_or_refused(data, place, length, junk, binary):
    """Modified signed data is read or rejected with a suitable error."""
    place %= len(data)
    broken = data[:place] + junk + data[place + length :]
    if not binary:
        lines = text(csr("a.io")).splitlines()
        broken = "\n".join([lines[0], b64encode(broken).decode(), lines[-1], ""])
    with contextlib.suppress(UnicodeDecodeError), contextlib.suppress(InputError):
        read(broken, "site.csr")


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        (lambda t: t[:200] + "\n-----END CERTIFICATE-----\n", "does not match its label"),
        (lambda t: t[:200], "`CERTIFICATE` has no end line"),
        (lambda t: t.replace("END CERTIFICATE", "END X509 CERTIFICATE"), "has no end line"),
        (lambda t: t.replace("M", "*"), "the content of `CERTIFICATE` does not match its label"),
        (
            lambda t: t.replace("MII", "MII\0"),
            "the content of `CERTIFICATE` does not match its label",
        ),
        (
            lambda t: t.replace("TE-", "TE REQUEST-"),
            "the content of `CERTIFICATE REQUEST` does not match",
        ),
        (
            lambda t: t.replace("TE-", "TES-"),
            "contains `CERTIFICATES`, which is not the label of a cert",
        ),
        (
            lambda t: t.replace("CERT", "TRUSTED CERT"),
            "contains `TRUSTED CERTIFICATE`, OpenSSL's own",
        ),
        (lambda t: t.replace("-----\n", "----\n"), "contains a broken certificate label"),
        (lambda t: t.replace("TE-----\n", "TE----- x\n"), "contains a broken certificate label"),
    ],
)
def test_broken_certificates(change, fault):
    """A broken certificate is reported in one line with its position."""
    first = "# a comment, as many tools write\n"
    got = error_of(first + change(text(certificate())))
    assert got.startswith("site.pem:2:1: ")
    assert fault in got


@pytest.mark.parametrize("make", [csr, certificate])
@pytest.mark.parametrize("binary", [False, True])
def test_a_bit_string_as_a_name(make, binary):
    """A common name that is no character string is reported, in PEM and DER."""
    whole = make(common="aabbccdd").public_bytes(DER)
    octets = whole.replace(b"\x0c\x08aabbccdd", b"\x03\x08\0abbccdd")
    assert octets != whole
    label = "CERTIFICATE REQUEST" if make is csr else "CERTIFICATE"
    body = b64encode(octets).decode()
    data = octets if binary else f"-----BEGIN {label}-----\n{body}\n-----END {label}-----\n"
    place = "" if binary else ":1:1"
    fault = "contains a name with a BIT STRING, where X.520 requires a character string"
    assert error_of(data) == f"site.pem{place}: {fault}"


def test_other_envelopes():
    """PKCS #7 files are rejected, because ACM does not import them."""
    got = error_of(pkcs7.serialize_certificates([certificate()], PEM).decode())
    assert got == (
        "site.pem:1:1: contains `PKCS7`, which ACM does not import:"
        " extract the certificates with `openssl pkcs7 -print_certs`"
    )
    assert "is DER, but neither" in error_of(pkcs7.serialize_certificates([certificate()], DER))


@pytest.mark.parametrize("name", ["site.pem", "-"])
def test_no_pem_at_all(name):
    """A file without PEM has no declarations, and a null character makes it binary."""
    for other in ("", "brightharbor.io\n\n", "a -----BEGIN CERTIFICATE\n"):
        assert read_source(Source(name, other), Parameters({})) is None
    with pytest.raises(InputError, match="is binary"):
        read_source(Source(name, "a\0"), Parameters({}))


def test_without_the_library(monkeypatch):
    """Without the library, the error names the extra, but only if it is needed."""
    monkeypatch.setitem(sys.modules, "cryptography", None)
    assert read(KEYS[0]) == ()
    assert error_of(CSR) == (
        "site.pem: contains certificates, which need cryptography: install acmrules[csr]"
    )
