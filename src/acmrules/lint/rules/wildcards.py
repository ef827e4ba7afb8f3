"""ACM2xx: what the wildcards of a request cover, and what they do not."""

from __future__ import annotations

from acmrules.coverage import PartialCoverageIndex, covers_unresolved, uncovered
from acmrules.facts import acm, cabf
from acmrules.limits import MAX_NAMES
from acmrules.lint.rule import (
    ALL_NAMES,
    Decided,
    Edit,
    Fix,
    Problem,
    Related,
    Severity,
    Undecided,
    fails,
    passes,
    rule,
)
from acmrules.lint.rules.names import LEFT_OF_SUFFIX, MISPLACED, refusals, suffix_section
from acmrules.messages import quoted
from acmrules.names import DomainName, Name, WildcardDomainName
from acmrules.partial import (
    MOST_COMPARED,
    is_wildcard,
    known_tail,
    undecided_clause,
    unknown_clause,
    wildcard_parent,
)
from acmrules.resources import CertificateReference, Consumer
from acmrules.unresolved import Malformed, Unresolved, UnresolvedNames, read_name

TYPE_CHECKING = False
if TYPE_CHECKING:
    from acmrules.lint.rule import Context, Yielded
    from acmrules.request import CertificateRequest
    from acmrules.unresolved import ListedName

_DISTRIBUTION = Consumer("cloudfront", "Site", CertificateReference("Certificate"))


@rule(
    "ACM201",
    Severity.ERROR,
    facts=(acm.WILDCARD_FORM, acm.MISPLACED_WILDCARDS_ACCEPTED),
    reads={"names", "spellings", "validation_options"},
    examples=(
        passes("*.brightharbor.io"),
        fails("app*.brightharbor.io", at=("names", 0)),
        fails("www.*.brightharbor.io", at=("names", 0)),
        fails("*.*.brightharbor.io", at=("names", 0)),
    ),
)
def misplaced_wildcard(request: CertificateRequest, context: Context) -> Yielded:
    """A `*` stands elsewhere than as the whole leftmost label.

    A wildcard stands for exactly one label. For names two levels deep list one wildcard for each
    parent.
    """
    yield from refusals(request, context, MISPLACED)


@rule(
    "ACM202",
    Severity.ERROR,
    facts=(cabf.PUBLIC_SUFFIX_WILDCARDS_ALLOWED, cabf.SUFFIX_SECTION),
    reads={"names", "spellings", "validation_options", "certificate_authority_arn"},
    examples=(
        passes("*.brightharbor.co.uk"),
        fails("*.co.uk", at=("names", 0)),
        fails("*.github.io", at=("names", 0)),
    ),
)
def wildcard_left_of_public_suffix(request: CertificateRequest, context: Context) -> Yielded:
    """A wildcard stands directly left of a public suffix.

    It would be valid for what anybody registers there, so no certification authority may issue
    it. Left of a suffix of the list's private section (`github.io`) its owner may ask: a note.
    A private CA is bound by none of this, but takes no wildcard under a top-level domain either.
    """
    authority = request.certificate_authority_arn
    yield Decided(("certificate_authority_arn",))
    yield from refusals(request, context, LEFT_OF_SUFFIX)
    for index, name in enumerate(request.names):
        path = ("names", index)
        if isinstance(name, Unresolved):
            if not _may_stand_left_of_suffix(name, context):
                yield Decided(path)
        elif not isinstance(name, WildcardDomainName) or context.is_private:
            continue
        elif context.suffixes.is_public_suffix(name.parent):
            if context.is_private is None:
                yield Undecided(path, unknown_clause(authority))
                continue
            section, severity = suffix_section(name.parent, context)
            yield Problem(
                path,
                f"`{name}` stands left of a public suffix of the {section} section",
                severity=severity,
            )


