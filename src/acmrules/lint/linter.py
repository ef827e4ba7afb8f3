"""The linter: declarations and rules in, findings and skips out."""

from __future__ import annotations

from enum import Enum

from acmrules.coverage import PartialCoverageIndex
from acmrules.errors import InvalidArgument
from acmrules.facts.fact import CHECKED, date_fault
from acmrules.lint.findings import Finding, RelatedLocation, Skip, SkipReason
from acmrules.lint.policy import Policy
from acmrules.lint.rule import (
    NEEDS_OF_CONSUMERS,
    NEEDS_OF_CONTEXT,
    Context,
    Decided,
    Problem,
    Rule,
    Severity,
    Undecided,
)
from acmrules.messages import quoted, quoted_list
from acmrules.model.declaration import Declaration, Variant
from acmrules.model.placed import Location
from acmrules.names import DomainName, WildcardDomainName
from acmrules.partial import refusal, unknown_clause
from acmrules.request import CertificateRequest, Tag, Tool, ValidationOption
from acmrules.resources import CaaRecordSet, CertificateReference, Consumer, Zone, ZoneRecord
from acmrules.unresolved import Text, Unknown, Unresolved, UnresolvedNames
from acmrules.values import Value, later

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from datetime import date
    from typing import Any

    from acmrules.changes import Change
    from acmrules.limits import Quotas
    from acmrules.lint.suppressions.model import Suppression
    from acmrules.request import Path
    from acmrules.suffixes import PublicSuffixes

    Item = Problem | Undecided | Decided
    Result = tuple[Rule, Severity, Path, Problem | Undecided]
    Subjects = tuple[tuple[Path, CertificateRequest | Consumer | None], ...]
    ZoneRecordIndexes = tuple[Mapping[Text, list[int]], tuple[int, ...], Mapping[str, list[int]]]
    Unknowns = dict[Path, dict[str, list[tuple[Undecided, tuple[Path, ...]]]]]

_NAMES = frozenset({DomainName, WildcardDomainName})
_KNOWN = _NAMES | {str, bool, type(None)}
"""The types of values that are known as a whole."""

_OF_VARIANT = frozenset(
    {
        *("consumers", "zones", "caa", "imported", "authorities", "acme"),
        *("dns_validation", "validations", "sources", "distribution", "zone_records"),
    }
)
_AUTHORITY = ("certificate_authority_arn",)
_NO_POLICY = Policy()
_NO_RECORDS: ZoneRecordIndexes = ({}, (), {})
_DEFINITION = "definition"
"""The note on the definition of a value that has no other description."""

_UNKNOWN = frozenset({Unresolved, UnresolvedNames})


