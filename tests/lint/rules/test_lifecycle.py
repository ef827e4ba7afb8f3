"""ACM7xx: transparency, export, import, private CAs."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.support.rules import RULES, judge, option, part, verdict
from tests.support.x509 import certificate, chain, imported, text

from acmrules.lint.linter import Linter
from acmrules.model.declaration import Declaration, Variant
from acmrules.request import CertificateRequest, Tool
from acmrules.x509 import Certificate, ImportedCertificate

X = part("$X")
AUTHORITY = {"certificate_authority_arn": "arn:aws:acm-pca:x"}


@pytest.mark.parametrize(
    ("preference", "day", "expected"),
    [
        ("DISABLED", date(2026, 6, 1), {"transparency_logging: warning"}),
        ("DISABLED", date(2026, 5, 31), {": skipped"}),
        ("ENABLED", date(2026, 6, 1), set()),
        (None, date(2026, 6, 1), set()),
        (X, date(2026, 6, 1), {"transparency_logging: skipped"}),
    ],
)
def test_opting_out_of_transparency_has_no_effect_any_more(preference, day, expected):
    """701 is in force from the day AWS ended the opt-out."""
    got = verdict("ACM701", "a.io", transparency_logging=preference, as_of=day)
    assert got == expected


@pytest.mark.parametrize(
    ("names", "day", "said"),
    [
        (["a.io"], date(2026, 11, 23), ": $7 for its 1 name, by secondary sources"),
        (["a.io", "*.a.io", "A.io"], date(2026, 11, 23), ": $86 for its 2 names, by"),
        (["a.io", "*.a.io"], date(2025, 6, 17), ": $164 for its 2 names, by"),
        (["a.io", X], date(2026, 11, 23), "which ACM charges for by name"),
    ],
)
def test_export_is_told_with_its_price(names, day, said):
    """702 adds the price up where every name is known."""
    [finding], _ = judge("ACM702", *names, export="ENABLED", as_of=day)
    assert said in finding.message
    assert ("$" in finding.message) == (X not in names)


def test_export_was_not_for_sale_before_june_2025():
    """702 begins with the offer; a private certificate is another matter."""
    assert verdict("ACM702", "a.io", export="ENABLED", as_of=date(2025, 6, 16)) == {": skipped"}
    assert verdict("ACM702", "a.io", export="DISABLED") == set()
    assert verdict("ACM702", "a.io", export=X) == {"export: skipped"}
    assert verdict("ACM702", "a.io", export="ENABLED", **AUTHORITY) == set()


@pytest.mark.parametrize(
    ("tool", "expected"),
    [(Tool.TERRAFORM, {"import_fields 0: error"}), (Tool.API, {"import_fields 0: note"})],
)
def test_a_certificate_is_requested_or_imported(tool, expected):
    """703 is an error in Terraform, a note elsewhere."""
    got = verdict("ACM703", "a.io", import_fields=("private_key", "x"), tool=tool)
    assert got == expected
    assert verdict("ACM703", X, tool=tool) == set()


def test_an_import_alone_is_no_mixture():
    """Without names there is nothing requested."""
    imported = CertificateRequest((), import_fields=("private_key",))
    variant = Variant(imported, (), {})
    linter = Linter(rules=[RULES["ACM703"]])
    assert linter.check(Declaration(None, Tool.TERRAFORM, "", (variant,))) == ([], [])


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({}, set()),
        ({"validation_method": "DNS"}, {"validation_method: error"}),
        ({"validation_options": (option("a.io", "a.io"),)}, {"validation_options: error"}),
        ({"export": "ENABLED"}, {"export: error"}),
        ({"key_algorithm": "RSA_2048"}, {"key_algorithm: skipped"}),
        ({"key_algorithm": X}, {"key_algorithm: skipped"}),
    ],
)
def test_a_private_ca_takes_no_settings_of_the_public_one(fields, expected):
    """704 applies only where a CA is named."""
    assert verdict("ACM704", "a.io", **AUTHORITY, **fields) == expected
    without = {key: value for key, value in fields.items() if value is not X}
    assert verdict("ACM704", "a.io", **without) == set()


@pytest.mark.parametrize(("algorithm", "family"), [("RSA_2048", "RSA"), ("EC_prime256v1", "ECDSA")])
def test_the_family_of_the_key_must_be_that_of_the_ca(algorithm, family):
    """The CA's own key is never in the files, so 704 says what would have to be known."""
    _, [skip] = judge("ACM704", "a.io", **AUTHORITY, key_algorithm=algorithm)
    assert f"is {family} is not known" in skip.detail


