"""A rule, declared once at its check; and what a check yields."""

from __future__ import annotations

from datetime import date
from enum import IntEnum

from acmrules.coverage import PartialCoverageIndex
from acmrules.facts.fact import CHECKED, LAUNCH
from acmrules.facts.timeline import Era, Timeline
from acmrules.lint.policy import Policy
from acmrules.request import CertificateRequest, Tool
from acmrules.unresolved import Unresolved, UnresolvedNames
from acmrules.values import Value

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence
    from typing import Any

    from acmrules.changes import Change
    from acmrules.errors import InvalidName
    from acmrules.facts.fact import Fact
    from acmrules.limits import Quotas
    from acmrules.request import Path
    from acmrules.resources import CaaRecordSet, Consumer, Zone
    from acmrules.suffixes import PublicSuffixes
    from acmrules.unresolved import Text
    from acmrules.x509 import ImportedCertificate

    Yielded = Iterator["Problem | Undecided | Decided"]
    Check = Callable[[Any, "Context"], Yielded]


class Severity(IntEnum):
    """How much a finding matters; `ERROR` is refused or can never work."""

    NOTE = 1
    WARNING = 2
    ERROR = 3

    def __str__(self) -> str:
        return self.name.lower()


class Edit(Value):
    """One change of a value: a new text, or `None` to take the value away.

    With `insert`, the new text is put in front of what stands at the path (an index one past the
    end appends).
    """

    path: Path
    value: str | None
    insert: bool = False


class Fix(Value):
    """What to change; safe where it is certain, unsafe where it is likely."""

    description: str
    edits: tuple[Edit, ...] = ()
    safe: bool = False


class Related(Value):
    """Another place that belongs to a problem, and why."""

    path: Path
    note: str


class Problem(Value):
    """A value that breaks the rule: its path, a message, and what to do about it.

    `message` is complete without the source line; `label` is a short remark for the carets below
    that line. `help` says what to do in this case; without one, the description of the fix or the
    help of the rule applies. `span` narrows the location to characters of the value. `severity` is
    set only if this case weighs more or less than the rule. `cause` is what two rules have in
    common if one yields to the other; by default the path.
    """

    path: Path
    message: str
    span: tuple[int, int] | None = None
    severity: Severity | None = None
    fix: Fix | None = None
    related: tuple[Related, ...] = ()
    label: str = ""
    help: str = ""
    cause: object = None


class Undecided(Value):
    """A place where the rule cannot decide, and what it would have to know."""

    path: Path
    reason: str


class Decided(Value):
    """A place, with all that is in it, where what is known was enough."""

    path: Path


ALL_NAMES = Decided(("names",))
"""What the names are does not matter, or what is known of them was enough."""

ALL_OPTIONS = Decided(("validation_options",))
"""The same of the validation options."""

_NO_COVERAGE = PartialCoverageIndex(())
_NO_POLICY = Policy()


class Context(Value):
    """What a rule may know beside the request; everything outside is an argument.

    What several rules ask for is made once: `coverage` is what the names of the request cover,
    `refused` says of some, by their places, why they are no names, `change` is what the request
    costs where one was issued before. `zone_places` says where the zone of each id stands among
    the zones, `caa_places` where the records of each name stand among the record sets; those whose
    name is not known stand under the empty text.
    """

    as_of: date
    suffixes: PublicSuffixes
    tool: Tool = Tool.API
    quotas: Quotas | None = None
    consumers: tuple[Consumer, ...] = ()
    all_consumers_known: bool = False
    zones: tuple[Zone, ...] = ()
    caa: tuple[CaaRecordSet, ...] = ()
    issued: CertificateRequest | None = None
    imported: ImportedCertificate | None = None
    request: CertificateRequest | None = None
    coverage: PartialCoverageIndex = _NO_COVERAGE
    refused: Mapping[int, InvalidName] = {}
    change: Change | None = None
    zone_places: Mapping[Text, int] = {}
    caa_places: Mapping[str, Sequence[int]] = {}
    policy: Policy = _NO_POLICY

    def is_given(self, value: object) -> bool | None:
        """Say whether a field is given; `None` where it may turn out to be absent."""
        return is_given(value, self.tool, self.request)

    @property
    def is_private(self) -> bool | None:
        """Whether the request asks a private CA; `None` where that is not known."""
        return self.request is not None and self.is_given(self.request.certificate_authority_arn)


