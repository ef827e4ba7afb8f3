"""Zone files: the master file format of RFC 1035, with `$TTL` and `$GENERATE`."""

from __future__ import annotations

from acmrules.diagnosis.answers import DnsAnswers, DnsRecord, HostedZone
from acmrules.diagnosis.dns.domains import is_within
from acmrules.errors import InvalidArgument
from acmrules.messages import quoted
from acmrules.syntax.source import InputError, Position, Source

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from dns.name import Name
    from dns.tokenizer import Tokenizer

NEEDS_DNSPYTHON = "needs dnspython: install it with `pip install 'acmrules[dns]'`"
"""The end of the message about an input that this environment cannot read."""

MOST_GENERATED = 65_536
"""The maximum number of records that the `$GENERATE` lines of a file may create."""

_LONGEST_GENERATED = 64 * MOST_GENERATED
"""The maximum number of characters in these records."""

_SOA_OWNER = r"(?im)^([^\s;$]+\.)[ \t]+(?:[0-9]\w*[ \t]+|IN[ \t]+)*SOA[ \t]"
_FILE_NAME = r"(?i)(?:(?:db|named|pri|zone)\.)?((?:[a-z0-9_-]+\.)+(?:[a-z]{2,}|xn--[a-z0-9-]+))"
_SUFFIXES = (".zone", ".db", ".txt", ".hosts", ".dns", ".master", ".conf")
_RANGE = r"([0-9]{1,9})-([0-9]{1,9})(?:/([0-9]{1,9}))?"
_PLACE = r"\\\$|\$\$|\$\{(-?[0-9]{1,9})(?:,([0-9]{1,3})(?:,([doxX]))?)?\}|\$"
_FORMATS = {None: "d", "d": "d", "o": "o", "x": "x", "X": "X"}


def read(text: str, name: str) -> DnsAnswers:
    """Return the zone of a zone file, or each zone if several files are one after another.

    Relative names are in the origin: that of `$ORIGIN`, else the owner of the SOA record, else the
    domain in the file name, such as `example.com.zone`. Records outside the zone are left out, as
    name servers ignore them. A zone is complete if it has an SOA record. Raises `InputError` with
    the line, also for `$INCLUDE`, because no other file is read.
    """
    try:
        import dns.tokenizer  # noqa: F401  (only whether it is installed)
    except ModuleNotFoundError:
        raise InputError(name, f"is a zone file, which {NEEDS_DNSPYTHON}") from None
    if "\0" in text:
        raise InputError(name, "is binary")
    source = Source(name, text.replace("\r\n", "\n").replace("\r", "\n").removeprefix("\ufeff"))
    return DnsAnswers(zones=tuple(_zones(_ZoneFile(source))))


def _zones(file: _ZoneFile) -> Iterator[HostedZone]:
    """Yield the zones of a file; an SOA record of another owner begins the next one."""
    records: dict[DnsRecord, None] = {}
    zone: str | None = None
    for record in file.records():
        if record.type == "SOA" and record.name != zone:
            if zone is not None:
                yield _zone(zone, records)
                records = {}
            zone = record.name
        records[record] = None
    if zone is not None:
        yield _zone(zone, records)
    elif records:
        yield _zone(file.zone_without_soa(), records)


def _zone(name: str, records: dict[DnsRecord, None]) -> HostedZone:
    inside = tuple([each for each in records if is_within(each.name, name)])
    return HostedZone(name, records=inside, is_complete=any(each.type == "SOA" for each in inside))