LEAF = Certificate(
    subject="CN=www.brightharbor.io",
    issuer="CN=Harbor CA",
    serial_number=7,
    version=3,
    key_algorithm="RSA_2048",
    signed_with="RSA",
    first_day=date(2026, 10, 1),
    last_day=date(2027, 3, 1),
    octets=700,
    signer=1,
)
AUTHORITY_OF_LEAF = LEAF.__replace__(
    subject="CN=Harbor CA", serial_number=8, signer=1, is_authority=True
)
CHAIN = chain(4)


def told(leaf=LEAF, behind=(AUTHORITY_OF_LEAF,), as_of=date(2026, 11, 23), **fields):
    """Return what 705 says of an import: paths with severities, and the messages."""
    brought = ImportedCertificate(leaf=leaf, chain=behind, **fields)
    findings, skips = judge("ACM705", imported=brought, as_of=as_of)
    said = [f"{' '.join(map(str, f.path[1:]))}: {f.severity}: {f.message}" for f in findings]
    return said + [f"{' '.join(map(str, s.path[1:]))}: skipped: {s.detail}" for s in skips]


def test_what_acm_imports_is_not_found():
    """705 has nothing to say of a leaf with its chain, of a chain, and of what is not known."""
    assert told() == []
    assert told(leaf=None) == []
    assert told(leaf=None, behind=()) == []
    assert told(key_label="RSA PRIVATE KEY") == []
    assert told(behind=(AUTHORITY_OF_LEAF.__replace__(octets=2_097_152),)) == []
    assert verdict("ACM705", "a.io") == set()


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"version": 1}, "certificate is X.509 version 1; ACM imports X.509 version 3"),
        ({"key_algorithm": "RSA_1536"}, "key is `RSA_1536`; ACM imports `RSA_1024`, "),
        (
            {"last_day": date(2026, 11, 22)},
            "is valid from 2026-10-01 to 2026-11-22; ACM imports it on",
        ),
        (
            {"first_day": date(2026, 11, 24)},
            "is valid from 2026-11-24 to 2027-03-01; ACM imports it on",
        ),
        ({"issuer": ""}, "certificate has an empty issuer"),
        ({"octets": 32_769}, "certificate has 32,769 bytes; ACM imports 32,768 at most"),
        ({"ocsp_addresses": ("", "a" * 1001)}, "address of OCSP has 1,001 characters; ACM takes"),
    ],
)
def test_a_leaf_that_is_not_imported(fields, said):
    """705 says what it is, and what ACM takes."""
    [found] = told(LEAF.__replace__(**fields))
    assert found.startswith("leaf: error: ")
    assert said in found


@pytest.mark.parametrize(
    "fields",
    [
        {"first_day": date(2026, 11, 23), "last_day": date(2026, 11, 23)},
        {"octets": 32_768, "ocsp_addresses": ("a" * 1000,)},
        {"key_algorithm": "EC_secp521r1", "signed_with": "EC"},
        {"signed_with": None},
    ],
)
def test_a_leaf_that_is_just_imported(fields):
    """705 counts both days of validity, and takes each bound as reached, not passed."""
    assert told(LEAF.__replace__(**fields)) == []