def _may_stand_left_of_suffix(name: Unresolved, context: Context) -> bool:
    if is_wildcard(name) is False:
        return False
    tail = read_name(known_tail(name)[0])
    if not isinstance(tail, DomainName) or context.suffixes.has_suffixes_below(str(tail)):
        return True
    # What is no wildcard yet may become one by as little as a `*`.
    return is_wildcard(name) is None and context.suffixes.is_public_suffix(tail)


@rule(
    "ACM203",
    Severity.NOTE,
    facts=(acm.WILDCARD_FORM,),
    reads={"names"},
    examples=(
        passes("*.bar.brightharbor.io", "bar.brightharbor.io"),
        passes("*.bar.brightharbor.io", "*.brightharbor.io", "brightharbor.io"),
        fails("*.bar.brightharbor.io", at=("names", 0)),
    ),
)
def wildcard_without_parent(request: CertificateRequest, context: Context) -> Yielded:
    """A wildcard is listed, and nothing covers the name it stands under.

    `*.bar.example.com` is valid for `foo.bar.example.com` and not for `bar.example.com`. Nothing
    is wrong where that one is not served; where it is, it has to be listed too.
    """
    for index, name in enumerate(request.names):
        path = ("names", index)
        parent = wildcard_parent(name)
        if parent is None:
            if isinstance(name, Unresolved) and is_wildcard(name) is False:
                yield Decided(path)
            continue
        if (
            isinstance(parent, DomainName)
            and context.is_private is False
            and context.suffixes.is_public_suffix(parent)
        ):
            continue
        covered = context.coverage.covers(parent)
        if covered:
            yield Decided(path)
        elif covered is None:
            yield Undecided(
                path, undecided_clause(f"another name covers {quoted(parent)}", *request.names)
            )
        else:
            yield Problem(
                path,
                f"{quoted(name)} does not cover {quoted(parent)}",
                fix=_list_too(request, parent),
            )


def _list_too(request: CertificateRequest, name: ListedName) -> Fix:
    edit = Edit(("names", len(request.names)), str(name), insert=True)
    return Fix(f"list {quoted(name)} too", (edit,))


@rule(
    "ACM204",
    Severity.NOTE,
    facts=(acm.WILDCARD_FORM, acm.NAMES_QUOTA),
    reads={"names"},
    examples=(
        passes("*.brightharbor.io", "brightharbor.io"),
        fails("*.brightharbor.io", "www.brightharbor.io", at=("names", 1)),
    ),
)
def redundant_name(request: CertificateRequest, context: Context) -> Yielded:
    """A name is covered by a wildcard of the same request.

    It uses up the quota of names, and needs a validation of its own, for nothing; unless it is one
    that the organisation's policy wants to come first.
    """
    wanted_first = context.policy.first or ()
    wildcards = PartialCoverageIndex(name for name in request.names if is_wildcard(name))
    for index, name in enumerate(request.names):
        path = ("names", index)
        if isinstance(name, Malformed | UnresolvedNames) or (not index and name in wanted_first):
            continue
        covered = is_wildcard(name) is not True and wildcards.covers(name)
        if covered:
            out = Fix(f"take {quoted(name)} out", (Edit(path, None),))
            yield Problem(
                path,
                f"{quoted(name)} is covered by {quoted(wildcards.covering(name))} already",
                fix=out if index else None,
            )
        elif covered is False and isinstance(name, Unresolved) and not _may_cover(name, request):
            yield Decided(path)


def _may_cover(name: Unresolved, request: CertificateRequest) -> bool:
    """Say whether it is not known that a name is a wildcard over another, which does not say so."""
    begins = is_wildcard(name)
    if begins is False:
        return False
    # What a sure wildcard may cover and is unknown itself has a say of its own.
    kinds = Name if begins else Name | Unresolved
    others = [n for n in request.names if isinstance(n, kinds) and n != name and not is_wildcard(n)]
    return len(others) > MOST_COMPARED or any(
        covers_unresolved(name, other) is None for other in others
    )


