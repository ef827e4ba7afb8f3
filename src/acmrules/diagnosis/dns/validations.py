"""The obstacles of one name, by its validation method, its DNS answers and its CAA records."""

from __future__ import annotations

from acmrules.diagnosis.answers import DnsAnswer
from acmrules.diagnosis.certificate import (
    CertificateStatus,
    FailureReason,
    RenewalStatus,
    ResourceRecord,
)
from acmrules.diagnosis.commands import AS_JSON, describe
from acmrules.diagnosis.dns import caa, http, mail, records, servers
from acmrules.diagnosis.dns.case import Case
from acmrules.diagnosis.dns.domains import parents
from acmrules.diagnosis.dns.evidence import is_authoritative
from acmrules.diagnosis.dns.hosted import has_record, unseen
from acmrules.diagnosis.dns.outcomes import RecordOutcome, View, views_of
from acmrules.diagnosis.dns.wording import code, dig, said, zone_called
from acmrules.diagnosis.dns.written import written
from acmrules.diagnosis.model import Actor, Cause, Certainty, Obstacle
from acmrules.diagnosis.shell import aws
from acmrules.facts import acm, dns, sources
from acmrules.request import ValidationMethod

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

_SERVERS = {Cause.DNSSEC_BROKEN, Cause.LAME_DELEGATION}
_CORRECT = {Cause.RECORD_CORRECT, Cause.NAME_FAILED}
_MOST_LOOKUPS = 3


def obstacles(case: Case) -> tuple[Obstacle, ...]:
    """Return the obstacles of one name that is not validated."""
    if case.certificate.failure_reason is FailureReason.CAA_ERROR:
        return _refused(case)
    renewal = case.certificate.renewal
    if renewal and renewal.reason is FailureReason.CAA_ERROR and case.is_of_renewal:
        return tuple(map(_tried_again, _refused(case)))
    if case.method is ValidationMethod.DNS:
        record = case.validation.record
        return _of_record(case, record) if record else (_no_record(case),)
    if case.method is ValidationMethod.EMAIL:
        return _of_other(case, mail.obstacles(case), mail.unknown(case))
    if case.method is ValidationMethod.HTTP:
        return _of_other(case, http.obstacles(case), http.unknown(case))
    return (_open("the validation method is unknown", describe(case.certificate)),)


def _refused(case: Case) -> tuple[Obstacle, ...]:
    """Return why CAA records stopped ACM, which checks them once all names are validated."""
    unclear = caa.unclear(case)
    found = (*_caa(case, ()), *([unclear] if unclear else []))
    climb = caa.climb(case, case.plain)
    if found:
        return found
    if climb.unknown:
        text = f"the CAA records of {code(case.plain)} were not looked up"
        return (_open(text, tuple(dig("CAA", each) for each in climb.unknown)),)
    return (
        Obstacle(
            Cause.NAME_FAILED,
            Certainty.CERTAIN,
            Actor.YOU,
            f"the CAA records of {code(str(case.name))} allow Amazon now",
            said(climb.lookup.answers, climb.lookup.owner, "CAA")
            if climb.lookup
            else f"there are no CAA records from {code(case.plain)} up to the root",
            "request the certificate again",
            source=sources.UG_CAA,
        ),
    )


def _tried_again(obstacle: Obstacle) -> Obstacle:
    """Return an obstacle of a renewal, which needs no new request."""
    if obstacle.cause is not Cause.NAME_FAILED:
        return obstacle
    return obstacle.__replace__(
        cause=Cause.WAITING, actor=Actor.AWS, remedy="wait: ACM tries the renewal again"
    )


# DNS validation


