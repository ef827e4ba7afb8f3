"""The questions of the page: what it sends, and what is refused."""

from __future__ import annotations

import json
import os
from datetime import date

from acmrules.errors import AcmRulesError, InvalidArgument
from acmrules.facts.fact import date_fault
from acmrules.messages import choose_from, counted, quoted
from acmrules.regions import check_region
from acmrules.syntax.source import STANDARD_INPUT
from acmrules.values import Value

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable
    from typing import Any

TOPICS = ("check", "coverage", "validation", "diagnosis", "dates")

MOST_FILES = 100
MOST_OCTETS = 1024 * 1024
"""The most octets of all files together; an interpreter in a page takes minutes for more."""

_MOST_OF_NAME = 255


class BadQuestion(AcmRulesError):  # noqa: N818  (a question is no failure)
    """The error for a question that has no answer, as one sentence."""


class Question(Value):
    """A question: its topic, and the texts by the names of their files."""

    topic: str
    texts: dict[str, str]
    hosts: str
    region: str | None
    as_of: date


def question_of(text: str) -> Question:
    """Return the question in JSON; raises `BadQuestion`."""
    if not isinstance(text, str):
        raise BadQuestion(f"the question must be a string, not `{type(text).__name__}`")
    try:
        data = json.loads(text)
    except RecursionError:
        raise BadQuestion("the question is nested too deeply") from None
    except ValueError:
        raise BadQuestion("the question is not JSON") from None
    if not isinstance(data, dict):
        raise BadQuestion("the question must be an object")
    topic = _string(data, "topic")
    if topic not in TOPICS:
        raise BadQuestion(f"unknown topic {quoted(topic)}{choose_from(topic, TOPICS)}")
    return Question(
        topic,
        _texts(data.get("files")),
        whole(_string(data, "hosts")),
        _region(_string(data, "region")),
        _day(_string(data, "asOf")),
    )


def whole(text: str) -> str:
    """Return a string with U+FFFD for each half of a surrogate pair, which no file can have."""
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def _string(data: dict[str, Any], member: str) -> str:
    value = data.get(member)
    if not isinstance(value, str):
        raise BadQuestion(f"`{member}` must be a string")
    return value


def _texts(files: object) -> dict[str, str]:
    if not isinstance(files, list) or not all(isinstance(each, dict) for each in files):
        raise BadQuestion("`files` must be a list of objects")
    if len(files) > MOST_FILES:
        raise BadQuestion(
            f"there are {counted(len(files), 'file')}; at most {MOST_FILES} are checked"
        )
    texts: dict[str, str] = {}
    for each in files:
        name = _string(each, "name")
        if fault := _name_fault(name, texts):
            raise BadQuestion(fault)
        texts[name] = whole(_string(each, "text"))
    octets = sum(len(text) if text.isascii() else len(text.encode()) for text in texts.values())
    if octets > MOST_OCTETS:
        most = f"{MOST_OCTETS // 1024 // 1024} MiB"
        raise BadQuestion(
            f"the files have {counted(octets, 'byte')}; this page checks at most {most} together."
            " `acmrules check` takes more"
        )
    return texts


def _name_fault(name: str, others: Iterable[str]) -> str:
    """Return why no file of a folder can have a name next to others, empty if one can."""
    if not name:
        return "a file has no name"
    if len(name) > _MOST_OF_NAME:
        return f"the name of a file has {counted(len(name), 'character')}"
    shown = quoted(whole(name))
    if not name.isprintable():
        return f"the name {shown} contains a character that cannot be printed"
    if name == STANDARD_INPUT:
        return f"{shown} is not the name of a file"
    if os.path.isabs(name) or "\\" in name:
        return f"the name {shown} must be a relative path with `/`"
    parts = name.split("/")
    if not {"", os.curdir, os.pardir}.isdisjoint(parts):
        return f"the name {shown} must not contain `.`, `..` or nothing between slashes"
    if name in others:
        return f"two files have the name {shown}"
    for other in others:
        if other.startswith(f"{name}/") or name.startswith(f"{other}/"):
            return f"{shown} and {quoted(other)} cannot both exist: one is a folder of the other"
    return ""


def _region(name: str) -> str | None:
    if not name:
        return None
    try:
        check_region(name)
    except InvalidArgument as error:
        raise BadQuestion(whole(str(error))) from None
    return name


def _day(text: str) -> date:
    try:
        day = date.fromisoformat(text)
    except ValueError:
        raise BadQuestion(f"{quoted(whole(text))} is not a date such as `2026-03-15`") from None
    if fault := date_fault(day):
        raise BadQuestion(fault)
    return day
