"""The changes of certificates between two states of files: their costs and their consumers."""

from __future__ import annotations

from enum import Enum
from itertools import chain

from acmrules.analysis import migration
from acmrules.analysis.reimports import reimported
from acmrules.changes import ApproveAgain, Change, Reason, Verdict, compare, rejection
from acmrules.coverage import PartialCoverageIndex
from acmrules.facts import acm, tools
from acmrules.messages import quoted, quoted_list
from acmrules.model.declaration import Declaration, ScopedDeclaration, Variant
from acmrules.model.placed import Placed
from acmrules.names import DomainName, WildcardDomainName
from acmrules.request import CertificateRequest, Tool, ValidationOption
from acmrules.unresolved import ListedName, Unresolved
from acmrules.values import Value

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Container, Iterable, Iterator, Sequence
    from datetime import date

    from acmrules.acme import AcmeResource
    from acmrules.analysis.pairing import Pair
    from acmrules.resources import Consumer
    from acmrules.x509 import ImportedCertificate


class ChangeKind(Enum):
    """Whether a certificate exists on both sides, or only on one."""

    CHANGED = "changed"
    ADDED = "added"
    REMOVED = "removed"


class ConsumerLocation(Placed):
    """A consumer of a certificate, and its location."""

    consumer: Consumer


class PlannedAction(Value):
    """The action on a certificate in a Terraform plan or a change set, and the reason.

    `verdict` is `None` if the certificate is added or removed.
    """

    kind: ChangeKind
    verdict: Verdict | None
    sentence: str


class CertificateChange(Placed):
    """The change of one certificate.

    `was` is the old declaration if its address or scope was different. `condition` is the case to
    which the change applies, empty for all cases. `uses` are the consumers in the files; if the
    certificate is removed, those in the old files. `mailboxes` are the recipients by name, for
    names that need an approval. If ACM rejects the old version of a request, the certificate is
    added, and the first reason says so.
    """

    kind: ChangeKind
    declaration: Declaration
    variant: Variant
    change: Change
    was: ScopedDeclaration | None = None
    condition: str = ""
    issued: CertificateRequest | None = None
    uses: tuple[ConsumerLocation, ...] = ()
    breaks: tuple[str, ...] = ()
    mailboxes: tuple[tuple[ListedName, tuple[str, ...]], ...] = ()
    steps: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()

    @property
    def verdict(self) -> Verdict:
        """The verdict of the change."""
        return self.change.verdict

    @property
    def is_first_request(self) -> bool:
        """Whether the old version of the request exists, but ACM rejects it."""
        return any(reason.attribute == FIRST_REQUEST for reason in self.change.reasons)

    @property
    def matters_elsewhere(self) -> bool:
        """Whether other files may import the certificate and be affected."""
        may_break = self.kind is ChangeKind.REMOVED or self.verdict >= Verdict.UNDECIDED
        return may_break and bool(self.declaration.exported_as)


class ChangeContext(Value):
    """The data for all comparisons of a run.

    `users` are the declarations in the new files, and `scopes` the scopes of the old and of the new
    files.
    """

    as_of: date
    users: tuple[ScopedDeclaration, ...] = ()
    scopes: tuple[Container[str], Container[str]] = ((), ())


def compared(pairs: Iterable[Pair], context: ChangeContext) -> list[CertificateChange]:
    """Return the changes of certificates, without unchanged ones."""
    found: list[CertificateChange] = []
    for pair in pairs:
        if pair.old and pair.new:
            found += _changed(pair, pair.old, pair.new, context)
        elif _is_acme(pair.new or pair.old):
            continue  # Only edits of ACME resources have an effect on what exists.
        elif pair.new:
            found += _added(pair, pair.new.declaration, context)
        elif pair.old:
            found += _removed(pair, pair.old, context)
    return found


def _is_acme(held: ScopedDeclaration | None) -> bool:
    return held is not None and held.declaration.variants[0].acme is not None


