"""Phrases of the reports on diagnoses: times, names, resources and numbers."""

from __future__ import annotations

from acmrules.arns import arn_of
from acmrules.diagnosis.model import Actor, State
from acmrules.diagnosis.times import written
from acmrules.messages import counted, printable, quoted
from acmrules.syntax.source import STANDARD_INPUT

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from acmrules.analysis.diagnoses import Diagnoses
    from acmrules.analysis.drift import Drift, DriftPair
    from acmrules.diagnosis.model import Deadline, Diagnosis
    from acmrules.model.placed import Placed

_MINUTES_OF_AN_HOUR = 60
_MINUTES_OF_A_DAY = 24 * 60
_HOURS_IN_MINUTES = 2
_DAYS_IN_HOURS = 3
_ACTORS = {
    Actor.YOU: "you",
    Actor.AWS: "AWS; there is nothing for you to do",
    Actor.NOBODY: "no one",
    None: "unknown",
}


def distance_in_time(at: datetime, as_of: datetime) -> str:
    """Return how far a time is away, in minutes up to two hours, in hours up to three days.

    >>> from datetime import datetime
    >>> distance_in_time(datetime(2026, 12, 1, 14), datetime(2026, 11, 30, 7))
    'in 31 hours'
    >>> distance_in_time(datetime(2026, 11, 30), datetime(2026, 12, 4, 7))
    '4 days ago'
    """
    minutes = int(abs((at - as_of).total_seconds()) // 60)
    if not minutes:
        return "now"
    if minutes < _HOURS_IN_MINUTES * _MINUTES_OF_AN_HOUR:
        amount = counted(minutes, "minute")
    elif minutes < _DAYS_IN_HOURS * _MINUTES_OF_A_DAY:
        amount = counted(minutes // _MINUTES_OF_AN_HOUR, "hour")
    else:
        amount = counted(minutes // _MINUTES_OF_A_DAY, "day")
    return f"{amount} ago" if at < as_of else f"in {amount}"


def time_phrase(at: datetime, as_of: datetime) -> str:
    """Return how far a time is away, and when it is."""
    return f"{distance_in_time(at, as_of)}, {written(at)}"


def deadline_phrase(deadline: Deadline, as_of: datetime) -> str:
    """Return when a deadline is, and what happens then."""
    return f"{time_phrase(deadline.at, as_of)}: {printable(deadline.text)}"


def actor_phrase(diagnosis: Diagnosis) -> str:
    """Return who has to act."""
    if diagnosis.actor is None and diagnosis.commands:
        return "unknown; the commands below find out"
    return _ACTORS[diagnosis.actor]


def list_of(items: Sequence[object], most: int) -> str:
    """Return the first items in words, and the number of the others.

    >>> list_of(["a.io", "b.io", "c.io"], 2), list_of(["a.io", "b.io"], 2), list_of(["a.io"], 2)
    ('a.io, b.io and 1 more', 'a.io and b.io', 'a.io')
    """
    words = [printable(str(item)) for item in items]
    if len(words) > most:
        return f"{', '.join(words[:most])} and {len(words) - most:,} more"
    return f"{', '.join(words[:-1])} and {words[-1]}" if len(words) > 1 else "".join(words)


def title_names(diagnosis: Diagnosis, most: int) -> str:
    """Return the names of a certificate in words, or its id if the names are unknown."""
    certificate = diagnosis.certificate
    if not certificate.names:
        return printable(f"certificate {certificate.arn.rpartition('/')[2]}")
    words = list_of(certificate.names, most)
    # A list leaves names out.
    return words if certificate.names_known else f"{words} and others"


def home(diagnosis: Diagnosis) -> str:
    """Return the Region and the account of a certificate, empty if its ARN has neither."""
    certificate = diagnosis.certificate
    account = f"account {certificate.account}" if certificate.account else ""
    return printable(", ".join(filter(None, (certificate.region, account))))


def use_of(diagnosis: Diagnosis, most: int) -> str:
    """Return what uses a certificate, empty if it is unknown."""
    certificate = diagnosis.certificate
    if certificate.in_use_by:
        return list_of([_resource(arn) for arn in certificate.in_use_by], most)
    if certificate.in_use:
        return "at least one resource"
    is_unused = certificate.in_use_by == () or certificate.in_use is False
    return "no resource" if is_unused else ""


def _resource(arn: str) -> str:
    """Return the resource of an ARN with its service, or the whole string if it is not an ARN."""
    parts = arn_of(arn)
    return f"{parts.resource} ({parts.service})" if parts.resource else arn


def place_phrase(each: Placed) -> str:
    """Return where a certificate is in the input, empty if it is not."""
    if not each.location:
        return ""
    if each.file == STANDARD_INPUT:
        return f"on line {each.line} of standard input"
    return f"in {printable(each.file_and_line)}"


def declaration_phrase(each: DriftPair) -> str:
    """Return which template declares a certificate."""
    words = (quoted(each.address) if each.address else "", place_phrase(each))
    return " ".join(filter(None, words))


def drift_phrase(each: Drift) -> str:
    """Return how templates and the account differ, and where."""
    where = place_phrase(each)
    return printable(f"{each.text} ({where})" if where else each.text)


def totals(found: Diagnoses) -> str:
    """Return the number of certificates by state."""
    numbers = dict.fromkeys(State, 0)
    for each in found.certificates:
        numbers[each.diagnosis.state] += 1
    states = ", ".join(f"{number:,} {state.value}" for state, number in numbers.items() if number)
    number = len(found.certificates)
    certificates = counted(number, "certificate") if number else "no certificate in these files"
    parts = [": ".join(filter(None, (certificates, states)))]
    if found.failed:
        parts.append(f"{counted(sum(each.number for each in found.failed), 'call')} failed")
    if found.unread:
        parts.append(f"{counted(len(found.unread), 'part')} of the input not read")
    return "; ".join(parts)
