"""Partly known requests, and the findings of one rule."""

from acmrules.facts.fact import CHECKED
from acmrules.lint.linter import Linter
from acmrules.lint.rules import CATALOGUE
from acmrules.model.declaration import Declaration, Variant
from acmrules.request import CertificateRequest, Tool, ValidationOption
from acmrules.resources import CertificateReference, Consumer
from acmrules.unresolved import Unknown, Unresolved, UnresolvedNames, read_name

RULES = {rule.id: rule for rule in CATALOGUE}
ZONE = "Z0123456789ABCDEFGHIJ"
REFERENCE = CertificateReference("Certificate")
_OF_VARIANT = {
    "all_consumers_known",
    "authorities",
    "caa",
    "consumers",
    "distribution",
    "dns_validation",
    "imported",
    "looked_up_by",
    "signed",
    "zone_records",
    "sources",
    "validations",
    "zones",
}


def part(*parts):
    """Return a partly known string; a part such as `$X` is unknown."""
    return Unresolved(tuple(Unknown(p) if p.startswith("$") else p for p in parts))


def names_of(parameter):
    """Return an unknown number of names."""
    return UnresolvedNames(Unknown(parameter))


def name(text):
    """Read a name; partly known and malformed ones stay as they are."""
    return read_name(text) if isinstance(text, str) else text


def option(domain_name, validation_domain=None, zone=None):
    """Return a validation option; strings are read as names."""
    return ValidationOption(
        name(domain_name),
        None if validation_domain is None else name(validation_domain),
        zone,
    )


def consumer(service, *hosts, certificate=REFERENCE, **fields):
    """Return a consumer of the request with these hosts."""
    return Consumer(service, "Consumer", certificate, tuple(map(name, hosts)), **fields)


def request(*names, **fields):
    """Return a request for names that may be partly known."""
    return CertificateRequest.of(names, **fields)


def check_rule(
    rule, *names, as_of=CHECKED, tool=Tool.API, quotas=None, issued=None, policy=None, **fields
):
    """Return the findings and the skips of a rule, or of several ids separated by spaces."""
    context = {key: fields.pop(key) for key in _OF_VARIANT & fields.keys()}
    requested = request(*names, **fields) if names else None
    variant = Variant(requested, locations={}, **{"consumers": (), **context})
    rules = [RULES[each] for each in rule.split()]
    linter = Linter(as_of=as_of, quotas=quotas, issued=issued, policy=policy, rules=rules)
    return linter.check(Declaration(None, tool, "", (variant,)))


def outcomes(rule, *names, **fields):
    """Return the paths of the findings with their severities, and the undecided paths.

    A path such as `("names", 1)` is written `names 1`.
    """
    findings, skips = check_rule(rule, *names, **fields)
    found = {f"{' '.join(map(str, f.path))}: {f.severity}" for f in findings}
    return found | {f"{' '.join(map(str, s.path))}: skipped" for s in skips}