def _of_record(case: Case, record: ResourceRecord) -> tuple[Obstacle, ...]:
    found = records.obstacles(case, record)
    if not found:
        return _by_zone(case, record)
    is_correct = all(each.cause in _CORRECT for each in found)
    others = _caa(case, found)
    if not is_correct:
        return (*found, *others)
    if any(each.certainty is not Certainty.OPEN for each in others):
        return others
    left = _left(case, record)
    if any(each.certainty is not Certainty.OPEN for each in left):
        return (*others, *left)  # They explain why ACM still waits.
    return (*found, *others, *left)


def _caa(case: Case, found: Sequence[Obstacle]) -> tuple[Obstacle, ...]:
    """Return what CAA answers prove, unless the same fault of servers is known already."""
    others = caa.obstacles(case) or _written_caa(case)
    views = [_caa_view(each) for each in case.evidence.about(case.plain, "CAA")]
    failure = servers.failure(case, case.plain, views, "CAA")
    if failure and failure.cause is Cause.DNSSEC_BROKEN:
        others = (failure, *(each for each in others if each.cause is not Cause.CAA_LOOKUP_FAILS))
    if any(each.cause in _SERVERS for each in found):
        return tuple(
            each for each in others if each.cause not in {*_SERVERS, Cause.CAA_LOOKUP_FAILS}
        )
    return others


def _written_caa(case: Case) -> tuple[Obstacle, ...]:
    """Return what the CAA records of a hosted zone prove if there are no answers."""
    climb = caa.climb(case, case.plain)
    if climb.lookup or not climb.unknown:
        return ()
    evidence = written(case.certificate, case.validation, case.evidence, case.plain)
    return tuple(
        _written(case, each) for each in caa.obstacles(case.__replace__(evidence=evidence))
    )


def _caa_view(answer: DnsAnswer) -> View:
    is_good = answer.status in {"NOERROR", "NXDOMAIN"}
    return View(answer, RecordOutcome.NODATA if is_good else RecordOutcome.FAILED)


def _left(case: Case, record: ResourceRecord) -> tuple[Obstacle, ...]:
    """Return what else may hold up a name whose record has been correct for long enough."""
    if not case.is_late and case.certificate.failure_reason is not FailureReason.CAA_ERROR:
        return ()
    views = views_of(record, case.evidence)
    found = [servers.partly_lame(case, record.name, views), caa.unclear(case)]
    commands = [dig("CAA", each) for each in caa.climb(case, case.plain).unknown]
    if not any(_is_validated(each.answer, case) for each in views):
        commands.append(dig("CNAME", record.name, "+dnssec"))
    if commands:
        text = "the record is correct, but not everything that ACM checks was looked up"
        found.append(_open(text, tuple(commands)))
    return tuple(each for each in found if each)


def _is_validated(answer: DnsAnswer, case: Case) -> bool:
    """Return whether a resolver accepted an answer, and checked it if the zone is signed."""
    if is_authoritative(answer) or not answer.checks_dnssec:
        return False
    delegated = case.delegation(answer.name)
    signed = delegated and case.evidence.about(delegated.zone, "DS")
    has_keys = any(each.type == "DS" for found in signed or () for each in found.records)
    return answer.is_authenticated is not False or not has_keys


def _by_zone(case: Case, record: ResourceRecord) -> tuple[Obstacle, ...]:
    """Return what hosted zones contain about a record that was not looked up."""
    unseen_ = unseen(case, record, "the record is in the zone")
    if unseen_:
        return (_written(case, unseen_, is_certain=unseen_.cause is Cause.CHILD_ZONE),)
    known = written(case.certificate, case.validation, case.evidence, record.name)
    found = records.obstacles(case.__replace__(evidence=known), record)
    wrong = [each for each in found if each.cause not in _CORRECT]
    if wrong:
        return tuple(_written(case, each) for each in wrong)
    commands = _commands(case, record)
    if found:
        text = f"{_written_in(case, record)}, but resolvers may see another zone"
        return (*_caa(case, ()), _open(text, commands))
    open_ = _open(f"the record {code(record.name)} was not looked up", commands)
    return (*_caa(case, ()), _with_record(case, record, open_))


