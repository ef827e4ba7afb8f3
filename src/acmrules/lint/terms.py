"""What each file is judged by: settings found upwards from it, below what the command line says."""

from __future__ import annotations

import os

from acmrules.lint.settings import (
    OWN,
    PROJECT,
    Exclusion,
    Settings,
    WrongSettings,
    matches,
    merged,
)
from acmrules.lint.source import Parameters, Unreadable

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date
    from typing import Any

    from acmrules.limits import Quotas
    from acmrules.lint.engine import Bench
    from acmrules.lint.rule import Severity
    from acmrules.lint.settings import Key, Stated
    from acmrules.lint.source import Source
    from acmrules.suffixes import PublicSuffixes

BASELINE = ".acmrules-baseline.json"
"""The name by which a baseline is found."""

_STANDARD_INPUT = "-"


class Terms:
    """What some files are judged by; the bench is made when there is something to judge.

    `stated` are their settings, by keys without globs. Nothing is judged that is `excluded`.
    """

    __slots__ = ("_bench", "_suffixes", "as_of", "baseline", "excluded", "parameters", "stated")

    def __init__(
        self,
        stated: dict[Key, Stated],
        *,
        today: date,
        suffixes: Callable[[], PublicSuffixes],
        baseline: str | None = None,
        excluded: bool = False,
    ) -> None:
        """Raise `Unreadable` for a file of variables that cannot be read."""
        self.stated = stated
        self.excluded = excluded
        self.as_of: date = self._value("as-of", default=today)
        self.baseline: str | None = self._value("baseline", default=baseline)
        self.parameters = self._parameters()
        self._suffixes = suffixes
        self._bench: Bench | None = None

    @property
    def fail_on(self) -> Severity:
        """The lowest severity that is a failure."""
        from acmrules.lint.rule import Severity

        bar: Severity = self._value("fail-on", default=Severity.ERROR)
        return bar

    @property
    def bench(self) -> Bench:
        """The bench that judges the files; raises `NoSuffixList`."""
        if self._bench is None:
            from acmrules.lint.engine import Bench
            from acmrules.lint.policy import Policy
            from acmrules.lint.rules import CATALOGUE, named

            levels = {key[1]: level for key, level in self._below("severity").items()}
            ignored = named(self._value("ignore", default=()))
            selected = named(self._value("select", default=("ACM",)))
            self._bench = Bench(
                as_of=self.as_of,
                quotas=self._quotas(None),
                suffixes=self._suffixes(),
                rules=[
                    rule
                    for rule in CATALOGUE
                    if rule in selected - ignored and levels.get(rule.id, True) is not None
                ],
                policy=Policy(
                    **{
                        member.replace("-", "_"): value
                        for (_, member), value in self._below("policy").items()
                    }
                ),
                regional_quotas=self._regional_quotas(),
                severities={rule: level for rule, level in levels.items() if level},
            )
        return self._bench

    def _value(self, *key: str, default: Any) -> Any:  # noqa: ANN401  (of a type that the key tells)
        stated = self.stated.get(key)
        return default if stated is None else stated.value

    def _below(self, name: str) -> dict[Key, Any]:
        return {
            key: stated.value for key, stated in self.stated.items() if key[0] == name and key[1:]
        }

    def _parameters(self) -> Parameters:
        variables: tuple[Source, ...] = ()
        if paths := self._value("var-files", default=()):
            from acmrules.lint import files

            variables = tuple(files.decode(path, files.read_bytes(path)) for path in paths)
        values = {key[1]: value for key, value in self._below("parameters").items()}
        return Parameters(values, self._value("region", default=None), variables)

    def _regional_quotas(self) -> dict[str, Quotas]:
        from acmrules.regions import looks_like_region

        regions = {key[-1] for key in self._below("quotas") if looks_like_region(key[-1])}
        quotas = {region: self._quotas(region) for region in sorted(regions)}
        return {region: stated for region, stated in quotas.items() if stated}

    def _quotas(self, region: str | None) -> Quotas | None:
        """Return the quotas in a Region, or where no Region is known; `None` if none is stated."""
        from acmrules.limits import Quotas

        account = self._value("account", default=None)
        # The first that is stated counts.
        scopes = ((account, region), (account,), (region,), ())
        stated = {}
        for field in Quotas._fields:
            name = field.replace("_", "-")
            for scope in scopes:
                value = self._value("quotas", name, *scope, default=None)
                if value is not None:
                    stated[field] = value
                    break
        return Quotas(**stated) if stated else None


