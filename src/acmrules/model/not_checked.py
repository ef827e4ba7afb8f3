"""What a run did not check: the parts of its input that it could not read."""

from __future__ import annotations

from acmrules.messages import printable
from acmrules.model.placed import Location, Placed
from acmrules.syntax.source import Source

FILE, MODULE, NESTED_STACK, PARAMETER, REPEATED, RESPONSE, TEMPLATE = KINDS = (
    *("file", "module", "nested-stack", "parameter", "repeated", "response", "template"),
)
"""The kinds of things that are not checked."""

NOUNS = {
    FILE: "file",
    MODULE: "remote module",
    NESTED_STACK: "nested stack",
    PARAMETER: "parameter",
    REPEATED: "repeated declaration",
    RESPONSE: "response",
    TEMPLATE: "template",
}
"""What reports call them."""


class NotChecked(Placed):
    """A thing that was not checked: its kind, what it is, why, and how to get it checked.

    `what` and `why` are the subject and the predicate of a sentence, `how` is an instruction.
    `checks` is the number of checks that a parameter leaves undecided.
    """

    kind: str
    what: str
    why: str
    how: str
    checks: int = 0

    def __str__(self) -> str:
        return printable(f"{self.what} {self.why}: {self.how}")

    @property
    def located(self) -> str:
        """The sentence after the file, with the line and the column unless it is about the file."""
        where = "" if self.is_about_file else f":{self.position}"
        return f"{printable(self.file)}{where}: {self}"

    @property
    def is_about_file(self) -> bool:
        """Whether it is about the whole file, so that its lines do not matter."""
        source = self.location.source if self.location else None
        return source is not None and source.is_read and not source.text


def whole_file(name: str) -> Location:
    """Return the location of a file as a whole."""
    return Location(Source(name, ""), 0, 0)