class Linter:
    """The rules in force on a date, and what all checks of a run share.

    In some Regions, `regional_quotas` apply instead of `quotas`. `severities`, by rule id, replace
    those of the rules.
    """

    __slots__ = (
        "_absent",
        "_caa_indexes",
        "_loaded",
        "_needs_of_consumers",
        "_needs_of_context",
        "_needs_of_request",
        "_record_indexes",
        "_sorted",
        "_waiting",
        "_zone_indexes",
        "as_of",
        "issued",
        "not_in_force",
        "policy",
        "quotas",
        "regional_quotas",
        "severities",
        "suffixes",
    )

    def __init__(
        self,
        *,
        as_of: date = CHECKED,
        quotas: Quotas | None = None,
        suffixes: PublicSuffixes | None = None,
        issued: CertificateRequest | None = None,
        rules: Iterable[Rule] | None = None,
        policy: Policy | None = None,
        regional_quotas: Mapping[str, Quotas] | None = None,
        severities: Mapping[str, Severity] | None = None,
    ) -> None:
        """Raise `InvalidArgument` for a date before ACM launched, on which no rule applies."""
        if fault := date_fault(as_of):
            raise InvalidArgument(fault)
        if suffixes is None:
            from acmrules.suffix_lists import default_suffixes

            suffixes = default_suffixes()
        self.as_of = as_of
        self.quotas = quotas
        self.suffixes = suffixes
        self.issued = issued
        self.policy = policy or Policy()
        self.regional_quotas = regional_quotas or {}
        self.severities = severities or {}
        self.not_in_force: list[Rule] = []
        self._loaded: list[tuple[Rule, Severity]] = []
        self._waiting: dict[str, frozenset[str]] = {}
        self._absent = ("suppression", *(("policy",) if self.policy == _NO_POLICY else ()))
        self._sorted: dict[object, list[tuple[Rule, Severity]]] = {}
        # The key is an identity, so the tuple is kept: no other one can have the same identity.
        self._zone_indexes: dict[int, tuple[tuple[Zone, ...], dict[Text, int]]] = {}
        self._record_indexes: dict[int, tuple[tuple[ZoneRecord, ...], ZoneRecordIndexes]] = {}
        self._caa_indexes: dict[int, tuple[tuple[CaaRecordSet, ...], dict[str, list[int]]]] = {}
        if rules is None:
            from acmrules.lint import rules as catalogue

            # Whatever is not in force is reported, so each date before the last review needs all.
            is_current = as_of >= CHECKED
            rules = catalogue.ALWAYS if is_current else catalogue.CATALOGUE
            self._waiting = {**catalogue.ON_DEMAND} if is_current else {}
        self._add(rules)
        needs = {need for rule, _ in self._loaded for need in rule.needs}
        needs = needs.union(*self._waiting.values()) - {*self._absent}
        self._needs_of_context = _sorted(needs & (NEEDS_OF_CONTEXT - NEEDS_OF_CONSUMERS))
        self._needs_of_consumers = _sorted(needs & NEEDS_OF_CONSUMERS)
        self._needs_of_request = _sorted(needs - NEEDS_OF_CONTEXT)

    @property
    def in_force(self) -> list[tuple[Rule, Severity]]:
        """All rules that are in force, in the order in which they were passed."""
        self._load(frozenset())
        return self._loaded

    def _add(self, rules: Iterable[Rule]) -> None:
        for rule in rules:
            newest = rule.force.eras[-1]
            severity = newest.value if newest.start <= self.as_of else rule.force.at(self.as_of)
            if severity is None:
                self.not_in_force.append(rule)
            else:
                self._loaded.append((rule, severity))

    def _load(self, absent: frozenset[str]) -> None:
        """Load the rules that wait for something that is not `absent`."""
        modules = [module for module, needs in self._waiting.items() if not needs <= absent]
        if modules:
            from acmrules.lint.rules import load

            for module in modules:
                del self._waiting[module]
                self._add(load(module))
            self._loaded.sort(key=lambda pair: pair[0].id)

    def check(self, declaration: Declaration) -> tuple[list[Finding], list[Skip]]:
        """Return the findings and skips of a declaration; those that variants share occur once."""
        findings: dict[object, list[tuple[Variant, Finding]]] = {}
        whole: dict[str, list[tuple[Problem, Finding]]] = {}
        skips: dict[object, Skip] = {}

        def skip(
            rule: Rule | None, reason: SkipReason, detail: str, path: Path, variant: Variant
        ) -> None:
            skips[rule and rule.id, path] = Skip(
                variant.location(path), rule, reason, detail, declaration.address, path
            )

        for variant in declaration.variants:
            tools = declaration.tool, declaration.edited_with
            items = _weightiest([*self._check_variant(*tools, variant)])
            for rule, severity, path, item in items:
                if isinstance(item, Problem):
                    finding = _finding(rule, severity, path, item, declaration, variant)
                    if declaration.tool is Tool.ACCOUNT:
                        finding = later("lint.existing", "of_existing")(finding)
                    if rule.id in self.severities:
                        finding = finding.__replace__(severity=self.severities[rule.id])
                    if item.wording:
                        whole.setdefault(rule.id, []).append((item, finding))
                        continue
                    where = finding.location.span if finding.location else path
                    key = rule.id, where, item.message
                    findings.setdefault(key, []).append((variant, finding))
                else:
                    skip(rule, SkipReason.UNDECIDED, item.reason, path, variant)
        first = declaration.variants[0]
        for rule in self.not_in_force:
            begins = f"in force from {rule.force.eras[0].start}"
            skip(rule, SkipReason.NOT_IN_FORCE, begins, (), first)
        if declaration.truncated:
            skip(None, SkipReason.BOUNDED, declaration.truncated, (), first)
        total = len(declaration.variants) + declaration.in_some_environments
        merged = [_of_variants(shared, total) for shared in findings.values()]
        merged += map(_of_all_variants, whole.values())
        found = {(finding.rule.id, finding.path) for finding in merged}
        return merged, [skips[key] for key in skips if key not in found]

    def check_suppressions(self, suppressions: Iterable[Suppression]) -> list[Finding]:
        """Return the findings of the rules about suppressions."""
        context = Context(self.as_of, self.suffixes)
        rules = [(rule, severity) for rule, severity in self.in_force if rule.on == "suppression"]
        return [
            Finding(
                suppression.location,
                rule,
                self.severities.get(rule.id, severity),
                problem.message,
                "",
                ("suppression",),
                suppression.text,
                label=problem.label,
                help=help_for(rule, problem, suppression.text),
            )
            for suppression in suppressions
            for rule, severity in rules
            for problem in rule.check(suppression, context)
            if isinstance(problem, Problem)
        ]

    def _check_variant(self, tool: Tool, editor: Tool, variant: Variant) -> Iterator[Result]:
        """Yield the results of all rules that apply to a variant."""
        request = variant.request
        names = request.names if request else ()
        issued = variant.issued or self.issued
        unknowns = _unknown_values(variant)
        records_by_zone, delegations, by_name = self._records_by_zone(variant.zone_records)
        context = Context(
            as_of=self.as_of,
            suffixes=self.suffixes,
            tool=tool,
            quotas=self._quotas_of(request),
            policy=self.policy,
            authorities=variant.authorities,
            consumers=variant.consumers,
            all_consumers_known=variant.all_consumers_known,
            looked_up_by=variant.looked_up_by,
            dns_validation=variant.dns_validation,
            validations=variant.validations,
            sources=variant.sources,
            zones=variant.zones,
            zone_records=variant.zone_records,
            caa=variant.caa,
            issued=issued,
            imported=variant.imported,
            signed=variant.signed,
            acme=variant.acme,
            acme_resources=variant.acme_resources or ((variant.acme,) if variant.acme else ()),
            distribution=variant.distribution,
            request=request,
            coverage=PartialCoverageIndex(variant.names),
            refused={
                index: error
                for index, name in enumerate(names)
                if type(name) not in _NAMES and (error := refusal(name))
            },
            change=self._change(editor, issued, request) if issued and request else None,
            zone_indexes=self._zones_by_id(variant.zones) if variant.zones else {},
            zone_record_indexes=records_by_zone,
            delegations=delegations,
            delegation_indexes=by_name,
            caa_indexes=self._caa_by_name(variant.caa) if variant.caa else {},
            placeholders=_placeholders(variant, unknowns) if unknowns or variant.acme else {},
            listeners=tuple([each.listener for each in variant.consumers if each.listener]),
            used=variant.used,
        )
        yield from self._results(tool, context, unknowns)
        if variant.used:
            from acmrules.lint.used_certificates import contexts_of, is_of_consumer, of_consumer

            for part in contexts_of(context):
                for rule, severity, path, item in self._results(tool, part, unknowns, is_used=True):
                    if is_of_consumer(path):
                        yield rule, severity, path, of_consumer(item)

    def _results(
        self, tool: Tool, context: Context, unknowns: Unknowns, *, is_used: bool = False
    ) -> Iterator[Result]:
        """Yield the results of all rules in a context.

        If its certificate `is_used` by its ARN, only its consumers are checked.
        """
        request = context.request
        unknown_fields = {field for fields in unknowns.values() for field in fields}
        private = context.is_private
        whole: Subjects = (((), request),)
        consumers: Subjects = tuple(
            (("consumers", index), consumer)
            for index, consumer in enumerate(context.consumers)
            if not is_used or isinstance(consumer.certificate, CertificateReference)
        )
        absent, open_needs = self._missing(context)
        for rule, severity in self._applicable(tool, request, absent, private=private is True):
            if is_used and rule.on != "consumer":
                continue
            if open_needs or private is None:
                need = _unknown_need(rule, open_needs)
                if need is None and private is None and rule.public_only and request:
                    need = Undecided(_AUTHORITY, unknown_clause(request.certificate_authority_arn))
                if need is not None:
                    yield rule, severity, need.path, need
                    continue
            for prefix, subject in consumers if rule.on == "consumer" else whole:
                items = rule.check(subject, context)
                if unknown_fields and not unknown_fields.isdisjoint(rule.reads):
                    for path, item in _with_skips(rule, [*items], prefix, unknowns):
                        yield rule, severity, path, item
                    continue
                for found in items:
                    if not isinstance(found, Decided):
                        yield rule, severity, prefix + found.path, found

    def _missing(self, context: Context) -> tuple[frozenset[str], dict[str, Unresolved]]:
        """Return what rules need and the context or its request lacks, and what is unknown."""
        absent = [need for need in self._needs_of_context if not getattr(context, need)]
        absent += self._absent
        consumers = self._needs_of_consumers
        if context.consumers:
            consumers = tuple(need for need in consumers if not getattr(context, need))
        absent += consumers
        unknown = {}
        request = context.request
        for need in self._needs_of_request:
            value = getattr(request, need, None)
            if not value:
                if value is None or value == ():
                    absent.append(need)
            elif isinstance(value, Unresolved):
                unknown[need] = value
        return frozenset(absent), unknown

    def _quotas_of(self, request: CertificateRequest | None) -> Quotas | None:
        if not self.regional_quotas or request is None or not isinstance(request.region, str):
            return self.quotas
        return self.regional_quotas.get(request.region, self.quotas)

    def _change(self, tool: Tool, issued: CertificateRequest, wanted: CertificateRequest) -> Change:
        from acmrules.changes import compare

        return compare(issued, wanted, tool=tool, as_of=self.as_of)

    def _caa_by_name(self, sets: tuple[CaaRecordSet, ...]) -> dict[str, list[int]]:
        """Return the indexes of the CAA record sets of each name; see `Context`."""
        known = self._caa_indexes.get(id(sets))
        if known is None:
            indexes: dict[str, list[int]] = {}
            for index, record_set in enumerate(sets):
                name = str(record_set.name) if isinstance(record_set.name, DomainName) else ""
                indexes.setdefault(name, []).append(index)
            known = self._caa_indexes[id(sets)] = sets, indexes
        return known[1]

    def _zones_by_id(self, zones: tuple[Zone, ...]) -> dict[Text, int]:
        """Return the indexes of zones by id, computed once for all variants that share them."""
        known = self._zone_indexes.get(id(zones))
        if known is None:
            indexes: dict[Text, int] = {}
            for index, zone in enumerate(zones):
                indexes.setdefault(zone.zone_id, index)
            known = self._zone_indexes[id(zones)] = zones, indexes
        return known[1]

    def _records_by_zone(self, records: tuple[ZoneRecord, ...]) -> ZoneRecordIndexes:
        """Return the indexes of the records of each zone and of the `NS` records, as well."""
        if not records:
            return _NO_RECORDS
        known = self._record_indexes.get(id(records))
        if known is None:
            by_zone: dict[Text, list[int]] = {}
            for index, record in enumerate(records):
                by_zone.setdefault(record.zone_id, []).append(index)
            delegations = [i for i, each in enumerate(records) if each.name_servers is not None]
            by_name: dict[str, list[int]] = {}
            for index in delegations:
                by_name.setdefault(str(records[index].name).lower(), []).append(index)
            known = records, (by_zone, tuple(delegations), by_name)
            self._record_indexes[id(records)] = known
        return known[1]

    def _applicable(
        self,
        tool: Tool,
        request: CertificateRequest | None,
        absent: frozenset[str],
        *,
        private: bool,
    ) -> list[tuple[Rule, Severity]]:
        """Return the rules for a tool and a kind of request: public, private or no request.

        Rules that need one of the `absent` values are left out.
        """
        key = tool, private, request is None, absent
        if key not in self._sorted:
            self._load(absent)
            left_out = later("lint.existing", "NOT_APPLIED") if tool is Tool.ACCOUNT else ()
            self._sorted[key] = [
                (rule, severity)
                for rule, severity in self._loaded
                if rule.id not in left_out
                and (rule.tools is None or tool in rule.tools)
                and not (rule.public_only and private)
                and not (rule.on == "request" and request is None)
                and absent.isdisjoint(rule.needs)
            ]
        return self._sorted[key]