class Lookup:
    """Finds what files are judged by; each folder is looked at once, each settings file read once.

    The nearest folder that has settings counts, up to the root of the git checkout; beside that,
    the nearest baseline.
    """

    def __init__(
        self, options: Settings, today: date, suffixes: Callable[[], PublicSuffixes]
    ) -> None:
        self._options = options
        self._today = today
        self._suffixes = suffixes
        self._settings: dict[str, Settings | WrongSettings | None] = {}
        self._baselines: dict[str, str | None] = {}
        self._terms: dict[tuple[object, ...], Terms | WrongSettings] = {}

    def terms(self, path: str) -> Terms:
        """Return what a file, or a folder, is judged by: the same ones where nothing differs.

        Raises `WrongSettings`, the same one for all whom it concerns.
        """
        whole = os.path.abspath("" if path == _STANDARD_INPUT else path)
        is_folder = os.path.isdir(whole)
        folder = whole if is_folder else _above(whole)
        found = _nearest(folder, self._settings, self._look)
        if isinstance(found, WrongSettings):
            raise found
        settings = found or self._options
        baseline = _nearest(folder, self._baselines, _baseline_in)
        asked = whole.replace(os.sep, "/")
        globs = tuple(glob for glob in settings.globs() if matches(asked, glob))
        beneath = f"{asked}/." if is_folder else asked
        excluded = path != _STANDARD_INPUT and settings.exclude(beneath)
        key = id(settings), globs, baseline, excluded
        terms = self._terms.get(key)
        if terms is None:
            terms = self._made(settings.for_path(asked), baseline, excluded=excluded)
            self._terms[key] = terms
        if isinstance(terms, WrongSettings):
            raise terms
        return terms

    def _made(
        self, stated: dict[Key, Stated], baseline: str | None, *, excluded: bool
    ) -> Terms | WrongSettings:
        try:
            return Terms(
                stated,
                today=self._today,
                suffixes=self._suffixes,
                baseline=baseline,
                excluded=excluded,
            )
        except Unreadable as error:
            return WrongSettings(error.with_traceback(None))

    def _look(self, folder: str) -> Settings | WrongSettings | None:
        """Return what is stated in a folder, below the options; `None` if it has no settings."""
        for name in (OWN, PROJECT):
            path = os.path.join(folder, name)
            if not os.path.isfile(path):
                continue
            try:
                with open(path, "rb") as file:
                    data = file.read()
            except OSError as error:
                return WrongSettings(Unreadable(os.path.relpath(path), str(error.strerror).lower()))
            if name == PROJECT and not _may_hold_settings(data):
                continue
            from acmrules.lint import files, settings_file

            shown = os.path.relpath(path)
            try:
                stated = settings_file.read(shown, files.decode(shown, data).text, folder)
            except Unreadable as error:
                return WrongSettings(error.with_traceback(None))
            except WrongSettings as mistakes:
                return mistakes.with_traceback(None)
            if stated is not None:
                return merged(self._options, stated)
        return None


def _nearest(folder: str, known: dict[str, Any], look: Callable[[str], Any]) -> Any:  # noqa: ANN401  (what `look` finds)
    """Return what is found in a folder or else above it, up to the root of the checkout."""
    if folder not in known:
        found = look(folder)
        is_top = _above(folder) == folder or os.path.exists(os.path.join(folder, ".git"))
        known[folder] = found if found or is_top else _nearest(_above(folder), known, look)
    return known[folder]


_above = os.path.dirname


def _baseline_in(folder: str) -> str | None:
    path = os.path.join(folder, BASELINE)
    return path if os.path.isfile(path) else None


def _may_hold_settings(data: bytes) -> bool:
    """Say whether the settings of many tools have some of acmrules; nothing is parsed."""
    return b"acmrules" in data and (b"tool.acmrules" in data or b"[tool]" in data)


# What holds, as it is told


def as_data(terms: Terms) -> list[dict[str, object]]:
    """Return what is stated, each with where, as plain data; what nobody states is left out."""
    from acmrules.lint.settings_file import Written

    return [
        {
            "setting": list(key),
            "value": _plain(stated.value),
            "where": stated.where.file if isinstance(stated.where, Written) else stated.where,
            "line": stated.where.position.line if isinstance(stated.where, Written) else None,
        }
        for key, stated in terms.stated.items()
    ]


def as_text(terms: Terms) -> str:
    """Return what holds as lines: the setting, its value, and where it was stated."""
    rows = [
        (".".join(key), _shown(_plain(stated.value)), str(stated.where))
        for key, stated in terms.stated.items()
    ]
    stated_names = {key[0] for key in terms.stated}
    rows += [
        (name, value, "default")
        for name, value in _defaults(terms).items()
        if name not in stated_names
    ]
    widths = [max(len(row[column]) for row in rows) for column in (0, 1)]
    lines = [f"{a:{widths[0]}}  {b:{widths[1]}}  {c}\n" for a, b, c in rows]
    return "".join([*lines, "nothing is judged here: the path is excluded\n" * terms.excluded])


def _defaults(terms: Terms) -> dict[str, str]:
    return {
        "exclude": "no file",
        "select": "every rule",
        "ignore": "no rule",
        "fail-on": str(terms.fail_on),
        "as-of": f"{terms.as_of}, today",
        "region": "not known",
        "baseline": os.path.relpath(terms.baseline) if terms.baseline else "none",
    }


def _plain(value: object) -> object:
    """Return a value as JSON can have it, spelled as in a settings file."""
    if isinstance(value, Exclusion):
        return [*value.patterns]
    if isinstance(value, tuple):
        return [_plain(item) for item in value]
    if value is None:
        return "off"
    if isinstance(value, str) or type(value) is int:
        return value
    from acmrules.request import KeyAlgorithm, ValidationMethod

    return value.value if isinstance(value, KeyAlgorithm | ValidationMethod) else str(value)


def _shown(value: object) -> str:
    if not isinstance(value, list):
        return str(value)
    items = (f"[{_shown(item)}]" if isinstance(item, list) else str(item) for item in value)
    return ", ".join(items) or "none"
