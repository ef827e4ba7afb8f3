"""One reply in the output of `dig`, and the answer that it is."""

from __future__ import annotations

from acmrules.diagnosis.answers import AnswerStatus, DnsAnswer, DnsRecord, HostedZone
from acmrules.diagnosis.dns.domains import is_within
from acmrules.errors import InvalidArgument
from acmrules.messages import counted, quoted
from acmrules.readers.account.records import parse_record

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

    from acmrules.readers.account.dig_commands import DigCommand

    Question = tuple[str, str]

_SIGNATURES = frozenset({"NSEC", "NSEC3", "RRSIG"})
_ONLY_NAMES = frozenset({"CNAME", "DNAME", "NS", "PTR"})
UNKNOWN_QUESTION = "the question of this answer is unknown: add the command before the output"


class Reply:
    """A reply that is being read; without a header, its response code is unknown.

    `is_over` is whether its last line has been read. `counts` are the numbers of records in the
    answer and the authority sections that the header states.
    """

    def __init__(self, command: DigCommand) -> None:
        self.status: str | None = None
        self.question: Question | None = None
        self.flags: frozenset[str] | None = None
        self.counts: tuple[int, int] | None = None
        self.server = ""
        self.is_over = False
        self.records: list[DnsRecord] = []
        self.authority: list[DnsRecord] = []
        self._command = command
        self._targets: dict[str, None] = {}

    def takes(self, record: DnsRecord, open_: Sequence[Question]) -> bool:
        """Add a record outside a section, unless it begins another answer.

        `open_` are the questions of the command that have no answer so far.
        """
        if self.status is not None or self.is_over:
            return False
        name, kind = open_[0] if open_ else ("", "")
        is_authority = record.type in {"NS", "SOA"} and kind not in {"NS", "SOA"}
        if kind and kind != "AXFR" and is_authority and is_within(name, record.name):
            self.authority.append(record)
            return True
        if kind == "AXFR" or self._continues_with(record):
            self.add(record)
            return True
        return False

    def add(self, record: DnsRecord) -> None:
        """Add a record to the answer."""
        self.records.append(record)
        if record.type == "CNAME":
            self._targets.pop(record.value, None)
            self._targets[record.value] = None

    def _continues_with(self, record: DnsRecord) -> bool:
        if not self.records:
            return not self.authority
        last = self.records[-1]
        if record.name in self._targets:
            return True
        return record.name == last.name and (
            record.type == last.type or "RRSIG" in {record.type, last.type}
        )

    def add_value(self, text: str, question: Question) -> None:
        """Add a line of `+short`: a value of the type in question, or the target of an alias."""
        name, kind = question
        if kind != "CNAME":
            name = next(reversed(self._targets), name)
        if kind not in _ONLY_NAMES and text.endswith(".") and " " not in text:
            kind = "CNAME"
        self.add(parse_record(f"{name}. {kind} {text}"))

    def asked(self, open_: Sequence[Question]) -> Question:
        """Return the question; one that the reply does not show is that of the command."""
        if self.question:
            return self.question
        if self.records:
            name = self.records[0].name
            kinds = [each.type for each in self.records if each.type != "RRSIG"] or ["RRSIG"]
            return next((each for each in open_ if each[0] == name), (name, kinds[-1]))
        if not open_:
            raise InvalidArgument(UNKNOWN_QUESTION)
        return open_[0]

    def answer(self, question: Question) -> DnsAnswer:
        """Return the answer to a question; raises `InvalidArgument` if a part of it is missing."""
        if fault := self._fault(question):
            raise InvalidArgument(f"{fault}: add the whole output of dig")
        status = AnswerStatus.NOERROR if self.records else AnswerStatus.OTHER
        if self.status is not None:
            known = self.status in AnswerStatus.__members__
            status = AnswerStatus(self.status) if known else AnswerStatus.OTHER
        flags = self.flags
        return DnsAnswer(
            *question,
            status,
            tuple(self.records),
            tuple(self.authority),
            self.server or self._command.server,
            None if flags is None else "aa" in flags,
            None if flags is None else "ad" in flags,
            self._command.checks_dnssec and "cd" not in (flags or ()),
        )

    def _fault(self, question: Question) -> str:
        """Return what makes the reply useless, an empty string if nothing does."""
        about = f"the answer about {quoted(question[0])}"
        flags = self.flags or frozenset()
        if self.counts is None:
            is_cut = self.status not in {None, "NO_ANSWER"}
            return f"{about} ends within its header" if is_cut else ""
        answer, authority = self.counts
        if "tc" in flags:
            return f"{about} is truncated (flag `tc`)"
        if len(self.records) < answer:
            found = len(self.records)
            return f"{about} has {counted(answer, 'record')}, and the output contains {found}"
        is_referral = not answer and authority and "aa" not in flags
        if is_referral and not self.authority and self.status == "NOERROR":
            return f"{about} may be a referral, because its authority section is missing"
        if self.records and not any(_is_about(each, question[0]) for each in self.records):
            return f"{about} has only records of other names"
        return ""


def _is_about(record: DnsRecord, name: str) -> bool:
    """Return whether a record is at a name, or redirects all names below its own."""
    return record.name == name or (record.type == "DNAME" and name.endswith(f".{record.name}"))


class Trace:
    """The output of `dig +trace`: what each server on the way from the root answered."""

    def __init__(self, command: DigCommand) -> None:
        if len(command.questions) != 1:
            raise InvalidArgument(UNKNOWN_QUESTION)
        self._name, self._kind = command.questions[0]
        self._records: list[DnsRecord] = []
        self._zone = ""
        self._servers: tuple[str, ...] = ()
        self._last: DnsAnswer | None = None

    def add(self, record: DnsRecord) -> None:
        """Add a record of the next reply."""
        if record.type not in _SIGNATURES:
            self._records.append(record)

    def end_reply(self, server: str) -> None:
        """End a reply: that of a server of the zone that the reply before delegated to."""
        records, self._records = tuple(self._records), []
        own = tuple(each for each in records if each.type not in {"DS", "NS", "SOA"})
        servers = tuple(each for each in records if each.type == "NS")
        if servers and not own and not self._is_asked(servers[0]):
            self._zone, self._last = servers[0].name, None
            self._servers = tuple(each.value for each in servers)
            return
        found = own or tuple(each for each in records if self._is_asked(each))
        status = AnswerStatus.NOERROR if found else AnswerStatus.OTHER
        authority = () if found else records
        self._last = self._answer(status, found, authority, server)

    def _is_asked(self, record: DnsRecord) -> bool:
        """Return whether a record of a delegation or a zone is itself the answer."""
        return record.type == self._kind and record.name == self._name == self._zone

    def answers(self) -> tuple[DnsAnswer, ...]:
        """Return the last answer; the status is `NO_ANSWER` if the last servers gave none."""
        return (self._last or self._answer(AnswerStatus.NO_ANSWER, (), (), ""),)

    def _answer(
        self,
        status: AnswerStatus,
        records: tuple[DnsRecord, ...],
        authority: tuple[DnsRecord, ...],
        server: str,
    ) -> DnsAnswer:
        return DnsAnswer(
            self._name,
            self._kind,
            status,
            records,
            authority,
            server,
            zone=self._zone,
            zone_servers=self._servers,
        )


def transferred(zone: str, records: Sequence[DnsRecord]) -> HostedZone:
    """Return the zone of a transfer, which begins and ends with the SOA record."""
    is_complete = len(records) > 1 and records[0].type == records[-1].type == "SOA"
    return HostedZone(zone, records=tuple(dict.fromkeys(records)), is_complete=is_complete)
