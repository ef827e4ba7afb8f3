"""What the options of a command line mean: days, rules, and the terms that files are judged by."""

from __future__ import annotations

import os

from acmrules.cli.parser import UsageError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from acmrules.cli.parser import Arguments
    from acmrules.lint.rule import Rule
    from acmrules.suffixes import PublicSuffixes
    from acmrules.workspace.resolver import SettingsResolver
    from acmrules.workspace.settings import ExcludePatterns, Key, Setting


def lookup(given: Arguments, on: date | None = None) -> SettingsResolver:
    """Return what finds the terms of files, as of the day that is given or of another one.

    A mistake in an option is told before any file is read.
    """
    from acmrules.suffix_lists import suffixes_from
    from acmrules.workspace.resolver import SettingsResolver
    from acmrules.workspace.settings import Setting, Settings

    lists: list[PublicSuffixes] = []

    def suffixes() -> PublicSuffixes:
        if not lists:
            lists.append(suffixes_from(given.last("suffix_list", "publicsuffixlist")))
        return lists[0]

    if given.has("suffix_list"):
        suffixes()
    stated = _options(given)
    if on is not None:
        stated["as-of",] = Setting(on, "--until")
    return SettingsResolver(Settings(stated), day(given, "as_of"), suffixes)


def _options(given: Arguments) -> dict[Key, Setting]:
    """Return what the command line says as settings, the strongest ones."""
    from acmrules.workspace.settings import Setting

    stated: dict[Key, Setting] = {}
    if given.has("exclude"):
        stated["exclude",] = Setting(_exclusion(given.every("exclude")), "--exclude")
    if given.has("select"):
        stated["select",] = Setting(rule_words(given.every("select")), "--select")
        # Whoever selects rules means these, whatever the settings leave out.
        stated["ignore",] = Setting((), "--select")
    if given.has("ignore"):
        stated["ignore",] = Setting(rule_words(given.every("ignore")), "--ignore")
    if given.has("fail_on"):
        from acmrules.lint.rule import Severity

        bar = given.last("fail_on").upper()
        # Where it is a verdict it is for `compare` alone.
        if bar in Severity.__members__:
            stated["fail-on",] = Setting(Severity[bar], "--fail-on")
    if given.has("as_of"):
        stated["as-of",] = Setting(day(given, "as_of"), "--as-of")
    if given.has("region"):
        stated["region",] = Setting(given.last("region"), "--region")
    for name, number in _pairs(given, "quota"):
        stated["quotas", name.replace("_", "-")] = Setting(_quota(name, number), "--quota")
    for name, value in _pairs(given, "param"):
        stated["parameters", name] = Setting(value, "--param")
    if given.has("var_file"):
        stated["var-files",] = Setting(_readable(given.every("var_file")), "--var-file")
    if given.has("baseline"):
        path = given.last("baseline")
        stated["baseline",] = Setting(None if path == os.devnull else path, "--baseline")
    return stated


def _exclusion(patterns: list[str]) -> ExcludePatterns:
    """Return which files below the working folder are not judged."""
    from acmrules.workspace.settings import ExcludePatterns, names_files

    for pattern in patterns:
        if not names_files(pattern):
            raise UsageError(f"option `--exclude`: `{pattern}` matches no file")
    return ExcludePatterns(os.getcwd(), tuple(patterns))


def is_path(word: str) -> bool:
    """Say whether a word is a file or a folder, and no name.

    It has a separator, it ends as one does, or there is one of this name, which no name can have;
    below `.tf` there are names too.
    """
    from acmrules.readers import registry

    endings = (*registry.WALKED_SUFFIXES, *registry.NAMED_SUFFIXES)
    if os.sep in word or (word.endswith(endings) and not word.endswith(".tf")):
        return True
    return ("." not in word.strip(".") or word.endswith(".tf")) and os.path.exists(word)


def rule_words(words: list[str]) -> tuple[str, ...]:
    """Return ids, names, or beginnings of ids, which commas separate too."""
    split = tuple(word.strip() for word in ",".join(words).split(","))
    matching(split)
    return split


def matching(words: Iterable[str]) -> set[Rule]:
    """Return the rules of some words; raises `UsageError` for a word that is of none."""
    from acmrules.lint.rules import named

    try:
        return named(words)
    except LookupError as error:
        raise UsageError(error.args[0]) from None


def day(given: Arguments, key: str) -> date:
    """Return the day of an option, today without it; raises `UsageError`."""
    from datetime import date

    if not given.has(key):
        return date.today()  # noqa: DTZ011  (a day as its user's calendar has it)
    try:
        return date.fromisoformat(given.last(key))
    except ValueError:
        raise UsageError(f"`{given.last(key)}` is not a day such as 2026-03-15") from None


def _readable(paths: list[str]) -> tuple[str, ...]:
    """Return the paths of files with variables, all of which can be read."""
    from acmrules.syntax.source import InputError
    from acmrules.workspace import files

    try:
        for path in paths:
            files.decode(path, files.read_bytes(path))
    except InputError as error:
        raise UsageError(f"option `--var-file`: {error}") from None
    return tuple(paths)


def _pairs(given: Arguments, key: str) -> list[tuple[str, str]]:
    pairs = []
    for word in given.every(key):
        name, equals, value = word.partition("=")
        if not equals:
            raise UsageError(f"option `--{key}` needs NAME=VALUE, not `{word}`")
        pairs.append((name, value))
    return pairs


def _quota(name: str, number: str) -> int:
    from acmrules.limits import MAX_NAMES, Quotas

    if name.replace("-", "_") not in Quotas._fields:
        names = (field.replace("_", "-") for field in Quotas._fields)
        raise UsageError(f"no quota `{name}`; there is {', '.join(names)}")
    if not number.isascii() or not number.isdigit() or not int(number):
        raise UsageError(f"quota `{name}` needs a number, not `{number}`")
    if name == "names" and int(number) > MAX_NAMES:
        raise UsageError(f"quota `names` is {number}; ACM's limit is {MAX_NAMES}")
    return int(number)
