"""What becomes of each certificate from one time to another: what it costs, and whom."""

from __future__ import annotations

from enum import Enum

from acmrules.changes import ApproveAgain, Change, Reason, Verdict, compare
from acmrules.errors import shown, shown_some
from acmrules.facts import tools
from acmrules.lint import migration
from acmrules.lint.rule import Severity
from acmrules.matching import PartialCoverageIndex
from acmrules.names import DomainName, WildcardDomainName
from acmrules.request import (
    CertificateRequest,
    Tool,
    Unresolved,
    ValidationOption,
)
from acmrules.values import Value

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Container, Iterable, Iterator, Sequence
    from datetime import date

    from acmrules.lint.engine import Bench
    from acmrules.lint.pairs import Pair
    from acmrules.lint.report import Finding, Report, Skip
    from acmrules.lint.source import Document, Range, Source, Variant
    from acmrules.lint.states import Held
    from acmrules.lint.suppression import Suppression
    from acmrules.lint.terms import Lookup
    from acmrules.request import Consumer, ListedName


class Kind(Enum):
    """Whether a certificate is there on both sides, or on one of them."""

    CHANGED = "changed"
    ADDED = "added"
    REMOVED = "removed"


class Use(Value):
    """A consumer of a certificate, and where it stands."""

    consumer: Consumer
    source: Source | None
    range: Range | None

    @property
    def file(self) -> str:
        """The name of the source, empty without one."""
        return self.source.name if self.source else ""


class Announced(Value):
    """What a plan or a change set itself says becomes of a certificate, and why.

    `verdict` is `None` where it is added or removed.
    """

    kind: Kind
    verdict: Verdict | None
    sentence: str


class Compared(Value):
    """What becomes of a certificate.

    `was` is its address and file of before where these were others; `condition` says when it is
    so, if not always. `uses` are those of its consumers in the files, those of the old one where
    it is removed. `mailboxes` are those that are written to for names to be approved by hand.
    """

    kind: Kind
    document: Document
    variant: Variant
    change: Change
    was: Held | None = None
    condition: str = ""
    issued: CertificateRequest | None = None
    uses: tuple[Use, ...] = ()
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
        is_at_stake = self.kind is Kind.REMOVED or self.verdict >= Verdict.UNDECIDED
        return is_at_stake and bool(self.document.known_as)

    @property
    def range(self) -> Range | None:
        """Where the certificate stands."""
        source = self.document.source
        if source is None:
            return None
        place = self.variant.place(())
        return (place.source or source).range(place.start, place.end)


class Surroundings(Value):
    """What all comparisons of one run share: the day, and who uses what in the new files.

    `scopes` are those of the old files, and of the new ones.
    """

    as_of: date
    users: tuple[Held, ...] = ()
    scopes: tuple[Container[str], Container[str]] = ((), ())


def compared(pairs: Iterable[Pair], around: Surroundings) -> list[Compared]:
    """Say what becomes of certificates; those of which nothing was edited are left out."""
    found: list[Compared] = []
    for pair in pairs:
        if pair.old and pair.new:
            found += _changed(pair, pair.old, pair.new, around)
        elif pair.new:
            found += _added(pair, pair.new.document, around)
        elif pair.old:
            found += _removed(pair, pair.old, around)
    return found


def _importing(document: Document, users: Iterable[Held], names: set[str]) -> Iterator[Use]:
    """Yield the consumers in other files that use a certificate by the names it goes by there."""
    for held in users if names else ():
        if held.document.file != document.file:
            for use in _uses(held.document, held.document.variants[0]):
                if str(use.consumer.certificate) in names:
                    yield use


def planned(document: Document, announced: Announced | None, as_of: date) -> Compared | None:
    """Say what becomes of a certificate as a plan or a change set has it."""
    variant = document.variants[0]
    around = Surroundings(as_of)
    if announced is None:
        return None
    if announced.kind is Kind.ADDED:
        return next(_added_variant(document, variant, (), around), None)
    if announced.kind is Kind.REMOVED:
        return Compared(
            Kind.REMOVED, document, variant, _gone(variant), uses=_uses(document, variant)
        )
    if variant.request is None or variant.issued is None:
        verdict = announced.verdict or Verdict.NO_CHANGE
        reason = Reason("announced", verdict, announced.sentence, None)
        change = Change(verdict, (reason,) if announced.sentence else ())
    else:
        change = _as_announced(variant, document.tool, announced, as_of)
    if not change.reasons:
        return None
    told = _told(document, variant, change, variant.issued, around)
    if variant.request and variant.issued is None:
        told = told.__replace__(notes=("what it asked for before is not told here",))
    return told


def _as_announced(variant: Variant, tool: Tool, announced: Announced, as_of: date) -> Change:
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