def _importing(
    declaration: Declaration, users: Iterable[ScopedDeclaration], names: set[str]
) -> Iterator[ConsumerLocation]:
    """Yield the consumers in other files that refer to a certificate by one of its exports."""
    for held in users if names else ():
        if held.declaration.file != declaration.file:
            for use in _uses(held.declaration.variants[0]):
                if str(use.consumer.certificate) in names:
                    yield use


def planned_change(
    declaration: Declaration, action: PlannedAction | None, as_of: date
) -> CertificateChange | None:
    """Return the change of a certificate for its action in a plan or a change set."""
    variant = declaration.variants[0]
    context = ChangeContext(as_of)
    if action is None:
        return None
    if action.kind is ChangeKind.ADDED:
        return next(_added_variant(declaration, variant, (), context), None)
    if action.kind is ChangeKind.REMOVED:
        return CertificateChange(
            variant.location(()),
            ChangeKind.REMOVED,
            declaration,
            variant,
            _removal(variant),
            uses=_uses(variant),
        )
    if variant.request is None or variant.issued is None:
        verdict = action.verdict or Verdict.NO_CHANGE
        reasons = _action_reasons(action)
        if variant.imported and variant.imported_before and verdict is Verdict.IN_PLACE:
            again = reimported(variant.imported_before, variant.imported)
            verdict = max(verdict, again.verdict)
            change = again.__replace__(verdict=verdict, reasons=reasons + again.reasons)
        else:
            change = Change(verdict, reasons)
    else:
        change = _compare_with_action(variant, declaration.tool, action, as_of)
    if not change.reasons:
        return None
    result = _with_effects(
        declaration, variant, change, variant.issued, context, old_import=variant.imported_before
    )
    if variant.request and variant.issued is None:
        result = result.__replace__(notes=("the previous request is unknown",))
    return result


def _action_reasons(action: PlannedAction) -> tuple[Reason, ...]:
    verdict = action.verdict or Verdict.NO_CHANGE
    reason = Reason("announced", verdict, action.sentence, None)
    return (reason,) if action.sentence else ()


def _compare_with_action(
    variant: Variant, tool: Tool, action: PlannedAction, as_of: date
) -> Change:
    """Compare both sides of a plan; the verdict of the tool takes precedence."""
    assert variant.issued is not None  # noqa: S101  (checked by the caller)
    assert variant.request is not None  # noqa: S101  (checked by the caller)
    verdict = action.verdict or Verdict.NO_CHANGE
    reasons = _action_reasons(action)
    change = compare(variant.issued, variant.request, tool=tool, as_of=as_of, extra_reasons=reasons)
    if verdict < change.verdict and verdict is not Verdict.UNDECIDED:
        # The tool knows the version of the provider, and the existing resources. But it does not
        # know which of its edits ACM rejects.
        is_tried = verdict is Verdict.IN_PLACE
        reasons = tuple(
            each
            if each.fails and is_tried
            else each.__replace__(verdict=min(each.verdict, verdict))
            for each in change.reasons
        )
        worst_of = max(each.verdict for each in reasons)
        change = change.__replace__(verdict=worst_of, reasons=reasons, approve_again=ApproveAgain())
    return change


def worst(found: Iterable[CertificateChange]) -> Verdict:
    """Return the worst verdict, `NO_CHANGE` if there are no changes."""
    return max((each.verdict for each in found), default=Verdict.NO_CHANGE)


# Both sides


def _changed(
    pair: Pair, old: ScopedDeclaration, new: ScopedDeclaration, context: ChangeContext
) -> Iterator[CertificateChange]:
    had, has = (_by_environment(held.declaration) for held in (old, new))
    if "" in had or "" in has:
        sides = _sides(old.declaration.variants, new.declaration.variants)
        yield from _changed_variants(pair, old, new, sides, context)
        return
    found = [
        [*_changed_variants(pair, old, new, _sides(had[each], has[each]), context)]
        for each in has
        if each in had
    ]
    yield from _same_everywhere(found) if had.keys() == has.keys() else chain(*found)
    for variant in (variant for each in has if each not in had for variant in has[each]):
        for result in _added_variant(new.declaration, variant, (), context):
            yield result.__replace__(condition=variant.condition)
    for each in had:
        if each not in has:
            yield from _removed_variant(old, had[each][0], context)