def _sorted(needs: Iterable[str]) -> tuple[str, ...]:
    return tuple(sorted(needs))


def reading_order(entry: Finding | Skip) -> tuple[object, ...]:
    """Return the key by which a report is sorted: file, position, rule."""
    rule = entry.rule.id if entry.rule else ""
    return *entry.reading_order, rule, tuple(map(str, entry.path)), entry.address


def _unknown_need(rule: Rule, unknown: Mapping[str, Unresolved]) -> Undecided | None:
    """Return the first value that a rule needs and that is among the `unknown` ones."""
    for need in rule.needs:
        if need in unknown:
            return Undecided((need,), unknown_clause(unknown[need]))
    return None


def _with_skips(
    rule: Rule, items: list[Item], prefix: Path, unknowns: Unknowns
) -> Iterator[tuple[Path, Problem | Undecided]]:
    """Yield the results of a check, and a skip for each unknown value that it did not decide."""
    for item in items:
        if not isinstance(item, Decided):
            yield prefix + item.path, item
    subjects = unknowns if rule.on == "everything" else [prefix] if prefix in unknowns else ()
    settled: set[Path] = set()
    for subject in subjects:
        fields = unknowns[subject]
        read = rule.reads.intersection(fields)
        if not read:
            continue
        if items and not settled:
            settled = {prefix + item.path for item in items}
        for field in sorted(read) if len(read) > 1 else read:
            for undecided, prefixes in fields[field]:
                # A result for a list or an option applies to everything in it.
                if not settled or settled.isdisjoint(prefixes):
                    yield undecided.path, undecided


