"""Diagnoses for people: a block for each certificate, the worst first, and a summary."""

from __future__ import annotations

from acmrules.diagnosis.model import State
from acmrules.messages import counted, printable
from acmrules.reports import BOLD, CYAN, GREEN, QUIET, RED, YELLOW
from acmrules.reports.diagnosis.causes import (
    action_of,
    shared_causes,
    unexplained,
    zone_lines,
    zone_of,
)
from acmrules.reports.diagnosis.phrases import (
    actor_phrase,
    deadline_phrase,
    declaration_phrase,
    drift_phrase,
    home,
    list_of,
    place_phrase,
    title_names,
    totals,
    use_of,
)
from acmrules.reports.findings.layout import Layout, columns, joined

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from acmrules.analysis.diagnoses import Diagnoses, PlacedDiagnosis
    from acmrules.diagnosis.model import Diagnosis
    from acmrules.reports.diagnosis.causes import SharedCause

_DEFAULT = Layout()
_COLORS = {
    State.BROKEN: RED,
    State.WAITING_FOR_YOU: YELLOW,
    State.UNKNOWN: YELLOW,
    State.WAITING_FOR_AWS: CYAN,
    State.FINE: GREEN,
}
_WIDTH = 13
_LESS_INDENTED = (4, 2)
"""The indents of a word that does not fit on a line with the others."""

_MOST_IN_TITLE = 2
_MOST_NAMES = 3
_MOST_RECORDS = 10
_MOST_COMMANDS = 6
_ALL_AT_ONCE = ": `acmrules inventory` reads all of them"
_MOST_ALONE = 3
"""Maximum number of similar certificates without a cause of a name that have a block each."""


def render(found: Diagnoses, layout: Layout = _DEFAULT) -> str:
    """Return a block for each certificate, and a summary.

    Many certificates in the same situation share a block.
    """
    blocks = [
        "\n".join(_shared(group, layout) if len(group) > 1 else _block(group[0], layout))
        for group in _groups(found.certificates)
    ]
    for lead, phrases in (
        ("drift: ", [*map(drift_phrase, found.drifts)]),
        ("not read: ", [*map(str, found.gaps)]),
    ):
        if phrases:
            lines = [line for each in phrases for line in _wrapped(lead, each, layout.width)]
            blocks.append("\n".join(lines))
    if not layout.is_quiet:
        blocks.append("\n".join(_wrapped("", totals(found), layout.width)))
    return joined(blocks)


def _groups(found: Sequence[PlacedDiagnosis]) -> Iterator[list[PlacedDiagnosis]]:
    """Yield certificates; many in the same situation together, in the place of the first one."""
    kinds: dict[object, list[PlacedDiagnosis]] = {}
    for each in found:
        kinds.setdefault(_situation(each), []).append(each)
    for group in kinds.values():
        if len(group) > _MOST_ALONE:
            yield group
        else:
            yield from ([each] for each in group)


def _situation(each: PlacedDiagnosis) -> object:
    """Return what certificates in the same situation share, and no other certificate has."""
    diagnosis = each.diagnosis
    if diagnosis.names and diagnosis.certificate.described:
        return diagnosis.certificate.arn
    causes = tuple(
        dict.fromkeys((one.cause, one.certainty, one.actor) for one in diagnosis.all_obstacles)
    )
    drifts = tuple((one.kind, one.field) for one in each.drifts)
    return diagnosis.state, diagnosis.actor, causes, drifts


# One certificate ----------------------------------------------------------------------------------


