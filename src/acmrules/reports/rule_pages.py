"""A rule as text, as Markdown, and as data."""

from __future__ import annotations

import re

from acmrules.diagnosis.certificate import CertificateType
from acmrules.facts.fact import CHECKED, LAUNCH, Fact
from acmrules.facts.wording import format_value
from acmrules.lint.rule_data import last_day, sources
from acmrules.messages import counted
from acmrules.reports import BOLD, paint
from acmrules.request import Tool, ValidationOption
from acmrules.services import SERVICES
from acmrules.unresolved import Unresolved
from acmrules.x509 import SigningRequest

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from typing import Any

    from acmrules.acme import AcmeResource
    from acmrules.dns_validation import DnsValidation, RecordResource
    from acmrules.facts.timeline import Era
    from acmrules.lint.policy import Policy
    from acmrules.lint.rule import Example, Rule, Severity
    from acmrules.lint.suppressions.model import Suppression
    from acmrules.model.used import UsedCertificate
    from acmrules.resources import (
        Consumer,
        ControllerListener,
        DataSource,
        Distribution,
        Issuance,
        ValidationWait,
    )
    from acmrules.x509 import Certificate, ImportedCertificate


def as_text(rule: Rule, *, is_colored: bool = False) -> str:
    """Return the rule as text for a terminal."""

    def head(text: str) -> str:
        return paint(text, BOLD, is_colored=is_colored)

    lines = [head(f"{rule.id} {rule.name}"), "", rule.title, "", rule.explanation, ""]
    if rule.help:
        lines += [head("Help"), f"  {general_help(rule)}", ""]
    lines += [head("History"), *(f"  {sentence}" for sentence in history(rule)), ""]
    if rule.yields_to:
        lines += [head("Yields to"), f"  {_weightier(rule)}", ""]
    for title, passing in (("Passes", True), ("Fails", False)):
        for example in rule.examples:
            if (example.at is None) is passing:
                lines += [head(title), *(f"  {line}" for line in example_lines(example)), ""]
    if rule.facts:
        lines += [head("Facts"), *(f"  {sentence}" for sentence in facts(rule)), ""]
    lines += [head("Sources")]
    lines += [
        f"  {citation.title}\n    {citation.url} (read {citation.read})"
        for citation in sources(rule)
    ]
    return "\n".join(lines) + "\n"


def as_markdown(rule: Rule) -> str:
    """Return the rule as a page of the documentation."""
    lines = [f"# {rule.id} {rule.name}", "", rule.title, "", rule.explanation, ""]
    if rule.help:
        lines += ["## Help", "", general_help(rule), ""]
    lines += ["## History", "", *(f"- {sentence}" for sentence in history(rule)), ""]
    if rule.yields_to:
        lines += ["## Yields to", "", _weightier(rule), ""]
    for title, passing in (("Passes", True), ("Fails", False)):
        shown = [example for example in rule.examples if (example.at is None) is passing]
        for example in shown:
            lines += [f"## {title}", "", "```yaml", *example_lines(example), "```", ""]
    if rule.facts:
        lines += ["## Facts", "", *(f"- {escaped(sentence)}" for sentence in facts(rule)), ""]
    lines += ["## Sources", ""]
    lines += [
        f"- [{citation.title}]({citation.url}), read {citation.read}" for citation in sources(rule)
    ]
    return "\n".join(lines) + "\n"


def escaped(text: str) -> str:
    """Return text in which only code means something to Markdown, and a pattern stays as it is."""
    return re.sub(
        r"`[^`]*`|[<*\\]|\](?=\()",
        lambda found: found[0] if found[0][0] == "`" else f"\\{found[0]}",
        text,
    )


def general_help(rule: Rule) -> str:
    """Return the help of a rule without a value, as a sentence; empty without help."""
    if not rule.help:
        return ""
    text = rule.help.replace("{name}", "the name")
    return f"{text[:1].upper()}{text[1:]}."


