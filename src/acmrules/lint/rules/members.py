"""ACM309 and ACM310: members of a request that its tool does not have, or that it requires."""

from __future__ import annotations

from acmrules.facts import acm, tools
from acmrules.facts.fact import CHECKED
from acmrules.lint.rule import (
    Decided,
    Edit,
    Fix,
    Problem,
    Severity,
    Undecided,
    fails,
    passes,
    rule,
)
from acmrules.lint.rules.validation_records import known_options
from acmrules.lint.rules.wording import member
from acmrules.messages import distance, quoted
from acmrules.model.members import LIFECYCLE, RESOURCE, folded, meant, members
from acmrules.names import DomainName, Name
from acmrules.partial import unknown_clause
from acmrules.request import Tool, UnknownMember, ValidationMethod, ValidationOption
from acmrules.unresolved import Unresolved

TYPE_CHECKING = False
if TYPE_CHECKING:
    from acmrules.lint.rule import Context, Yielded
    from acmrules.model.members import Members
    from acmrules.request import CertificateRequest, Path

_METHOD = ("validation_method",)
_WITH_MEMBERS = frozenset(Tool) - {Tool.NAMES}
_HARBOR = DomainName("brightharbor.io")
_WWW = DomainName("www.brightharbor.io")
_MOST_CERTAIN_MISTAKES = 2
"""The number of typing mistakes up to which it is certain what a member means."""

_STRUCTURES = {
    (Tool.CLOUDFORMATION, ""): "property of `AWS::CertificateManager::Certificate`",
    (Tool.CLOUDFORMATION, RESOURCE): "attribute of a resource",
    (Tool.TERRAFORM, ""): "argument of `aws_acm_certificate`",
    (Tool.TERRAFORM, LIFECYCLE): "argument of `lifecycle`",
    (Tool.KUBERNETES, ""): "member of the `spec` of a `Certificate`",
    (Tool.KUBERNETES, RESOURCE): "member of a `Certificate`",
    (Tool.SERVERLESS, ""): "member of `customCertificate`",
    (Tool.PULUMI, ""): "property of `aws:acm:Certificate`",
    (Tool.PULUMI, RESOURCE): "member of a resource",
    (Tool.CROSSPLANE, ""): "member of the `forProvider` of a `Certificate`",
    (Tool.CROSSPLANE, RESOURCE): "member of a `Certificate`",
}
_WRAPPERS = {
    Tool.CLOUDFORMATION: "Properties",
    Tool.KUBERNETES: "spec",
    Tool.PULUMI: "properties",
    Tool.CROSSPLANE: "forProvider",
}
"""The member of the resource that contains the request."""

_NO_RECORDS = "remove it: only CloudFormation creates validation records from a request"
_OF_OTHER_TOOLS = {
    (Tool.API, "hostedzoneid"): _NO_RECORDS,
    (Tool.CLOUDFORMATION, "certificatearn"): "remove it: CloudFormation sets it",
    (Tool.CLOUDFORMATION, "export"): "use `CertificateExport`",
    (Tool.CLOUDFORMATION, "idempotencytoken"): "remove it: CloudFormation has no such tokens",
    (Tool.CLOUDFORMATION, "managedby"): "remove it: only the API has it",
    (Tool.CLOUDFORMATION, "options"): "set the members of `Options` as properties",
    (Tool.TERRAFORM, "domainvalidationoptions"): "use `validation_option` blocks",
    (Tool.TERRAFORM, "hostedzoneid"): _NO_RECORDS,
    (Tool.TERRAFORM, "idempotencytoken"): "remove it: the provider sets its own token",
    (Tool.TERRAFORM, "managedby"): "remove it: only the API has it",
    (Tool.TERRAFORM, "timeouts"): "set it for `aws_acm_certificate_validation`",
    (Tool.TERRAFORM, "zoneid"): _NO_RECORDS,
    (Tool.KUBERNETES, "hostedzoneid"): _NO_RECORDS,
    (Tool.KUBERNETES, "idempotencytoken"): "remove it: the controller sets its own token",
    (Tool.KUBERNETES, "managedby"): "remove it: only the API has it",
    (Tool.KUBERNETES, "validationmethod"): "remove it: the controller always uses DNS validation",
    (Tool.SERVERLESS, "domainname"): "use `certificateName`",
    (Tool.SERVERLESS, "validationmethod"): "remove it: the plugin always uses DNS validation",
    **{
        (tool, name): advice
        for tool in (Tool.PULUMI, Tool.CROSSPLANE)
        for name, advice in (
            ("hostedzoneid", _NO_RECORDS),
            ("idempotencytoken", "remove it: the provider sets its own token"),
            ("managedby", "remove it: only the API has it"),
            ("zoneid", _NO_RECORDS),
        )
    },
}
"""What to do about the members of other tools or of responses, by tool and name; see `folded`."""


