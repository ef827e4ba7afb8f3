"""A rule, declared at its check, and what a check yields."""

from __future__ import annotations

from datetime import date
from enum import IntEnum

from acmrules.coverage import PartialCoverageIndex
from acmrules.errors import InvalidArgument
from acmrules.facts.fact import CHECKED, LAUNCH, Fact
from acmrules.facts.timeline import Era, Timeline
from acmrules.lint.policy import Policy
from acmrules.messages import did_you_mean, quoted
from acmrules.request import CertificateRequest, Tool
from acmrules.unresolved import Text, Unknown, Unresolved
from acmrules.values import Value, later

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence
    from collections.abc import Set as AbstractSet
    from typing import Any

    from acmrules.acme import AcmeResource
    from acmrules.changes import Change
    from acmrules.diagnosis.certificate import CertificateDetail
    from acmrules.dns_validation import DnsValidation
    from acmrules.limits import Quotas
    from acmrules.model.used import UsedCertificate
    from acmrules.name_errors import InvalidName
    from acmrules.request import Path
    from acmrules.resources import (
        Authority,
        CaaRecordSet,
        Consumer,
        ControllerListener,
        DataSource,
        Distribution,
        ValidationWait,
        Zone,
        ZoneRecord,
    )
    from acmrules.suffixes import PublicSuffixes
    from acmrules.x509 import Certificate, ImportedCertificate, SigningRequest

    Yielded = Iterator["Problem | Undecided | Decided"]
    Check = Callable[[Any, "Context"], Yielded]


class Severity(IntEnum):
    """The weight of a finding; with an `ERROR`, the request is rejected or can never work."""

    NOTE = 1
    WARNING = 2
    ERROR = 3

    def __str__(self) -> str:
        return self.name.lower()


class Edit(Value):
    """One change of a value: the new value, or `None` to remove it.

    With `insert`, the new value is inserted before the one at the path; an index after the last
    one appends.
    """

    path: Path
    value: str | None
    insert: bool = False


class Fix(Value):
    """The edits that resolve a problem; `safe` if they are certainly intended."""

    description: str
    edits: tuple[Edit, ...] = ()
    safe: bool = False


class Related(Value):
    """Another location that belongs to a problem, with a note."""

    path: Path
    note: str


