"""The output of `dig`: full, or shortened by options such as `+noall +answer`, `+short`, `+trace`.

It may be that of several commands, with the prompts of a terminal between.
"""

from __future__ import annotations

from acmrules.diagnosis.answers import DnsAnswer, DnsAnswers, HostedZone
from acmrules.diagnosis.dns.domains import canonical
from acmrules.errors import InvalidArgument
from acmrules.messages import quoted
from acmrules.readers.account.zone_files import NEEDS_DNSPYTHON
from acmrules.syntax.source import InputError, Position

TYPE_CHECKING = False
if TYPE_CHECKING:
    import re
    from collections.abc import Iterator

    from acmrules.readers.account.dig_commands import DigCommand
    from acmrules.readers.account.dig_replies import Question, Reply, Trace

_STATUS = r";; ->>HEADER<<-.*(?:status|rcode): ([A-Z0-9]+)"
_FLAGS = r";; [Ff]lags:([a-z ]*)"
_COUNTS = r"ANSWER: ([0-9]{1,9})[;,] AUTHORITY: ([0-9]{1,9})"
_SERVER = r";; (?:SERVER|From):? ([^#@\s]+)(?:#[0-9]+(?:\(([^)\s]*)\))?)?"
_RECEIVED = r";; Received [0-9]+ bytes from ([^#\s]+)#[0-9]+(?:\(([^)\s]*)\))? in"
_FROM_SERVER = r"(\S.*) from server (\S+) in [0-9]+ [mu]s\.?"
_TRIED = r";; communications error to ([^#\s]+)#[0-9]+"
_FAILED = (
    r"(?:;; |; |dig: )(?:connection timed out|no servers could be reached|Transfer failed"
    r"|Got bad packet|couldn't get address for '([^']*)')"
)


def read(text: str, name: str) -> DnsAnswers:
    """Return the answers in the output of `dig`, in its order.

    The question of a shortened output is that of the command before it, as `dig` or a terminal
    prints it; without one, it is that of the records. If a shortened output is empty, the response
    code is unknown, and the status is `OTHER`. An answer of `+trace` has the zone and its servers.
    A transfer is a zone. Raises `InputError` with the line.
    """
    try:
        import dns.tokenizer  # noqa: F401  (only whether it is installed)
    except ModuleNotFoundError:
        raise InputError(name, f"is the output of dig, which {NEEDS_DNSPYTHON}") from None
    if "\0" in text:
        raise InputError(name, "is binary")
    output = _Output()
    lines = text.replace("\r\n", "\n").replace("\r", "\n").removeprefix("\ufeff").split("\n")
    for number, line in (*_joined(lines), (len(lines), None)):
        try:
            if line is None:
                output.end()
            else:
                output.add(line)
        except InvalidArgument as error:
            raise InputError(name, str(error), Position(number, 1)) from None
    return DnsAnswers(tuple(output.answers), tuple(output.zones))


def _joined(lines: list[str]) -> Iterator[tuple[int, str]]:
    """Yield the lines with their numbers; a record in parentheses is one line (`+multiline`).

    A record whose parenthesis is not closed is only its first line, which is not a record.
    """
    from acmrules.readers.account.dig_commands import command_of

    begin, parts = 0, [""]
    for number, line in enumerate(lines, 1):
        if begin:
            parts.append(line.partition(";")[0].strip())
        elif line.rstrip().endswith("(") and not line.startswith(";") and not command_of(line):
            begin, parts = number, [line.rstrip()]
        else:
            yield number, line
            continue
        if ")" in parts[-1]:
            yield begin, " ".join(parts)
            begin = 0
    if begin:
        yield begin, parts[0]


