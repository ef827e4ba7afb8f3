"""The causes in a diagnosis, each once for all names that share it."""

from __future__ import annotations

from acmrules.diagnosis.causes import TITLES
from acmrules.diagnosis.model import Actor, Cause, Certainty, Obstacle, RecordAction, RecordChange
from acmrules.messages import printable
from acmrules.values import Value
from acmrules.writers.record_changes import written_value

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from acmrules.diagnosis.model import Diagnosis
    from acmrules.unresolved import ListedName

LABELS = {Certainty.CERTAIN: "cause", Certainty.LIKELY: "likely", Certainty.OPEN: "unknown"}
"""What a report calls a cause, by how certain it is."""

ACTIONS = {
    RecordAction.PUBLISH: "publish",
    RecordAction.CHANGE: "change to",
    RecordAction.REMOVE: "remove",
}
"""What a report calls a change of records."""

_MOST_APART = 3
"""Maximum number of names with causes of one kind that are apart if their texts differ."""


class SharedCause(Value):
    """One cause, and the names that have it; without names, it is that of the whole certificate.

    `obstacles` are those of the names, in their order. They differ at most in the names and records
    that they mention, unless there are many.
    """

    names: tuple[ListedName, ...]
    obstacles: tuple[Obstacle, ...]

    @property
    def obstacle(self) -> Obstacle:
        """The first obstacle."""
        return self.obstacles[0]

    @property
    def title(self) -> str:
        """The cause in a few words."""
        return TITLES[self.obstacle.cause]

    @property
    def sentences(self) -> tuple[tuple[str, str], ...]:
        """The cause, the proof and the remedy, each with its label, if there is one.

        If a sentence is not the same for all names, it is that of the first one.
        """
        labels = self._label, "proof", "do this"
        fields = "text", "proof", "remedy"
        return tuple(
            (label, self._sentence(field))
            for label, field in zip(labels, fields, strict=True)
            if getattr(self.obstacle, field)
        )

    @property
    def _label(self) -> str:
        one = self.obstacle
        # Where you have nothing to do, nothing is wrong.
        if one.cause is Cause.EMAIL_ENDS:
            return "note"
        is_status = one.certainty is Certainty.CERTAIN and one.actor is not Actor.YOU
        return "status" if is_status else LABELS[one.certainty]

    def _sentence(self, field: str) -> str:
        text, *others = dict.fromkeys(getattr(each, field) for each in self.obstacles)
        return f"for {self.names[0]}: {text}" if others and self.names else str(text)

    @property
    def changes(self) -> tuple[RecordChange, ...]:
        """The changes of records for all names, each once."""
        changes = (change for each in self.obstacles for change in each.changes)
        return tuple(dict.fromkeys(changes))


def shared_causes(diagnosis: Diagnosis) -> tuple[SharedCause, ...]:
    """Return the causes of the certificate, then those of its names, each once."""
    own = [SharedCause((), (each,)) for each in diagnosis.obstacles]
    kinds: dict[object, list[tuple[ListedName, Obstacle]]] = {}
    for name in diagnosis.names:
        for each in name.obstacles:
            kinds.setdefault(_kind(each), []).append((name.name, each))
    return (*own, *(cause for found in kinds.values() for cause in _parted(found)))


def unexplained(diagnosis: Diagnosis) -> tuple[ListedName, ...]:
    """Return the names that are perhaps not validated, if no cause explains it."""
    if diagnosis.obstacles:
        return ()
    names = (each for each in diagnosis.names if not each.obstacles and not each.is_validated)
    return tuple(each.name for each in names)


def _kind(each: Obstacle) -> object:
    zones = tuple(dict.fromkeys((change.zone_name, change.zone_id) for change in each.changes))
    return each.cause, each.certainty, each.actor, zones, each.source


def _parted(found: list[tuple[ListedName, Obstacle]]) -> Iterator[SharedCause]:
    """Yield the causes of one kind, apart if they are few and their texts differ."""
    alike: dict[object, list[tuple[ListedName, Obstacle]]] = {}
    for name, each in found:
        alike.setdefault(_without_names(name, each), []).append((name, each))
    groups = [found] if len(alike) > _MOST_APART else [*alike.values()]
    for group in groups:
        names = tuple(dict.fromkeys(name for name, _ in group))
        obstacles = tuple(dict.fromkeys(each for _, each in group))
        yield SharedCause(names, obstacles)


def _without_names(name: ListedName, each: Obstacle) -> tuple[str, ...]:
    """Return the sentences of an obstacle without what is specific to a name."""
    own = {str(name), str(name).removeprefix("*.")}
    for change in each.changes:
        own |= {change.name, *change.values}
    words = sorted(filter(None, own), key=len, reverse=True)
    return tuple(_masked(text, words) for text in (each.text, each.proof, each.remedy))


def _masked(text: str, words: Iterable[str]) -> str:
    for word in words:
        text = text.replace(word, "\0")
    return text


# Records ------------------------------------------------------------------------------------------


def _is_of_registrar(change: RecordChange) -> bool:
    """Return whether a change sets name servers, and no zone to edit is known."""
    return change.type == "NS" and not change.zone_name and change.action is not RecordAction.REMOVE


def action_of(change: RecordChange) -> str:
    """Return what a report calls a change."""
    return "set" if _is_of_registrar(change) else ACTIONS[change.action]


def zone_lines(change: RecordChange) -> list[str]:
    """Return the records of a change as lines of a zone file, or the servers for a registrar."""
    if _is_of_registrar(change):
        return [*map(printable, change.values)]
    return [
        printable(f"{change.name}. {change.type} {written_value(change.type, value)}")
        for value in change.values
    ]


def zone_of(change: RecordChange) -> str:
    """Return the zone to edit in words, empty if it is unknown."""
    if _is_of_registrar(change):
        return printable(f"as the name servers of {change.name}")
    if not (change.zone_name or change.zone_id):
        return ""
    words = (change.zone_name, f"({change.zone_id})" if change.zone_id else "")
    return printable(f"in the zone {' '.join(filter(None, words))}")