class Problem(Value):
    """A value that violates the rule: its path, a message, and what to do about it.

    `message` is complete without the source line; `label` is a short remark for the carets below
    that line. `help` says what to do in this case; without one, the description of the fix or the
    help of the rule applies. `span` narrows the location to characters of the value. `severity` is
    set only if it differs from that of the rule. `cause` identifies the common cause if one rule
    yields to another; by default, it is the path. With `wording`, the problems of all variants are
    one, whose message is that of all their `values`.
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
    values: tuple[str, ...] = ()
    wording: Callable[[tuple[str, ...]], str] | None = None


class Undecided(Value):
    """A path where the rule cannot decide, and what is unknown."""

    path: Path
    reason: str


class Decided(Value):
    """A path that the rule decided, with everything in it, although values in it are unknown."""

    path: Path

    # A check creates some twenty of these for each request.
    def __init__(self, path: Path) -> None:
        Decided._setters[0](self, path)


ALL_NAMES = Decided(("names",))
"""The rule decided all names, although some are unknown."""

ALL_OPTIONS = Decided(("validation_options",))
"""The rule decided all validation options, although some are unknown."""

_NO_COVERAGE = PartialCoverageIndex(())
_NO_POLICY = Policy()


class Context(Value):
    """What a rule can read in addition to its subject.

    Values that several rules need are computed once: `coverage` is what the names of the request
    cover, `refused` are the errors of invalid names by index, and `change` compares the request
    with the issued one. `zone_indexes` are the indexes of zones by id, `zone_record_indexes` those
    of records by the id of their zone, `delegations` those of the `NS` records,
    `delegation_indexes` these by name, and `caa_indexes` those of CAA record sets by name; the
    empty string is the key of sets whose name is unknown. `acme` is the ACME resource that is
    checked. `acme_resources` are those of the run for a signing request, and otherwise `acme`
    alone. `looked_up_by` are the resources of other root modules that look the certificate up.
    `placeholders` are those in each value, by path. `distribution` is a CloudFront distribution
    that is checked without its certificate. `signed` are the certificates of an import, or the
    signing request. `validations` and `sources` are those of the variant. `dns_validation` is how
    resources validate the certificate. `listeners` are the consumers that the AWS Load Balancer
    Controller creates. `used` are the existing certificates that consumers use by their ARNs. If
    the consumers of one of them are checked, it is `existing`, and `request` or `imported` is its.
    """

    as_of: date
    suffixes: PublicSuffixes
    tool: Tool = Tool.API
    quotas: Quotas | None = None
    consumers: tuple[Consumer, ...] = ()
    all_consumers_known: bool = False
    looked_up_by: tuple[str, ...] = ()
    zones: tuple[Zone, ...] = ()
    caa: tuple[CaaRecordSet, ...] = ()
    issued: CertificateRequest | None = None
    imported: ImportedCertificate | None = None
    signed: tuple[Certificate | SigningRequest, ...] = ()
    request: CertificateRequest | None = None
    coverage: PartialCoverageIndex = _NO_COVERAGE
    refused: Mapping[int, InvalidName] = {}
    change: Change | None = None
    zone_indexes: Mapping[Text, int] = {}
    caa_indexes: Mapping[str, Sequence[int]] = {}
    policy: Policy = _NO_POLICY
    authorities: tuple[Authority, ...] = ()
    acme: AcmeResource | None = None
    acme_resources: tuple[AcmeResource, ...] = ()
    placeholders: Mapping[Path, tuple[str, ...]] = {}
    distribution: Distribution | None = None
    zone_records: tuple[ZoneRecord, ...] = ()
    zone_record_indexes: Mapping[Text, Sequence[int]] = {}
    delegations: tuple[int, ...] = ()
    delegation_indexes: Mapping[str, Sequence[int]] = {}
    dns_validation: DnsValidation | None = None
    validations: tuple[ValidationWait, ...] = ()
    sources: tuple[DataSource, ...] = ()
    listeners: tuple[ControllerListener, ...] = ()
    used: tuple[UsedCertificate, ...] = ()
    existing: CertificateDetail | None = None

    def is_given(self, value: object) -> bool | None:
        """Return whether a field has a value; `None` if it may turn out to be absent."""
        return is_given(value, self.tool, self.request)

    @property
    def issuances(self) -> Sequence[object]:
        """What the consumers take that may not wait until ACM issues the certificate."""
        found = [each.issuance for each in self.consumers if each.issuance]
        awaited: list[object] = [each for each in self.listeners if each.awaited]
        return awaited + [each for each in found if each.taken != each.attribute]

    @property
    def accounts(self) -> Sequence[object]:
        """What reveals the accounts of consumers: these, or the ARNs of several certificates."""
        known = [each.account for each in self.consumers if each.account]
        return known or (
            [each.certificate for each in self.consumers if isinstance(each.certificate, str)]
            if len(self.consumers) > 1
            else []
        )

    @property
    def aliases(self) -> list[Consumer]:
        """The distributions of CloudFront, which have aliases."""
        return [each for each in self.consumers if each.service.startswith("cloudfront")]

    @property
    def is_private(self) -> bool | None:
        """Whether the request is for a private CA; `None` if that is unknown."""
        return self.request is not None and self.is_given(self.request.certificate_authority_arn)


def is_given(value: object, tool: Tool, request: CertificateRequest | None) -> bool | None:
    """Return whether a field of a request has a value; `None` if it may turn out to be absent.

    A list may be empty if all of its items are unknown. In Terraform, an unknown value may be null
    unless it is an attribute of a resource. A field may be absent if the members are unknown.
    """
    if isinstance(value, tuple):
        is_open = bool(value) and all(isinstance(item, Unresolved) for item in value)
    elif isinstance(value, Unresolved):
        may_be_member = request is not None and value in request.unknown_members
        whole = value.parts[0] if len(value.parts) == 1 else ""
        may_be_null = (
            tool is Tool.TERRAFORM and isinstance(whole, Unknown) and not whole.is_placeholder
        )
        is_open = may_be_member or (may_be_null and not _is_attribute(str(value)))
    else:
        is_open = False
    return None if is_open else value is not None and value != ()


def _is_attribute(label: str) -> bool:
    """Return whether a Terraform expression is an attribute of an AWS resource."""
    return ".aws_" in label.replace("${", ".") and " " not in label


class Example(Value):
    """A request in its context that passes a rule, or fails it at a path.

    Examples are run as tests and printed by `explain`. `stated` are fields of the request and of
    the context.
    """

    names: tuple[str, ...]
    at: Path | None
    as_of: date | None
    stated: dict[str, object]

    @property
    def fields(self) -> dict[str, Any]:
        """The fields of the request."""
        return {field: value for field, value in self.stated.items() if field not in _OF_CONTEXT}

    @property
    def context(self) -> dict[str, object]:
        """The fields of the context."""
        return {field: value for field, value in self.stated.items() if field in _OF_CONTEXT}

    @property
    def request(self) -> CertificateRequest | None:
        """The request, or `None` for a consumer without a request."""
        return CertificateRequest.of(self.names, **self.fields) if self.names else None


_OF_CONTEXT = frozenset(Context._fields)

NEEDS_OF_CONSUMERS = frozenset({"accounts", "aliases", "consumers", "issuances", "listeners"})
"""What a rule may need from the consumers of a certificate."""

NEEDS_OF_CONTEXT = _OF_CONTEXT | NEEDS_OF_CONSUMERS
"""What a rule may need from the context, next to the members of the request."""


def fails(*names: str, at: Path, as_of: date | None = None, **fields: object) -> Example:
    """Return an example that fails the rule at a path, as of the last review or another date."""
    return Example(names, at, as_of, fields)


def passes(*names: str, as_of: date | None = None, **fields: object) -> Example:
    """Return an example that passes the rule."""
    return Example(names, None, as_of, fields)


class Rule(Value):
    """A rule of the catalogue: its check, and everything about it.

    `id` is stable, such as `ACM205`, and `name` is short, such as `uncovered-host`. `force` is the
    severity by date, and `facts` are the facts that the rule applies. With `public_only`, it
    ignores private certificates. `tools` are those whose requests it checks, `None` for all.
    `reads` are the fields that the check reads. If one of them has an unknown value that the check
    did not decide, the rule is reported as undecided there. The rule applies only if everything in
    `needs` is present. The check is called `on` the `request`, on each `consumer`, on each
    `suppression`, or once on `everything`; then the request may be `None`. `help` is what to do
    about a finding, with `{name}` for the name at its path. `yields_to` are the ids of the rules
    that are reported instead of this one if they find the same cause and are at least as severe.
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
    build_examples: Callable[[], tuple[Example, ...]]
    check: Check
    help: str = ""
    yields_to: frozenset[str] = frozenset()

    def __repr__(self) -> str:
        return f"<{self.id} {self.name}>"

    @property
    def examples(self) -> tuple[Example, ...]:
        """The examples, which only `explain` and the tests build."""
        return self.build_examples()

    @property
    def title(self) -> str:
        """The problem in one sentence: the first line of the check's docstring."""
        return _dedented(self.check.__doc__).partition("\n\n")[0]

    @property
    def explanation(self) -> str:
        """Why that is a problem and what to do: the rest of the docstring."""
        return _dedented(self.check.__doc__).partition("\n\n")[2]

    @property
    def url(self) -> str:
        """The URL of the source that is in force, or will be first."""
        era = self.force.era(CHECKED) or self.force.eras[0]
        return era.source.url

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Rule) and self.id == other.id

    def __hash__(self) -> int:
        return hash(self.id)

    def __reduce__(self) -> tuple[object, ...]:
        return rule_of, (self.id,)

    def to_dict(self) -> dict[str, Any]:
        """Return the rule as plain data: an item of the JSON of `acmrules rules`."""
        found: dict[str, Any] = later("lint.rule_data", "rule_data")(self)
        return found

    @classmethod
    def from_dict(cls, data: object) -> Rule:
        """Return the rule of the catalogue with the `id` of plain data.

        Raises `InvalidArgument`.
        """
        found = data.get("id") if isinstance(data, dict) else None
        if not isinstance(found, str):
            raise InvalidArgument("must be an object with the `id` of a rule")
        return rule_of(found)