@rule(
    "ACM309",
    Severity.ERROR,
    facts=(
        acm.REQUEST_MEMBERS,
        tools.CLOUDFORMATION_MEMBERS,
        tools.CLOUDFORMATION_ATTRIBUTES,
        tools.TERRAFORM_ARGUMENTS,
        tools.TERRAFORM_META_ARGUMENTS,
        tools.TERRAFORM_ATTRIBUTES,
        tools.ACK_MEMBERS,
        tools.ACK_OBJECT,
        tools.SERVERLESS_MEMBERS,
        tools.PULUMI_PROPERTIES,
        tools.PULUMI_RESOURCE,
        tools.CROSSPLANE_MEMBERS,
    ),
    reads={"unknown_members"},
    needs={"unknown_members"},
    tools=_WITH_MEMBERS,
    examples=lambda: (
        passes("brightharbor.io", "www.brightharbor.io"),
        fails(
            "brightharbor.io",
            unknown_members=(UnknownMember("SubjectAlternateNames"),),
            at=("unknown_members", 0),
        ),
    ),
    help="correct or remove the member, or update acmrules if the member is newer",
)
def unknown_member(request: CertificateRequest, context: Context) -> Yielded:
    """The request contains a member that its tool does not have.

    The tool rejects the whole request, or ignores the member. If the member resembles no known one,
    it may be newer than the facts of acmrules, and the finding is a warning.
    """
    known = members(context.tool)
    found: list[tuple[int, UnknownMember, tuple[str, ...]]] = []
    named: dict[object, set[str]] = {}
    for index, unknown in enumerate(request.unknown_members):
        if isinstance(unknown, UnknownMember):
            names = meant(unknown, known.get(unknown.holder, ()))
            found.append((index, unknown, names))
            for name in names:
                key = unknown.holder, unknown.siblings, name
                named.setdefault(key, set()).add(unknown.name)
    for index, unknown, names in found:
        meaning_it = named.get((unknown.holder, unknown.siblings, *names), ())
        is_only = len(meaning_it) == 1
        yield _problem(("unknown_members", index), unknown, names, known, context.tool, is_only)


def _problem(
    path: Path,
    unknown: UnknownMember,
    found: tuple[str, ...],
    known: Members,
    tool: Tool,
    is_only: bool,
) -> Problem:
    """Return the problem of a member that may mean the `found` ones.

    `is_only` is true if it means one, and no other member means the same.
    """
    name, own = quoted(unknown.name), known.get(unknown.holder, frozenset())
    if tool is Tool.TERRAFORM and not unknown.holder and unknown.name in _READ_ONLY:
        advice = _OF_OTHER_TOOLS.get((tool, folded(unknown.name)), "remove it")
        return Problem(path, f"only the provider sets {name}", help=advice)
    structure = _structure(tool, unknown.holder)
    message = f"{name} is not {'an' if structure[0] in 'aeiou' else 'a'} {structure}"
    if moved := _holder_of(unknown, known, tool):
        return Problem(path, message, help=moved)
    if found:
        words = " or ".join(map(quoted, found))
        fix = None
        if is_only:
            mistakes = distance(folded(unknown.name), folded(found[0]))
            is_certain = mistakes <= _MOST_CERTAIN_MISTAKES
            fix = Fix(f"change it to {words}", (Edit(path, found[0]),), safe=is_certain)
        return Problem(
            path, f"{message}; did you mean {words}?", fix=fix, help="" if fix else f"use {words}"
        )
    if help_ := _OF_OTHER_TOOLS.get((tool, folded(unknown.name))):
        return Problem(path, message, help=help_)
    if again := meant(unknown.__replace__(siblings=frozenset()), own):
        return Problem(path, message, help=f"use {quoted(again[0])}, which is set too")
    newer = f"{name} is not a known {structure}; it may be newer than {CHECKED}"
    return Problem(path, newer, severity=Severity.WARNING)


