"""Placeholders: which strings are recognized, and which are not."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from acmrules.placeholders import in_capitals, in_name, in_reference, in_text, is_stand_in
from acmrules.unresolved import Unknown, Unresolved

ARN = "arn:aws:acm:us-east-1:111122223333:certificate/7f32327d-ad95-4977-91c2-8fae85e9e598"


def labels(text):
    """Return the placeholders in a string."""
    return [] if isinstance(text, str) else [u.label for u in text.unknowns if u.is_placeholder]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("YOUR_DOMAIN", ["YOUR_DOMAIN"]),
        ("*.YOUR_DOMAIN.com", ["YOUR_DOMAIN"]),
        ("REPLACE_ME.brightharbor.io", ["REPLACE_ME"]),
        ("www.<domain>", ["<domain>"]),
        ("*.{{ domain }}", ["{{ domain }}"]),
        ("@@DOMAIN@@", ["@@DOMAIN@@"]),
        ("www.%DOMAIN%", ["%DOMAIN%"]),
        ("__DOMAIN__", ["__DOMAIN__"]),
        ("<sub>.{{ domain }}", ["<sub>", "{{ domain }}"]),
        ("changeme", ["changeme"]),
        ("*.changeme", ["changeme"]),
        ("TODO", ["TODO"]),
        ("xxxx", ["xxxx"]),
        ("XXXX", ["XXXX"]),
        ("your domain name", ["your domain name"]),
        ("your-domain", ["your-domain"]),
        ("your_website.com", ["your_website"]),
        ("status_page.brightharbor.io", []),
        ("my_app.brightharbor.io", []),
        ("_dmarc.brightharbor.io", []),
        ("todo.status_page.io", []),
        ("localhost", []),
        ("a@brightharbor.io", []),
        ("https://brightharbor.io", []),
        ("names[0].io", []),
        ("${Domain}", []),
        ("$DOMAIN", []),
        ("50%.brightharbor.io", []),
        ("", []),
    ],
)
def test_placeholders_in_names(text, found):
    """A string that is no valid name has placeholders, or an error of its own."""
    assert labels(in_name(text)) == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("XXXX.com", ["XXXX"]),
        ("*.YOUR-DOMAIN.com", ["YOUR-DOMAIN"]),
        ("DOMAIN.com", ["DOMAIN"]),
        ("WWW.BrightHarbor.IO", []),
        ("MYSQL.brightharbor.io", []),
        ("XX.brightharbor.io", []),
    ],
)
def test_labels_in_capitals(text, found):
    """Only in capitals, such a label of a valid name is a placeholder."""
    assert labels(in_capitals(text)) == found
    assert labels(in_capitals(text.lower())) == []


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("arn:aws:acm:REGION:ACCOUNT:certificate/…", ["REGION", "ACCOUNT", "…"]),
        ("arn:aws:acm:region:account:certificate/certificate_ID", ["region", "account"]),
        ("arn:aws:acm:us-west-2:12345678901:certificate/2f1c", ["12345678901"]),
        ("arn:aws:acm:us-west-2:123456789:certificate/xxxxx", ["123456789", "xxxxx"]),
        ("arn:aws:acm:us-west-2:xxxx:certificate/xxxx-0278-f8", ["xxxx", "xxxx-0278-f8"]),
        ("arn:aws:acm:us-west-2:xxxxx", ["xxxxx"]),
        ("arn:aws:acm:us-east-1:YOUR_ACCOUNT_ID:certificate/YOUR_ID", ["YOUR_ACCOUNT_ID"]),
        ("arn:aws:acm:us-east-1:<your-id>:certificate/2f1c", ["<your-id>"]),
        ("arn:aws:acm:us-east-1:111122223333:certificate/your-cert-id", ["your-cert-id"]),
        ("arn:aws:acm:us-east-1:ACCOUNT:certificate/CERT-ID", ["ACCOUNT", "CERT-ID"]),
        ("<certificate arn>", ["<certificate arn>"]),
        ("CERT_ARN", ["CERT_ARN"]),
        ("ZXXXXXXXXXXXX", ["ZXXXXXXXXXXXX"]),
        ("xxxxxxxxxxxx", ["xxxxxxxxxxxx"]),
        ("YOUR_ZONE_ID", ["YOUR_ZONE_ID"]),
        ("REGION", ["REGION"]),
        (ARN, []),
        ("arn:aws:acm:us-east-1:1758970542:certificate/2f1c", []),
        ("arn:aws:acm:us-east-1:1111:certificate/2f1c", []),
        ("arn:aws:acm:us-east-1:123456789012:certificate/abc123", []),
        ("arn:aws:acm-pca:us-east-1:111122223333:certificate-authority/2f1c", []),
        ("Z1D633PJN98FT9", []),
        ("us-east-1", []),
    ],
)
def test_placeholders_in_arns_and_ids(text, found):
    """Real ARNs, zone ids and Regions have none; those of examples do."""
    assert labels(in_reference(text))[: len(found)] == found
    assert bool(labels(in_reference(text))) == bool(found)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("<owner>", ["<owner>"]),
        ("team {{ team }}", ["{{ team }}"]),
        ("YOUR_TEAM", ["YOUR_TEAM"]),
        ("RSA_8192", []),
        ("COST_CENTER", []),
        ("harbor@brightharbor.io", []),
        ("Harbor <harbor@brightharbor.io>", []),
    ],
)
def test_placeholders_in_other_strings(text, found):
    """A string that may contain any words has placeholders only in an unmistakable form."""
    assert labels(in_text(text)) == found


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("your-domain.com", True),
        ("www.yourdomain.co.uk", True),
        ("*.mydomain.com", True),
        ("example.io", True),
        ("foo.bar", True),
        ("site.tld", True),
        ("www.changeme", True),
        ("www.xxxx", True),
        ("www.your-domain", True),
        ("xxxx.com", False),
        ("todo.com", False),
        ("myapp.io", False),
        ("example.brightharbor.io", False),
        ("notexample.io", False),
        ("yourdomain.brightharbor.io", False),
    ],
)
def test_names_that_stand_in_for_others(name, expected):
    """The domain itself is one of examples; as a subdomain of another one, such a label is not."""
    assert is_stand_in(name) == expected


def test_the_known_parts_stay():
    """Unknown values that a string already has stay where they are, with the text between them."""
    x, y = Unknown("${X}"), Unknown("${Y}")
    found = in_name(Unresolved((x, ".<a>.", y, ".YOUR_DOMAIN")))
    assert isinstance(found, Unresolved)
    assert found.parts == (
        *(x, ".", Unknown("<a>", is_placeholder=True)),
        *(".", y, ".", Unknown("YOUR_DOMAIN", is_placeholder=True)),
    )


SIGNS = st.text("<>{}%@_Xx.:/-…\0aZ1 ", max_size=40)


@given(SIGNS | st.text(max_size=40), st.sampled_from([in_name, in_capitals, in_reference, in_text]))
def test_a_string_is_only_split(text, recognize):
    """The parts are the string itself, and without a placeholder it is the same object."""
    found = recognize(text)
    assert str(found) == text
    assert isinstance(found, str) == (not labels(found))
    if not isinstance(found, str):
        assert all(isinstance(part, str | Unknown) and str(part) for part in found.parts)


@pytest.mark.parametrize("piece", ["<a", "{{", "__a", "@a", "%a", "A_", "region", "xxx-", "X", "/"])
@pytest.mark.parametrize("recognize", [in_name, in_capitals, in_reference, in_text])
def test_long_strings_are_not_searched(piece, recognize):
    """No name, ARN or tag is that long; the answer is the string itself."""
    text = f"{piece * 5000}."
    assert recognize(text) is text