def rule_of(rule_id: str) -> Rule:
    """Return the rule of the catalogue with an id; raises `InvalidArgument`."""
    catalogue: tuple[Rule, ...] = later("lint.rules", "CATALOGUE")
    found = next((rule for rule in catalogue if rule.id == rule_id), None)
    if found is None:
        meant = did_you_mean(rule_id, [rule.id for rule in catalogue])
        raise InvalidArgument(f"unknown rule {quoted(rule_id)}{meant}")
    return found


_NEEDED_ON = {"consumer": {"consumers"}, "suppression": {"suppression"}}
"""What the rules on a subject need, so that nothing else of them is loaded or called."""


def rule(
    rule_id: str,
    force: Severity | Timeline[Severity],
    *,
    facts: tuple[Fact[Any], ...],
    reads: set[str],
    examples: Callable[[], tuple[Example, ...]],
    needs: set[str] | None = None,
    on: str = "request",
    public_only: bool = False,
    tools: AbstractSet[Tool] | None = None,
    help: str = "",  # noqa: A002  (the field's noun)
    yields_to: set[str] | None = None,
) -> Callable[[Check], Rule]:
    """Declare a rule: its name is that of the function, its explanation is the docstring.

    A plain severity applies since ACM launched, and its source is that of the first fact.
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
            frozenset((needs or set()) | _NEEDED_ON.get(on, set())),
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
    """Return a docstring without indentation; importing `inspect` for it takes ten times longer."""
    return "\n".join(line.strip() for line in (docstring or "").strip().splitlines())
