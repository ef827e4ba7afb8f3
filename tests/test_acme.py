"""ACME resources: what a domain validation allows, and what an edit costs."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.support.rules import part

from acmrules import acme
from acmrules.acme import SCOPES as SCOPES_OF
from acmrules.acme import (
    TYPES,
    AcmeBinding,
    AcmeEndpoint,
    AcmeValidation,
    allows,
    edited_members,
    scope_of,
)
from acmrules.facts import acm
from acmrules.names import DomainName, WildcardDomainName, parse_name
from acmrules.strategies import names

SCOPES = ("exact_domain", "subdomains", "wildcards")
options = st.sampled_from([None, "ENABLED", "DISABLED", part("$X")])
X = part("$X")
DOMAIN = AcmeValidation(domain_name="a.io")


def validations():
    return st.builds(
        AcmeValidation,
        domain_name=names().filter(lambda n: isinstance(n, DomainName)).map(str) | st.just(X),
        **dict.fromkeys(SCOPES, options),
    )


def kinship(name, domain):
    """Return the scope that a name needs, `None` for a name outside of the domain."""
    stem = str(name).removeprefix("*.")
    is_wildcard = isinstance(name, WildcardDomainName)
    if stem == domain:
        return "wildcards" if is_wildcard else "exact_domain"
    if not stem.endswith("." + domain):
        return None
    return "unknown" if is_wildcard else "subdomains"


@given(validations(), names())
def test_a_scope_allows_its_own_names(validation, name):
    """A name is allowed exactly if the scope for it is enabled."""
    verdict = validation.allows(name)
    if not isinstance(validation.domain_name, str):
        assert verdict is None
        return
    scope = kinship(name, validation.domain_name)
    if scope is None:
        assert verdict is False
    elif scope == "unknown":
        assert verdict is not True
    else:
        expected = {"ENABLED": True, "DISABLED": False}
        assert verdict is expected.get(getattr(validation, scope))


@pytest.mark.parametrize(
    ("scopes", "allowed"),
    [
        ("ENABLED DISABLED DISABLED", {"example.com"}),
        ("DISABLED ENABLED DISABLED", {"sub.example.com", "a.sub.example.com"}),
        ("DISABLED DISABLED ENABLED", {"*.example.com"}),
        (
            "ENABLED ENABLED ENABLED",
            {"example.com", "sub.example.com", "a.sub.example.com", "*.example.com"},
        ),
    ],
)
def test_the_examples_of_the_guide(scopes, allowed):
    """The combinations in the guide allow the names that it lists."""
    validation = AcmeValidation(
        domain_name="example.com", **dict(zip(SCOPES, scopes.split(), strict=True))
    )
    listed = {"example.com", "sub.example.com", "a.sub.example.com", "*.example.com", "example.org"}
    assert {name for name in listed if validation.allows(parse_name(name))} == allowed


def test_the_wildcard_of_a_subdomain_is_undecided():
    """No source says whether a wildcard below the domain is allowed, unless all scopes are off."""
    deep = parse_name("*.sub.example.com")
    for subdomains, wildcards, expected in (
        ("ENABLED", "ENABLED", None),
        ("ENABLED", "DISABLED", None),
        ("DISABLED", "ENABLED", None),
        ("DISABLED", "DISABLED", False),
    ):
        validation = AcmeValidation(
            domain_name="example.com", subdomains=subdomains, wildcards=wildcards
        )
        assert validation.allows(deep) is expected


@given(st.lists(validations(), max_size=3), names())
def test_one_validation_is_enough(listed, name):
    """A name is allowed if one of several validations allows it."""
    verdicts = [each.allows(name) for each in listed]
    expected = True if True in verdicts else None if None in verdicts else False
    assert allows(listed, name) is expected


@given(st.lists(validations(), max_size=3), names())
def test_a_scope_that_is_enabled_allows_the_name(listed, name):
    """If the scope that is suggested for a name is enabled, the name is allowed."""
    found = scope_of(listed, name)
    if found is not None:
        domain, scope = found
        [field] = [field for field, member in SCOPES_OF.items() if member == scope]
        changed = [
            each.__replace__(**{field: "ENABLED"}) if each.domain_name == domain else each
            for each in listed
        ]
        assert allows(changed, name) is True
    else:
        assert allows(listed, name) is not True


def test_every_replacement_is_a_member():
    """The members in fact ACME.3 are those that can be compared."""
    for kind, replaced in acm.ACME_REPLACEMENTS.value:
        [own] = [each for each, name in TYPES.items() if name == kind]
        assert set(replaced) <= set(acme._MEMBERS[own].values())
        assert set(acme._MEMBERS[own]) <= set(own._fields)


@pytest.mark.parametrize(
    ("was", "becomes", "expected"),
    [
        (AcmeEndpoint(), AcmeEndpoint(), ()),
        (AcmeEndpoint(region="us-east-1"), AcmeEndpoint(missing=("x",)), ()),
        (
            AcmeEndpoint(algorithms=("RSA_2048",)),
            AcmeEndpoint(certificate_tags=("x",)),
            (("AllowedKeyAlgorithms", False), ("CertificateTags", True)),
        ),
        (
            AcmeValidation(domain_name="a.io", subdomains="ENABLED"),
            AcmeValidation(domain_name="b.io"),
            (("DomainName", True), ("Subdomains", False)),
        ),
        (DOMAIN, AcmeValidation(), (("DomainName", True),)),
        (
            AcmeValidation(domain_name="a.io"),
            AcmeValidation(domain_name=X),
            (("DomainName", None),),
        ),
        (
            AcmeValidation(subdomains=X),
            AcmeValidation(subdomains="ENABLED"),
            (("Subdomains", False),),
        ),
        (AcmeBinding(expiration="1"), AcmeBinding(expiration="2"), (("Expiration", True),)),
        (AcmeBinding(), AcmeEndpoint(authorization="x"), ()),
    ],
)
def test_an_edit_replaces_a_resource_if_the_member_is_fixed(was, becomes, expected):
    """Fixed members replace the resource, others do not, and unknown values are undecided."""
    assert edited_members(was, becomes) == expected


@given(st.from_regex(acm.ACME_DOMAIN_PATTERN.value, fullmatch=True))
def test_the_pattern_of_a_domain_has_no_capitals_and_wildcards(text):
    """What the pattern accepts is in lowercase, and no wildcard."""
    assert text == text.lower()
    assert "*" not in text
    assert re.fullmatch(acm.ACME_ZONE_PATTERN.value, text) is None
