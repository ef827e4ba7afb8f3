"""Settings with their locations, selected by path, and merged with options."""

from __future__ import annotations

from functools import cache

from acmrules.errors import AcmRulesError
from acmrules.values import Value

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from typing import Any

    from acmrules.syntax.source import InputError
    from acmrules.workspace.gitignore import IgnorePatterns

    Key = tuple[str, ...]
    """The name of a setting, its parts, and what it applies to: an account, a Region, a glob."""

BY_PATH = ("account", "region", "var-files")
"""Settings that may apply to some paths only."""

OWN, PROJECT = ".acmrules.toml", "pyproject.toml"
"""The settings file of acmrules, and that of many tools; the first one takes precedence."""

NAMES = (
    *("exclude", "select", "ignore", "severity", "fail-on", "fail-on-nothing", "strict", "as-of"),
    *("region", "account", "quotas"),
    *("parameters", "var-files", "baseline", "policy"),
)
"""All settings, in the order in which they are printed."""


class SettingsError(AcmRulesError):
    """A settings file with mistakes; `mistakes` are `InputError`s, each with its position."""

    def __init__(self, *mistakes: InputError) -> None:
        super().__init__(*mistakes)
        self.mistakes = mistakes


class Setting(Value):
    """A value and its location; `where` prints as that location."""

    value: Any
    where: object


class ExcludePatterns(Value):
    """The files that are not checked, as patterns of a `.gitignore` in a folder."""

    folder: str
    patterns: tuple[str, ...]

    def covers(self, path: str, *, is_folder: bool = False) -> bool:
        """Return whether an absolute path, or a folder that contains it, matches.

        As in Git, a file in an excluded folder cannot be included again.

        >>> patterns = ExcludePatterns("/a", ("charts/*", "!charts/b.yaml"))
        >>> patterns.covers("/a/charts/a.yaml"), patterns.covers("/a/charts/b.yaml")
        (True, False)
        """
        above = f"{self.folder.rstrip('/')}/"
        if not path.startswith(above):
            return False
        return _parsed(self.patterns).ignores_within(path[len(above) :], is_folder=is_folder)


class Settings(Value):
    """Settings by key; a glob in a key is absolute."""

    stated: Mapping[Key, Setting]

    def exclude(self, path: str, *, is_folder: bool = False) -> bool:
        """Return whether the file or the folder of an absolute path is excluded."""
        stated = self.stated.get(("exclude",))
        return stated is not None and stated.value.covers(path, is_folder=is_folder)

    def globs(self) -> Iterator[str]:
        """Yield the globs of all keys."""
        for key in self.stated:
            yield from key[_depth(key) :]

    def for_path(self, path: str) -> dict[Key, Setting]:
        """Return the settings of an absolute path by keys without globs; the last glob wins."""
        effective: dict[Key, Setting] = {}
        for key, stated in self.stated.items():
            depth = _depth(key)
            if len(key) == depth:
                effective.setdefault(key, stated)
            elif matches(path, key[-1]):
                effective[key[:depth]] = stated
        return dict(sorted(effective.items(), key=lambda item: (NAMES.index(item[0][0]), item[0])))


def merged(stronger: Settings, weaker: Settings) -> Settings:
    """Return the settings of both; a stronger key removes the weaker keys below it.

    >>> merged(Settings({("region",): 1}), Settings({("region", "a/*"): 2, ("account",): 3})).stated
    {('account',): 3, ('region',): 1}
    """
    kept = {
        key: stated
        for key, stated in weaker.stated.items()
        if not any(key[:depth] in stronger.stated for depth in range(1, len(key) + 1))
    }
    return Settings({**kept, **stronger.stated})


def matches(path: str, glob: str) -> bool:
    """Return whether a path matches a glob: `*` is within a folder, `**` any number of folders.

    A glob that ends in a slash matches everything below.

    >>> matches("infra/prod/a.yaml", "infra/**/*.yaml"), matches("infra/prod/a.yaml", "infra/*")
    (True, False)
    """
    steps = (f"{glob}**" if glob.endswith("/") else glob).split("/")
    return _matches(path.split("/"), steps)


def _matches(path: list[str], glob: list[str]) -> bool:
    from fnmatch import fnmatchcase

    # The steps of the glob that may be next. Recursion would take exponential time for many `**`.
    steps = _with_skipped({0}, glob)
    for part in path:
        entered = set()
        for step in steps:
            if step < len(glob):
                if glob[step] == "**":
                    entered.add(step)
                elif fnmatchcase(part, glob[step]):
                    entered.add(step + 1)
        steps = _with_skipped(entered, glob)
    return len(glob) in steps


def _with_skipped(steps: set[int], glob: list[str]) -> set[int]:
    """Return steps of a glob, and those after each `**`, which may match nothing."""
    found = set()
    for start in steps:
        step = start
        while step not in found:
            found.add(step)
            step += step < len(glob) and glob[step] == "**"
    return found


def absolute(glob: str, folder: str) -> str:
    """Return a glob below a folder as an absolute one, with the folder's characters escaped."""
    escaped = "".join(f"[{symbol}]" if symbol in "*?[" else symbol for symbol in folder)
    return f"{escaped.rstrip('/')}/{glob}"


def names_files(pattern: str) -> bool:
    """Return whether an exclude pattern is valid and can match a file."""
    from acmrules.workspace.gitignore import parse

    return parse(pattern) is not None


@cache
def _parsed(patterns: tuple[str, ...]) -> IgnorePatterns:
    from acmrules.workspace.gitignore import IgnorePatterns

    return IgnorePatterns(patterns)


def _depth(key: Key) -> int:
    """Return how many parts of a key are not a glob."""
    if key[0] in BY_PATH:
        return 1
    return 2 if key[0] == "parameters" else len(key)
