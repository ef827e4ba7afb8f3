"""Whether the mails that ACM sends can arrive, and who has to approve them."""

from __future__ import annotations

from acmrules.diagnosis.certificate import ValidationStatus
from acmrules.diagnosis.commands import of_certificate
from acmrules.diagnosis.dns.case import Case
from acmrules.diagnosis.dns.lookups import Found, Lookup, look_up
from acmrules.diagnosis.dns.pending import domain_of_mail
from acmrules.diagnosis.dns.wording import code, dig, said
from acmrules.diagnosis.model import Actor, Cause, Certainty, Obstacle
from acmrules.facts import acm, dns, sources
from acmrules.messages import quoted_list


def obstacles(case: Case) -> tuple[Obstacle, ...]:
    """Return why the mails of a name were not approved."""
    domain = domain_of_mail(case.validation)
    mails = look_up(case.evidence, domain, "MX") if domain else Lookup(Found.UNKNOWN, domain)
    if mails.found is Found.NOTHING or _refuses(mails):
        return (_no_mx(domain, mails),)
    if case.validation.validation_emails == ():
        return (_not_sent(case, domain),)
    found = [_not_approved(case, domain, mails)]
    if mails.found is Found.FAILURE:
        found.append(_unreachable(domain, mails))
    return tuple(found)


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


def _not_sent(case: Case, domain: str) -> Obstacle:
    return Obstacle(
        Cause.NO_MAIL_SENT,
        Certainty.CERTAIN,
        Actor.YOU,
        f"ACM has sent no mail for {code(str(case.name))}",
        "the list of addresses in the description of the certificate is empty",
        f"check that {code(domain or str(case.name))} accepts mail, then send the mails again",
        commands=_resending(case, domain),
        source=dns.MAIL_NEEDS_MX.source,
    )


def _not_approved(case: Case, domain: str, mails: Lookup) -> Obstacle:
    addresses = case.validation.validation_emails or tuple(
        f"{box}@{domain}" for box in acm.CONSTRUCTED_LOCAL_PARTS.value if domain
    )
    where = f"the mailboxes {quoted_list(addresses, 5)}" if addresses else "the mailboxes"
    proof = "the validation of the name is pending"
    if mails.found is Found.RECORDS:
        proof = f"{proof}; {said(mails.answers, mails.owner, 'MX')}"
    is_over = case.validation.status is ValidationStatus.FAILED
    remedy = (
        f"request the certificate again with DNS validation, or approve the next mail in {where}"
        if is_over
        else f"look into {where}, also among junk mail, and approve with the link in one mail; if"
        " there is none, send the mails again"
    )
    return Obstacle(
        Cause.MAIL_NOT_APPROVED,
        Certainty.CERTAIN,
        Actor.YOU,
        f"no recipient has approved the mail of ACM for {code(str(case.name))}",
        proof,
        remedy,
        commands=() if is_over else _resending(case, domain),
        source=acm.CONSTRUCTED_LOCAL_PARTS.source,
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
        source=sources.UG_DNSTS,
    )


def _resending(case: Case, domain: str) -> tuple[str, ...]:
    """Return the command that sends the mails again."""
    if not domain:
        return ()
    options = ("--domain", str(case.name), "--validation-domain", domain)
    return of_certificate(case.certificate, "resend-validation-email", *options)