class _ZoneFile:
    """A zone file that is being read: what the lines so far have set."""

    def __init__(self, source: Source) -> None:
        self._source = source
        self._origin: Name | None = None
        self._first_origin: Name | None = None
        self._ttl: int | None = None
        self._owner: Name | None = None
        self._generated = 0
        self._generated_length = 0

    def records(self) -> Iterator[DnsRecord]:
        """Yield the records in the order of the file; raises `InputError`."""
        from dns.tokenizer import Tokenizer

        from acmrules.readers.account.records import MALFORMED

        tokens = Tokenizer(self._source.text)
        line = 1
        try:
            while True:
                line = tokens.where()[1]
                first = tokens.get(want_leading=True)
                if first.is_eof():
                    return
                if not first.is_eol():
                    yield from self._entry(tokens, "" if first.is_whitespace() else first.value)
        except InvalidArgument as error:
            raise self._error(str(error), line) from None
        except MALFORMED:
            fault = f"{quoted(self._source.line(line).strip())} is not a line of a zone file"
            raise self._error(fault, line) from None

    def zone_without_soa(self) -> str:
        """Return the name of the zone of a file without an SOA record; raises `InputError`."""
        from acmrules.readers.account.records import canonical_name

        if self._first_origin is None or not canonical_name(self._first_origin):
            fault = "the zone is unknown: add a first line such as `$ORIGIN example.com.`"
            raise self._error(fault, 1)
        return canonical_name(self._first_origin)

    def _error(self, fault: str, line: int) -> InputError:
        return InputError(self._source.name, fault, Position(line, 1))

    def _entry(self, tokens: Tokenizer, first: str) -> Iterator[DnsRecord]:
        """Yield the records of a line; `first` is its first word, empty if it is indented."""
        if not first:
            token = tokens.get()
            if token.is_eol_or_eof():
                return
            tokens.unget(token)
        if first[:1] == "$":
            yield from self._directive(tokens, first.upper())
            return
        if first:
            self._owner = self._name(first)
        if self._owner is None:
            raise InvalidArgument("the first record has no owner")
        yield self._record(tokens, self._owner)

    def _directive(self, tokens: Tokenizer, directive: str) -> Iterator[DnsRecord]:
        from dns import ttl

        if directive == "$ORIGIN":
            self._set_origin(tokens.get().value)
        elif directive == "$TTL":
            self._ttl = ttl.from_text(tokens.get_string())
        elif directive == "$GENERATE":
            yield from self._generate(tokens)
            return
        elif directive == "$INCLUDE":
            raise InvalidArgument("`$INCLUDE` is not supported: insert the lines of that file")
        else:
            raise InvalidArgument(f"{quoted(directive)} is not a directive of zone files")
        tokens.get_eol()

    def _set_origin(self, text: str) -> None:
        from dns.name import root

        from acmrules.readers.account.records import parse_name

        self._origin = parse_name(text, self._origin or root)
        self._first_origin = self._first_origin or self._origin

    def _name(self, text: str) -> Name:
        from acmrules.readers.account.records import parse_name

        return parse_name(text, self._known_origin())

    def _record(self, tokens: Tokenizer, owner: Name) -> DnsRecord:
        from acmrules.readers.account.records import parse_rest, record_of

        ttl, data = parse_rest(tokens, self._known_origin())
        return record_of(owner, data, self._ttl if ttl is None else ttl)

    def _known_origin(self) -> Name | None:
        """Return the origin; the first record without one takes it from the SOA or file name."""
        if self._origin is None:
            import re

            soa = re.search(_SOA_OWNER, self._source.text)
            base = self._source.name.replace("\\", "/").rpartition("/")[2]
            for suffix in _SUFFIXES:
                base = base.removesuffix(suffix)
            file = re.fullmatch(_FILE_NAME, base)
            match = soa or file
            if match:
                self._set_origin(match[1])
        return self._origin

    def _generate(self, tokens: Tokenizer) -> Iterator[DnsRecord]:
        """Yield the records of `$GENERATE RANGE OWNER [TTL] [CLASS] TYPE DATA`."""
        import re

        from dns.tokenizer import Tokenizer

        match = re.fullmatch(_RANGE, tokens.get_string())
        if match is None:
            raise InvalidArgument("the range of `$GENERATE` must be like `1-254` or `0-254/2`")
        numbers = range(int(match[1]), int(match[2]) + 1, max(1, int(match[3] or 1)))
        self._generated += len(numbers)
        if self._generated > MOST_GENERATED:
            raise InvalidArgument(f"`$GENERATE` creates more than {MOST_GENERATED:,} records")
        owner = tokens.get().value
        words = []
        while not (token := tokens.get()).is_eol_or_eof():
            words.append(f'"{token.value}"' if token.is_quoted_string() else token.value)
        rest = " ".join(words)
        for number in numbers:
            name, text = _numbered(owner, number), _numbered(rest, number)
            self._generated_length += len(name) + len(text)
            if self._generated_length > _LONGEST_GENERATED:
                fault = f"`$GENERATE` creates more than {_LONGEST_GENERATED:,} characters"
                raise InvalidArgument(fault)
            self._owner = self._name(name)
            yield self._record(Tokenizer(text), self._owner)


def _numbered(text: str, number: int) -> str:
    """Return a string with a number in place of each `$` and `${OFFSET,WIDTH,BASE}`."""
    import re

    def digits(place: re.Match[str]) -> str:
        if place[0] in {r"\$", "$$"}:
            return "$"
        width = int(place[2] or 0)
        return f"{number + int(place[1] or 0):0{width}{_FORMATS[place[3]]}}"

    return re.sub(_PLACE, digits, text)