def _unknown_values(variant: Variant) -> Unknowns:
    """Return the unknown values of each subject by field, each as the skip of a rule."""
    unknowns: Unknowns = {}
    subjects: list[tuple[Path, CertificateRequest | Consumer]] = [
        (("consumers", index), consumer) for index, consumer in enumerate(variant.consumers)
    ]
    if variant.request is not None:
        subjects.append(((), variant.request))
    for prefix, subject in subjects:
        for field in type(subject)._fields:
            value = getattr(subject, field)
            if (
                value
                and type(value) not in _KNOWN
                and (found := _unresolved(value, (*prefix, field)))
            ):
                unknowns.setdefault(prefix, {})[field] = found
    return unknowns


def _unresolved(value: object, path: Path) -> list[tuple[Undecided, tuple[Path, ...]]]:
    """Return a skip for each unknown value in a value, with all prefixes of its path."""
    if type(value) in _UNKNOWN:
        prefixes = tuple(path[:depth] for depth in range(len(path) + 1))
        return [(Undecided(path, unknown_clause(value)), prefixes)]
    if isinstance(value, tuple):
        inside: Iterable[tuple[int | str, object]] = enumerate(value)
    elif type(value) is ValidationOption or type(value) is Tag:
        inside = ((field, getattr(value, field)) for field in type(value)._fields)
    else:
        return []
    return [
        found
        for step, item in inside
        if type(item) not in _KNOWN
        for found in _unresolved(item, (*path, step))
    ]


