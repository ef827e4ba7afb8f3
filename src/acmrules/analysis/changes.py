"""What becomes of each certificate from one time to another: what it costs, and whom."""

from __future__ import annotations

from enum import Enum

from acmrules.analysis import migration
from acmrules.changes import ApproveAgain, Change, Reason, Verdict, compare
from acmrules.coverage import PartialCoverageIndex
from acmrules.facts import tools
from acmrules.messages import quoted, quoted_list
from acmrules.names import DomainName, WildcardDomainName
from acmrules.request import CertificateRequest, Tool, ValidationOption
from acmrules.unresolved import Unresolved
from acmrules.values import Value

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Container, Iterable, Iterator, Sequence
    from datetime import date

    from acmrules.analysis.pairing import Pair
    from acmrules.model.declaration import Declaration, ScopedDeclaration, Variant
    from acmrules.resources import Consumer
    from acmrules.syntax.source import Range, Source
    from acmrules.unresolved import ListedName


class ChangeKind(Enum):
    """Whether a certificate is there on both sides, or on one of them."""

    CHANGED = "changed"
    ADDED = "added"
    REMOVED = "removed"


class ConsumerLocation(Value):
    """A consumer of a certificate, and where it stands."""

    consumer: Consumer
    source: Source | None
    range: Range | None

    @property
    def file(self) -> str:
        """The name of the source, empty without one."""
        return self.source.name if self.source else ""


class PlannedAction(Value):
    """What a plan or a change set itself says becomes of a certificate, and why.

    `verdict` is `None` where it is added or removed.
    """

    kind: ChangeKind
    verdict: Verdict | None
    sentence: str


class CertificateChange(Value):
    """What becomes of a certificate.

    `was` is its address and file of before where these were others; `condition` says when it is
    so, if not always. `uses` are those of its consumers in the files, those of the old one where
    it is removed. `mailboxes` are those that are written to for names to be approved by hand.
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
        """What it costs."""
        return self.change.verdict

    @property
    def matters_elsewhere(self) -> bool:
        """Whether what other files import of it is at stake."""
        is_at_stake = self.kind is ChangeKind.REMOVED or self.verdict >= Verdict.UNDECIDED
        return is_at_stake and bool(self.declaration.exported_as)

    @property
    def range(self) -> Range | None:
        """Where the certificate stands."""
        location = self.variant.location(())
        return location.range if location else None


class ChangeContext(Value):
    """What all comparisons of one run share: the day, and who uses what in the new files.

    `scopes` are those of the old files, and of the new ones.
    """

    as_of: date
    users: tuple[ScopedDeclaration, ...] = ()
    scopes: tuple[Container[str], Container[str]] = ((), ())


def compared(pairs: Iterable[Pair], around: ChangeContext) -> list[CertificateChange]:
    """Say what becomes of certificates; those of which nothing was edited are left out."""
    found: list[CertificateChange] = []
    for pair in pairs:
        if pair.old and pair.new:
            found += _changed(pair, pair.old, pair.new, around)
        elif pair.new:
            found += _added(pair, pair.new.declaration, around)
        elif pair.old:
            found += _removed(pair, pair.old, around)
    return found


def _importing(
    declaration: Declaration, users: Iterable[ScopedDeclaration], names: set[str]
) -> Iterator[ConsumerLocation]:
    """Yield the consumers in other files that use a certificate by the names it goes by there."""
    for held in users if names else ():
        if held.declaration.file != declaration.file:
            for use in _uses(held.declaration.variants[0]):
                if str(use.consumer.certificate) in names:
                    yield use


def planned(
    declaration: Declaration, announced: PlannedAction | None, as_of: date
) -> CertificateChange | None:
    """Say what becomes of a certificate as a plan or a change set has it."""
    variant = declaration.variants[0]
    around = ChangeContext(as_of)
    if announced is None:
        return None
    if announced.kind is ChangeKind.ADDED:
        return next(_added_variant(declaration, variant, (), around), None)
    if announced.kind is ChangeKind.REMOVED:
        return CertificateChange(
            ChangeKind.REMOVED,
            declaration,
            variant,
            _gone(variant),
            uses=_uses(variant),
        )
    if variant.request is None or variant.issued is None:
        verdict = announced.verdict or Verdict.NO_CHANGE
        reason = Reason("announced", verdict, announced.sentence, None)
        change = Change(verdict, (reason,) if announced.sentence else ())
    else:
        change = _as_announced(variant, declaration.tool, announced, as_of)
    if not change.reasons:
        return None
    told = _told(declaration, variant, change, variant.issued, around)
    if variant.request and variant.issued is None:
        told = told.__replace__(notes=("what it asked for before is not told here",))
    return told


def _as_announced(variant: Variant, tool: Tool, announced: PlannedAction, as_of: date) -> Change:
    """Compare what a plan shows of both sides; the tool's own word is the last one."""
    assert variant.issued is not None  # noqa: S101  (the caller's)
    assert variant.request is not None  # noqa: S101  (idem)
    verdict = announced.verdict or Verdict.NO_CHANGE
    own = Reason("announced", verdict, announced.sentence, None)
    also = (own,) if announced.sentence else ()
    change = compare(variant.issued, variant.request, tool=tool, as_of=as_of, also=also)
    if verdict < change.verdict and verdict is not Verdict.UNDECIDED:
        # The tool knows the provider it runs with, and what is in place.
        reasons = tuple(
            each.__replace__(verdict=min(each.verdict, verdict)) for each in change.reasons
        )
        change = change.__replace__(verdict=verdict, reasons=reasons, approve_again=ApproveAgain())
    return change


