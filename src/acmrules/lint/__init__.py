"""Rules, the linter that runs them over declarations, and checks for programs.

`check`, `check_text`, `check_paths` and `check_params` load when they are first used, because the
command line does not need them. They read settings, so they are part of the workspace.
"""

TYPE_CHECKING = False
if TYPE_CHECKING:
    from acmrules.lint.findings import Finding as Finding
    from acmrules.lint.findings import MissingParameter as MissingParameter
    from acmrules.lint.findings import RelatedLocation as RelatedLocation
    from acmrules.lint.findings import Report as Report
    from acmrules.lint.findings import SettledEdits as SettledEdits
    from acmrules.lint.findings import Skip as Skip
    from acmrules.lint.findings import SkipReason as SkipReason
    from acmrules.lint.findings import StaleBaselineEntry as StaleBaselineEntry
    from acmrules.lint.findings import Suppressed as Suppressed
    from acmrules.lint.rule import Edit as Edit
    from acmrules.lint.rule import Fix as Fix
    from acmrules.lint.rule import Rule as Rule
    from acmrules.lint.rule import Severity as Severity
    from acmrules.lint.suppressions.model import Suppression as Suppression
    from acmrules.model.not_checked import NotChecked as NotChecked
    from acmrules.model.placed import Location as Location
    from acmrules.reports.findings import render as render
    from acmrules.syntax.edits import TextEdit as TextEdit
    from acmrules.syntax.source import InputError as InputError
    from acmrules.syntax.source import Position as Position
    from acmrules.syntax.source import Range as Range
    from acmrules.workspace.arguments import GivenSettings as GivenSettings
    from acmrules.workspace.checks import check as check
    from acmrules.workspace.checks import check_params as check_params
    from acmrules.workspace.checks import check_paths as check_paths
    from acmrules.workspace.checks import check_text as check_text
    from acmrules.workspace.settings import SettingsError as SettingsError

_HOMES = {
    "workspace.checks": ("check", "check_params", "check_paths", "check_text"),
    "workspace.arguments": ("GivenSettings",),
    "workspace.settings": ("SettingsError",),
    "lint.findings": (
        "Finding",
        "MissingParameter",
        "RelatedLocation",
        "Report",
        "SettledEdits",
        "Skip",
        "SkipReason",
        "StaleBaselineEntry",
        "Suppressed",
    ),
    "lint.rule": ("Edit", "Fix", "Rule", "Severity"),
    "lint.suppressions.model": ("Suppression",),
    "model.not_checked": ("NotChecked",),
    "syntax.edits": ("TextEdit",),
    "syntax.source": ("InputError", "Position", "Range"),
    "model.placed": ("Location",),
    "reports.findings": ("render",),
}
_HOME = {name: home for home, names in _HOMES.items() for name in names}

__all__ = [*_HOME]  # noqa: PLE0604  (the names are in the table above)


if not TYPE_CHECKING:
    # Type checkers would accept every name of a module that has this function.

    def __getattr__(name: str) -> object:
        home = _HOME.get(name)
        if home is None:
            raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
        value = getattr(__import__(f"acmrules.{home}", fromlist=(name,)), name)
        globals()[name] = value
        return value


def __dir__() -> list[str]:
    return __all__