def _block(each: PlacedDiagnosis, layout: Layout) -> Iterator[str]:
    diagnosis = each.diagnosis
    yield from _head(diagnosis.state, title_names(diagnosis, _MOST_IN_TITLE), layout)
    yield from _wrapped("  ", diagnosis.title, layout.width)
    if diagnosis.state is not State.FINE:
        yield from _labeled("who acts", actor_phrase(diagnosis), layout)
    for number, deadline in enumerate(diagnosis.deadlines):
        label = "" if number else "next" if diagnosis.state is State.FINE else "deadline"
        yield from _labeled(label, deadline_phrase(deadline, diagnosis.as_of), layout)
    yield from _identity(each, layout)
    for cause in shared_causes(diagnosis):
        yield ""
        yield from _cause(cause, layout)
    yield from _undiagnosed(diagnosis, layout)
    yield from _commands(_commands_of([each]), layout)


def _head(state: State, what: str, layout: Layout) -> Iterator[str]:
    """Yield the state in color, and the certificates in bold."""
    first, *rest = _wrapped(f"{state.value}: ", what, layout.width)
    yield layout.paint(state.value, _COLORS[state]) + layout.paint(first[len(state.value) :], BOLD)
    for line in rest:
        yield layout.paint(line, BOLD)


def _identity(each: PlacedDiagnosis, layout: Layout) -> Iterator[str]:
    """Yield the ARN of a certificate, where it is, and what uses it."""
    lead = " " * (_WIDTH + 2)
    yield f"  {'certificate':{_WIDTH}}{printable(each.arn)}"
    place = layout.link_file(place_phrase(each), each.file)
    where = ", ".join(filter(None, (home(each.diagnosis), place)))
    yield from [lead + where] if where else ()
    use = use_of(each.diagnosis, _MOST_NAMES)
    if use:
        yield from _labeled("in use by", use, layout)
    for pair in each.declared[:_MOST_NAMES]:
        yield from _labeled("declared", declaration_phrase(pair), layout)
    for drift in each.drifts[:_MOST_NAMES]:
        yield from _labeled("drift", drift_phrase(drift), layout)


def _labeled(label: str, text: str, layout: Layout, margin: str = "  ") -> list[str]:
    lead = f"{margin}{label:{_WIDTH + 2 - len(margin)}}"
    return _wrapped(lead, text, layout.width, len(lead))


def _wrapped(lead: str, text: str, width: int, indent: int = 2) -> list[str]:
    """Return the lines of text after a lead, further ones indented.

    No word and no quoted value is broken, so that names, values and links can be copied. One that
    does not fit is on a line of its own, indented less if it has to be.
    """
    lines: list[str] = []
    line, gap = lead, ""
    for word in _words(printable(text)):
        has_lead = gap or line.strip()
        if has_lead and columns(line) + len(gap) + columns(word) > width:
            lines.append(line.rstrip())
            line, gap = " " * _indent(indent, width - columns(word)), ""
        line += gap + word
        gap = " "
    return [*lines, line]


def _indent(indent: int, room: int) -> int:
    """Return the indent of a word that leaves that much room."""
    return next((each for each in (indent, *_LESS_INDENTED) if each <= room), _LESS_INDENTED[-1])


def _words(text: str) -> Iterator[str]:
    """Yield the words of text; a value in backticks is one word, with what surrounds it.

    >>> [*_words('add `0 issue "amazon.com"`, then wait')]
    ['add', '`0 issue "amazon.com"`,', 'then', 'wait']
    """
    open_: list[str] = []
    for word in text.split(" "):
        open_.append(word)
        if sum(each.count("`") for each in open_) % 2 == 0:
            yield " ".join(open_)
            open_ = []
    yield from open_  # A value that contains a backtick.


def _cause(cause: SharedCause, layout: Layout) -> Iterator[str]:
    """Yield the names that have a cause, its proof, and what to do about it."""
    shown = list_of(cause.names[:_MOST_NAMES], _MOST_NAMES)
    number = f"{len(cause.names):,} names, such as " if len(cause.names) > _MOST_NAMES else ""
    names = f": {number}{shown}" if shown else ""
    for line in _wrapped("  ", cause.title + names, layout.width):
        yield layout.paint(line, BOLD)
    for label, text in cause.sentences:
        yield from _labeled(label, text, layout, "    ")
    yield from _records(cause)
    source = cause.obstacle.source
    if source:
        yield layout.paint(f"    {'docs':{_WIDTH - 2}}{printable(source.url)}", QUIET)