def worst(found: Iterable[CertificateChange]) -> Verdict:
    """Return the worst verdict, that nothing changed where there is none."""
    return max((each.verdict for each in found), default=Verdict.NO_CHANGE)


# Both sides


def _changed(
    pair: Pair, old: ScopedDeclaration, new: ScopedDeclaration, around: ChangeContext
) -> Iterator[CertificateChange]:
    moved = tuple(_moved(pair, old, new, around.scopes))
    for before, after in _sides(old.declaration, new.declaration):
        tool, issued, wanted = new.declaration.tool, before.request, after.request
        if issued and wanted:
            issued = _with_zones_of(wanted, issued, tool)
            change = compare(issued, wanted, tool=tool, as_of=around.as_of, also=moved)
        else:
            change = _mixed(before, after, moved)
        if not change.reasons:
            continue
        condition = after.condition or before.condition
        was = old.declaration.address if moved else ""
        told = _told(new.declaration, after, change, issued, around, was)
        is_elsewhere = (old.declaration.address, old.scope) != (new.declaration.address, new.scope)
        yield told.__replace__(was=old if is_elsewhere else None, condition=condition)


def _with_zones_of(
    wanted: CertificateRequest, issued: CertificateRequest, tool: Tool
) -> CertificateRequest:
    """Return an issued request with the zones of the wanted one, where these are no part of it.

    Terraform has records beside the certificate, from which its reader knows the zones.
    """
    if tool is not Tool.TERRAFORM:
        return issued
    own = tuple(each for each in issued.validation_options if not _is_zone(each))
    zones = tuple(each for each in wanted.validation_options if _is_zone(each))
    return issued.__replace__(validation_options=own + zones)


def _is_zone(option: object) -> bool:
    return isinstance(option, ValidationOption) and option.hosted_zone_id is not None


def _sides(old: Declaration, new: Declaration) -> list[tuple[Variant, Variant]]:
    """Return which variants of two documents to compare: those under the same condition.

    What is left on one side is compared with all that is left on the other.
    """
    before = {variant.condition: variant for variant in old.variants}
    after = {variant.condition: variant for variant in new.variants}
    both = [(before[each], after[each]) for each in after if each in before]
    rest = [each for key, each in before.items() if key not in after]
    others = [each for key, each in after.items() if key not in before]
    rest = rest or ([*before.values()] if others else [])
    others = others or ([*after.values()] if rest else [])
    return both + [(one, other) for other in others for one in rest]


