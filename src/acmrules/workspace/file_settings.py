"""The settings that apply to a file: a date, rules, quotas, parameters, a baseline."""

from __future__ import annotations

from acmrules.readers.options import Parameters

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import date
    from typing import Any

    from acmrules.limits import Quotas
    from acmrules.lint.linter import Linter
    from acmrules.lint.rule import Rule, Severity
    from acmrules.suffixes import PublicSuffixes
    from acmrules.syntax.source import Source
    from acmrules.workspace.settings import Key, Setting

BASELINE = ".acmrules-baseline.json"
"""The name of baseline files."""


class FileSettings:
    """The settings of some files; the linter is created when there is something to check.

    `stated` are the settings by keys without globs. Files that are `excluded` are not checked.
    """

    __slots__ = ("_linter", "_suffixes", "as_of", "baseline", "excluded", "parameters", "stated")

    def __init__(
        self,
        stated: dict[Key, Setting],
        *,
        today: date,
        suffixes: Callable[[], PublicSuffixes],
        baseline: str | None = None,
        excluded: bool = False,
        read: Callable[[str], bytes] | None = None,
    ) -> None:
        """Raise `InputError` for a file of variables that cannot be read.

        `read` returns the bytes of such a file, by default of one on disk.
        """
        self.stated = stated
        self.excluded = excluded
        self.as_of: date = self._value("as-of", default=today)
        self.baseline: str | None = self._value("baseline", default=baseline)
        self.parameters = self._parameters(read)
        self._suffixes = suffixes
        self._linter: Linter | None = None

    @property
    def fail_on(self) -> Severity:
        """The lowest severity that is a failure."""
        from acmrules.lint.rule import Severity

        bar: Severity = self._value("fail-on", default=Severity.ERROR)
        return bar

    @property
    def fail_on_nothing(self) -> bool:
        """Whether a run of these files that checks nothing is a failure."""
        return bool(self._value("fail-on-nothing", default=False))

    @property
    def is_strict(self) -> bool:
        """Whether it is a failure if these files cannot be read or not be checked completely."""
        return bool(self._value("strict", default=False))

    @property
    def selects_rules(self) -> bool:
        """Whether any rule checks these files."""
        levels = {key[1]: level for key, level in self._below("severity").items()}
        return self._rules(levels) != []

    @property
    def linter(self) -> Linter:
        """The linter that checks the files; raises `NoSuffixList`."""
        if self._linter is None:
            from acmrules.lint.linter import Linter
            from acmrules.lint.policy import Policy

            levels = {key[1]: level for key, level in self._below("severity").items()}
            self._linter = Linter(
                as_of=self.as_of,
                quotas=self._quotas(None),
                suffixes=self._suffixes(),
                rules=self._rules(levels),
                policy=Policy(
                    **{
                        member.replace("-", "_"): value
                        for (_, member), value in self._below("policy").items()
                    }
                ),
                regional_quotas=self._regional_quotas(),
                severities={rule: level for rule, level in levels.items() if level},
            )
        return self._linter

    def on(self, day: date) -> FileSettings:
        """Return the same settings as of another date."""
        from copy import copy

        other = copy(self)
        other.as_of = day
        other._linter = None  # noqa: SLF001  (of the same class)
        return other

    def _value(self, *key: str, default: Any) -> Any:  # noqa: ANN401  (its type depends on the key)
        stated = self.stated.get(key)
        return default if stated is None else stated.value

    def _below(self, name: str) -> dict[Key, Any]:
        return {
            key: stated.value for key, stated in self.stated.items() if key[0] == name and key[1:]
        }

    def _rules(self, levels: dict[str, Severity | None]) -> Sequence[Rule] | None:
        """Return the selected rules, without those that are ignored or turned off.

        Return `None` for all rules.
        """
        if not levels and ("select",) not in self.stated and ("ignore",) not in self.stated:
            return None
        from acmrules.lint.rules import CATALOGUE, named

        ignored = named(self._value("ignore", default=()))
        selected = named(self._value("select", default=("ACM",))) - ignored
        return [
            rule for rule in CATALOGUE if rule in selected and levels.get(rule.id, True) is not None
        ]

    def _parameters(self, read: Callable[[str], bytes] | None) -> Parameters:
        variables: tuple[Source, ...] = ()
        if paths := self._value("var-files", default=()):
            from acmrules.workspace import files

            read = read or files.read_bytes
            variables = tuple(files.decode(path, read(path)) for path in paths)
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
        # The first that is set applies.
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
