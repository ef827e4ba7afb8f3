"""The effect of an edit of a certificate request: nothing, an update, or a new certificate."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from enum import Enum, IntEnum

from acmrules.edit_effects import KEPT, REFUSED, UPDATES, effect
from acmrules.errors import require_instance, require_list
from acmrules.facts import acm, sources, tools
from acmrules.facts.fact import CHECKED
from acmrules.facts.timeline import Citation
from acmrules.messages import quoted, quoted_list
from acmrules.names import DomainName, Name, WildcardDomainName, parse_name
from acmrules.partial import are_equal, literal, symbols
from acmrules.request import (
    WITH_TERRAFORM_PROVIDER,
    CertificateRequest,
    CertificateUsage,
    KeyAlgorithm,
    Tag,
    Tool,
    ValidationMethod,
    ValidationOption,
)
from acmrules.unresolved import (
    ListedName,
    Malformed,
    Unknown,
    Unresolved,
    UnresolvedNames,
    chosen,
)
from acmrules.validation import method_refusal
from acmrules.values import Value

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import TypeVar

    from acmrules.edit_effects import Effect

    V = TypeVar("V")


Names = tuple[ListedName, ...]


class Verdict(IntEnum):
    """The effect of an edit, in ascending order of severity.

    `UNDECIDED` means that the effect depends on an unknown value; the worst case is a replacement.
    """

    NO_CHANGE = 0
    IN_PLACE = 1
    UNDECIDED = 2
    REPLACEMENT = 3
    IMPOSSIBLE = 4

    def __str__(self) -> str:
        return self.name.lower().replace("_", " ")


class Reason(Value):
    """An edited attribute, the effect of the edit, and the source if there is one.

    `attribute` is a field of `CertificateRequest`, `domain_name` (the primary name), or `order`,
    `spelling`, or `repeats` (for names that are the same to ACM). Reasons from the caller of
    `compare` may have other attributes. `fails` is true if the tool tries the edit in place and ACM
    rejects it, so that the deployment fails.
    """

    attribute: str
    verdict: Verdict
    sentence: str
    source: Citation | None
    fails: bool = False


class ApproveAgain(Value):
    """The names that need validation for the new certificate, by how it happens.

    `by_hand`: approval by mail. `automatically`: the record of the previous certificate is still
    valid. `by_new_record`: a new record is needed. `undecided`: the method is unknown, or it is
    HTTP, for which nothing is documented outside CloudFront.
    """

    by_hand: tuple[ListedName, ...] = ()
    automatically: tuple[ListedName, ...] = ()
    by_new_record: tuple[ListedName, ...] = ()
    undecided: tuple[ListedName, ...] = ()


class Change(Value):
    """The effect of all edits from the issued to the wanted certificate; the worst one decides.

    `verdict` is the worst effect. `reasons` are the edits, each with its own effect. `added` and
    `removed` are the names that only the wanted or only the issued certificate has. `approve_again`
    are the names that need validation.
    """

    verdict: Verdict
    reasons: tuple[Reason, ...] = ()
    added: tuple[ListedName, ...] = ()
    removed: tuple[ListedName, ...] = ()
    approve_again: ApproveAgain = ApproveAgain()

    @property
    def needs_new_certificate(self) -> bool:
        """Whether the edit needs a new certificate."""
        return self.verdict is Verdict.REPLACEMENT

    @property
    def fails(self) -> bool:
        """Whether the tool tries an edit in place that ACM rejects; nothing is replaced then."""
        return any(reason.fails for reason in self.reasons)

    @property
    def needs_new_object(self) -> bool:
        """Whether ACK ignores or refuses an edit, so that only another object has its values."""
        ends = (Verdict.NO_CHANGE, Verdict.IMPOSSIBLE)
        return any(r.source == sources.ACK_GENERATOR and r.verdict in ends for r in self.reasons)

    @property
    def is_cosmetic(self) -> bool:
        """Whether there are edits, but ACM sees none of them; the tool may."""
        return bool(self.reasons) and all(r.attribute in COSMETIC for r in self.reasons)


COSMETIC = frozenset({"order", "spelling", "repeats"})
"""The attributes of edits that ACM does not see."""

_COSTS = {
    "fixed": Verdict.REPLACEMENT,
    "replacement": Verdict.REPLACEMENT,
    "in place": Verdict.IN_PLACE,
    "no effect": Verdict.NO_CHANGE,
    "edit refused": Verdict.IMPOSSIBLE,
    REFUSED: Verdict.IMPOSSIBLE,
    KEPT: Verdict.NO_CHANGE,
}
"""The verdict for each effect of an edit; a fixed attribute needs a new request."""

_DEFAULTS: dict[str, object] = {
    "validation_method": ValidationMethod(acm.DEFAULT_VALIDATION_METHOD.value),
    "key_algorithm": KeyAlgorithm(acm.REQUESTABLE_ALGORITHMS.value[0]),
    # Export must be requested (fact 1.40); logging is the default (facts, section H, 2018-04-24).
    "export": "DISABLED",
    "transparency_logging": "ENABLED",
    "certificate_usage": CertificateUsage(acm.CERTIFICATE_USAGES.value[0]),
}

_FAILS = {
    Tool.CLOUDFORMATION: "; CloudFormation tries it in place, and ACM rejects it: the update fails",
    Tool.TERRAFORM: "; Terraform tries it in place, and ACM rejects it: the apply fails",
    Tool.PULUMI: "; Pulumi tries it in place, and ACM rejects it: the update fails",
    Tool.CROSSPLANE: "; Crossplane tries it in place, and ACM rejects it: the update fails",
}
"""What a tool does with an edit that it tries in place and that ACM rejects."""

_WITHOUT_EFFECT = "; ACM ignores it"
_IGNORED = "; ACK accepts the edit, but the certificate stays as it is"
_EFFECTS_OF_ACK = {Verdict.NO_CHANGE: _IGNORED, Verdict.IMPOSSIBLE: "; ACK refuses the edit"}

_KNOWN = (DomainName, WildcardDomainName, Malformed)

_UNSTATED = Unresolved((Unknown("the validation method"),))


def compare(
    issued: Iterable[str | Name] | CertificateRequest,
    wanted: Iterable[str | Name] | CertificateRequest,
    *,
    tool: str | Tool = Tool.API,
    as_of: date = CHECKED,
    extra_reasons: Iterable[Reason] = (),
) -> Change:
    """Return the effect of the edit from an issued to a wanted certificate (facts, A6 and D).

    A list of names means the request of the other side with these names. An expression on both
    sides matches itself and no other name. Names need new validation if the certificate is
    replaced, or if the method changes to DNS in place. `Tool.KUBERNETES` is ACK, which refuses or
    ignores most edits: the certificate stays as it is. `extra_reasons` are reasons outside the
    requests that the caller knows, such as a changed logical ID. Raises `InvalidName` if a string
    in a list is not a name, and `InvalidArgument` if the tool is unknown.

    >>> change = compare(["example.com"], ["example.com", "*.example.com"])
    >>> str(change.verdict), change.added
    ('replacement', (WildcardDomainName('*.example.com'),))
    """
    tool = chosen(Tool, tool, "tool")
    issued, wanted = _requests(issued, wanted)
    require_list(extra_reasons, "extra_reasons", "reasons")
    extra_reasons = tuple(extra_reasons)
    for extra in extra_reasons:
        require_instance(extra, Reason, "extra_reasons", "each of ")
    if tool is Tool.KUBERNETES and any(r.verdict >= Verdict.REPLACEMENT for r in extra_reasons):
        tool = Tool.API  # ACK creates another object, so all its values are used.
    before, after = _distinct(issued), _distinct(wanted)
    gone, new = _without(before, after), _without(after, before)
    added, removed = _unmatched(new, gone), _unmatched(gone, new)
    reasons = [*_name_reasons(before, after, added, removed, tool)]
    if not reasons:
        reasons += _cosmetic_reasons(issued, wanted, tool)
    reasons += extra_reasons
    reasons += _attribute_reasons(issued, wanted, tool, as_of)
    reasons += _region_reasons(issued, wanted)
    reasons = [*_of_replacement(reasons)]
    if any(reason.verdict is Verdict.REPLACEMENT for reason in reasons):
        reasons += _refusals(wanted, after, as_of)
    verdict = max((reason.verdict for reason in reasons), default=Verdict.NO_CHANGE)
    again = _approve_again(issued, wanted, after, verdict)
    return Change(verdict, tuple(reasons), added, removed, again)


def _requests(
    issued: Iterable[str | Name] | CertificateRequest,
    wanted: Iterable[str | Name] | CertificateRequest,
) -> tuple[CertificateRequest, CertificateRequest]:
    """Return both sides as requests; a list of names gets its attributes from the other side."""
    if isinstance(issued, CertificateRequest):
        stated = issued
    elif isinstance(wanted, CertificateRequest):
        stated = wanted
    else:
        stated = CertificateRequest((), validation_method=_UNSTATED)
    first, second = (
        side if isinstance(side, CertificateRequest) else _with_names(stated, side)
        for side in (issued, wanted)
    )
    return first, second


def _with_names(request: CertificateRequest, names: Iterable[str | Name]) -> CertificateRequest:
    require_list(names, "names")
    listed = tuple(names)
    parsed = tuple(map(parse_name, listed))
    return request.__replace__(names=parsed, spellings=tuple(map(str, listed)))


def _distinct(request: CertificateRequest) -> Names:
    """Return the names as ACM sees them: lowercase and distinct."""
    return tuple(
        dict.fromkeys(n.lower() if isinstance(n, Unresolved) else n for n in request.names)
    )


def _without(these: Iterable[V], those: Iterable[V]) -> tuple[V, ...]:
    known = frozenset(those)
    return tuple(one for one in these if one not in known)


def _unmatched(these: tuple[V, ...], those: tuple[V, ...]) -> tuple[V, ...]:
    """Return the items of `these` that cannot equal any of `those`, whatever the unknown values.

    The caller removes the common items first, so two known names always differ.
    """
    open_ones = tuple(other for other in those if not isinstance(other, _KNOWN))
    return tuple(
        one
        for one in these
        if not isinstance(one, UnresolvedNames)
        and not any(
            _may_be(one, other) for other in (open_ones if isinstance(one, _KNOWN) else those)
        )
    )


def _surely_differ(these: tuple[object, ...], those: tuple[object, ...], *, is_open: bool) -> bool:
    """Return whether `these` certainly have an item that `those` lack.

    An unknown item of an open list means any number of items, possibly none.
    """
    return any(not (is_open and isinstance(o, Unresolved)) for o in _unmatched(these, those))


def _may_be(one: object, other: object) -> bool:
    """Return whether two differently written values may be equal."""
    if one == other or isinstance(one, UnresolvedNames) or isinstance(other, UnresolvedNames):
        return True
    if isinstance(one, Unresolved) or isinstance(other, Unresolved):
        if one is None or other is None:
            return False
        return are_equal(symbols(_written(one)), symbols(_written(other))) is not False
    if type(one) is type(other) and isinstance(one, Tag | ValidationOption):
        fields = type(one)._fields
        return all(_may_be(getattr(one, field), getattr(other, field)) for field in fields)
    return False


def _name_reasons(
    before: Names, after: Names, added: Names, removed: Names, tool: Tool
) -> Iterator[Reason]:
    source, effect, cost = acm.NAMES_ARE_FIXED.source, "", Verdict.REPLACEMENT
    if tool is Tool.KUBERNETES:
        source, effect, cost = sources.ACK_GENERATOR, _IGNORED, Verdict.NO_CHANGE
    if added or removed:
        edits = [f"adds {quoted_list(added)}"] if added else []
        edits += [f"removes {quoted_list(removed)}"] if removed else []
        yield Reason("names", cost, " and ".join(edits) + effect, source)
    elif differing := _without(before, after) + _without(after, before):
        unknown = [n for n in differing if isinstance(n, Unresolved | UnresolvedNames)]
        # Whatever the expressions evaluate to, a different number of names is a different list.
        is_sure = len(before) != len(after) and UnresolvedNames not in map(type, unknown)
        yield Reason(
            "names",
            cost if is_sure or not cost else Verdict.UNDECIDED,
            f"the value of {quoted_list(unknown)} is unknown{effect}",
            source,
        )
    if before[:1] != after[:1] and before and after:
        undecided = _may_be(before[0], after[0])
        yield Reason(
            "domain_name",
            Verdict.UNDECIDED if undecided and cost else cost,
            f"the primary name changes from {quoted(before[0])} to {quoted(after[0])}{effect}",
            tools.DOMAIN_NAME_UPDATES.source if cost else source,
        )


def _cosmetic_reasons(
    issued: CertificateRequest, wanted: CertificateRequest, tool: Tool
) -> Iterator[Reason]:
    """Yield the differences in spelling between names that are the same to ACM.

    CloudFormation compares the strings one by one. Terraform compares its set of strings with the
    set that ACM returns in lowercase.
    """
    before = issued.spellings or tuple(map(str, issued.names))
    after = wanted.spellings or tuple(map(str, wanted.names))
    if before == after:
        return
    text_counts = Verdict.REPLACEMENT if tool is Tool.CLOUDFORMATION else Verdict.NO_CHANGE
    source = tools.OTHER_NAMES_UPDATES.source
    respelled = tuple(dict.fromkeys(text for text in after if text not in before))
    if set(before) != set(after):
        returned = set(map(str, _distinct(wanted)))
        drifts = tool in WITH_TERRAFORM_PROVIDER and not returned.issuperset(respelled)
        yield Reason(
            "spelling",
            Verdict.REPLACEMENT if drifts else text_counts,
            "the spelling of names changes, but ACM ignores case",
            acm.UPPER_CASE_IS_FOLDED.source,
        )
    if len(before) != len(after):
        yield Reason("repeats", text_counts, "the number of duplicate names changes", source)
    if _distinct(issued) != _distinct(wanted) or sorted(before) == sorted(after):
        yield Reason("order", text_counts, "the order of the alternative names changes", source)


def _of_replacement(reasons: Iterable[Reason]) -> Iterator[Reason]:
    """Yield reasons; if the tool replaces the certificate, it tries no edit in place."""
    others = {reason.verdict for reason in reasons if not reason.fails}
    ends = [each for each in (Verdict.REPLACEMENT, Verdict.UNDECIDED) if each in others]
    for reason in reasons:
        if reason.fails and ends:
            sentence = reason.sentence.partition("; ")[0]
            yield Reason(reason.attribute, ends[0], sentence, reason.source)
        else:
            yield reason


def _attribute_reasons(
    issued: CertificateRequest, wanted: CertificateRequest, tool: Tool, as_of: date
) -> Iterator[Reason]:
    is_private = issued.is_private and wanted.is_private
    for attribute in UPDATES:
        if attribute == "validation_method" and (issued.is_private or wanted.is_private):
            continue
        was, becomes = getattr(issued, attribute), getattr(wanted, attribute)
        if was == becomes:
            continue
        found = effect(attribute, tool, as_of, is_private=is_private, is_removed=becomes is None)
        cost = _COSTS[found.value]
        if attribute == "certificate_authority_arn" and _are_references(tool, was, becomes):
            cost = Verdict.NO_CHANGE
        before, after = _values(issued, attribute), _values(wanted, attribute)
        gone, new = _without(before, after), _without(after, before)
        if gone or new:
            moves = attribute != "validation_method" or _moves(gone[0], new[0], as_of)
            if not moves and cost:
                cost = Verdict.REPLACEMENT
            is_open = isinstance(was, tuple)
            is_sure = moves is not None and (
                cost is Verdict.NO_CHANGE
                or _surely_differ(gone, new, is_open=is_open)
                or _surely_differ(new, gone, is_open=is_open)
            )
            verdict = cost if is_sure else Verdict.UNDECIDED
            fails = found.value == REFUSED and verdict is Verdict.IMPOSSIBLE
            sentence = _edit(attribute, was, becomes) + _remark(found, tool, verdict)
            yield Reason(attribute, verdict, sentence, found.source, fails)
        elif tool is Tool.CLOUDFORMATION and cost is Verdict.REPLACEMENT:
            # A list in another order is a different value; no source covers an explicit default.
            verdict = Verdict.REPLACEMENT if isinstance(was, tuple) else Verdict.UNDECIDED
            yield Reason(
                attribute,
                verdict,
                f"the spelling of `{attribute}` changes, but not its meaning",
                found.source,
            )
    for attribute in ("root_hierarchy", "certificate_usage"):
        before, after = _values(issued, attribute), _values(wanted, attribute)
        if before != after:
            # `UpdateCertificateOptions`, the only operation that edits a certificate, lacks both.
            verdict = Verdict.UNDECIDED if _may_be(before[0], after[0]) else Verdict.REPLACEMENT
            was, becomes = getattr(issued, attribute), getattr(wanted, attribute)
            source = acm.ROOT_HIERARCHIES.source
            yield Reason(attribute, verdict, _edit(attribute, was, becomes), source)
    for attribute in ("managed_by", "import_fields"):
        if getattr(issued, attribute) != getattr(wanted, attribute):
            sentence = f"no source documents the effect of an edit of `{attribute}`"
            yield Reason(attribute, Verdict.UNDECIDED, sentence, None)


def _are_references(tool: Tool, *values: object) -> bool:
    """Return whether values are only references, whose edit ACK accepts without an effect."""
    is_ack = tool is Tool.KUBERNETES
    return is_ack and all(isinstance(each, Unresolved) and not literal(each) for each in values)


def _remark(found: Effect, tool: Tool, verdict: Verdict) -> str:
    """Return what to add to the sentence about an edit: a dispute, or what the tool or ACM does."""
    if found.value == REFUSED:
        return _FAILS[tool] if verdict is Verdict.IMPOSSIBLE else ""
    if found.value == KEPT:
        keeper = "Terraform" if tool is Tool.TERRAFORM else "the AWS provider"
        return f"; {keeper} keeps the value of the certificate"
    if found.value != found.tried:
        return _WITHOUT_EFFECT
    if tool is Tool.KUBERNETES:
        return _EFFECTS_OF_ACK.get(verdict, "")
    return "; sources disagree on the effect" * found.is_disputed


def _values(request: CertificateRequest, attribute: str) -> tuple[object, ...]:
    value = getattr(request, attribute)
    if isinstance(value, tuple):
        return value
    return (_DEFAULTS.get(attribute) if value is None else value,)


def _moves(was: object, becomes: object, as_of: date) -> bool | None:
    """Return whether a certificate may change between two validation methods (fact 6.2)."""
    moves = acm.METHOD_CHANGES.era(as_of).value
    before, after = _written(was), _written(becomes)
    if isinstance(before, str) and isinstance(after, str):
        return (before, after) in moves
    may_move = any(
        are_equal(symbols(before), symbols(one)) is not False
        and are_equal(symbols(after), symbols(other)) is not False
        for one, other in moves
    )
    return None if may_move else False


def _written(value: object) -> str | Unresolved:
    if isinstance(value, Unresolved):
        return value
    return str(value.value if isinstance(value, Enum) else value)


def _edit(attribute: str, was: object, becomes: object) -> str:
    if isinstance(was, tuple):
        return f"`{attribute}` changes"
    if was is None:
        return f"`{attribute}` is set to {quoted(_written(becomes))}"
    if becomes is None:
        return f"`{attribute}` is removed; it was {quoted(_written(was))}"
    return f"`{attribute}` changes from {quoted(_written(was))} to {quoted(_written(becomes))}"


def _region_reasons(issued: CertificateRequest, wanted: CertificateRequest) -> Iterator[Reason]:
    was, becomes = issued.region, wanted.region
    if was == becomes:
        return
    is_known = was is not None and becomes is not None and not _may_be(was, becomes)
    yield Reason(
        "region",
        Verdict.REPLACEMENT if is_known else Verdict.UNDECIDED,
        _edit("region", was, becomes),
        acm.REGION_IS_FIXED.source,
    )


def _refusals(wanted: CertificateRequest, names: Names, as_of: date) -> Iterator[Reason]:
    """Yield why ACM rejects the wanted values on a date."""
    for attribute, sentence, source in (
        *_name_refusals(names),
        *_method_refusals(wanted, names, as_of),
        *_algorithm_refusals(wanted, as_of),
    ):
        yield Reason(attribute, Verdict.IMPOSSIBLE, sentence, source)


def rejection(request: CertificateRequest) -> Reason | None:
    """Return why ACM rejects a request, if it does so on every date and whatever is unknown.

    No certificate was issued for such a request.
    """
    if request.import_fields:
        return None
    names = _distinct(request)
    found = [*_name_refusals(names)]
    method, algorithm = request.validation_method, request.key_algorithm
    if not request.is_private:
        found += _wildcards_with_http(method, names)
        found += [_unknown_method(method)] if isinstance(method, Malformed) else []
    if isinstance(algorithm, Malformed):
        found.append(_unknown_algorithm(algorithm))
    for attribute, sentence, source in found:
        return Reason(attribute, Verdict.IMPOSSIBLE, sentence, source)
    return None


def _unknown_method(method: Malformed) -> tuple[str, str, Citation]:
    sentence = f"{quoted(method.text)} is not a validation method"
    return "validation_method", sentence, acm.VALIDATION_METHODS.source


def _unknown_algorithm(algorithm: Malformed) -> tuple[str, str, Citation]:
    sentence = f"{quoted(algorithm.text)} is not a key algorithm"
    return "key_algorithm", sentence, acm.KEY_ALGORITHMS.source


def _name_refusals(names: Names) -> Iterator[tuple[str, str, Citation]]:
    if not names:
        yield "names", "there are no names", acm.REQUIRED_PARAMETERS.source
        return
    for name in names:
        if isinstance(name, Malformed):
            yield "names", f"{quoted(name)} is not a name that ACM accepts", acm.NAME_PATTERN.source
    count = sum(isinstance(name, DomainName | WildcardDomainName) for name in names)
    if count > acm.NAMES_LIMIT.value:
        sentence = f"there are {count} names; the maximum is {acm.NAMES_LIMIT.value}"
        yield "names", sentence, acm.NAMES_LIMIT.source
    first, bound = names[0], acm.FIRST_NAME_OCTETS
    octets = first.least_octets if isinstance(first, Unresolved) else len(str(first))
    if octets > bound.value and not isinstance(first, UnresolvedNames):
        sentence = f"the primary name is {octets} bytes long; the maximum is {bound.value}"
        yield "domain_name", sentence, bound.source


def _method_refusals(
    wanted: CertificateRequest, names: Names, as_of: date
) -> Iterator[tuple[str, str, Citation]]:
    if wanted.is_private:
        return
    method = _method(wanted)
    if isinstance(method, Malformed):
        yield _unknown_method(method)
    elif isinstance(method, ValidationMethod):
        if refusal := method_refusal(method, as_of):
            yield "validation_method", *refusal
        yield from _wildcards_with_http(method, names)


def _wildcards_with_http(method: object, names: Names) -> Iterator[tuple[str, str, Citation]]:
    wildcards = tuple(name for name in names if isinstance(name, WildcardDomainName))
    if method is ValidationMethod.HTTP and wildcards:
        sentence = f"HTTP validation does not support wildcards such as `{wildcards[0]}`"
        yield "validation_method", sentence, acm.HTTP_WILDCARDS_ACCEPTED.source


def _algorithm_refusals(
    wanted: CertificateRequest, as_of: date
) -> Iterator[tuple[str, str, Citation]]:
    listed = acm.PRIVATE_ALGORITHMS if wanted.is_private else acm.REQUESTABLE_ALGORITHMS
    algorithm, rule = wanted.key_algorithm, listed.era(as_of)
    if isinstance(algorithm, Malformed):
        yield _unknown_algorithm(algorithm)
    elif isinstance(algorithm, KeyAlgorithm) and algorithm.value not in rule.value:
        sentence = f"`{algorithm.value}` cannot be requested on {as_of}"
        yield "key_algorithm", sentence, rule.source


def _approve_again(
    issued: CertificateRequest, wanted: CertificateRequest, names: Names, verdict: Verdict
) -> ApproveAgain:
    was, becomes = _method(issued), _method(wanted)
    if wanted.is_private or verdict is Verdict.IMPOSSIBLE:
        return ApproveAgain()
    if verdict is not Verdict.REPLACEMENT:
        moves = (was, becomes) == (ValidationMethod.EMAIL, ValidationMethod.DNS)
        return ApproveAgain(by_new_record=names) if moves else ApproveAgain()
    if becomes is ValidationMethod.EMAIL:
        return ApproveAgain(by_hand=names)
    if becomes is not ValidationMethod.DNS:
        return ApproveAgain(undecided=names)
    published = set()
    if was is ValidationMethod.DNS and not issued.is_private:
        published = {_bare(name) for name in issued.names}
    kept = tuple(name for name in names if _bare(name) in published)
    return ApproveAgain(automatically=kept, by_new_record=_without(names, kept))


def _method(request: CertificateRequest) -> object:
    return request.validation_method or _DEFAULTS["validation_method"]


def _bare(name: ListedName) -> str:
    """Return the name without `*.`; a name and its wildcard share a record (fact 4.5)."""
    return str(name).lower().removeprefix("*.")
