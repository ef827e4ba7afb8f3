"""Why nothing in a file was understood: what the file looks like, and what to check instead."""

from __future__ import annotations

import re

from acmrules.messages import quoted_list
from acmrules.readers.registry import READERS
from acmrules.syntax import pem
from acmrules.syntax.source import STANDARD_INPUT, InputError, Source
from acmrules.syntax.structured import looks_like_json
from acmrules.syntax.tree import HAS_TEMPLATES, NOT_RENDERED, RENDER, mapping
from acmrules.values import Value, later

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable

    from acmrules.syntax.source import Position
    from acmrules.syntax.tree import Data

_UTF_16 = (b"\xff\xfe", b"\xfe\xff")
_ANY_FORMAT = "check a template, a plan, a request or a list of names"
_OUTPUT = "check what requests the certificate: a template, or the input of `request-certificate`"
_CHECK_TEMPLATE = "check the template"

_OUTPUTS = {
    "CertificateSummaryList": "acm list-certificates",
    "CertificateArn": "acm request-certificate",
    "Stacks": "cloudformation describe-stacks",
    "StackResources": "cloudformation describe-stack-resources",
    "StackResourceSummaries": "cloudformation list-stack-resources",
    "TemplateBody": "cloudformation get-template",
    "HostedZones": "route53 list-hosted-zones",
    "ResourceRecordSets": "route53 list-resource-record-sets",
    "DistributionList": "cloudfront list-distributions",
    "Distribution": "cloudfront get-distribution",
    "LoadBalancers": "elbv2 describe-load-balancers",
    "Listeners": "elbv2 describe-listeners",
}
"""Commands of the AWS CLI by the member that is always in their output."""

_HOW = {
    "acm": _OUTPUT,
    "acm describe-certificate": "check the whole output, without `--query`",
    "acm list-certificates": "check a list with certificates",
    "route53": "diagnose it, together with certificates: `acmrules diagnose`",
    "cloudformation": _CHECK_TEMPLATE,
    "cloudformation get-template": "check its `TemplateBody`: add `--query TemplateBody`",
}

_PROGRAMS = (".cs", ".go", ".java", ".js", ".py", ".ts")
_TEMPLATES = (".erb", ".ftl", ".gotmpl", ".j2", ".jinja", ".jinja2", ".mustache", ".tftpl", ".tpl")
_STRUCTURED = (".json", ".jsonl", ".template", ".yaml", ".yml")
_TERRAFORM = (".tf", ".tf.json")
_VARIABLES = (".tfvars", ".tfvars.json")
_LISTS = (".txt", ".names")
_X509 = next(reader.walked for reader in READERS if reader.name == "certificates")

_OF_CROSSPLANE = (".aws.upbound.io", ".aws.m.upbound.io", ".aws.crossplane.io")
"""The ends of the groups of managed resources of Crossplane."""

_BLOCK = r'(?m)^(?:resource|module|data|variable)[ \t]+"[\w-]+"'
"""The start of a block of Terraform."""

CORRECT = "correct the file"
"""What to do about a syntax error; an error message is clear without it."""

EMPTY = "empty"
"""The kind of an empty file, which no reader has."""


class Unrecognized(Value):
    """What a file is: a predicate with the reason, and what to check instead.

    `kind` is the name of its reader if the file is a correct one without a certificate. A file
    `is_broken` if it is not valid in its own format; `position` is where.
    """

    why: str
    how: str = _ANY_FORMAT
    kind: str = ""
    is_broken: bool = False
    position: Position | None = None


def explain(name: str, data: bytes) -> Unrecognized:
    """Return why nothing in a file was understood, by its name and its content."""
    if data.startswith(_UTF_16):
        return Unrecognized("is UTF-16", "save it as UTF-8", is_broken=True)
    if b"\0" in data:
        return Unrecognized("is binary", is_broken=True)
    try:
        text = data.decode()
    except UnicodeDecodeError:
        return Unrecognized("is not UTF-8", "convert it to UTF-8", is_broken=True)
    if not text.strip():
        # Unlike JSON, an empty file of another format is valid.
        is_broken = name == STANDARD_INPUT or name.endswith((".json", ".jsonl"))
        return Unrecognized("is empty", kind="" if is_broken else EMPTY, is_broken=is_broken)
    source = Source(name, text)
    try:
        return _explained(source)
    except InputError as error:
        return _broken(error)


