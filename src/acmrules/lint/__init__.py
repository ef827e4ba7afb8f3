"""Rules, the linter that runs them over declarations, and checks for programs.

`check`, `check_text`, `check_paths` and `check_params` load when they are first used, because the
command line does not need them. They read settings, so they are part of the workspace.
"""

TYPE_CHECKING = False
if TYPE_CHECKING:
    from acmrules.lint.findings import Finding as Finding
    from acmrules.lint.findings import Report as Report
    from acmrules.lint.rule import Rule as Rule
    from acmrules.lint.rule import Severity as Severity
    from acmrules.model.declaration import Location as Location
    from acmrules.reports.findings import render as render
    from acmrules.workspace.checks import check as check
    from acmrules.workspace.checks import check_params as check_params
    from acmrules.workspace.checks import check_paths as check_paths
    from acmrules.workspace.checks import check_text as check_text

_HOMES = {
    "workspace.checks": ("check", "check_params", "check_paths", "check_text"),
    "lint.findings": ("Finding", "Report"),
    "lint.rule": ("Rule", "Severity"),
    "model.declaration": ("Location",),
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
