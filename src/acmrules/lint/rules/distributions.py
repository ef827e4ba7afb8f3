"""ACM207, ACM521 and ACM522: CloudFront distributions, their aliases and their origins."""

from __future__ import annotations

from datetime import date

from acmrules.facts import services as facts
from acmrules.facts import sources
from acmrules.facts.timeline import Era, Timeline
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
from acmrules.messages import quoted
from acmrules.names import DomainName
from acmrules.partial import symbols, unclear, unknown_clause
from acmrules.resources import BalancerOrigin, CertificateReference, Consumer, Distribution
from acmrules.unresolved import Malformed, Unknown, UnresolvedNames

TYPE_CHECKING = False
if TYPE_CHECKING:
    from acmrules.lint.rule import Context, Yielded
    from acmrules.request import CertificateRequest, Path
    from acmrules.unresolved import ListedName

_SITE = DomainName("www.brightharbor.io")
_SHOP = Consumer("cloudfront", "Site", CertificateReference("Certificate"), (_SITE,))
_BALANCER = BalancerOrigin("web-1234.eu-west-1.elb.amazonaws.com", True, False)
_SERVICES = frozenset(("cloudfront", "cloudfront-tenant"))


@rule(
    "ACM207",
    Timeline(Era(date(2019, 1, 18), Severity.ERROR, sources.PFB_659)),
    facts=(facts.CLOUDFRONT_FINAL_DOT,),
    reads={"hosts"},
    needs={"aliases"},
    on="consumer",
    examples=lambda: (
        passes("www.brightharbor.io", consumers=(_SHOP,)),
        fails(
            "www.brightharbor.io",
            consumers=(_SHOP.__replace__(hosts=(Malformed("www.brightharbor.io."),)),),
            at=("consumers", 0, "hosts", 0),
        ),
    ),
    help="remove the dot at the end",
)
def alias_with_final_dot(consumer: Consumer, context: Context) -> Yielded:
    """An alias of a distribution ends in a dot.

    Route 53 writes the names of zones and records with a dot at the end. CloudFront compares the
    alias with the names of the certificate, which have no such dot, and rejects the distribution.
    """
    for index, host in enumerate(consumer.hosts):
        path = ("hosts", index)
        if consumer.service not in _SERVICES or ends_in_dot(host) is False:
            yield Decided(path)
        elif ends_in_dot(host):
            # The path of an edit begins at the declaration.
            place = next(i for i, each in enumerate(context.consumers) if each is consumer)
            fix = _without_dot(host, ("consumers", place, *path))
            message = (
                f"the alias {quoted(host)} ends in a dot, so CloudFront rejects the distribution"
            )
            yield Problem(path, message, fix=fix)


def ends_in_dot(host: ListedName) -> bool | None:
    """Return whether a name has a dot at its end; `None` if the end is unknown."""
    text = symbols(host)
    if not text:
        return None if text is None else False
    return None if isinstance(text[-1], Unknown) else text[-1] == "."


def _without_dot(host: ListedName, path: Path) -> Fix | None:
    if not isinstance(host, Malformed):
        return None
    bare = host.text.rstrip(".")
    return Fix(f"change it to `{bare}`", (Edit(path, bare),), safe=True)


@rule(
    "ACM521",
    Timeline(Era(date(2020, 1, 22), Severity.ERROR, sources.CF_CNAMES)),
    facts=(facts.CLOUDFRONT_DEFAULT_CERTIFICATE,),
    reads=set(),
    needs={"distribution"},
    on="everything",
    examples=lambda: (
        passes(distribution=Distribution(has_default_certificate=True)),
        fails(
            distribution=Distribution((_SITE,), has_default_certificate=True),
            at=("distribution", "aliases", 0),
        ),
    ),
    help="set a certificate in us-east-1 that covers the aliases, or remove them",
)
def aliases_with_default_certificate(
    request: CertificateRequest | None, context: Context
) -> Yielded:
    """A distribution has aliases, but only the default certificate of CloudFront.

    The default certificate only covers `*.cloudfront.net`, so CloudFront rejects the distribution
    (`InvalidViewerCertificate`). If conditions or a macro decide whether the distribution has
    aliases or a certificate, the check is undecided, because they may exclude each other.
    """
    del request
    distribution = context.distribution
    if distribution is None or not distribution.aliases:
        return
    path = ("distribution", "aliases", 0)
    known = [each for each in distribution.aliases if not isinstance(each, UnresolvedNames)]
    if distribution.has_default_certificate is None:
        missing = "a condition or a macro decides whether there are aliases without a certificate"
        yield Undecided(path, missing)
    elif not known:
        missing = unknown_clause(*distribution.aliases)
        yield Undecided(path, unclear("the distribution has aliases", missing))
    else:
        index = distribution.aliases.index(known[0])
        others = len(known) - 1
        more = f" and {others} more" if others else ""
        yield Problem(
            (*path[:2], index),
            f"the default certificate of CloudFront does not cover {quoted(known[0])}{more}",
        )


@rule(
    "ACM522",
    Severity.ERROR,
    facts=(
        facts.CLOUDFRONT_ORIGIN_MATCHES,
        facts.HOST_FORWARDING_POLICIES,
        facts.HOST_HIDING_POLICIES,
    ),
    reads=set(),
    needs={"distribution"},
    on="everything",
    examples=lambda: (
        passes(
            distribution=Distribution(origins=(_BALANCER.__replace__(forwards_host=True),)),
        ),
        fails(
            distribution=Distribution(origins=(_BALANCER,)),
            at=("distribution", "origins", 0),
        ),
    ),
    help=(
        "use a name of your own as the origin, which points to the load balancer and is in its"
        " certificate; or forward the `Host` header"
    ),
)
def balancer_as_https_origin(request: CertificateRequest | None, context: Context) -> Yielded:
    """CloudFront connects over HTTPS to a load balancer's own name.

    No certificate can cover a name under `elb.amazonaws.com`. CloudFront compares the certificate
    of the origin with the domain name of the origin, or with the `Host` header if it forwards it.
    If neither matches, viewers get the status 502. If the origin uses the protocol of the viewer,
    this is a warning, because HTTP still works. For a VPC origin, it is a note, because no page of
    AWS describes it.

    If a behavior has an edge function or a policy of your own, it may change or forward the header,
    so the check is undecided.
    """
    del request
    origins = context.distribution.origins if context.distribution else ()
    for index, origin in enumerate(origins):
        path = ("distribution", "origins", index)
        name = quoted(origin.domain_name)
        if origin.forwards_host is None:
            question = f"CloudFront forwards the `Host` header to {name}"
            yield Undecided(path, unclear(question, ""))
        elif origin.forwards_host is False:
            when, viewers = ("", "viewers") if origin.always else ("for HTTPS viewers, ", "they")
            yield Problem(
                path,
                f"{when}CloudFront connects over HTTPS to {name}, which no certificate can cover;"
                f" without the `Host` header, {viewers} get the status 502",
                severity=_severity_of(origin),
            )


def _severity_of(origin: BalancerOrigin) -> Severity | None:
    if origin.in_vpc:
        return Severity.NOTE
    return None if origin.always else Severity.WARNING


RULES = (alias_with_final_dot, aliases_with_default_certificate, balancer_as_https_origin)
