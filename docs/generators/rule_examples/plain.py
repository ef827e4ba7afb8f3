"""Examples of rules about requests: a bad and a good request in each format."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import Any

from acmrules.lint.policy import Policy
from acmrules.lint.rule import Rule
from acmrules.lint.rules import CATALOGUE
from acmrules.names import DomainName
from acmrules.request import CertificateRequest, Tag, ValidationOption
from generators.rule_examples.cases import Example
from generators.rule_examples.expressible import reasons
from generators.rule_examples.requests import NAMES, files

SETTINGS = "pyproject.toml"

_CUSTOMER = "customer-portal-preview-environment-for-the-integration-tests"
_LONG = f"{_CUSTOMER}.{_CUSTOMER}.{_CUSTOMER}.of-the-web-team-in-dublin.brightharbor.io"
_LONG_PRIMARY = "preview-environment-of-the-customer-portal.staging"
_WITHOUT_METHOD = {"ACM313", "ACM401"}
_BY_HAND = {"ACM309", "ACM503", "ACM706"}
_IN_CLOUDFORMATION = ("--region", "us-east-1")


def _request(*names: str, **fields: Any) -> CertificateRequest:  # noqa: ANN401  (any field)
    return CertificateRequest.of(names, **fields)


def _by_email(name: str, domain: str | None, option: str | None = None) -> CertificateRequest:
    validation_domain = DomainName(domain) if domain else None
    options = (ValidationOption(DomainName(option or name), validation_domain),)
    return _request(name, validation_method="EMAIL", validation_options=options)


REQUESTS: dict[str, tuple[CertificateRequest, CertificateRequest | None]] = {
    "ACM101": (
        _request("brightharbor.io", "status_page.brightharbor.io"),
        _request("brightharbor.io", "status-page.brightharbor.io"),
    ),
    "ACM103": (_request("eu--api.brightharbor.io"), _request("eu-api.brightharbor.io")),
    "ACM104": (_request("192.168.100.200"), _request("printer.brightharbor.io")),
    "ACM105": (_request("build.brightharbor.local"), _request("build.brightharbor.io")),
    "ACM107": (
        _request("harbor.eu-west-1.elb.amazonaws.com"),
        _request("harbor.brightharbor.io"),
    ),
    "ACM109": (_request("harbor.onion"), _request("harbor.brightharbor.io")),
    "ACM110": (_request("www.example.com"), _request("www.brightharbor.io")),
    "ACM111": (
        _request("brightharbor.io", "www.your-domain.com"),
        _request("brightharbor.io", "www.brightharbor.io"),
    ),
    "ACM201": (_request("app*.brightharbor.io"), _request("*.brightharbor.io", "brightharbor.io")),
    "ACM202": (_request("*.co.uk"), _request("*.brightharbor.co.uk", "brightharbor.co.uk")),
    "ACM203": (_request("*.app.brightharbor.io"), None),
    "ACM204": (_request("*.brightharbor.io", "brightharbor.io", "www.brightharbor.io"), None),
    "ACM301": (
        _request(f"{_LONG_PRIMARY}.brightharbor.io"),
        _request("staging.brightharbor.io", f"{_LONG_PRIMARY}.brightharbor.io"),
    ),
    "ACM303": (
        _request(*(f"h{number}.brightharbor.io" for number in range(101))),
        _request("brightharbor.io", "*.brightharbor.io"),
    ),
    "ACM305": (
        _request("brightharbor.io", _LONG),
        _request("brightharbor.io", f"{_CUSTOMER}.brightharbor.io"),
    ),
    "ACM306": (_request("brightharbor.io", tags=(Tag("Name", "*.brightharbor.io"),)), None),
    "ACM310": (
        _by_email("www.brightharbor.io", None),
        _by_email("www.brightharbor.io", "brightharbor.io"),
    ),
    "ACM401": (_request("brightharbor.io"), _request("brightharbor.io", validation_method="DNS")),
    "ACM403": (
        _by_email("api.brightharbor.io", "lighthouse.io"),
        _by_email("api.brightharbor.io", "brightharbor.io"),
    ),
    "ACM404": (
        _by_email("brightharbor.co.uk", "co.uk"),
        _by_email("brightharbor.co.uk", "brightharbor.co.uk"),
    ),
    "ACM405": (_by_email("brightharbor.io", "brightharbor.io", "api.brightharbor.io"), None),
    "ACM406": (
        _request(
            "brightharbor.io",
            validation_method="DNS",
            validation_options=(
                ValidationOption(DomainName("brightharbor.io"), DomainName("brightharbor.io")),
            ),
        ),
        _request("brightharbor.io", validation_method="DNS"),
    ),
    "ACM701": (
        _request("brightharbor.io", transparency_logging="DISABLED"),
        _request("brightharbor.io"),
    ),
    "ACM702": (_request("brightharbor.io", export="ENABLED"), _request("brightharbor.io")),
    "ACM801": (
        _request("brightharbor.io", "www.lighthouse.io"),
        _request("brightharbor.io", "www.brightharbor.io"),
    ),
    "ACM802": (
        _request("*.brightharbor.io", "brightharbor.io"),
        _request("brightharbor.io", "www.brightharbor.io"),
    ),
    "ACM414": (
        _request("api.brightharbor.io", validation_method="EMAIL"),
        _by_email("api.brightharbor.io", "brightharbor.io"),
    ),
}
"""Requests that show a rule better than its own examples: the bad one, and a good one.