def worst(found: Iterable[Compared]) -> Verdict:
    """Return the worst verdict, that nothing changed where there is none."""
    return max((each.verdict for each in found), default=Verdict.NO_CHANGE)


def findings(found: Iterable[Compared], lookup: Lookup, as_of: date) -> Report:
    """Return the same as findings of the rules on changes, for the formats that have findings."""
    from acmrules.lint import suppress
    from acmrules.lint.engine import Bench, in_reading_order
    from acmrules.lint.report import Report

    said: list[Finding] = []
    skips: list[Skip] = []
    notes: list[tuple[Suppression, Bench]] = []
    noted: set[str] = set()
    suffix_list = ""
    files = set()
    count = 0
    for each in found:
        terms = lookup.terms(each.document.file)
        rules = [rule for rule, _ in terms.bench.in_force if rule.id in RULES]
        bench = Bench(
            as_of=as_of,
            suffixes=terms.bench.suffixes,
            rules=rules,
            severities=terms.bench.severities,
        )
        suffix_list = bench.suffixes.version
        files.add(each.document.file)
        count += 1
        new, undecided = _judged(each, bench)
        said += new
        skips += undecided
        for source in {f.file: f.source for f in new if f.source}.values():
            if source.name not in noted and "acmrules" in source.text:
                noted.add(source.name)
                notes += [(one, bench) for one in suppress.read(source, each.document.tool)]
    left, suppressed = suppress.applied(said, skips, notes, ())
    return Report(
        as_of=as_of,
        suffix_list=suffix_list,
        findings=tuple(sorted(left, key=in_reading_order)),
        skips=tuple(sorted(skips, key=in_reading_order)),
        requests=count,
        files=len(files),
        suppressed=tuple(suppressed),
    )


RULES = frozenset({"ACM601", "ACM602", "ACM603", "ACM604"})
"""The rules on changes."""


def _judged(each: Compared, bench: Bench) -> tuple[list[Finding], list[Skip]]:
    """Judge a certificate by the rules on changes, and add what lies outside of its request."""
    from acmrules.lint.report import Finding

    said: list[Finding] = []
    skips: list[Skip] = []
    if each.kind is Kind.CHANGED and each.issued and each.variant.request:
        variant = each.variant.__replace__(issued=each.issued)
        judged, skips = bench.judge(each.document.__replace__(variants=(variant,)))
        replaced = each.verdict >= Verdict.UNDECIDED
        said = [finding for finding in judged if replaced or finding.rule.id != "ACM603"]
        skips = [skip for skip in skips if skip.rule]
    outside = [reason for reason in each.change.reasons if reason.attribute in _OUTSIDE]
    fixed = next(((r, s) for r, s in bench.in_force if r.id == "ACM602"), None)
    if fixed and outside:
        rule, severity = fixed
        if each.verdict is Verdict.IMPOSSIBLE:
            severity = Severity.ERROR
        at = [(use.source, use.range) for use in each.uses] if each.kind is Kind.REMOVED else []
        for source, where in at or [(each.document.source, each.range)]:
            message = "; ".join(f"{reason.verdict}: {reason.sentence}" for reason in outside)
            if each.kind is Kind.REMOVED:
                message = f"{shown(each.document.address)} {message.partition(': ')[2]}"
            said.append(
                Finding(
                    rule,
                    bench.severities.get(rule.id, severity),
                    message,
                    source,
                    each.document.address,
                    (),
                    where,
                    None,
                )
            )
    return said, skips


_OUTSIDE = frozenset({"address", "announced"})


# Both sides


def _changed(pair: Pair, old: Held, new: Held, around: Surroundings) -> Iterator[Compared]:
    moved = tuple(_moved(pair, old, new, around.scopes))
    for before, after in _sides(old.document, new.document):
        tool, issued, wanted = new.document.tool, before.request, after.request
        if issued and wanted:
            issued = _with_zones_of(wanted, issued, tool)
            change = compare(issued, wanted, tool=tool, as_of=around.as_of, also=moved)
        else:
            change = _mixed(before, after, moved)
        if not change.reasons:
            continue
        condition = after.condition or before.condition
        was = old.document.address if moved else ""
        told = _told(new.document, after, change, issued, around, was)
        is_elsewhere = (old.document.address, old.scope) != (new.document.address, new.scope)
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


def _sides(old: Document, new: Document) -> list[tuple[Variant, Variant]]:
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
    pair: Pair, old: Held, new: Held, scopes: tuple[Container[str], Container[str]]
) -> Iterator[Reason]:
    """Yield what another address costs by itself."""
    tool, was, becomes = new.document.tool, old.document.address, new.document.address
    if not pair.follows or tool not in _IDENTIFIED:
        return
    if was != becomes:
        sentence = f"{_IDENTIFIED[tool]} becomes {shown(becomes)}, it was {shown(was)}"
    elif old.scope in scopes[1] or new.scope in scopes[0]:
        sentence = f"moves to {shown(new.scope)}, it was in {shown(old.scope)}"
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


