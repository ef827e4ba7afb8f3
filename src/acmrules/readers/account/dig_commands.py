"""The commands of `dig`: what they ask, as `dig` prints them, or as a terminal shows them."""

from __future__ import annotations

import re

import dns.name
import dns.rdatatype
import dns.reversename

from acmrules.diagnosis.dns.domains import canonical
from acmrules.errors import InvalidArgument
from acmrules.messages import quoted
from acmrules.readers.account.records import MALFORMED, canonical_name
from acmrules.values import Value

_GREETING = re.compile(r"; <<>> [Dd]i[Gg] [^<]*<<>>(.*)")
_TYPED = re.compile(r"(?:[^;\"]{0,80}?[$#%>\u276f]\s+)?(?:k?dig)(?:\s+(.*))?")
_WITH_VALUE = frozenset({"-b", "-c", "-f", "-k", "-p", "-q", "-t", "-x", "-y"})
_ENDS = frozenset({"|", "#", ";", ">", "&&", "||", "2>&1"})
_CLASSES = frozenset({"IN", "CH", "HS"})


class DigCommand(Value):
    """A command of `dig`: its questions as names and types, and how it prints the answers.

    `is_shortened` is whether it prints less than the whole responses, and `is_short` whether it
    prints values alone. `is_greeting` is whether `dig` printed the command itself.
    """

    questions: tuple[tuple[str, str], ...] = ()
    server: str = ""
    checks_dnssec: bool = True
    is_short: bool = False
    is_shortened: bool = False
    is_trace: bool = False
    is_greeting: bool = False


def command_of(line: str) -> DigCommand | None:
    """Return the command on a line, `None` if there is none; raises `InvalidArgument`."""
    greeting = _GREETING.fullmatch(line.rstrip())
    match = greeting or _TYPED.fullmatch(line.strip())
    return _parsed((match[1] or "").split(), is_greeting=greeting is not None) if match else None


def question_of(text: str) -> tuple[str, str]:
    """Return the question on a line of the question section; raises `InvalidArgument`."""
    questions = _parsed(text.split(), is_greeting=False).questions
    if len(questions) != 1:
        raise InvalidArgument(f"{quoted(text)} is not a question")
    return questions[0]


def _parsed(words: list[str], *, is_greeting: bool) -> DigCommand:
    questions: list[list[str]] = []
    options: set[str] = set()
    server, type_ = "", ""
    rest = iter(words)
    for word in rest:
        if word in _ENDS:
            break
        flag, text = word[:2], word.strip("'\"")
        if flag[:1] == "@":
            server = canonical(word[1:])
        elif flag[:1] == "+":
            options.add(word[1:].lower())
        elif flag in _WITH_VALUE:
            value = word[2:] or next(rest, "")
            if flag == "-q":
                questions.append([_asked(value), type_])
            elif flag == "-x":
                questions.append([_asked(value, is_address=True), "PTR"])
            elif flag == "-t":
                type_ = _set_type(questions, _type(value))
        elif kind := _type(text):
            type_ = _set_type(questions, kind)
        elif flag[:1] != "-" and text.upper() not in _CLASSES:
            questions.append([_asked(text), type_])
            type_ = ""
    default = "SOA" if "nssearch" in options else "A"
    return DigCommand(
        tuple((name, kind or default) for name, kind in questions),
        server,
        not options & {"cd", "cdflag"},
        "short" in options,
        bool(options & {"short", "noall", "nocomments", "nssearch"}),
        "trace" in options,
        is_greeting,
    )


def _asked(text: str, *, is_address: bool = False) -> str:
    """Return the canonical name in a question; that of an address is in a reverse zone."""
    try:
        name = dns.reversename.from_address(text) if is_address else dns.name.from_text(text)
    except MALFORMED:
        kind = "an IP address" if is_address else "a DNS name"
        raise InvalidArgument(f"{quoted(text)} is not {kind}") from None
    return canonical_name(name)


def _set_type(questions: list[list[str]], kind: str) -> str:
    """Set the type of the last name; return it for the first one if there is none yet."""
    if not questions:
        return kind
    questions[-1][1] = kind
    return ""


def _type(word: str) -> str:
    try:
        return dns.rdatatype.to_text(dns.rdatatype.from_text(word))
    except MALFORMED:
        return ""