def _weightier(rule: Rule) -> str:
    rules = ", ".join(sorted(rule.yields_to))
    return f"{rules}: if both find the same cause, acmrules reports only that one."


def as_data(rule: Rule) -> dict[str, object]:
    """Return the rule as plain data, with its examples as text."""
    examples = [
        {
            "passes": example.at is None,
            "lines": example_lines(example),
            "at": None if example.at is None else list(example.at),
        }
        for example in rule.examples
    ]
    return rule.to_dict() | {"examples": examples}


def history(rule: Rule) -> list[str]:
    """Return a line for each era of the rule: its severity, its dates, and its source."""
    return [f"{period(rule, era)}; source: {era.source.title}" for era in rule.force]


def period(rule: Rule, era: Era[Severity]) -> str:
    """Return the severity of an era with its dates, such as `error from 2028-03-15`."""
    last = last_day(rule, era)
    if era.start != LAUNCH:
        return f"{era.value} {'from' if era.start > CHECKED else 'since'} {era.start}"
    return f"{era.value} until {last}" if last else f"{era.value} since ACM launched ({LAUNCH})"


def facts(rule: Rule) -> list[str]:
    """Return a line for each fact of the rule, with its value on the date of the last review."""
    return [
        f"{fact.row} {fact.statement.rstrip('.')}: {format_value(fact.value)}{_doubt(fact)}"
        for fact in rule.facts
    ]


def _doubt(fact: Fact[Any]) -> str:
    return "" if fact.is_confirmed else " (inferred)"


def example_lines(example: Example) -> list[str]:
    """Return an example as the YAML of an API request, with its context as comments."""
    lines = [f"# on {example.as_of}"] if example.as_of else []
    for field, value in {**example.context, **example.fields}.items():
        comments = _CONTEXT.get(field)
        lines += [f"# {line}" for line in comments(value)] if comments else []
    first, *others = example.names or ("",)
    lines += [f"DomainName: {_quoted(first)}"] if first else []
    if others:
        lines.append("SubjectAlternativeNames:")
        lines += [f"  - {_quoted(name)}" for name in others[:_SHOWN]]
        lines += [f"  # and {len(others) - _SHOWN} more"] if others[_SHOWN:] else []
    for field, value in example.fields.items():
        member = _MEMBERS.get(field)
        lines += member(value) if member else []
    return lines


_SHOWN = 5
_TOOLS = {
    Tool.API: "in an API request",
    Tool.CLOUDFORMATION: "in CloudFormation",
    Tool.TERRAFORM: "in Terraform",
    Tool.KUBERNETES: "in Kubernetes",
    Tool.NAMES: "in a list of names",
    Tool.SERVERLESS: "in a configuration of the Serverless Framework",
    Tool.PULUMI: "in Pulumi YAML",
    Tool.CROSSPLANE: "in Crossplane",
    Tool.ACCOUNT: "in a response of AWS",
}

_CONTEXT: dict[str, Callable[[Any], list[str]]] = {
    "tool": lambda tool: [_TOOLS[tool]],
    "region": lambda region: [f"in {region}"],
    "quotas": lambda quotas: [f"quota of names: {quotas.names}"],
    "policy": lambda policy: [_policy(policy)],
    "suppression": lambda suppression: [*_suppression(suppression)],
    "consumers": lambda consumers: [_consumer(consumer) for consumer in consumers],
    "used": lambda used: [_used(each) for each in used],
    "zones": lambda zones: [
        f"{zone.zone_id} is the {'private ' if zone.private else ''}zone {zone.name}"
        for zone in zones
    ],
    "zone_records": lambda records: [
        f"{record.name} is delegated in the zone {record.zone_id}"
        if record.name_servers
        else f"{record.name} is a record in the zone {record.zone_id}"
        for record in records
    ],
    "distribution": lambda distribution: [*_distribution(distribution)],
    "dns_validation": lambda validation: [*_dns_validation(validation)],
    "caa": lambda sets: [f"CAA of {s.name}: {', '.join(map(str, s.records))}" for s in sets],
    "authorities": lambda authorities: [
        f"{authority.address} is the private CA, {'with' if authority.may_renew else 'without'} a"
        " permission for ACM"
        for authority in authorities
    ],
    "validations": lambda validations: [_validation(each) for each in validations],
    "sources": lambda sources: [_source(each) for each in sources],
    "issued": lambda issued: [f"issued for {', '.join(map(str, issued.names))}"],
    "imported": lambda imported: [_import(imported)],
    "signed": lambda signed: [*_signing_requests(signed)],
    "acme": lambda resource: [_acme(resource)],
    "acme_resources": lambda resources: [f"with {_acme(each)}" for each in resources],
    "import_fields": lambda fields: [f"with {', '.join(fields)}"],
    "extended_key_usages": lambda usages: [f"for the extended key usages {', '.join(usages)}"],
    "create_before_destroy": lambda first: [f"create_before_destroy = {str(first).lower()}"],
}

