"""How a diagnosis quotes answers, names records, and writes the commands that look them up."""

from __future__ import annotations

from acmrules.diagnosis.answers import AnswerStatus, DnsAnswer
from acmrules.diagnosis.shell import command
from acmrules.messages import printable, quoted_list

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from acmrules.diagnosis.dns.content import ZoneContent

_STATUSES = {
    AnswerStatus.NXDOMAIN: "NXDOMAIN: the name does not exist",
    AnswerStatus.NOERROR: "NOERROR without such a record",
    AnswerStatus.SERVFAIL: "SERVFAIL",
    AnswerStatus.REFUSED: "REFUSED",
    AnswerStatus.OTHER: "with an error",
}
_MOST_SERVERS = 4
_MOST_RECORDS = 12


def code(text: str) -> str:
    """Return a value in backticks, complete, so that it can be copied."""
    return f"`{printable(text)}`" if text else "an empty string"


def dig(kind: str, name: str, *options: str, server: str = "") -> str:
    """Return the command that looks up a name, safe for a shell."""
    return command("dig", *options, *([f"@{server}"] if server else []), kind, name or ".")


def called(answers: Iterable[DnsAnswer]) -> str:
    """Return the servers of answers, each once."""
    found = dict.fromkeys(each.server for each in answers)
    named = [each for each in found if each]
    if not named:
        return "the DNS answer"
    return quoted_list(named, _MOST_SERVERS)


def said(answers: Sequence[DnsAnswer], name: str, kind: str) -> str:
    """Return what servers answer for a name, the same answers together."""
    groups: dict[str, list[DnsAnswer]] = {}
    for answer in answers:
        groups.setdefault(_content(answer, name, kind), []).append(answer)
    clauses = (f"{called(group)} {content}" for content, group in groups.items())
    return f"query for {kind} of {code(name)}: {'; '.join(clauses)}"


def _content(answer: DnsAnswer, name: str, kind: str) -> str:
    if answer.status is AnswerStatus.NO_ANSWER:
        return "did not respond"
    records = [each for each in answer.records if each.name == name] or [*answer.records]
    shown = [each for each in records if each.type in {kind, "CNAME"}]
    if shown:
        values = ", ".join(f"{each.type} {code(each.value)}" for each in shown[:_MOST_RECORDS])
        return f"answered {values}"
    return f"answered {_STATUSES[answer.status]}"


def zone_called(zone: ZoneContent) -> str:
    """Return how to name a hosted zone: with its id if it has one."""
    kind = "the private hosted zone" if zone.is_private else "the hosted zone"
    return (
        f"{kind} {code(zone.id)} ({code(zone.name)})" if zone.id else f"the zone {code(zone.name)}"
    )


def in_zone(zone_name: str, zone_id: str) -> str:
    """Return where to edit records: in a zone, or in that of the name."""
    if zone_id:
        return f"in the hosted zone {code(zone_id)} ({code(zone_name)})"
    return f"in the zone {code(zone_name)}" if zone_name else "in its zone"