def _added(pair: Pair, document: Document, around: Surroundings) -> Iterator[Compared]:
    for variant in document.variants:
        for told in _added_variant(document, variant, pair.candidates, around):
            yield told.__replace__(condition=variant.condition)


def _added_variant(
    document: Document, variant: Variant, candidates: Sequence[Held], around: Surroundings
) -> Iterator[Compared]:
    change = Change(Verdict.NO_CHANGE)
    if wanted := variant.request:
        nothing = wanted.__replace__(names=(), spellings=())
        also = (Reason("address", Verdict.REPLACEMENT, "is new", None),)
        new = compare(nothing, wanted, tool=document.tool, as_of=around.as_of, also=also)
        refusals = tuple(each for each in new.reasons if each.verdict is Verdict.IMPOSSIBLE)
        verdict = Verdict.IMPOSSIBLE if refusals else Verdict.NO_CHANGE
        change = Change(verdict, refusals, wanted.names, (), new.approve_again)
    told = _told(document, variant, change, None, around)
    yield told.__replace__(kind=Kind.ADDED, steps=(), breaks=(), notes=_maybe(candidates))


def _removed(pair: Pair, old: Held, around: Surroundings) -> Iterator[Compared]:
    document = old.document
    left = tuple(_left(old, around.users))
    for variant in document.variants[:1]:
        change = _gone(variant)
        breaks = tuple(
            f"{shown(use.consumer.address)} still refers to it, and it is there no more"
            for use in left
        )
        if left:
            reason = Reason("address", Verdict.IMPOSSIBLE, "is removed while it is in use", None)
            change = change.__replace__(verdict=Verdict.IMPOSSIBLE, reasons=(reason,))
        uses = left or _uses(document, variant)
        yield Compared(
            Kind.REMOVED,
            document,
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


def _left(old: Held, users: Sequence[Held]) -> Iterator[Use]:
    """Yield the consumers in the new files that refer to a certificate that they have no more."""
    others = {name for held in users for name in held.document.known_as}
    yield from _importing(old.document, users, set(old.document.known_as) - others)
    address = old.document.address
    for held in users:
        if held.scope != old.scope or held.document.tool is not old.document.tool:
            continue
        for variant in held.document.variants[:1]:
            for use in _uses(held.document, variant):
                certificate = use.consumer.certificate
                if isinstance(certificate, Unresolved) and _refers(certificate, address):
                    yield use


def _refers(text: Unresolved, address: str) -> bool:
    written = "".join(map(str, text.parts)).removeprefix("${").removesuffix("}")
    return written == address or written.startswith((f"{address}.", f"{address}["))


def _maybe(candidates: Sequence[Held]) -> tuple[str, ...]:
    if not candidates:
        return ()
    addresses = sorted({each.document.address for each in candidates})
    return (f"it may be another name for {shown_some(addresses)}, which nothing tells for sure",)


# What there is to say of each


def _told(
    document: Document,
    variant: Variant,
    change: Change,
    issued: CertificateRequest | None,
    around: Surroundings,
    was: str = "",
) -> Compared:
    wanted = variant.request
    uses = _uses(document, variant) + tuple(
        _importing(document, around.users, set(document.known_as))
    )
    users = [use.consumer for use in uses]
    breaks: tuple[str, ...] = ()
    lost: tuple[tuple[ListedName, Consumer], ...] = ()
    if issued and wanted and change.verdict >= Verdict.UNDECIDED:
        lost = tuple(_lost(wanted, issued, users))
        breaks = tuple(_breaks(document.tool, wanted, users, lost))
    boxes: tuple[tuple[ListedName, tuple[str, ...]], ...] = ()
    if wanted and change.approve_again.by_hand:
        boxes = tuple(_mailboxes(wanted, change.approve_again.by_hand, around.as_of))
    return Compared(
        Kind.CHANGED,
        document,
        variant,
        change,
        issued=issued,
        uses=uses,
        breaks=breaks,
        mailboxes=boxes,
        steps=migration.of_change(
            document.tool,
            change,
            wanted,
            document.address,
            users,
            was,
            tuple(dict.fromkeys(host for host, _ in lost)),
        ),
    )


def _uses(document: Document, variant: Variant) -> tuple[Use, ...]:
    found = []
    for index, consumer in enumerate(variant.consumers):
        source, where = document.source, None
        if source is not None:
            place = variant.place(("consumers", index))
            source = place.source or source
            where = source.range(place.start, place.end)
        found.append(Use(consumer, source, where))
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
        yield f"{shown(host)}, served by {shown(user.address)}, is covered no more"
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
