"""The formats of examples, and the rules that a format cannot show, each with the reason."""

from __future__ import annotations

from collections.abc import Iterator

FORMS = {
    "cloudformation": "CloudFormation",
    "terraform": "Terraform",
    "kubernetes": "Kubernetes",
    "api": "ACM API",
    "names": "List of names",
    "plan": "Terraform plan",
    "account": "AWS responses",
    "certificates": "Signing requests and certificates",
}
"""The formats by the name that `--kind` has for most of them, with their titles."""

REQUESTED = ("cloudformation", "terraform", "kubernetes", "api", "names")
"""The formats that declare certificates: each rule has an example in each, or a reason."""

_ACME = "ACM509 ACM510 ACM511 ACM512 ACM513 ACM514"
_CONTROLLER = "ACM518 ACM519 ACM520 ACM524"
_EDITS = "ACM601 ACM602 ACM604"
_FILES = "ACM706 ACM709"
_HIERARCHY = "ACM311 ACM312 ACM313 ACM314"
_OF_TERRAFORM = "ACM417 ACM418 ACM419 ACM516 ACM517 ACM603"
_PEM = "ACM705 ACM708"
_SUPPRESSIONS = "ACM901 ACM902 ACM903"
_USE = (
    "ACM205 ACM206 ACM207 ACM501 ACM502 ACM505 ACM506 ACM507 ACM508 ACM515 ACM521 ACM522 ACM523"
    " ACM525 ACM526"
)
_ZONES = "ACM407 ACM408 ACM411 ACM412 ACM415 ACM416 ACM421 ACM422"

_REASONS: dict[str, dict[str, str]] = {
    "cloudformation": {
        "the resource has no property for it": f"ACM307 {_HIERARCHY}",
        "only Terraform has such resources": _OF_TERRAFORM,
        "a template is deployed to one Region, which `--region` states": "ACM502 ACM503",
        "CloudFormation waits until ACM issues a certificate": "ACM515",
        "the AWS Load Balancer Controller reads Kubernetes objects": _CONTROLLER,
        "a template is one state, and the rule needs two": _EDITS,
        "a resource either requests or imports, as its type says": "ACM703",
        "the file is a signing request or a certificate": f"{_FILES} {_PEM}",
    },
    "terraform": {
        "the resource has no argument for it": f"ACM307 {_HIERARCHY}",
        "the rule is about validation records that CloudFormation creates": "ACM407",
        "the resource has no hosted zone: a record has it": "ACM411",
        "acmrules reads no ACME resources of Terraform": _ACME,
        "a configuration is one state, and a plan has two": _EDITS,
        "the file is a signing request or a certificate": _FILES,
    },
    "kubernetes": {
        "the resource of ACK has no member for it": (
            f"ACM307 {_HIERARCHY} ACM310 ACM401 ACM402 ACM403 ACM404 ACM405 ACM409 ACM410 ACM414"
            f" ACM704 ACM805 {_ZONES}"
        ),
        "acmrules does not know all objects that use a certificate": "ACM206",
        "only Terraform has such resources": _OF_TERRAFORM,
        "acmrules reads no CAA records of Kubernetes objects": "ACM413",
        "acmrules reads no such object": f"ACM506 ACM507 ACM521 ACM522 {_ACME}",
        "a manifest is one state, and the rule needs two": _EDITS,
        "the file is a signing request or a certificate": f"{_FILES} {_PEM}",
    },
    "api": {
        "a request does not contain what uses the certificate": f"{_USE} {_CONTROLLER} ACM603",
        "a request has no hosted zones and no DNS records": f"{_ZONES} ACM413 ACM420",
        "only Terraform has such resources": "ACM417 ACM418 ACM419 ACM516 ACM517",
        "a request contains no Region": "ACM503",
        "acmrules reads ACME resources in templates": _ACME,
        "a request is one state, and the rule needs two": _EDITS,
        "a request and an import are different calls": "ACM703",
        "the file is a signing request or a certificate": f"{_FILES} {_PEM}",
        "JSON has no comments": _SUPPRESSIONS,
    },
    "names": {
        "a list contains only names": (
            "ACM305 ACM306 ACM307 ACM308 ACM309 ACM310 ACM401 ACM402 ACM403 ACM404 ACM405 ACM406"
            f" ACM409 ACM410 ACM413 ACM414 ACM420 ACM503 ACM504 ACM701 ACM702 ACM703 ACM704 ACM804"
            f" ACM805 ACM806 {_HIERARCHY} {_ZONES} {_USE} {_ACME} {_CONTROLLER} {_OF_TERRAFORM}"
            f" {_EDITS} {_FILES} {_PEM}"
        ),
    },
}


def reasons() -> dict[tuple[str, str], str]:
    """Return why a format cannot show a rule, by rule and format."""
    return {(rule, form): reason for rule, form, reason in _pairs()}


def _pairs() -> Iterator[tuple[str, str, str]]:
    for form, by_reason in _REASONS.items():
        for reason, rules in by_reason.items():
            for rule in rules.split():
                yield rule, form, reason


ALSO: dict[str, frozenset[str]] = {
    **dict.fromkeys(("ACM310", "ACM403", "ACM404", "ACM405", "ACM414"), frozenset({"ACM402"})),
    **dict.fromkeys(("ACM412", "ACM422"), frozenset({"ACM416"})),
    **dict.fromkeys(("ACM902", "ACM903"), frozenset({"ACM102"})),
}
"""Other rules that report something in an example, because the same value violates them too.

The first ones need email validation, the next a zone in the template, and the last ones a finding.
"""