def is_given(value: object, tool: Tool, request: CertificateRequest | None) -> bool | None:
    """Say whether a field of a request is given; `None` where it may turn out to be absent.

    A list of which every item is unknown may be empty, and a value of Terraform that is unknown as
    a whole may be null, unless it is the attribute of a resource; so may what stands for a request
    as a whole.
    """
    if isinstance(value, tuple):
        is_open = bool(value) and all(isinstance(item, Unresolved) for item in value)
    elif isinstance(value, Unresolved):
        names = request.names if request else ()
        is_all = names == (value, *map(UnresolvedNames, value.unknowns[:1]))
        may_be_null = tool is Tool.TERRAFORM and len(value.parts) == 1
        is_open = is_all or (may_be_null and not _is_attribute(str(value)))
    else:
        is_open = False
    return None if is_open else value is not None and value != ()


def _is_attribute(label: str) -> bool:
    """Say whether an expression of Terraform is an attribute of a resource of the AWS provider."""
    return ".aws_" in label.replace("${", ".") and " " not in label


class Example(Value):
    """A request, with its surroundings, that passes a rule or fails it at a path.

    Run as a test and printed by `explain`. `fields` are fields of the request, `around` fields of
    the context.
    """

    names: tuple[str, ...]
    at: Path | None
    as_of: date | None
    fields: dict[str, object]
    around: dict[str, object]

    @property
    def request(self) -> CertificateRequest | None:
        """The request, or `None` where a consumer stands alone."""
        return CertificateRequest.of(*self.names, **self.fields) if self.names else None


_AROUND = frozenset(Context._fields)


def fails(*names: str, at: Path, as_of: date | None = None, **fields: object) -> Example:
    """Make an example that the rule finds at a path, on the day the facts were read or another."""
    around = {key: fields.pop(key) for key in [*fields] if key in _AROUND}
    return Example(names, at, as_of, fields, around)


def passes(*names: str, as_of: date | None = None, **fields: object) -> Example:
    """Make an example that the rule finds nothing in."""
    around = {key: fields.pop(key) for key in [*fields] if key in _AROUND}
    return Example(names, None, as_of, fields, around)


class Rule(Value):
    """A rule of the catalogue: its check, and all that is to be known about it.

    `reads` names the fields that the check touches; where one of them holds an unknown value that
    the check did not decide, the rule is reported as skipped there. `needs` names what must be
    there for the rule to apply at all. `on` says what the check is called with: the `request`, each
    `consumer`, or `everything` once, where the request may be `None`. `help` says what to do about
    a finding, with `{value}` for the value at its path. `yields_to` are the ids of the rules that
    are reported instead of this one if they find the same cause and are at least as severe.
    """

    id: str
    name: str
    force: Timeline[Severity]
    facts: tuple[Fact[Any], ...]
    reads: frozenset[str]
    needs: frozenset[str]
    on: str
    public_only: bool
    tools: frozenset[Tool] | None
    examples: tuple[Example, ...]
    check: Check
    help: str = ""
    yields_to: frozenset[str] = frozenset()

    def __repr__(self) -> str:
        return f"<{self.id} {self.name}>"

    @property
    def title(self) -> str:
        """What the rule finds, in one sentence: the first line of the check's docstring."""
        return _dedented(self.check.__doc__).partition("\n\n")[0]

    @property
    def explanation(self) -> str:
        """Why that is wrong and what to do: the rest of the docstring."""
        return _dedented(self.check.__doc__).partition("\n\n")[2]

    @property
    def url(self) -> str:
        """The address of the source that says so today, or first will."""
        era = self.force.era(CHECKED) or self.force.eras[0]
        return era.source.url

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Rule) and self.id == other.id

    def __hash__(self) -> int:
        return hash(self.id)


def rule(
    rule_id: str,
    force: Severity | Timeline[Severity],
    *,
    facts: tuple[Fact[Any], ...],
    reads: set[str],
    examples: tuple[Example, ...],
    needs: set[str] | None = None,
    on: str = "request",
    public_only: bool = False,
    tools: set[Tool] | None = None,
    help: str = "",  # noqa: A002  (the field's noun)
    yields_to: set[str] | None = None,
) -> Callable[[Check], Rule]:
    """Declare a rule: the function's name names the offence, its docstring explains it.

    A plain severity holds since ACM exists, on the word of the first fact.
    """
    if isinstance(force, Severity):
        force = Timeline(Era(LAUNCH, force, facts[0].source))

    def declare(check: Check) -> Rule:
        return Rule(
            rule_id,
            check.__name__.replace("_", "-"),
            force,
            facts,
            frozenset(reads),
            frozenset(needs or ()),
            on,
            public_only,
            frozenset(tools) if tools else None,
            examples,
            check,
            help,
            frozenset(yields_to or ()),
        )

    return declare


def _dedented(docstring: str | None) -> str:
    """Take the indentation off a docstring; `inspect` does it for ten times the start-up."""
    return "\n".join(line.strip() for line in (docstring or "").strip().splitlines())