_MEMBERS: dict[str, Callable[[Any], list[str]]] = {
    "validation_method": lambda text: [f"ValidationMethod: {text}"],
    "validation_options": lambda options: [
        "DomainValidationOptions:",
        *(line for option in options for line in _option(option)),
    ],
    "key_algorithm": lambda text: [f"KeyAlgorithm: {text}"],
    "certificate_authority_arn": lambda text: [f"CertificateAuthorityArn: {text}"],
    "idempotency_token": lambda text: [f"IdempotencyToken: {text}"],
    "export": lambda text: ["Options:", f"  Export: {text}"],
    "transparency_logging": lambda text: [
        "Options:",
        f"  CertificateTransparencyLoggingPreference: {text}",
    ],
    "root_hierarchy": lambda text: [f"RootHierarchyType: {text}"],
    "certificate_usage": lambda text: [f"CertificateUsage: {text}"],
    "unknown_members": lambda members: [f"{member}: []" for member in members],
    "tags": lambda tags: [
        "Tags:",
        *(line for t in tags for line in (f"  - Key: {t.key}", f"    Value: {_quoted(t.value)}")),
    ],
}


def _consumer(consumer: Consumer) -> str:
    service = SERVICES[consumer.service].name
    hosts = f" for {', '.join(map(str, consumer.hosts))}" if consumer.hosts else ""
    region = f" in {consumer.region}" if consumer.region else ""
    is_text = isinstance(consumer.certificate, str | Unresolved)
    arn = f" with {consumer.certificate}" if is_text else ""
    account = f" in the account {consumer.account}" if consumer.account else ""
    listener = _listener(consumer.listener) if consumer.listener else ""
    issuance = _issuance(consumer.issuance)
    return f"used by {service}{region}{account}{hosts}{arn}{listener}{issuance}"


def _used(used: UsedCertificate) -> str:
    """Return what the responses of AWS show of a certificate."""
    existing = used.existing
    if existing is None:
        return "the account has no certificate with this ARN"
    imported = "imported, " if existing.type is CertificateType.IMPORTED else ""
    until = f", valid until {existing.not_after.date()}" if existing.not_after else ""
    return f"the certificate with this ARN is {imported}`{existing.status}`{until}"


def _listener(listener: ControllerListener) -> str:
    described = f" of {'an' if listener.kind == 'Ingress' else 'a'} {listener.kind}"
    if listener.has_host is False:
        described += " without a host"
    if listener.secret:
        described += f" with the TLS secret {listener.secret}"
    if listener.creates:
        described += f", with a certificate of controller {listener.version}"
    if listener.mixed:
        _, public, private = listener.mixed
        described += f", covered by the public certificate {public} and the private one {private}"
    return described


def _issuance(issuance: Issuance | None) -> str:
    if issuance is None:
        return ""
    waiting = f"only `{issuance.awaited_by[0]}` waits" if issuance.awaited_by else "nothing waits"
    return f", which uses `{issuance.taken}`, although {waiting} until ACM issues it"


