"""ACM2xx: wildcards, and names that are missing, redundant, or unused."""

from __future__ import annotations

from acmrules.coverage import (
    Covered,
    HostIndex,
    Miss,
    PartialCoverageIndex,
    UnknownCoverage,
    covers_unresolved,
)
from acmrules.facts import acm, cabf
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
from acmrules.lint.rules.names import name_faults, suffix_severity
from acmrules.messages import quoted
from acmrules.names import DomainName, Name, WildcardDomainName
from acmrules.partial import (
    MOST_COMPARED,
    is_wildcard,
    known_tail,
    unclear,
    undecided_clause,
    unknown_clause,
    wildcard_parent,
)
from acmrules.resources import CertificateReference, Consumer
from acmrules.unresolved import ListedName, Malformed, Unresolved, UnresolvedNames, read_name

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from acmrules.coverage import Uncovered
    from acmrules.lint.rule import Context, Yielded
    from acmrules.request import CertificateRequest

_DISTRIBUTION = Consumer("cloudfront", "Site", CertificateReference("Certificate"))


@rule(
    "ACM201",
    Severity.ERROR,
    facts=(acm.WILDCARD_FORM, acm.MISPLACED_WILDCARDS_ACCEPTED),
    reads={"names", "spellings", "validation_options"},
    help="use `*` only as the complete first label, such as `*.brightharbor.io`",
    examples=lambda: (
        passes("*.brightharbor.io"),
        fails("app*.brightharbor.io", at=("names", 0)),
        fails("www.*.brightharbor.io", at=("names", 0)),
        fails("*.*.brightharbor.io", at=("names", 0)),
    ),
)
def misplaced_wildcard(request: CertificateRequest, context: Context) -> Yielded:
    """The wildcard is not the entire leftmost label.

    A wildcard covers exactly one label. To cover names two levels below a domain, list one
    wildcard for each parent domain.
    """
    yield from name_faults(request, context, "ACM201")


@rule(
    "ACM202",
    Severity.ERROR,
    facts=(cabf.PUBLIC_SUFFIX_WILDCARDS_ALLOWED, cabf.SUFFIX_SECTION),
    reads={"names", "spellings", "validation_options", "certificate_authority_arn"},
    help="request a wildcard below a domain that you registered",
    yields_to={"ACM105", "ACM107", "ACM108"},
    examples=lambda: (
        passes("*.brightharbor.co.uk"),
        fails("*.co.uk", at=("names", 0)),
        fails("*.github.io", at=("names", 0)),
    ),
)
def wildcard_left_of_public_suffix(request: CertificateRequest, context: Context) -> Yielded:
    """A wildcard is directly under a public suffix.

    It would be valid for domains registered by anyone, so no CA may issue it. For a suffix in
    the private section of the Public Suffix List (`github.io`), the finding is a note: its owner
    may request the wildcard. A private CA may issue such a wildcard, except directly
    under a top-level domain, which ACM does not accept.
    """
    authority = request.certificate_authority_arn
    yield Decided(("certificate_authority_arn",))
    yield from name_faults(request, context, "ACM202")
    for index, name in enumerate(request.names):
        path = ("names", index)
        if isinstance(name, Unresolved):
            if not _may_be_under_suffix(name, context):
                yield Decided(path)
        elif not isinstance(name, WildcardDomainName) or context.is_private:
            continue
        elif context.suffixes.is_public_suffix(name.parent):
            if context.is_private is None:
                yield Undecided(path, unknown_clause(authority))
                continue
            severity = suffix_severity(name.parent, context)
            reason = (
                "CAs refuse that"
                if severity is None
                else "only the owner of that public suffix can request it"
            )
            yield Problem(
                path,
                f"`{name}` would cover every domain under `{name.parent}`; {reason}",
                severity=severity,
            )