def _by_environment(declaration: Declaration) -> dict[str, list[Variant]]:
    """Return the variants of a declaration by their environment."""
    found: dict[str, list[Variant]] = {}
    for variant in declaration.variants:
        found.setdefault(variant.environment, []).append(variant)
    return found


def _same_everywhere(found: list[list[CertificateChange]]) -> Iterator[CertificateChange]:
    """Yield the changes of all environments; those of the first one if all have the same."""
    first, *others = found
    if others and all([*map(_effects, each)] == [*map(_effects, first)] for each in others):
        for result in first:
            yield result.__replace__(condition=_rest_of_condition(result))
    else:
        yield from chain(*found)


def _effects(result: CertificateChange) -> CertificateChange:
    """Return a change with what reports show of it, without its environment."""
    uses = tuple(each.__replace__(location=None) for each in result.uses)
    variant = Variant(result.variant.request, (), {})
    condition = _rest_of_condition(result)
    return result.__replace__(
        location=None, variant=variant, issued=None, uses=uses, condition=condition
    )


def _rest_of_condition(result: CertificateChange) -> str:
    """Return the condition of a change without its environment."""
    label = f"with {quoted(result.variant.environment)}"
    return result.condition.removeprefix(label).lstrip()


def _changed_variants(
    pair: Pair,
    old: ScopedDeclaration,
    new: ScopedDeclaration,
    sides: Iterable[tuple[Variant, Variant]],
    context: ChangeContext,
) -> Iterator[CertificateChange]:
    moves = tuple(_move_reasons(pair, old, new, context.scopes))
    for before, after in sides:
        tool, issued, wanted = new.declaration.tool, before.request, after.request
        condition = after.condition or before.condition
        rejected = issued and wanted and issued != wanted and rejection(issued)
        if rejected:
            yield from _first_requests(new.declaration, after, rejected, condition, context)
            continue
        if before.acme and after.acme:
            change = _change_of_acme(before.acme, after.acme, moves)
        elif issued and wanted:
            issued = _with_zones_of(wanted, issued, tool)
            change = compare(
                issued,
                wanted,
                tool=new.declaration.edited_with,
                as_of=context.as_of,
                extra_reasons=moves,
            )
        elif before.imported and after.imported and not moves and tool is Tool.TERRAFORM:
            change = reimported(before.imported, after.imported)
        else:
            change = _change_of_origin(before, after, moves)
        if not change.reasons:
            continue
        was = old.declaration.address if moves else ""
        result = _with_effects(
            new.declaration, after, change, issued, context, was, before.imported
        )
        if after.acme:
            result = result.__replace__(steps=())  # Those of certificates do not apply.
        has_moved = (old.declaration.address, old.scope) != (new.declaration.address, new.scope)
        yield result.__replace__(was=old if has_moved else None, condition=condition)


FIRST_REQUEST = "first request"
"""The attribute of the reason that nothing is replaced, because ACM rejects the old version."""


def _first_requests(
    declaration: Declaration,
    variant: Variant,
    rejected: Reason,
    condition: str,
    context: ChangeContext,
) -> Iterator[CertificateChange]:
    """Yield the change of a request whose old version ACM rejects: no certificate was issued."""
    sentence = (
        f"no certificate is replaced, because ACM rejects the old request: {rejected.sentence}"
    )
    first = Reason(FIRST_REQUEST, Verdict.NO_CHANGE, sentence, rejected.source)
    for each in _added_variant(declaration, variant, (), context):
        change = each.change.__replace__(reasons=(first, *each.change.reasons))
        yield each.__replace__(change=change, condition=condition)


