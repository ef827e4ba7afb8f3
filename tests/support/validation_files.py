"""Terraform files with a certificate, its validation records, and a wait, and their findings."""

from textwrap import indent

from tests.support.terraform import declarations

from acmrules.lint.linter import Linter
from acmrules.lint.rules import CATALOGUE

OPTIONS = "aws_acm_certificate.site.domain_validation_options"
FIRST = f"tolist({OPTIONS})[0]"
EACH = f"{{ for o in {OPTIONS} : o.domain_name => o }}"
RULES = ("ACM408", "ACM417", "ACM418", "ACM419", "ACM420")


def certificate(*names, label="site", **more):
    """Return a certificate for some names, which are strings or expressions."""
    first, *others = names
    listed = ", ".join(f'"{name}"' for name in others)
    lines = [f'domain_name = "{first}"', f"subject_alternative_names = [{listed}]"]
    lines += ['validation_method = "DNS"', *(f"{key} = {value}" for key, value in more.items())]
    return block("aws_acm_certificate", label, *lines)


def block(kind, label, *lines):
    """Return a resource."""
    return f'resource "{kind}" "{label}" {{\n{indent(chr(10).join(lines), "  ")}\n}}\n'


def record(option, *lines, label="site", kind="aws_route53_record", **arguments):
    """Return a record for an option, with other arguments in place of the usual ones."""
    usual = {
        "name": f"{option}.resource_record_name",
        "type": f"{option}.resource_record_type",
        "records": f"[{option}.resource_record_value]",
        "zone_id": '"Z0123456789ABCDEFGHIJ"',
    }
    given = {key: value for key, value in (usual | arguments).items() if value is not None}
    return block(kind, label, *lines, *(f"{key} = {value}" for key, value in given.items()))


def each_record(*lines, over=EACH, **arguments):
    """Return a record for each option."""
    return record("each.value", f"for_each = {over}", *lines, **arguments)


def wait(*lines, fqdns=None):
    """Return a resource that waits for the certificate."""
    listed = [f"validation_record_fqdns = {fqdns}"] if fqdns else []
    arn = "certificate_arn = aws_acm_certificate.site.arn"
    return block("aws_acm_certificate_validation", "site", arn, *listed, *lines)


def checked(*texts, **files):
    """Return the findings and the skips of the rules about validation."""
    main = "\n".join(texts)
    found = declarations({"main.tf": main, **files}, region="eu-west-1")
    linter = Linter(rules=[rule for rule in CATALOGUE if rule.id in RULES])
    results = [linter.check(declaration) for declaration in found]
    findings = [finding for each, _ in results for finding in each]
    return findings, [skip for _, skips in results for skip in skips]


def found_in(*texts, **files):
    """Return the ids and severities of the findings, such as `ACM417 error`."""
    findings, _ = checked(*texts, **files)
    return {f"{finding.rule.id} {finding.severity}" for finding in findings}


def undecided_in(*texts, **files):
    """Return the ids of the undecided rules."""
    _, skips = checked(*texts, **files)
    return {skip.rule.id for skip in skips if skip.rule}


def marked_in(*texts):
    """Return the marked text of each finding by rule."""
    findings, _ = checked(*texts)
    return {finding.rule.id: finding.location.text for finding in findings}