def _validation(validation: ValidationWait) -> str:
    others = ", ".join(f"`{each}`" for each in validation.records_of)
    records = f" for the records of {others}" if others else ""
    return f"`{validation.address}` waits in {validation.region}{records}"


def _source(source: DataSource) -> str:
    refers = " and refers to it" if source.depends else ""
    return f"`{source.address}` looks for it in {source.region}{refers}"


def _distribution(distribution: Distribution) -> Iterator[str]:
    if distribution.has_default_certificate:
        hosts = f" for {', '.join(map(str, distribution.aliases))}" if distribution.aliases else ""
        yield f"CloudFront with its default certificate{hosts}"
    for origin in distribution.origins:
        header = f"{'with' if origin.forwards_host else 'without'} the Host header"
        yield f"CloudFront with the origin {origin.domain_name} over HTTPS, {header}"


def _dns_validation(validation: DnsValidation) -> Iterator[str]:
    """Yield comments on a validation in Terraform."""
    from acmrules.dns_validation import missing

    for record in validation.records:
        yield f"`{record.address}` creates a validation record{_record(record)}"
    if validation.fewer:
        yield missing((), validation.fewer, validation.needed, "created")
    for wait in validation.waits:
        yield f"`{wait.address}` waits for `{wait.timeout}`"
    for fault in validation.repetitions:
        yield f"`for_each` of `{fault.address}` is a set of {fault.reason}"


def _record(record: RecordResource) -> str:
    if record.proxied is True:
        return f" at {record.service}, which proxies it"
    name = record.name_part.member if record.name_part else record.name
    value = record.value_part.member if record.value_part else record.value
    return f" with the name `{name}` and the value `{value}`" if name else ""


def _suppression(suppression: Suppression) -> Iterator[str]:
    if suppression.unused:
        yield f"where {', '.join(suppression.unused)} reports nothing"
    yield f"acmrules: {suppression.text}"


def _policy(policy: Policy) -> str:
    stated = {field: getattr(policy, field) for field in type(policy)._fields}
    return "; ".join(
        f"policy: {field.replace('_', ' ')} {format_value(value)}"
        for field, value in stated.items()
        if value is not None
    )


def _import(imported: ImportedCertificate) -> str:
    leaf = imported.leaf
    if leaf is None:
        return "an imported certificate"
    days = f"valid from {leaf.first_day} to {leaf.last_day}"
    body = imported.body or ()
    several = f"; its body contains {counted(len(body), 'certificate')}"
    return (
        f"an imported certificate for {leaf} with a key of {leaf.key_algorithm}, {days}"
        + _content(leaf)
        + several * bool(body)
    )


def _content(signed: Certificate | SigningRequest) -> str:
    unlisted = f"; the common name {signed.unlisted} is not an alternative name"
    weak = f"; signed with {signed.weak_hash}"
    return unlisted * bool(signed.unlisted) + weak * bool(signed.weak_hash)


def _signing_requests(signed: Iterable[Certificate | SigningRequest]) -> Iterator[str]:
    """Yield comments on signing requests; certificates are those of the import."""
    for each in signed:
        if isinstance(each, SigningRequest):
            yield f"a signing request{_content(each)}"


def _acme(resource: AcmeResource) -> str:
    from acmrules.acme import TYPES

    given = {field: getattr(resource, field) for field in type(resource)._fields}
    stated = ", ".join(
        f"{field.replace('_', ' ')} {format_value(value)}"
        for field, value in given.items()
        if value not in (None, ())
    )
    return f"{TYPES[type(resource)]}: {stated}"


def _option(option: ValidationOption) -> list[str]:
    lines = [f"  - DomainName: {_quoted(str(option.domain_name))}"]
    if option.validation_domain is not None:
        lines.append(f"    ValidationDomain: {option.validation_domain}")
    if option.hosted_zone_id is not None:
        lines.append(f"    HostedZoneId: {option.hosted_zone_id}")
    return lines


def _quoted(text: str) -> str:
    return f'"{text}"' if text.startswith("*") else text