def _with_record(case: Case, record: ResourceRecord, open_: Obstacle) -> Obstacle:
    """Return an open obstacle with the record to publish; publishing it again does no harm."""
    renewal = case.certificate.renewal
    is_automatic = renewal and renewal.status is RenewalStatus.PENDING_AUTO_RENEWAL
    if case.certificate.status is CertificateStatus.FAILED or is_automatic:
        return open_
    return open_.__replace__(
        remedy=f"publish the record, unless you did; then {open_.remedy}",
        changes=(case.publication(record.name, record.type, record.value),),
    )


def _written_in(case: Case, record: ResourceRecord) -> str:
    """Return that a record is in a hosted zone, and whether others have the same name."""
    zones = case.evidence.zones_of(record.name)
    zone = next((each for each in zones if has_record(each, record)), None)
    if zone is None:
        return f"the record {code(record.name)} is correct in its hosted zone, through an alias"
    alike = [each for each in zones if each.name == zone.name and each.is_private is not True]
    text = f"the record {code(record.name)} is in {zone_called(zone)}"
    return f"{text}, one of {len(alike)} zones of this name" if len(alike) > 1 else text


def _written(case: Case, found: Obstacle, *, is_certain: bool = False) -> Obstacle:
    """Return an obstacle that follows from what is written, and not from what resolvers see."""
    commands = (*_zone_commands(case), *found.commands)
    likely = found.certainty if is_certain else Certainty.LIKELY
    return found.__replace__(
        certainty=likely if found.certainty is Certainty.CERTAIN else found.certainty,
        proof=f"{found.proof}; the name servers were not queried",
        commands=tuple(dict.fromkeys(commands)),
    )


def _zone_commands(case: Case) -> tuple[str, ...]:
    """Return the commands that show whether the parent zone delegates to a hosted zone."""
    commands: list[str] = []
    for zone in case.evidence.zones_of(case.plain)[:_MOST_LOOKUPS]:
        commands.append(dig("NS", zone.name, "+trace"))
        if zone.id and not zone.name_servers:
            commands.append(aws("route53", "get-hosted-zone", "--id", zone.id, *AS_JSON))
    return tuple(commands)


def _commands(case: Case, record: ResourceRecord) -> tuple[str, ...]:
    return (dig(record.type, record.name), *_caa_commands(case), *_zone_commands(case))


def _caa_commands(case: Case) -> tuple[str, ...]:
    above = [each for each in parents(case.plain) if "." in each]
    return tuple(dig("CAA", each) for each in above)


def _no_record(case: Case) -> Obstacle:
    if not case.certificate.described:
        text = "the input does not contain the validation record of this name"
        return _open(text, describe(case.certificate))
    return Obstacle(
        Cause.RECORD_NOT_CREATED,
        Certainty.CERTAIN,
        Actor.AWS,
        f"ACM has not created the validation record of {code(str(case.name))} yet",
        "the description of the certificate has no record for this name",
        "wait some seconds, then describe the certificate again",
        commands=describe(case.certificate),
        source=acm.RECORD_NAME_FORM.source,
    )


# Email and HTTP


def _of_other(
    case: Case, found: tuple[Obstacle, ...], commands: tuple[str, ...]
) -> tuple[Obstacle, ...]:
    result = (*found, *_caa(case, found))
    if not commands:
        return result
    text = f"DNS was not looked up for {code(str(case.name))}"
    return (*result, _open(text, (*commands, *_caa_commands(case))))


def _open(text: str, commands: tuple[str, ...]) -> Obstacle:
    return Obstacle(
        Cause.NOT_LOOKED_UP,
        Certainty.OPEN,
        Actor.YOU,
        text,
        remedy="run `acmrules diagnose` with `--dns`, or pass it the output of these commands",
        commands=commands,
        source=dns.RECORD_MINUTES.source,
    )