def _explained(source: Source) -> Unrecognized:
    """Return what a source is; raises `InputError` if it is not valid in its format."""
    name, text = source.name, source.text
    if name.endswith((*_TERRAFORM, *_VARIABLES)):
        return _terraform(source)
    is_structured = name.endswith(_STRUCTURED) or looks_like_json(text)
    if name.endswith(_X509) or (pem.BEGIN in text and not is_structured):
        return _pem(text)
    if name.endswith(".hcl"):
        how = "check the plan: `terragrunt show -json PLAN | acmrules check -`"
        return Unrecognized("is a configuration of Terragrunt or Packer", how)
    if later("readers.account.dns_texts", "contains_dns")(source):
        return Unrecognized("contains DNS records, and no certificates", _HOW["route53"])
    if name.endswith(_TEMPLATES):
        return Unrecognized("is a template of another tool", RENDER)
    if name.endswith(_PROGRAMS):
        how = "check what it generates, such as the output of `cdk synth`"
        return Unrecognized("is a program", how)
    if name.endswith(_LISTS):
        return Unrecognized("contains no names", "write one name per line")
    if is_structured:
        return _structured(source)
    if name == STANDARD_INPUT:
        return _standard_input(source)
    return Unrecognized("is not in a format that acmrules reads")


def _broken(error: InputError) -> Unrecognized:
    """Return the description of a file that is not valid in its own format."""
    if error.fault == NOT_RENDERED:
        return Unrecognized(HAS_TEMPLATES, RENDER, position=error.position)
    why = error.fault if error.fault.startswith(("is ", "contains ")) else f"is {error.fault}"
    return Unrecognized(why, CORRECT, is_broken=True, position=error.position)


# Formats


def _terraform(source: Source) -> Unrecognized:
    from acmrules.syntax.hcl import parse

    file = parse.parse(source)
    if source.name.endswith(_VARIABLES):
        is_loaded = source.name.endswith(("terraform.tfvars", "terraform.tfvars.json"))
        is_loaded |= ".auto.tfvars" in source.name
        advice = "" if is_loaded else ", and needs `--var-file`"
        return _without("terraform", f"sets variables of a module{advice}", ())
    kinds = [block.labels[0] for block in file.blocks if block.type == "resource" and block.labels]
    return _without("terraform", "", kinds)


def _standard_input(source: Source) -> Unrecognized:
    """Return what standard input is, whose format is only known by its content."""
    if re.search(_BLOCK, source.text):
        return _terraform(source)
    try:
        found = _structured(source)
    except InputError:
        found = None
    if found is None or not found.kind:
        return Unrecognized("is not in a format that acmrules reads", is_broken=True)
    return found


def _pem(text: str) -> Unrecognized:
    labels = dict.fromkeys(block.label for block in pem.blocks(text))
    if not labels:
        return Unrecognized("contains no certificate", "convert it to PEM", is_broken=True)
    why = f"contains {quoted_list([*labels])}, but neither a certificate nor a signing request"
    how = "check the certificate or the signing request"
    return Unrecognized(why, how, "certificates")


def _structured(source: Source) -> Unrecognized:
    from acmrules.readers.api import has_domain_name
    from acmrules.syntax.structured import trees

    documents = [tree.data for tree in trees(source, texts=True)]
    known = [found for data in documents if (found := _document(data))]
    kinds = [str(data["kind"]) for data in map(mapping, documents) if _is_manifest(data)]
    if known and len(kinds) > 1:
        return _without(known[0].kind or "kubernetes", "", kinds)
    if known:
        return known[0]
    objects = [
        each
        for data in documents
        for each in (data if isinstance(data, list) else [data])
        if isinstance(each, dict)
    ]
    members = [*dict.fromkeys(key for each in objects for key in each)]
    if not members:
        return Unrecognized("contains no object")
    if any(map(has_domain_name, objects)):
        why = f"is not clearly a request: it has {quoted_list(members)}"
        return Unrecognized(why, "if it is a request, check it with `--kind api`")
    return Unrecognized(f"is not a template, a plan or a request: it has {quoted_list(members)}")