def _with_zones_of(
    wanted: CertificateRequest, issued: CertificateRequest, tool: Tool
) -> CertificateRequest:
    """Return an issued request with the zones of the wanted one, for Terraform.

    In Terraform, the zones are not part of the certificate. Its reader takes them from the records.
    """
    if tool is not Tool.TERRAFORM:
        return issued
    own = tuple(each for each in issued.validation_options if not _is_zone(each))
    zones = tuple(each for each in wanted.validation_options if _is_zone(each))
    return issued.__replace__(validation_options=own + zones)


def _is_zone(option: object) -> bool:
    return isinstance(option, ValidationOption) and option.hosted_zone_id is not None


def _sides(old: Sequence[Variant], new: Sequence[Variant]) -> list[tuple[Variant, Variant]]:
    """Return the pairs of variants to compare: those with the same condition.

    Each other variant on one side is compared with all others on the other side.
    """
    before = {variant.condition: variant for variant in old}
    after = {variant.condition: variant for variant in new}
    both = [(before[each], after[each]) for each in after if each in before]
    rest = [each for key, each in before.items() if key not in after]
    others = [each for key, each in after.items() if key not in before]
    rest = rest or ([*before.values()] if others else [])
    others = others or ([*after.values()] if rest else [])
    return both + [(one, other) for other in others for one in rest]


_OF_ACME = {True: Verdict.REPLACEMENT, False: Verdict.IN_PLACE, None: Verdict.UNDECIDED}
"""The verdict by whether CloudFormation replaces an ACME resource; `None` if that is unknown."""


def _change_of_acme(before: AcmeResource, after: AcmeResource, moves: tuple[Reason, ...]) -> Change:
    """Return the change of an ACME resource by CloudFormation."""
    from acmrules.acme import edited_members

    source = acm.ACME_REPLACEMENTS.source
    edits = (
        Reason(member, _OF_ACME[replaces], f"`{member}` changes", source)
        for member, replaces in edited_members(before, after)
    )
    return _change_for((*moves, *edits))


def _change_of_origin(before: Variant, after: Variant, moves: tuple[Reason, ...]) -> Change:
    """Return the change of a certificate that is imported before or after it."""
    reasons = moves
    if (before.request is None) is not (after.request is None):
        sentence = "the certificate is imported instead of requested"
        if after.request:
            sentence = "the certificate is requested instead of imported"
        source = tools.DOMAIN_NAME_UPDATES.source
        reasons += (Reason("names", Verdict.REPLACEMENT, sentence, source),)
    return _change_for(reasons)


def _change_for(reasons: tuple[Reason, ...]) -> Change:
    """Return the change without added or removed names; the worst reason decides."""
    return Change(max((each.verdict for each in reasons), default=Verdict.NO_CHANGE), reasons)


def _move_reasons(
    pair: Pair,
    old: ScopedDeclaration,
    new: ScopedDeclaration,
    scopes: tuple[Container[str], Container[str]],
) -> Iterator[Reason]:
    """Yield the reason for a replacement if the address or the scope has changed."""
    tool, was, becomes = new.declaration.tool, old.declaration.address, new.declaration.address
    if not pair.follows or tool not in _IDENTIFIERS:
        return
    if was != becomes:
        sentence = f"{_IDENTIFIERS[tool]} changes from {quoted(was)} to {quoted(becomes)}"
    elif old.scope in scopes[1] or new.scope in scopes[0]:
        sentence = f"it moves from {quoted(old.scope)} to {quoted(new.scope)}"
    else:
        return  # the file was renamed

    yield Reason("address", Verdict.REPLACEMENT, f"{sentence}, with {pair.follows}", None)


_IDENTIFIERS = {
    Tool.CLOUDFORMATION: "the logical ID",
    Tool.TERRAFORM: "the address",
    Tool.KUBERNETES: "the object",
    Tool.PULUMI: "the name of the resource",
    Tool.CROSSPLANE: "the object",
}
"""What identifies a certificate in its tool: if it changes, the tool creates a new certificate."""


# One side


def _added(
    pair: Pair, declaration: Declaration, context: ChangeContext
) -> Iterator[CertificateChange]:
    for variant in declaration.variants:
        for result in _added_variant(declaration, variant, pair.candidates, context):
            yield result.__replace__(condition=variant.condition)


