"""Settings with their locations, selected by path, and merged with options."""

from __future__ import annotations

from functools import cache

from acmrules.values import Value

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from typing import Any

    from pathspec import PathSpec, Pattern

    from acmrules.syntax.source import InputError

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


class SettingsError(Exception):
    """A settings file with mistakes, each with its position."""

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

    def covers(self, path: str) -> bool:
        """Return whether an absolute path, or a folder that contains it, matches.

        >>> ExcludePatterns("/a", ("charts/", "!charts/b.yaml")).covers("/a/infra/charts/b.yaml")
        True
        """
        above = f"{self.folder.rstrip('/')}/"
        return path.startswith(above) and _spec(self.patterns).match_file(path[len(above) :])


class Settings(Value):
    """Settings by key; a glob in a key is absolute."""

    stated: Mapping[Key, Setting]

    def exclude(self, path: str) -> bool:
        """Return whether the file of an absolute path is excluded."""
        stated = self.stated.get(("exclude",))
        return stated is not None and stated.value.covers(path)

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

    if not glob:
        return not path
    if glob[0] == "**":
        return any(_matches(path[start:], glob[1:]) for start in range(len(path) + 1))
    return bool(path) and fnmatchcase(path[0], glob[0]) and _matches(path[1:], glob[1:])


def absolute(glob: str, folder: str) -> str:
    """Return a glob below a folder as an absolute one, with the folder's characters escaped."""
    escaped = "".join(f"[{symbol}]" if symbol in "*?[" else symbol for symbol in folder)
    return f"{escaped.rstrip('/')}/{glob}"


def names_files(pattern: str) -> bool:
    """Return whether an exclude pattern is valid and can match a file."""
    if not pattern.strip("!/"):
        return False
    try:
        return any(each.include is not None for each in _spec((pattern,)).patterns)
    except ValueError:
        return False


@cache
def _spec(patterns: tuple[str, ...]) -> PathSpec[Pattern]:
    from pathspec import GitIgnoreSpec, PathSpec

    # In `PathSpec`, the last matching pattern applies, even to a file in an excluded folder.
    return PathSpec(GitIgnoreSpec.from_lines(patterns).patterns)


def _depth(key: Key) -> int:
    """Return how many parts of a key are not a glob."""
    if key[0] in BY_PATH:
        return 1
    return 2 if key[0] == "parameters" else len(key)
