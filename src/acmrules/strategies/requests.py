"""Strategies for certificate requests: valid ones, and those that violate a rule."""

from __future__ import annotations

from functools import cache
from string import ascii_letters, digits

from hypothesis import strategies as st

from acmrules.errors import InvalidArgument
from acmrules.facts.fact import CHECKED
from acmrules.lint import check
from acmrules.lint.rule import Severity
from acmrules.lint.rules import CATALOGUE
from acmrules.messages import quoted, quoted_list
from acmrules.request import CertificateRequest, Tag, ValidationOption
from acmrules.strategies.names import labels
from acmrules.unresolved import read_name

TYPE_CHECKING = False
if TYPE_CHECKING:
    from datetime import date
    from typing import Any

    from hypothesis.strategies import SearchStrategy

_SUFFIXES = ("com", "net", "org", "io", "dev", "co.uk", "com.au", "museum")
_BELOW = ("{}", "*.{}", "www.{}", "api.{}", "*.dev.{}", "a.b.{}")
_REGIONS = ("us-east-1", "eu-west-1", "ap-southeast-2")
_KEYS = ("RSA_2048", "EC_prime256v1", "EC_secp384r1")
_DOMAIN_OF_EXAMPLES = "brightharbor.io"


@cache
def tags() -> SearchStrategy[Tag]:
    """Draw tags that ACM accepts."""
    keys = st.sampled_from(["Name", "Owner", "cost-center"])
    values = st.text(ascii_letters + digits + " _.:/=+-@", max_size=12)
    return st.builds(Tag, keys, st.none() | values)


@cache
def validation_options() -> SearchStrategy[ValidationOption]:
    """Draw validation options by email: a name, and the same or a parent domain."""
    plain = _sites().map(lambda site: CertificateRequest.of([f"www.{site}", site]).names)
    return plain.flatmap(
        lambda pair: st.builds(ValidationOption, st.just(pair[0]), st.sampled_from(pair))
    )


def certificate_requests(*, as_of: date = CHECKED) -> SearchStrategy[CertificateRequest]:
    """Draw requests for which `lint.check` reports no error on a date.

    Warnings are possible, because many of them are a matter of taste or of the account.
    """
    return _valid(as_of)


@cache
def _valid(as_of: date) -> SearchStrategy[CertificateRequest]:
    listed = st.lists(
        st.builds(str.format, st.sampled_from(_BELOW), _sites()), min_size=1, max_size=5
    )
    drawn = st.builds(
        lambda names, fields: CertificateRequest.of(names, **fields),
        listed | _related_texts(),
        _fields(),
    )
    return drawn.filter(lambda request: not _errors(request, as_of))


@cache
def _sites() -> SearchStrategy[str]:
    """Draw domains that anyone can register."""
    own = labels().filter(lambda label: len(label) > 1)
    return st.builds(lambda label, suffix: f"{label}.{suffix}", own, st.sampled_from(_SUFFIXES))


@cache
def _related_texts() -> SearchStrategy[list[str]]:
    """Draw names of one site, which often cover one another."""
    below = st.lists(st.sampled_from(_BELOW), min_size=1, max_size=5, unique=True)
    return st.builds(lambda forms, site: [form.format(site) for form in forms], below, _sites())


@cache
def _fields() -> SearchStrategy[dict[str, Any]]:
    """Draw the other fields of a request."""
    tokens = st.text(ascii_letters + digits, min_size=1, max_size=32)
    return st.fixed_dictionaries(
        {"validation_method": st.sampled_from(["DNS", "EMAIL"])},
        optional={
            "key_algorithm": st.sampled_from(_KEYS),
            "tags": st.lists(tags(), max_size=2, unique_by=lambda tag: tag.key),
            "region": st.sampled_from(_REGIONS),
            "idempotency_token": tokens,
        },
    )


def rules_of_requests() -> tuple[str, ...]:
    """Return the ids of the rules for which `invalid_requests` draws requests.

    They are those that a request alone can violate, without consumers, zones or a policy.
    """
    return tuple(_examples())


def invalid_requests(rule: str | None = None) -> SearchStrategy[CertificateRequest]:
    """Draw requests for which `lint.check` reports a rule, one by its id or any.

    They start with the examples of the rule, in the simplest form. Raises `InvalidArgument` if no
    request alone violates the rule.
    """
    if rule is None:
        return st.sampled_from(rules_of_requests()).flatmap(_violating)
    if rule not in _examples():
        known = rules_of_requests()
        raise InvalidArgument(
            f"no request alone violates {quoted(rule)}; use one of {quoted_list(known, len(known))}"
        )
    return _violating(rule)


@cache
def _violating(rule: str) -> SearchStrategy[CertificateRequest]:
    examples = st.sampled_from(_examples()[rule])
    sites = st.just(_DOMAIN_OF_EXAMPLES) | _sites()
    changed = st.builds(_changed, examples, sites, st.lists(_sites(), max_size=2), _fields())
    return examples | changed.filter(lambda request: _reports(request, rule))


@cache
def _examples() -> dict[str, tuple[CertificateRequest, ...]]:
    """Return the examples of the rules that a check of the request alone reports."""
    found: dict[str, tuple[CertificateRequest, ...]] = {}
    for rule in CATALOGUE:
        failing = [each for each in rule.examples if each.at is not None and not each.context]
        requests = [each.request for each in failing if each.as_of is None and each.request]
        reported = tuple(request for request in requests if _reports(request, rule.id))
        if reported:
            found[rule.id] = reported
    return found


def _changed(
    request: CertificateRequest, site: str, more: list[str], fields: dict[str, Any]
) -> CertificateRequest:
    """Return a request for another site, with more names at its end, and with more fields.

    Fields that the request has already keep their values.
    """
    named = CertificateRequest.of([*(_moved(text, site) for text in request.spellings), *more])
    options = [
        option.__replace__(domain_name=read_name(_moved(str(option.domain_name), site)))
        if isinstance(option, ValidationOption) and option.domain_name is not None
        else option
        for option in request.validation_options
    ]
    stated = CertificateRequest.of([site], **fields)
    added = {field: getattr(stated, field) for field in fields if not getattr(request, field)}
    return request.__replace__(
        names=named.names, spellings=named.spellings, validation_options=tuple(options), **added
    )


def _moved(text: str, site: str) -> str:
    return text.replace(_DOMAIN_OF_EXAMPLES, site)


def _errors(request: CertificateRequest, as_of: date = CHECKED) -> int:
    return check(request, as_of=as_of, settings={}).count(Severity.ERROR)


def _reports(request: CertificateRequest, rule: str) -> bool:
    findings = check(request, settings={}).findings
    return any(each.rule.id == rule for finding in findings for each in finding.all())