Without a good one, the fix writes it.
"""


def examples() -> Iterator[Example]:
    """Yield the examples of all rules about requests in each format, by rule."""
    excluded = reasons()
    for rule in CATALOGUE:
        found = None if rule.id in _BY_HAND else REQUESTS.get(rule.id) or _own(rule)
        if found is None:
            continue
        bad, good = found
        policy = next((each.context.get("policy") for each in _failing(rule)), None)
        settings = {SETTINGS: _settings(policy)} if isinstance(policy, Policy) else {}
        better = {} if good is None else files(_complete(rule, good))
        for form, text in files(_complete(rule, bad)).items():
            if (rule.id, form) in excluded:
                continue
            name = NAMES[form]
            options = _IN_CLOUDFORMATION if form != "api" else ()
            improved = {name: better[form], **settings} if form in better else None
            yield Example(rule.id, form, options, {name: text, **settings}, improved, options)


def _failing(rule: Rule) -> list[Any]:
    return [each for each in rule.examples if each.at is not None]


def _own(rule: Rule) -> tuple[CertificateRequest, CertificateRequest | None] | None:
    """Return the first bad and good requests of a rule that need no more than a file."""
    plain = [
        each
        for each in rule.examples
        if each.request and each.context.keys() <= {"policy"} and each.as_of is None
    ]
    bad = next((each.request for each in plain if each.at is not None), None)
    good = next((each.request for each in plain if each.at is None), None)
    return (bad, good) if bad else None


def _complete(rule: Rule, request: CertificateRequest) -> CertificateRequest:
    """Return a request with DNS validation, unless it has or needs another method."""
    is_public = request.certificate_authority_arn is None
    if request.validation_method is None and is_public and rule.id not in _WITHOUT_METHOD:
        return request.__replace__(validation_method="DNS")
    return request


def _settings(policy: Policy) -> str:
    given = {field: getattr(policy, field) for field in Policy._fields}
    lines = [
        f"{field.replace('_', '-')} = {_toml(value)}"
        for field, value in given.items()
        if value is not None
    ]
    return "\n".join(("[tool.acmrules.policy]", *lines, ""))


def _toml(value: object) -> str:
    return str(value) if isinstance(value, int) else json.dumps([*map(str, _items(value))])


def _items(value: Any) -> Iterable[object]:  # noqa: ANN401  (a field of a policy)
    items: Iterable[object] = value
    return items