def _records(cause: SharedCause) -> Iterator[str]:
    """Yield the records to publish or remove, with their zones; they are not broken."""
    lead = " " * (_WIDTH + 2)
    before = None
    for number, change in enumerate(cause.changes):
        if number == _MOST_RECORDS:
            more = len(cause.changes) - _MOST_RECORDS
            yield f"{lead}and {counted(more, 'more record')}; `--format changes` prints all"
            return
        label, zone = action_of(change), zone_of(change)
        for line in zone_lines(change):
            yield f"    {'' if label == before else label:{_WIDTH - 2}}{line}"
            before = label
        following = cause.changes[number + 1 : number + 2]
        if zone and not (following and zone_of(following[0]) == zone):
            yield lead + zone


def _undiagnosed(diagnosis: Diagnosis, layout: Layout) -> Iterator[str]:
    """Yield the names that are perhaps not validated, if nothing shows why."""
    names = unexplained(diagnosis)
    if names:
        yield ""
        text = f"not validated: {list_of(names, _MOST_NAMES)}"
        yield from (layout.paint(line, BOLD) for line in _wrapped("  ", text, layout.width))
        yield from _labeled(
            "unknown",
            "why ACM has not validated it" if len(names) == 1 else "why ACM has not validated them",
            layout,
            "    ",
        )


# Several certificates -----------------------------------------------------------------------------


def _shared(group: Sequence[PlacedDiagnosis], layout: Layout) -> Iterator[str]:
    """Yield the block of certificates in the same situation, with the most urgent as an example."""
    first = group[0].diagnosis
    names = [title_names(each.diagnosis, 1) for each in group]
    head = f"{counted(len(group), 'certificate')}: {list_of(names, _MOST_NAMES)}"
    yield from _head(first.state, head, layout)
    for drift in group[0].drifts[:_MOST_NAMES]:
        yield from _labeled("drift", f"{drift_phrase(drift)}, and so on", layout)
    if first.state is State.FINE and not first.obstacles:
        return
    yield from _labeled("who acts", actor_phrase(first), layout)
    if first.deadline:
        phrase = f"{deadline_phrase(first.deadline, first.as_of)} ({names[0]})"
        yield from _labeled("first", phrase, layout)
    for cause in shared_causes(first):
        yield ""
        yield from _cause(cause.__replace__(names=()), layout)
    yield from _commands(_commands_of(group), layout, _ALL_AT_ONCE)


def _commands_of(group: Sequence[PlacedDiagnosis]) -> list[tuple[str, list[str]]]:
    """Return the commands of diagnoses, each once: those that find out, and those of remedies."""
    unknown: dict[str, None] = {}
    remedies: dict[str, None] = {}
    for each in group:
        unknown |= dict.fromkeys(each.diagnosis.commands)
        for obstacle in each.diagnosis.all_obstacles:
            remedies |= dict.fromkeys(obstacle.commands)
    return [
        ("to find out", [*unknown]),
        ("to follow up", [command for command in remedies if command not in unknown]),
    ]


def _commands(
    found: list[tuple[str, list[str]]], layout: Layout, others: str = "; `--format json` lists all"
) -> Iterator[str]:
    """Yield commands, each on a line of its own that is not broken; `others` is about the rest."""
    for purpose, commands in found:
        if not commands:
            continue
        yield ""
        yield f"  {purpose}, run"
        yield from (f"    {printable(command)}" for command in commands[:_MOST_COMMANDS])
        if len(commands) > _MOST_COMMANDS:
            more = f"and {len(commands) - _MOST_COMMANDS:,} more{others}"
            yield from _wrapped("  ", more, layout.width)