def _structure(tool: Tool, holder: str) -> str:
    """Return what a member of a structure is, such as `argument of` the structure."""
    if (tool, holder) in _STRUCTURES:
        return _STRUCTURES[tool, holder]
    noun = "argument" if tool is Tool.TERRAFORM else "member"
    return f"{noun} of `{holder or 'RequestCertificate'}`"


_READ_ONLY = frozenset(tools.TERRAFORM_ATTRIBUTES.value)


def _holder_of(unknown: UnknownMember, known: Members, tool: Tool) -> str:
    """Return the help for a member of another structure; empty if none has it."""
    for holder, names in known.items():
        if holder not in {unknown.holder, RESOURCE, LIFECYCLE} and unknown.name in names:
            target = holder or (_WRAPPERS[tool] if unknown.holder == RESOURCE else "")
            return f"move it into `{target}`" if target else f"move it out of `{unknown.holder}`"
    return ""


@rule(
    "ACM310",
    Severity.ERROR,
    facts=(acm.VALIDATION_OPTION_MEMBERS, tools.EMAIL_OPTION_NEEDS_DOMAIN),
    reads={"validation_options", "validation_method"},
    needs={"validation_options"},
    tools=_WITH_MEMBERS - {Tool.SERVERLESS},
    public_only=True,
    examples=lambda: (
        passes(
            "www.brightharbor.io",
            validation_method="EMAIL",
            validation_options=(ValidationOption(_WWW, _HARBOR),),
        ),
        fails(
            "www.brightharbor.io",
            validation_method="EMAIL",
            validation_options=(ValidationOption(_WWW),),
            at=("validation_options", 0),
        ),
    ),
    help="set the member, or remove the validation option",
)
def missing_member(request: CertificateRequest, context: Context) -> Yielded:
    """A validation option lacks its domain name or its validation domain.

    Every option needs both. In CloudFormation, an option with a hosted zone or for DNS validation
    has no validation domain.
    """
    method = request.validation_method
    is_stack = context.tool is Tool.CLOUDFORMATION
    by_mail = method is None or method is ValidationMethod.EMAIL
    may_need_domain = False
    for index, option in known_options(request):
        path = ("validation_options", index)
        if not isinstance(option.domain_name, Name):
            yield from _lacking(option.domain_name, (*path, "domain_name"), context)
        # In Terraform, the zones of options are those of validation records.
        if option.validation_domain is None and option.hosted_zone_id is None:
            may_need_domain = is_stack
            if by_mail or not is_stack:
                yield from _lacking(None, (*path, "validation_domain"), context)
        for field in ("validation_domain", "hosted_zone_id"):
            if type(getattr(option, field)) is Unresolved:
                yield Decided((*path, field))
    if type(method) is Unresolved and not may_need_domain:
        yield Decided(_METHOD)


def _lacking(value: object, path: Path, context: Context) -> Yielded:
    """Yield the problem of a missing member of an option."""
    if value is None:
        structure = member("validation_options", context.tool)
        message = f"an entry of {structure} has no {member(str(path[-1]), context.tool)}"
        yield Problem(path[:-1], message, cause=path)
    elif type(value) is Unresolved:
        given = context.is_given(value)
        yield Decided(path) if given else Undecided(path, unknown_clause(value))


RULES = (unknown_member, missing_member)