def _document(data: Data) -> Unrecognized | None:
    """Return what one document is, `None` if that is unknown."""
    while isinstance(data, list) and data:
        data = data[0]
    members = mapping(data)
    resources = members.get("Resources")
    if isinstance(resources, dict):
        kinds = [str(mapping(each).get("Type")) for each in resources.values()]
        return _without("cloudformation", "", kinds)
    if _is_manifest(members):
        return _kubernetes(members)
    if _is_service(members):
        resources = mapping(members.get("resources")).get("Resources")
        kinds = [str(mapping(each).get("Type")) for each in mapping(resources).values()]
        return _without("serverless", "", kinds)
    kinds = [str(mapping(e).get("type")) for e in mapping(members.get("resources")).values()]
    if any(kind.startswith("aws:") for kind in kinds):
        return _without("pulumi", "", kinds)
    if "format_version" in members or "lineage" in members:
        return _without("terraform-plan", "", _types_in(members))
    if "@level" in members and "@message" in members:
        how = "check the plan: `terraform show -json PLAN | acmrules check -`"
        return Unrecognized("is the log of `terraform plan -json`", how)
    if {"apiVersion", "name", "version"} <= members.keys():
        return Unrecognized(
            "is a Helm chart", "render it with `helm template`, and check the output"
        )
    return _output(members)


def _is_manifest(members: dict[str, Data]) -> bool:
    return "kind" in members and "apiVersion" in members


def _is_service(members: dict[str, Data]) -> bool:
    """Return whether a mapping is a configuration of the Serverless Framework."""
    provider = members.get("provider")
    return "service" in members and "aws" in (provider, mapping(provider).get("name"))


def _kubernetes(members: dict[str, Data]) -> Unrecognized:
    if str(members["apiVersion"]).startswith("cert-manager.io/"):
        why = "is a certificate of cert-manager, which does not request it from ACM"
        return Unrecognized(why, kind="kubernetes")
    return _without(_kind_of(members), "", [str(members["kind"])])


def _kind_of(members: dict[str, Data]) -> str:
    """Return the name of the reader of a manifest."""
    group = str(members["apiVersion"]).partition("/")[0]
    return "crossplane" if group.endswith(_OF_CROSSPLANE) else "kubernetes"


def _output(members: dict[str, Data]) -> Unrecognized | None:
    """Return which command of the AWS CLI printed an object."""
    certificate = members.get("Certificate")
    command = next((command for key, command in _OUTPUTS.items() if key in members), "")
    if isinstance(certificate, dict):
        command = "acm describe-certificate"
    elif isinstance(certificate, str) and certificate.startswith(pem.BEGIN):
        how = "check its `Certificate`: add `--query Certificate --output text`"
        return Unrecognized("looks like the output of `aws acm get-certificate`", how)
    elif "CertificateArn" in members and len(members) > 1:
        command = "acm describe-certificate"
    if not command:
        return None
    how = _HOW.get(command) or _HOW.get(command.partition(" ")[0], _ANY_FORMAT)
    return Unrecognized(f"looks like the output of `aws {command}`", how)


def _types_in(members: dict[str, Data]) -> list[str]:
    """Return the types of the resources in a plan or a state."""
    listed = members.get("resource_changes") or members.get("resources")
    found = listed if isinstance(listed, list) else ()
    return [str(each["type"]) for each in map(mapping, found) if "type" in each]


def _without(kind: str, what: str, types: Iterable[str]) -> Unrecognized:
    """Return the description of a correct file that declares other things."""
    counts: dict[str, int] = {}
    for each in types:
        counts[each] = counts.get(each, 0) + 1
    nouns = "objects" if kind in {"kubernetes", "crossplane"} else "resources"
    others = f": its {nouns} are {_quoted_kinds(counts)}" if counts else ""
    why = what or f"has no certificate request{others}"
    return Unrecognized(why, kind=kind)


def _quoted_kinds(counts: dict[str, int]) -> str:
    frequent = sorted(counts, key=lambda kind: -counts[kind])
    return quoted_list(frequent)