def _mixed(before: Variant, after: Variant, moved: tuple[Reason, ...]) -> Change:
    """Say what it costs where at least one of two certificates is brought along, not asked for."""
    reasons = moved
    if (before.request is None) is not (after.request is None):
        sentence = "is brought along, it was asked for"
        if after.request:
            sentence = "is asked for, it was brought along"
        source = tools.DOMAIN_NAME_UPDATES.source
        reasons += (Reason("names", Verdict.REPLACEMENT, sentence, source),)
    return Change(max((each.verdict for each in reasons), default=Verdict.NO_CHANGE), reasons)


def _moved(
    pair: Pair,
    old: ScopedDeclaration,
    new: ScopedDeclaration,
    scopes: tuple[Container[str], Container[str]],
) -> Iterator[Reason]:
    """Yield what another address costs by itself."""
    tool, was, becomes = new.declaration.tool, old.declaration.address, new.declaration.address
    if not pair.follows or tool not in _IDENTIFIED:
        return
    if was != becomes:
        sentence = f"{_IDENTIFIED[tool]} becomes {quoted(becomes)}, it was {quoted(was)}"
    elif old.scope in scopes[1] or new.scope in scopes[0]:
        sentence = f"moves to {quoted(new.scope)}, it was in {quoted(old.scope)}"
    else:
        return  # one file is there instead of the other: it has another name
    yield Reason("address", Verdict.REPLACEMENT, f"{sentence}; its names are {pair.follows}", None)


_IDENTIFIED = {
    Tool.CLOUDFORMATION: "the logical id",
    Tool.TERRAFORM: "the address",
    Tool.KUBERNETES: "the object",
}
"""What a tool knows a certificate by: under another one it is another certificate to it."""


# One side


def _added(
    pair: Pair, declaration: Declaration, around: ChangeContext
) -> Iterator[CertificateChange]:
    for variant in declaration.variants:
        for told in _added_variant(declaration, variant, pair.candidates, around):
            yield told.__replace__(condition=variant.condition)


def _added_variant(
    declaration: Declaration,
    variant: Variant,
    candidates: Sequence[ScopedDeclaration],
    around: ChangeContext,
) -> Iterator[CertificateChange]:
    change = Change(Verdict.NO_CHANGE)
    if wanted := variant.request:
        nothing = wanted.__replace__(names=(), spellings=())
        also = (Reason("address", Verdict.REPLACEMENT, "is new", None),)
        new = compare(nothing, wanted, tool=declaration.tool, as_of=around.as_of, also=also)
        refusals = tuple(each for each in new.reasons if each.verdict is Verdict.IMPOSSIBLE)
        verdict = Verdict.IMPOSSIBLE if refusals else Verdict.NO_CHANGE
        change = Change(verdict, refusals, wanted.names, (), new.approve_again)
    told = _told(declaration, variant, change, None, around)
    yield told.__replace__(kind=ChangeKind.ADDED, steps=(), breaks=(), notes=_maybe(candidates))


def _removed(
    pair: Pair, old: ScopedDeclaration, around: ChangeContext
) -> Iterator[CertificateChange]:
    declaration = old.declaration
    left = tuple(_left(old, around.users))
    for variant in declaration.variants[:1]:
        change = _gone(variant)
        breaks = tuple(
            f"{quoted(use.consumer.address)} still refers to it, and it is there no more"
            for use in left
        )
        if left:
            reason = Reason("address", Verdict.IMPOSSIBLE, "is removed while it is in use", None)
            change = change.__replace__(verdict=Verdict.IMPOSSIBLE, reasons=(reason,))
        uses = left or _uses(variant)
        yield CertificateChange(
            ChangeKind.REMOVED,
            declaration,
            variant,
            change,
            uses=uses,
            breaks=breaks,
            steps=migration.of_removal([use.consumer for use in uses]),
            notes=_maybe(pair.candidates),
        )