def _added_variant(
    declaration: Declaration,
    variant: Variant,
    candidates: Sequence[ScopedDeclaration],
    context: ChangeContext,
) -> Iterator[CertificateChange]:
    change = Change(Verdict.NO_CHANGE)
    if wanted := variant.request:
        nothing = wanted.__replace__(names=(), spellings=())
        is_new = (Reason("address", Verdict.REPLACEMENT, "is new", None),)
        new = compare(
            nothing,
            wanted,
            tool=declaration.edited_with,
            as_of=context.as_of,
            extra_reasons=is_new,
        )
        refusals = tuple(each for each in new.reasons if each.verdict is Verdict.IMPOSSIBLE)
        verdict = Verdict.IMPOSSIBLE if refusals else Verdict.NO_CHANGE
        change = Change(verdict, refusals, wanted.names, (), new.approve_again)
    result = _with_effects(declaration, variant, change, None, context)
    notes = _renaming_notes(candidates)
    yield result.__replace__(kind=ChangeKind.ADDED, steps=(), breaks=(), notes=notes)


def _removed(
    pair: Pair, old: ScopedDeclaration, context: ChangeContext
) -> Iterator[CertificateChange]:
    for variants in _by_environment(old.declaration).values():
        for each in _removed_variant(old, variants[0], context):
            yield each.__replace__(notes=_renaming_notes(pair.candidates))


def _removed_variant(
    old: ScopedDeclaration, variant: Variant, context: ChangeContext
) -> Iterator[CertificateChange]:
    """Yield the removal of a certificate, in the environment of a variant."""
    dangling = tuple(_dangling_uses(old, variant.environment, context.users))
    change = _removal(variant)
    breaks = tuple(
        f"{quoted(use.consumer.address)} still refers to the removed certificate"
        for use in dangling
    )
    if dangling:
        sentence = "the certificate is removed while it is in use"
        reason = Reason("address", Verdict.IMPOSSIBLE, sentence, None)
        change = change.__replace__(verdict=Verdict.IMPOSSIBLE, reasons=(reason,))
    uses = dangling or _uses(variant)
    yield CertificateChange(
        variant.location(()),
        ChangeKind.REMOVED,
        old.declaration,
        variant,
        change,
        condition=variant.condition if variant.environment else "",
        uses=uses,
        breaks=breaks,
        steps=migration.removal_steps([use.consumer for use in uses]),
    )


def _removal(variant: Variant) -> Change:
    names = variant.request.names if variant.request else ()
    return Change(Verdict.NO_CHANGE, removed=tuple(dict.fromkeys(names)))


def _dangling_uses(
    old: ScopedDeclaration, environment: str, users: Sequence[ScopedDeclaration]
) -> Iterator[ConsumerLocation]:
    """Yield the consumers in the new files that refer to a removed certificate.

    If they have environments, only the same one counts.
    """
    others = {name for held in users for name in held.declaration.exported_as}
    yield from _importing(old.declaration, users, set(old.declaration.exported_as) - others)
    address = old.declaration.address
    for held in users:
        if held.scope != old.scope or held.declaration.tool is not old.declaration.tool:
            continue
        variants = _by_environment(held.declaration)
        for variant in variants.get(environment, variants.get("", []))[:1]:
            for use in _uses(variant):
                certificate = use.consumer.certificate
                if isinstance(certificate, Unresolved) and _refers(certificate, address):
                    yield use


def _refers(text: Unresolved, address: str) -> bool:
    written = "".join(map(str, text.parts)).removeprefix("${").removesuffix("}")
    return written == address or written.startswith((f"{address}.", f"{address}["))


def _renaming_notes(candidates: Sequence[ScopedDeclaration]) -> tuple[str, ...]:
    if not candidates:
        return ()
    addresses = sorted({each.declaration.address for each in candidates})
    return (f"it may be the same certificate as {quoted_list(addresses)}",)


# Effects