def test_the_keys_of_before_july_2021_are_not_known():
    """705 skips what depends on a list that nobody recorded."""
    early = LEAF.__replace__(first_day=date(2020, 1, 1))
    assert told(early, (), as_of=date(2021, 7, 14)) == []
    [found] = told(early, as_of=date(2021, 7, 13), behind=())
    assert found == "leaf: skipped: which keys could be imported before 2021-07-14 is not known"


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"encoding": "DER"}, "encoding: error: certificate is DER; ACM imports PEM"),
        (
            {"key_label": "ENCRYPTED PRIVATE KEY"},
            "key_label: error: private key is encrypted; ACM imports it unencrypted",
        ),
        (
            {"leaf": LEAF.__replace__(signed_with="EC")},
            "leaf: note: key is RSA and that of the CA EC; sources differ on whether ACM imports",
        ),
        (
            {"leaf": LEAF.__replace__(signer=None), "behind": ()},
            "chain: note: no chain follows, and the certificate is not self-signed; sources differ",
        ),
        (
            {"behind": (AUTHORITY_OF_LEAF.__replace__(last_day=date(2026, 11, 22)),)},
            "chain 0: note: certificate of the chain is valid from 2026-10-01 to 2026-11-22 only",
        ),
        (
            {"behind": (AUTHORITY_OF_LEAF.__replace__(octets=2_097_153),)},
            "chain: error: chain has 2,097,153 bytes; ACM imports 2,097,152 at most",
        ),
        (
            {"leaf": LEAF.__replace__(signer=None)},
            "chain 0: error: `CN=Harbor CA` did not sign `CN=www.brightharbor.io`, which stands",
        ),
        (
            {"behind": (LEAF, AUTHORITY_OF_LEAF), "leaf": LEAF.__replace__(signer=2)},
            "chain 0: error: `CN=www.brightharbor.io` is the leaf again; a chain begins behind it",
        ),
        (
            {"leaf": LEAF.__replace__(signer=0)},
            "chain 0: error: `CN=Harbor CA` follows `CN=www.brightharbor.io`, which is self-signed",
        ),
    ],
)
def test_a_file_that_is_not_imported_as_it_is(fields, said):
    """705 looks at the whole of it; where sources differ, it is a note."""
    found = told(**fields)
    assert found[0].startswith(said)


@given(st.permutations(range(4)), st.integers(1, 4))
def test_a_chain_has_one_order(order, length):
    """705 finds nothing where each certificate signed the one before, and else says where not."""
    order = order[:length]
    got = imported(text(*(CHAIN[place] for place in order)))
    findings, _ = judge("ACM705", imported=got)
    broken = {f.path for f in findings if f.path[1] == "chain" and len(f.path) == 3}
    begin = 1 if 0 in order else 0
    wrong = [n for n in range(1, length) if order[n - 1] + 1 != order[n]]
    assert broken == {("imported", "chain", place - begin) for place in wrong}
    for finding in findings:
        if finding.path in broken and " of the file did" in finding.message:
            number = int(finding.message.partition("; certificate ")[2].split()[0])
            before = finding.path[2] + begin - 1
            assert order[number - 1] == min(order[before] + 1, 3)


def test_what_was_made_today_is_imported():
    """705 agrees with what the library signs."""
    assert judge("ACM705", imported=imported(text(*CHAIN))) == ([], [])
    alone = imported(text(certificate("a.io", "a.io")))
    assert judge("ACM705", imported=alone) == ([], [])


@pytest.mark.parametrize(
    ("usages", "day", "expected"),
    [
        (("clientAuth",), date(2025, 6, 11), {"extended_key_usages 0: warning"}),
        (("serverAuth", "clientAuth"), date(2026, 11, 23), {"extended_key_usages 1: warning"}),
        (("clientAuth",), date(2025, 6, 10), {": skipped"}),
        (("serverAuth",), date(2026, 11, 23), set()),
        ((), date(2026, 11, 23), set()),
    ],
)
def test_public_certificates_are_for_servers(usages, day, expected):
    """706 is in force from the day ACM left the usage out; private CAs decide for themselves."""
    assert verdict("ACM706", "a.io", extended_key_usages=usages, as_of=day) == expected
    if day == date(2026, 11, 23):
        assert verdict("ACM706", "a.io", extended_key_usages=usages, **AUTHORITY) == set()