def _gone(variant: Variant) -> Change:
    names = variant.request.names if variant.request else ()
    return Change(Verdict.NO_CHANGE, removed=tuple(dict.fromkeys(names)))


def _left(old: ScopedDeclaration, users: Sequence[ScopedDeclaration]) -> Iterator[ConsumerLocation]:
    """Yield the consumers in the new files that refer to a certificate that they have no more."""
    others = {name for held in users for name in held.declaration.exported_as}
    yield from _importing(old.declaration, users, set(old.declaration.exported_as) - others)
    address = old.declaration.address
    for held in users:
        if held.scope != old.scope or held.declaration.tool is not old.declaration.tool:
            continue
        for variant in held.declaration.variants[:1]:
            for use in _uses(variant):
                certificate = use.consumer.certificate
                if isinstance(certificate, Unresolved) and _refers(certificate, address):
                    yield use


def _refers(text: Unresolved, address: str) -> bool:
    written = "".join(map(str, text.parts)).removeprefix("${").removesuffix("}")
    return written == address or written.startswith((f"{address}.", f"{address}["))


def _maybe(candidates: Sequence[ScopedDeclaration]) -> tuple[str, ...]:
    if not candidates:
        return ()
    addresses = sorted({each.declaration.address for each in candidates})
    return (f"it may be another name for {quoted_list(addresses)}, which nothing tells for sure",)


# What there is to say of each


def _told(
    declaration: Declaration,
    variant: Variant,
    change: Change,
    issued: CertificateRequest | None,
    around: ChangeContext,
    was: str = "",
) -> CertificateChange:
    wanted = variant.request
    uses = _uses(variant) + tuple(
        _importing(declaration, around.users, set(declaration.exported_as))
    )
    users = [use.consumer for use in uses]
    breaks: tuple[str, ...] = ()
    lost: tuple[tuple[ListedName, Consumer], ...] = ()
    if issued and wanted and change.verdict >= Verdict.UNDECIDED:
        lost = tuple(_lost(wanted, issued, users))
        breaks = tuple(_breaks(declaration.tool, wanted, users, lost))
    boxes: tuple[tuple[ListedName, tuple[str, ...]], ...] = ()
    if wanted and change.approve_again.by_hand:
        boxes = tuple(_mailboxes(wanted, change.approve_again.by_hand, around.as_of))
    return CertificateChange(
        ChangeKind.CHANGED,
        declaration,
        variant,
        change,
        issued=issued,
        uses=uses,
        breaks=breaks,
        mailboxes=boxes,
        steps=migration.of_change(
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
    found = []
    for index, consumer in enumerate(variant.consumers):
        location = variant.location(("consumers", index))
        source, where = (location.source, location.range) if location else (None, None)
        found.append(ConsumerLocation(consumer, source, where))
    return tuple(found)


def _lost(
    wanted: CertificateRequest, issued: CertificateRequest, users: Iterable[Consumer]
) -> Iterator[tuple[ListedName, Consumer]]:
    """Yield the hosts that were covered and are not any more, with who serves them."""
    before, after = PartialCoverageIndex(issued.names), PartialCoverageIndex(wanted.names)
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
    """Yield what stops working if the edit is made as it is."""
    for host, user in lost:
        yield f"{quoted(host)}, served by {quoted(user.address)}, is covered no more"
    if tool is Tool.TERRAFORM and users and not wanted.create_before_destroy:
        minutes = tools.TERRAFORM_DELETION_MINUTES.value
        yield (
            "Terraform destroys the old certificate first, which is refused while it is in use,"
            f" and gives up after {minutes} minutes: `create_before_destroy` is not set"
        )


def _mailboxes(
    request: CertificateRequest, names: Iterable[ListedName], as_of: date
) -> Iterator[tuple[ListedName, tuple[str, ...]]]:
    """Yield who is written to for each name, nobody known where the name is not."""
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
                pass  # of a validation domain that does not fit, others tell
        yield name, addresses
