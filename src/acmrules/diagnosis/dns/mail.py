"""Whether the mails that ACM sends can arrive."""

from __future__ import annotations

from acmrules.diagnosis.dns.case import Case
from acmrules.diagnosis.dns.lookups import Found, Lookup, look_up
from acmrules.diagnosis.dns.pending import domain_of_mail
from acmrules.diagnosis.dns.wording import code, dig, said
from acmrules.diagnosis.model import Actor, Cause, Certainty, Obstacle
from acmrules.facts import dns


def obstacles(case: Case) -> tuple[Obstacle, ...]:
    """Return why the mails for a name cannot arrive."""
    domain = domain_of_mail(case.validation)
    mails = look_up(case.evidence, domain, "MX") if domain else Lookup(Found.UNKNOWN, domain)
    if mails.found is Found.NOTHING or _refuses(mails):
        return (_no_mx(domain, mails),)
    return (_unreachable(domain, mails),) if mails.found is Found.FAILURE else ()


def unknown(case: Case) -> tuple[str, ...]:
    """Return the commands that look up whether mail can arrive."""
    domain = domain_of_mail(case.validation)
    known = domain and look_up(case.evidence, domain, "MX").found is not Found.UNKNOWN
    return () if known or not domain else (dig("MX", domain),)


def _refuses(mails: Lookup) -> bool:
    """Return whether the MX record says that the domain accepts no mail (RFC 7505)."""
    return mails.found is Found.RECORDS and all(
        each.split()[-1:] in ([], ["."]) or each.strip() == dns.MX_REFUSES_MAIL.value.rstrip(" .")
        for each in mails.values
    )


def _no_mx(domain: str, mails: Lookup) -> Obstacle:
    what = "accepts no mail" if mails.values else "has no MX record"
    return Obstacle(
        Cause.NO_MX,
        Certainty.CERTAIN,
        Actor.YOU,
        f"the domain {code(domain)} {what}, so ACM cannot send its mails",
        said(mails.answers, mails.owner, "MX"),
        f"add the MX record of your mail host at {code(domain)}, or request the certificate with"
        " DNS validation",
        commands=(dig("MX", domain),),
        source=dns.MAIL_NEEDS_MX.source,
    )


def _unreachable(domain: str, mails: Lookup) -> Obstacle:
    return Obstacle(
        Cause.LAME_DELEGATION,
        Certainty.LIKELY,
        Actor.YOU,
        f"the lookup of the mail servers of {code(domain)} fails, so mails may not arrive",
        said(mails.answers, mails.owner, "MX"),
        f"make the name servers of {code(domain)} answer",
        commands=(dig("NS", domain, "+trace"),),
        source=dns.SERVERS_MUST_ANSWER.source,
    )