def _placeholders(variant: Variant, unknowns: Unknowns) -> dict[Path, tuple[str, ...]]:
    """Return the placeholders in the unknown values, those of the request first."""
    paths = [
        undecided.path
        for subject in sorted(unknowns, key=bool)
        for found in unknowns[subject].values()
        for undecided, _ in found
    ]
    if variant.acme is not None:
        paths += [("acme", field) for field in type(variant.acme)._fields]
    found = {}
    for path in paths:
        value = _object(variant, path)
        if isinstance(value, Unresolved):
            labels = [p.label for p in value.parts if type(p) is Unknown and p.is_placeholder]
            if labels:
                found[path] = tuple(labels)
    return found


def _finding(
    rule: Rule,
    severity: Severity,
    path: Path,
    problem: Problem,
    declaration: Declaration,
    variant: Variant,
) -> Finding:
    value = _value(variant, path)
    message = problem.message
    related = []
    location = variant.location(path)
    if location is not None:
        if location.definition is not None:
            note = location.note
            message = f"{message} ({note})" if note else message
            related.append(
                RelatedLocation(location.definition, note or _DEFINITION, is_definition=True)
            )
        for other in problem.related:
            elsewhere = variant.location(other.path)
            if elsewhere is not None:
                related.append(RelatedLocation(elsewhere, other.note))
    return Finding(
        _narrowed(location, problem.span, value) if location else None,
        rule,
        severity if problem.severity is None else problem.severity,
        message,
        declaration.address,
        path,
        value,
        tuple(related),
        problem.fix,
        locations=variant.locations if location and problem.fix else None,
        label=problem.label,
        help=help_for(rule, problem, value),
    )


