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


def part(*parts):
    """Make a partly known string; a part such as `$X` is unknown."""
    return Unresolved(tuple(Unknown(p) if p.startswith("$") else p for p in parts))


def names_of(parameter):
    """Make an unknown number of names."""
    return UnresolvedNames(Unknown(parameter))


def name(text):
    """Read a name; partly known and malformed ones stay as they are."""
    return read_name(text) if isinstance(text, str) else text


def option(domain_name, validation_domain=None, zone=None):
    """Make a validation option from texts."""
    return ValidationOption(
        name(domain_name),
        None if validation_domain is None else name(validation_domain),
        zone,
    )


def consumer(service, *hosts, certificate=REFERENCE, **fields):
    """Make a consumer of the request from texts."""
    return Consumer(service, "Consumer", certificate, tuple(map(name, hosts)), **fields)


def request(*names, **fields):
    """Make a request of texts and partly known names."""
    return CertificateRequest.of(*names, **fields)


def judge(
    rule, *names, as_of=CHECKED, tool=Tool.API, quotas=None, issued=None, policy=None, **fields
):
    """Return the findings and the skips of a rule, or of several ids separated by spaces."""
    around = {
        key: fields.pop(key)
        for key in ("consumers", "zones", "caa", "all_consumers_known", "imported")
        if key in fields
    }
    asked = request(*names, **fields) if names else None
    variant = Variant(asked, locations={}, **{"consumers": (), **around})
    rules = [RULES[each] for each in rule.split()]
    linter = Linter(as_of=as_of, quotas=quotas, issued=issued, policy=policy, rules=rules)
    return linter.check(Declaration(None, tool, "", (variant,)))


def verdict(rule, *names, **fields):
    """Return the result of a rule in short: paths with severities, and skipped paths.

    A path such as `("names", 1)` is written `names 1`.
    """
    findings, skips = judge(rule, *names, **fields)
    found = {f"{' '.join(map(str, f.path))}: {f.severity}" for f in findings}
    return found | {f"{' '.join(map(str, s.path))}: skipped" for s in skips}