def _may_be_under_suffix(name: Unresolved, context: Context) -> bool:
    if is_wildcard(name) is False:
        return False
    tail = read_name(known_tail(name)[0])
    if not isinstance(tail, DomainName) or context.suffixes.has_suffixes_below(str(tail)):
        return True
    # An unknown value of just `*` would make this a wildcard directly under the suffix.
    return is_wildcard(name) is None and context.suffixes.is_public_suffix(tail)


@rule(
    "ACM203",
    Severity.NOTE,
    facts=(acm.WILDCARD_FORM,),
    reads={"names"},
    help="add the parent domain to the certificate if clients connect to it",
    yields_to={"ACM202", "ACM205"},
    examples=lambda: (
        passes("*.bar.brightharbor.io", "bar.brightharbor.io"),
        passes("*.bar.brightharbor.io", "*.brightharbor.io", "brightharbor.io"),
        fails("*.bar.brightharbor.io", at=("names", 0)),
    ),
)
def wildcard_without_parent(request: CertificateRequest, context: Context) -> Yielded:
    """A wildcard is listed without its parent domain.

    `*.bar.example.com` is valid for `foo.bar.example.com`, but not for `bar.example.com`. If
    clients connect to the parent domain, list it too. Otherwise, nothing is wrong.
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
            # ACM202 reports the wildcard, and nobody could validate the parent.
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
                fix=_addition(request, parent),
                cause=_missing(parent),
            )


def _missing(name: ListedName) -> tuple[str, str]:
    """Return the cause that rules share if they report the same missing name."""
    return "missing name", str(name)


def _addition(request: CertificateRequest, name: ListedName) -> Fix:
    edit = Edit(("names", len(request.names)), str(name), insert=True)
    return Fix(f"add {quoted(name)} to the certificate", (edit,))


@rule(
    "ACM204",
    Severity.NOTE,
    facts=(acm.WILDCARD_FORM, acm.NAMES_QUOTA),
    reads={"names"},
    help="remove {name} from the certificate",
    yields_to={"ACM304"},
    examples=lambda: (
        passes("*.brightharbor.io", "brightharbor.io"),
        fails("*.brightharbor.io", "www.brightharbor.io", at=("names", 1)),
    ),
)
def redundant_name(request: CertificateRequest, context: Context) -> Yielded:
    """A name is covered by a wildcard of the same request.

    It counts towards the name quota and needs its own validation, without adding coverage. Names
    that the policy requires first are exempt.
    """
    required_first = context.policy.first or ()
    wildcards = PartialCoverageIndex(name for name in request.names if is_wildcard(name))
    may_cover = None
    for index, name in enumerate(request.names):
        path = ("names", index)
        if isinstance(name, Malformed | UnresolvedNames) or (not index and name in required_first):
            continue
        covered = is_wildcard(name) is not True and wildcards.covers(name)
        if covered:
            removal = Fix(f"remove {quoted(name)} from the certificate", (Edit(path, None),))
            yield Problem(
                path,
                f"{quoted(wildcards.covering(name))} already covers {quoted(name)}",
                fix=removal if index else None,
                help=""
                if index
                else f"make another name the primary name, and remove {quoted(name)}",
            )
        elif covered is False and isinstance(name, Unresolved):
            may_cover = may_cover or _may_cover_another(request.names)
            if not may_cover(name):
                yield Decided(path)


def _may_cover_another(names: Iterable[ListedName]) -> Callable[[Unresolved], bool]:
    """Return a function: whether a partly known name may be a wildcard that covers another one."""
    coverable = [name for name in dict.fromkeys(names) if not is_wildcard(name)]
    # One of them may be the name itself.
    plain = [each for each in coverable if isinstance(each, Name)][: MOST_COMPARED + 1]
    known = [each for each in coverable if isinstance(each, Name | Unresolved)]
    known = known[: MOST_COMPARED + 2]

    def may_cover(name: Unresolved) -> bool:
        certainly_wildcard = is_wildcard(name)
        if certainly_wildcard is False:
            return False
        # A partly known name that a certain wildcard may cover is reported as undecided itself.
        others = [other for other in (plain if certainly_wildcard else known) if other != name]
        return len(others) > MOST_COMPARED or any(
            covers_unresolved(name, other) is None for other in others
        )

    return may_cover


@rule(
    "ACM205",
    Severity.ERROR,
    facts=(acm.WILDCARD_FORM,),
    reads={"hosts"},
    on="consumer",
    help="add {name} to the certificate",
    examples=lambda: (
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
    """The certificate does not cover a host that uses it.

    Browsers reject the certificate for this host, and CloudFront rejects the distribution. The
    names of a certificate cannot be changed, so adding the name creates a new certificate.

    The names of an imported certificate are checked too, if its body is in the files.
    """
    request, imported = context.request, context.imported
    is_known = request or (imported and imported.leaf)
    if not is_known or not isinstance(consumer.certificate, CertificateReference):
        yield Decided(("hosts",))
        return
    for index, host in enumerate(consumer.hosts):
        path = ("hosts", index)
        answer = context.coverage.answer(host)
        if isinstance(answer, Covered):
            yield Decided(path)
        elif isinstance(answer, UnknownCoverage):
            yield Undecided(path, unclear(f"a name covers {quoted(host)}", answer.reason))
        else:
            yield Problem(
                path,
                f"the certificate does not cover {quoted(host)}",
                fix=_addition(request, host) if request else None,
                related=(Related(*(_REQUESTED if request else _IMPORTED)),),
                label=_nearest(answer.nearest),
                cause=_missing(host),
                help=_remedy(context, host),
            )


def _remedy(context: Context, host: ListedName) -> str:
    """Return what to do about a certificate that is not requested in the file, else nothing."""
    if context.existing:
        return f"use a certificate that covers {quoted(host)}: names cannot be added to this one"
    return "" if context.request else f"import a certificate for {quoted(host)}"


_REQUESTED = ("names",), "the names of the certificate"
_IMPORTED = ("imported", "leaf"), "the imported certificate"

_MISSES = {
    Miss.PARENT_OF_WILDCARD: "matches its subdomains, not the name itself",
    Miss.TOO_DEEP: "matches only one label",
    Miss.BELOW_PLAIN_NAME: "does not cover its subdomains",
    Miss.WILDCARD_HOST: "is not a wildcard",
    Miss.DIFFERENT_NAME: "is the nearest name",
}


def _nearest(missed: Uncovered | None) -> str:
    """Return why the nearest name does not cover a host, or an empty string without one."""
    return f"`{missed.nearest}` {_MISSES[missed.reason]}" if missed and missed.nearest else ""


@rule(
    "ACM206",
    Severity.NOTE,
    facts=(acm.WILDCARD_FORM, acm.NAMES_QUOTA),
    reads={"names"},
    needs={"consumers"},
    help="remove {name}, unless a resource outside these files serves it",
    yields_to={"ACM204", "ACM304"},
    examples=lambda: (
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
    """No resource that uses the certificate serves this name.

    The name counts toward the quota and needs its own validation. acmrules reports this only if it
    knows all resources that use the certificate, and all their hosts.
    """
    consumers = context.consumers
    if not (context.all_consumers_known and all(consumer.hosts_known for consumer in consumers)):
        yield ALL_NAMES
        return
    hosts = tuple(dict.fromkeys(host for consumer in consumers for host in consumer.hosts))
    index = HostIndex(hosts)
    partial = tuple(host for host in hosts if not isinstance(host, Name))
    for number, name in enumerate(request.names):
        path = ("names", number)
        if isinstance(name, Malformed | UnresolvedNames):
            continue
        is_served = index.needs(name)
        if is_served:
            yield Decided(path)
        elif is_served is None:
            yield Undecided(path, undecided_clause(f"{quoted(name)} is served", name, *partial))
        else:
            yield Problem(path, f"nothing in these files uses {quoted(name)}")


RULES = (
    misplaced_wildcard,
    wildcard_left_of_public_suffix,
    wildcard_without_parent,
    redundant_name,
    uncovered_host,
    unused_name,
)