class _Output:
    """The output that is being read: the answers so far, and the command and reply of a line."""

    def __init__(self) -> None:
        from acmrules.readers.account.dig_commands import DigCommand

        self.answers: list[DnsAnswer] = []
        self.zones: list[HostedZone] = []
        self._command = DigCommand()
        self._open: list[Question] = []
        self._reply: Reply | None = None
        self._trace: Trace | None = None
        self._section = ""
        self._tried: str | None = None

    def add(self, line: str) -> None:
        """Read a line; raises `InvalidArgument` if it is not one of `dig`."""
        from acmrules.readers.account.dig_commands import command_of

        command = command_of(line)
        if command is not None:
            self._begin(command)
        elif not line.strip():
            self._section = ""
        elif line.startswith((";", "dig: ")):
            self._comment(line.rstrip())
        elif self._command.is_short or " from server " in line:
            self._value(line.strip())
        else:
            self._record(line.strip())

    def end(self) -> None:
        """End the last reply, and add the answers to the questions that have none."""
        self._end_reply()
        if self._trace:
            self.answers += self._trace.answers()
        elif self._tried is not None and self._open:
            self._fail(self._tried)
        if self._command.is_shortened and not self._trace:
            while self._open:
                self._new_reply()
                self._end_reply()
        self._open, self._trace = [], None

    def _begin(self, command: DigCommand) -> None:
        """Begin a command; the one that was typed, `dig` may repeat in its output."""
        from acmrules.readers.account.dig_replies import Trace

        is_repeated = command.is_greeting and not self._command.is_greeting
        if not (is_repeated and self._open == [*self._command.questions]):
            self.end()
        self._command, self._open = command, [*command.questions]
        self._trace = Trace(command) if command.is_trace else None

    def _comment(self, line: str) -> None:
        """Read a line that is no record: a header, the start of a section, or statistics."""
        import re

        if match := re.match(_STATUS, line):
            self._new_reply().status = match[1]
        elif match := re.match(_FLAGS, line):
            if self._reply:
                self._reply.flags = frozenset(match[1].split())
                if counts := re.search(_COUNTS, line):
                    self._reply.counts = int(counts[1]), int(counts[2])
        elif line.endswith("SECTION:"):
            self._section = line.strip("; ").partition(" ")[0]
        elif self._section == "QUESTION":
            self._question(line.strip("; "))
        elif match := re.match(_RECEIVED, line):
            if self._trace:
                self._trace.end_reply(_server(match))
        elif match := re.match(_SERVER, line):
            self._end_with(_server(match))
        elif match := re.match(_TRIED, line):
            self._tried = match[1]
        elif match := re.match(_FAILED, line):
            self._fail(match[1] or self._tried or self._command.server)

    def _question(self, text: str) -> None:
        from acmrules.readers.account.dig_commands import question_of

        if self._reply:
            self._reply.question = question_of(text)

    def _end_with(self, server: str) -> None:
        """Read the server, which follows the records of a reply."""
        reply = self._reply
        if reply is None and self._open and not self._trace:
            reply = self._new_reply()
        if reply:
            reply.server, reply.is_over = server, True

    def _value(self, line: str) -> None:
        """Read a line of `+short`, or one with its server, of `+identify` or `+nssearch`."""
        import re

        from acmrules.readers.account.dig_replies import UNKNOWN_QUESTION

        if len(self._command.questions) != 1:
            raise InvalidArgument(UNKNOWN_QUESTION)
        match = re.fullmatch(_FROM_SERVER, line)
        value, server = (match[1], match[2]) if match else (line, "")
        found = value.removeprefix("SOA ")
        reply = self._reply
        if reply is None or found != value:
            reply = self._new_reply()
        reply.add_value(found, self._command.questions[0])
        reply.server = server

    def _record(self, line: str) -> None:
        from acmrules.readers.account.dig_replies import UNKNOWN_QUESTION
        from acmrules.readers.account.records import parse_record

        try:
            record = parse_record(line)
        except InvalidArgument:
            fault = f"{quoted(line)} is not a line of the output of dig"
            is_value = " " not in line and line.endswith(".")
            raise InvalidArgument(UNKNOWN_QUESTION if is_value else fault) from None
        if self._trace:
            self._trace.add(record)
        elif self._section == "AUTHORITY" and self._reply:
            self._reply.authority.append(record)
        elif self._section == "ANSWER" and self._reply:
            self._reply.add(record)
        elif not self._section and not (self._reply and self._reply.takes(record, self._open)):
            self._new_reply().takes(record, self._open)

    def _new_reply(self) -> Reply:
        from acmrules.readers.account.dig_replies import Reply

        self._end_reply()
        self._reply = Reply(self._command)
        return self._reply

    def _end_reply(self) -> None:
        from acmrules.readers.account.dig_replies import transferred

        reply, self._reply, self._section = self._reply, None, ""
        if reply is None:
            return
        question = reply.asked(self._open)
        if question in self._open:
            self._open.remove(question)
        self._tried = None
        if question[1] == "AXFR" and reply.records:
            self.zones.append(transferred(question[0], reply.records))
        else:
            self.answers.append(reply.answer(question))

    def _fail(self, server: str) -> None:
        """Add the answer to the next question, which has no response."""
        from acmrules.readers.account.dig_replies import UNKNOWN_QUESTION

        self._end_reply()
        self._tried = None
        if self._trace:
            return  # It says which servers did not respond.
        if not self._open:
            raise InvalidArgument(UNKNOWN_QUESTION)
        reply = self._new_reply()
        reply.status, reply.server = "NO_ANSWER", server
        self._end_reply()


def _server(match: re.Match[str]) -> str:
    """Return the name of a server as in the query, or else its address."""
    named = match[2] if match.re.groups > 1 and match[2] else match[1]
    return canonical(named)