def _with_effects(
    declaration: Declaration,
    variant: Variant,
    change: Change,
    issued: CertificateRequest | None,
    context: ChangeContext,
    was: str = "",
    old_import: ImportedCertificate | None = None,
) -> CertificateChange:
    """Return a change with its consumers, with what it breaks, and with the steps."""
    wanted = variant.request
    uses = _uses(variant) + tuple(
        _importing(declaration, context.users, set(declaration.exported_as))
    )
    users = [use.consumer for use in uses]
    breaks: tuple[str, ...] = ()
    lost: tuple[tuple[ListedName, Consumer], ...] = ()
    if old_import and variant.imported:
        lost = tuple(_lost(variant.names, old_import.names, users))
        breaks = tuple(_uncovered(lost))
    elif issued and wanted and change.verdict >= Verdict.UNDECIDED and not change.fails:
        lost = tuple(_lost(wanted.names, issued.names, users))
        breaks = tuple(_breaks(declaration.tool, wanted, users, lost))
    mailboxes: tuple[tuple[ListedName, tuple[str, ...]], ...] = ()
    if wanted and change.approve_again.by_hand:
        mailboxes = tuple(_mailboxes(wanted, change.approve_again.by_hand, context.as_of))
    return CertificateChange(
        variant.location(()),
        ChangeKind.CHANGED,
        declaration,
        variant,
        change,
        issued=issued,
        uses=uses,
        breaks=breaks,
        mailboxes=mailboxes,
        steps=migration.change_steps(
            declaration.tool,
            change,
            wanted,
            declaration.address,
            users,
            was,
            tuple(dict.fromkeys(host for host, _ in lost)),
        ),
    )


def _uses(variant: Variant) -> tuple[ConsumerLocation, ...]:
    return tuple(
        ConsumerLocation(variant.location(("consumers", index)), consumer)
        for index, consumer in enumerate(variant.consumers)
    )


def _lost(
    wanted: Iterable[ListedName], issued: Iterable[ListedName], users: Iterable[Consumer]
) -> Iterator[tuple[ListedName, Consumer]]:
    """Yield the hosts that lose their coverage, with their consumers."""
    before, after = PartialCoverageIndex(issued), PartialCoverageIndex(wanted)
    for user in users:
        for host in user.hosts:
            if before.covers(host) and after.covers(host) is False:
                yield host, user


def _breaks(
    tool: Tool,
    wanted: CertificateRequest,
    users: Sequence[Consumer],
    lost: Iterable[tuple[ListedName, Consumer]],
) -> Iterator[str]:
    """Yield what the edit breaks."""
    yield from _uncovered(lost)
    if tool is Tool.TERRAFORM and users and not wanted.create_before_destroy:
        minutes = tools.TERRAFORM_DELETION_MINUTES.value
        yield (
            "Terraform destroys the old certificate first, because `create_before_destroy` is not"
            f" set; AWS rejects this during use, and Terraform fails after {minutes} minutes"
        )


def _uncovered(lost: Iterable[tuple[ListedName, Consumer]]) -> Iterator[str]:
    for host, user in lost:
        server = quoted(user.address)
        yield f"the new certificate does not cover {quoted(host)}, which {server} serves"


def _mailboxes(
    request: CertificateRequest, names: Iterable[ListedName], as_of: date
) -> Iterator[tuple[ListedName, tuple[str, ...]]]:
    """Yield the recipients of the messages for each name; none if the name is unknown."""
    from acmrules.contacts import validation_contacts

    options = [each for each in request.validation_options if isinstance(each, ValidationOption)]
    domains = {each.domain_name: each.validation_domain for each in options}
    for name in names:
        addresses: tuple[str, ...] = ()
        if isinstance(name, DomainName | WildcardDomainName):
            domain = domains.get(name)
            try:
                stated = None if domain is None else str(domain)
                contacts = validation_contacts(name, validation_domain=stated, as_of=as_of)
                addresses = tuple(each.address for each in contacts if each.mailed)
            except ValueError:
                pass  # another rule reports an invalid validation domain
        yield name, addresses
