"""The form of the tables of known modules."""

from __future__ import annotations

from acmrules.readers.terraform.versions import Version, version
from acmrules.values import Value

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable


class ModuleArgument(Value):
    """An argument of a module, in the versions from `since` up to, but not including, `until`.

    `default` is written in Terraform's language, `None` if the caller must set the argument. An
    argument whose default has changed has an entry for each default. In a version without the
    argument, the module acts as if it had its default.
    """

    name: str
    default: str | None
    since: str = ""
    until: str = ""

    def exists_in(self, numbers: Version) -> bool:
        """Return whether a version of the module has this argument with this default."""
        return (not self.since or version(self.since) <= numbers) and (
            not self.until or numbers < version(self.until)
        )


class KnownModule(Value):
    """A module of the registry in the versions from `since` up to, but not including, `until`.

    `body` has the resources of the module that concern certificates, and its outputs, as
    Terraform's language describes them. `read` are commits of the module's repository whose code
    was read for this table, and releases whose changes were.
    """

    source: str
    since: str
    until: str
    read: tuple[str, ...]
    arguments: tuple[ModuleArgument, ...]
    body: str

    def names(self) -> list[str]:
        """Return the names of the arguments, each once."""
        return [*dict.fromkeys(argument.name for argument in self.arguments)]

    def segments(self) -> list[Version]:
        """Return the first version of each range in which no argument or default changes."""
        starts = {version(self.since)}
        for argument in self.arguments:
            ends = (version(end) for end in (argument.since, argument.until) if end)
            starts.update(each for each in ends if version(self.since) < each)
        return sorted(each for each in starts if each < version(self.until))

    def defaults(self, name: str, starts: Iterable[Version]) -> set[str | None]:
        """Return the defaults of an argument in some ranges of versions."""
        entries = [argument for argument in self.arguments if argument.name == name]
        found = set[str | None]()
        for start in starts:
            own = [each.default for each in entries if each.exists_in(start)]
            found.add(own[0] if own else entries[0].default)
        return found

    def has(self, name: str, start: Version) -> bool:
        """Return whether the versions of a range have an argument, or whether none is known."""
        entries = [argument for argument in self.arguments if argument.name == name]
        return not entries or any(each.exists_in(start) for each in entries)


def range_end(starts: list[Version], index: int, until: str) -> Version:
    """Return the version at which a range ends."""
    return starts[index + 1] if index + 1 < len(starts) else version(until)
