"""Whether CloudFront can serve what HTTP validation fetches."""

from __future__ import annotations

from acmrules.diagnosis.dns.case import Case
from acmrules.diagnosis.dns.domains import is_within
from acmrules.diagnosis.dns.lookups import Found, look_up
from acmrules.diagnosis.dns.wording import code, dig, said
from acmrules.diagnosis.model import Actor, Cause, Certainty, Obstacle
from acmrules.diagnosis.shell import command
from acmrules.facts import dns, sources

_TYPES = ("A", "AAAA")


def obstacles(case: Case) -> tuple[Obstacle, ...]:
    """Return why the token of a name is not served, or how to find out."""
    lookups = [look_up(case.evidence, case.plain, kind) for kind in _TYPES]
    chain = case.evidence.chain(case.plain)
    at_cloudfront = [each for each in chain if is_within(each, dns.HTTP_NEEDS_CLOUDFRONT.value)]
    if not at_cloudfront:
        answers = tuple(answer for each in lookups for answer in each.answers)
        if chain:
            text = f"points to {code(chain[-1])} instead of CloudFront"
            proof = said(case.evidence.of_aliases(case.plain), case.plain, "A")
            return (_elsewhere(case, text, proof, Certainty.LIKELY),)
        if all(each.found is Found.NOTHING for each in lookups):
            proof = said(answers, lookups[0].owner, "A")
            return (_elsewhere(case, "does not resolve to an address", proof, Certainty.CERTAIN),)
    return (_content(case, at_cloudfront[:1]),)


def unknown(case: Case) -> tuple[str, ...]:
    """Return the commands that look up where the name points to."""
    if case.evidence.chain(case.plain):
        return ()
    lookups = [look_up(case.evidence, case.plain, kind) for kind in _TYPES]
    is_known = any(each.found is not Found.UNKNOWN for each in lookups)
    return () if is_known else tuple(dig(kind, case.plain) for kind in _TYPES)


def _elsewhere(case: Case, what: str, proof: str, certainty: Certainty) -> Obstacle:
    return Obstacle(
        Cause.NOT_CLOUDFRONT,
        certainty,
        Actor.YOU,
        f"the name {code(case.plain)} {what}, so CloudFront cannot serve the validation token",
        proof,
        f"point {code(case.plain)} to the domain of its CloudFront distribution or connection"
        " group, with a CNAME record, or with an alias record at the top of a zone",
        commands=(dig("A", case.plain),),
        source=dns.HTTP_NEEDS_CLOUDFRONT.source,
    )


def _content(case: Case, target: list[str]) -> Obstacle:
    redirect = case.validation.redirect
    urls = (redirect.redirect_from, redirect.redirect_to) if redirect else ()
    codes = ", ".join(map(str, dns.HTTP_REDIRECT_CODES.value[:-1]))
    last = dns.HTTP_REDIRECT_CODES.value[-1]
    begun = f"{code(redirect.redirect_from)}" if redirect else "the URL of the validation"
    ended = f"{code(redirect.redirect_to)}" if redirect else "the URL of ACM"
    proof = f"{code(case.plain)} points to {code(target[0])}" if target else ""
    return Obstacle(
        Cause.HTTP_CONTENT,
        Certainty.OPEN,
        Actor.YOU,
        f"it is unknown what {begun} serves",
        proof,
        f"serve the content of {ended} there, or redirect to it with the status {codes} or {last}",
        commands=tuple(command("curl", "-sSi", url) for url in urls),
        source=sources.UG_HTTPREDIR,
    )