@rule(
    "ACM205",
    Severity.ERROR,
    facts=(acm.WILDCARD_FORM,),
    reads={"hosts"},
    on="consumer",
    examples=(
        passes(
            "*.bar.brightharbor.io",
            consumers=(_DISTRIBUTION.__replace__(hosts=(DomainName("foo.bar.brightharbor.io"),)),),
        ),
        fails(
            "*.bar.brightharbor.io",
            consumers=(_DISTRIBUTION.__replace__(hosts=(DomainName("bar.brightharbor.io"),)),),
            at=("consumers", 0, "hosts", 0),
        ),
    ),
)
def uncovered_host(consumer: Consumer, context: Context) -> Yielded:
    """A host that uses the certificate is covered by none of its names.

    Browsers will refuse the certificate there, and CloudFront refuses the distribution. Add the
    name: that makes a new certificate, since a name list cannot be edited.
    """
    request = context.request
    if request is None or not isinstance(consumer.certificate, CertificateReference):
        yield Decided(("hosts",))
        return
    for index, host in enumerate(consumer.hosts):
        path = ("hosts", index)
        covered = context.coverage.covers(host)
        if covered:
            yield Decided(path)
        elif covered is None:
            missing = host, *request.names
            yield Undecided(path, undecided_clause(f"a name covers {quoted(host)}", *missing))
        else:
            yield Problem(
                path,
                f"{quoted(host)} is covered by no name of the certificate{_nearest(request, host)}",
                fix=_list_too(request, host),
                related=(Related(("names",), "the names of the certificate"),),
            )


def _nearest(request: CertificateRequest, host: ListedName) -> str:
    if not isinstance(host, DomainName | WildcardDomainName):
        return ""
    names = [name for _, name in request.known_names()]
    [missed] = uncovered(names[:MAX_NAMES], [host])
    return f"; nearest is `{missed.nearest}`: {missed.reason.value}" if missed.nearest else ""


@rule(
    "ACM206",
    Severity.NOTE,
    facts=(acm.WILDCARD_FORM, acm.NAMES_QUOTA),
    reads={"names"},
    needs={"consumers"},
    examples=(
        passes("brightharbor.io", "www.brightharbor.io"),
        fails(
            "brightharbor.io",
            "www.brightharbor.io",
            consumers=(
                _DISTRIBUTION.__replace__(hosts=(DomainName("brightharbor.io"),), hosts_known=True),
            ),
            all_consumers_known=True,
            at=("names", 1),
        ),
    ),
)
def unused_name(request: CertificateRequest, context: Context) -> Yielded:
    """A name of the certificate is served by nothing that uses it.

    Said only where every use of the certificate, and every host of each use, is in the files.
    """
    consumers = context.consumers
    if not (context.all_consumers_known and all(consumer.hosts_known for consumer in consumers)):
        yield ALL_NAMES
        return
    hosts = tuple(dict.fromkeys(host for consumer in consumers for host in consumer.hosts))
    known = [str(host) for host in hosts if isinstance(host, Name)]
    served = {*known, *(f"*.{host.partition('.')[2]}" for host in known)}
    partial = tuple(host for host in hosts if not isinstance(host, Name))
    for index, name in enumerate(request.names):
        path = ("names", index)
        if isinstance(name, Malformed | UnresolvedNames):
            continue
        if isinstance(name, Name):
            is_served = True if str(name) in served else _covers_any(name, partial)
        else:
            is_served = _covers_any(name, hosts)
        if is_served:
            yield Decided(path)
        elif is_served is None:
            yield Undecided(path, undecided_clause(f"{quoted(name)} is served", name, *partial))
        else:
            yield Problem(path, f"{quoted(name)} is served by nothing in these files")


def _covers_any(name: ListedName, hosts: tuple[ListedName, ...]) -> bool | None:
    if len(hosts) > MOST_COMPARED:
        return None
    verdicts = {covers_unresolved(name, host) for host in hosts}
    return True if True in verdicts else None if None in verdicts else False


RULES = (
    misplaced_wildcard,
    wildcard_left_of_public_suffix,
    wildcard_without_parent,
    redundant_name,
    uncovered_host,
    unused_name,
)