def _weightiest(items: list[Result]) -> list[Result]:
    """Return the results without the problems that yield to another rule with the same cause.

    A problem yields only to one that is at least as severe.
    """
    if not any(rule.yields_to for rule, _, _, _ in items):
        return items
    reported: dict[tuple[str, object], Severity] = {}
    for rule, severity, path, item in items:
        if isinstance(item, Problem):
            key, weight = (rule.id, _cause(path, item)), item.severity or severity
            reported[key] = max(reported.get(key, weight), weight)
    return [
        (rule, severity, path, item)
        for rule, severity, path, item in items
        if not isinstance(item, Problem)
        or all(
            reported.get((other, _cause(path, item)), 0) < (item.severity or severity)
            for other in rule.yields_to
        )
    ]


def _cause(path: Path, problem: Problem) -> object:
    return path if problem.cause is None else problem.cause


def help_for(rule: Rule, problem: Problem, value: str | None) -> str:
    """Return the help of a problem: its own, that of its fix, or that of the rule."""
    if problem.help:
        return problem.help
    if problem.fix:
        return problem.fix.description
    return rule.help.replace("{name}", quoted(value)) if value is not None else rule.help


def _of_variants(shared: list[tuple[Variant, Finding]], total: int) -> Finding:
    """Return one finding for several variants; unless all have it, with the first condition.

    Its condition lists all environments that have it, because each is a separate deployment.
    """
    variant, finding = shared[0]
    if len({id(variant) for variant, _ in shared}) == total or not variant.condition:
        return finding
    condition = variant.condition
    others = dict.fromkeys(each.environment for each, _ in shared if each.environment)
    if len(others) > 1:
        condition = f"with {quoted_list([*others])}"
    message = f"{finding.message}, {condition}"
    only = variant.environment if condition == f"with {quoted(variant.environment)}" else ""
    return finding.__replace__(message=message, condition=condition, environment=only)


def _of_all_variants(shared: list[tuple[Problem, Finding]]) -> Finding:
    """Return one finding for all variants, at the first of their locations."""
    in_order = sorted(shared, key=lambda pair: pair[1].reading_order)
    problem, finding = in_order[0]
    values = tuple(dict.fromkeys(value for item, _ in in_order for value in item.values))
    return finding.__replace__(message=problem.wording(values)) if problem.wording else finding


def _narrowed(location: Location, span: tuple[int, int] | None, value: str | None) -> Location:
    """Return a location, or that of a span in it if its text is the value itself."""
    if span is not None and value is not None:
        written = location.text
        quote = 1 if written[:1] in {'"', "'"} else 0
        if written[quote : len(written) - quote] == value:
            start = location.start + quote
            end = start + max(span[1], span[0] + 1)
            return location.__replace__(start=start + span[0], end=end)
    return location


def _value(variant: Variant, path: Path) -> str | None:
    """Return the value at a path as a string, in its original spelling if that is known.

    A resource has no spelling: its value is its address.
    """
    request = variant.request
    field, *rest = path or ("",)
    if field == "names" and rest and request is not None and request.spellings:
        return request.spellings[int(rest[0])]
    value = _object(variant, path)
    if value is None or isinstance(value, tuple | CertificateRequest | Consumer):
        return None
    if isinstance(value, Value) and type(value).__str__ is object.__str__:
        return getattr(value, "address", None)
    return str(value.value if isinstance(value, Enum) else value)


def _object(variant: Variant, path: Path) -> Any:  # noqa: ANN401  (a value of any field)
    """Return the value at a path; `None` if there is none."""
    value: Any = variant if path[:1] and path[0] in _OF_VARIANT else variant.request
    for step in path:
        value = getattr(value, step, None) if isinstance(step, str) else value[step]
    return value
