"""Options as settings, which override those of settings files."""

from __future__ import annotations

import os

from acmrules.cli.options import CheckOptions, FileOptions, InputOptions
from acmrules.cli.parser import UsageError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from datetime import date, datetime

    from acmrules.suffixes import PublicSuffixes
    from acmrules.workspace.discover import Inputs
    from acmrules.workspace.files import Files
    from acmrules.workspace.resolver import SettingsResolver
    from acmrules.workspace.settings import Key, Setting, Settings


def settings_resolver(options: InputOptions, as_of: date | None = None) -> SettingsResolver:
    """Return the resolver of a run's settings; `as_of` replaces the date of the options.

    Raises `UsageError` if a file of variables cannot be read, `SettingsError` for a wrong file of
    `--config`, and `NoSuffixList`, so that these are reported before any input is read.
    """
    from acmrules.workspace.resolver import SettingsResolver
    from acmrules.workspace.settings import Setting, Settings

    lists: list[PublicSuffixes] = []

    def suffixes() -> PublicSuffixes:
        if not lists:
            lists.append(public_suffixes(options.suffix_list))
        return lists[0]

    if options.suffix_list:
        suffixes()
    overrides = settings(options)
    if as_of is not None:
        overrides["as-of",] = Setting(as_of, "--until")
    if options.config and options.isolated:
        raise UsageError("use either `--config` or `--isolated`")
    return SettingsResolver(
        Settings(overrides),
        date_or_today(options.as_of),
        suffixes,
        fixed=_fixed(options),
        finds_baselines=not options.isolated,
    )


def _fixed(options: InputOptions) -> Settings | None:
    """Return the settings that replace those of the nearest files, `None` to find them."""
    from acmrules.workspace.settings import Settings

    if options.config:
        from acmrules.workspace.resolver import settings_in

        return settings_in(options.config)
    return Settings({}) if options.isolated else None


def require_known_parameters(options: InputOptions, inputs: Inputs, *files: Files) -> None:
    """Raise `UsageError` for an option `--param` whose name no input declares."""
    if not options.parameters:
        return
    from acmrules.messages import did_you_mean, quoted
    from acmrules.workspace.parameters import unknown_parameters

    names = (name for name, _ in options.parameters)
    unknown = unknown_parameters(names, inputs, files, options.kinds or None)
    if unknown is not None:
        name = unknown.names[0]
        meant = did_you_mean(name, unknown.declared) or ", which no input declares"
        meant = "; use `--region`" if name == "AWS::Region" else meant
        raise UsageError(f"option `--param`: unknown parameter or variable {quoted(name)}{meant}")


def public_suffixes(source: str | None) -> PublicSuffixes:
    """Return the public suffix list of an option, or the default one."""
    from acmrules.suffix_lists import DEFAULT_SOURCE, suffixes_from

    return suffixes_from(source or DEFAULT_SOURCE)


def date_or_today(date: date | None) -> date:
    """Return the date of an option, or today's date in the local time zone.

    Raises `UsageError` if the clock shows a date before ACM launched, on which no rule applies.
    """
    if date is not None:
        return date
    from datetime import date as type_of_date

    from acmrules.facts.fact import LAUNCH

    today = type_of_date.today()  # noqa: DTZ011  (users think in local dates)
    if today < LAUNCH:
        raise UsageError(f"the clock shows {today}, before ACM launched: set it, or use `--as-of`")
    return today


def moment_or_now(date: date | None) -> datetime:
    """Return the first moment of the date of an option in UTC, or the time of the clock.

    Raises `UsageError` like `date_or_today`.
    """
    from datetime import UTC, datetime

    from acmrules.diagnosis.times import midnight

    if date is not None:
        return midnight(date)
    date_or_today(None)
    return datetime.now(UTC).replace(microsecond=0)


def settings(options: InputOptions) -> dict[Key, Setting]:
    """Return the settings that options override."""
    from acmrules.workspace.settings import ExcludePatterns, Setting

    overrides: dict[Key, Setting] = {}
    if options.exclude:
        patterns = ExcludePatterns(os.getcwd(), options.exclude)
        overrides["exclude",] = Setting(patterns, "--exclude")
    if options.select:
        overrides["select",] = Setting(options.select, "--select")
        # Selected rules apply even if a settings file ignores them.
        overrides["ignore",] = Setting((), "--select")
    if options.ignore:
        overrides["ignore",] = Setting(options.ignore, "--ignore")
    if options.as_of is not None:
        overrides["as-of",] = Setting(options.as_of, "--as-of")
    if options.region:
        overrides["region",] = Setting(options.region, "--region")
    for name, value in options.parameters:
        overrides["parameters", name] = Setting(value, "--param")
    if options.var_files:
        _check_readable(options.var_files)
        overrides["var-files",] = Setting(options.var_files, "--var-file")
    if isinstance(options, FileOptions):
        for quota, number in options.quotas:
            overrides["quotas", quota] = Setting(number, "--quota")
        if options.baseline:
            path = None if options.baseline == os.devnull else options.baseline
            overrides["baseline",] = Setting(path, "--baseline")
    if isinstance(options, CheckOptions):
        overrides |= _of_check(options)
    return overrides


def _of_check(options: CheckOptions) -> dict[Key, Setting]:
    """Return the settings about the exit code that options of `check` override."""
    from acmrules.workspace.settings import Setting

    stated = {
        "fail-on": options.fail_on,
        "fail-on-nothing": options.fail_on_nothing,
        "strict": options.strict,
    }
    return {(name,): Setting(value, f"--{name}") for name, value in stated.items() if value}


def _check_readable(paths: tuple[str, ...]) -> None:
    from acmrules.syntax.source import InputError
    from acmrules.workspace import files

    try:
        for path in paths:
            files.decode(path, files.read_bytes(path))
    except InputError as error:
        raise UsageError(f"option `--var-file`: {error}") from None


def is_path(word: str, standard_input: str | None = None) -> bool:
    """Return whether an argument is a file or directory rather than a name.

    It is a path if it contains a separator, has a known extension, or names something that exists
    and that is not a valid name. Names can end in `.tf`, so a word with this extension must exist.
    So is `standard_input`, the name of the file whose text is standard input.
    """
    from acmrules.readers import registry

    endings = (*registry.WALKED_SUFFIXES, *registry.NAMED_SUFFIXES)
    if (
        word == standard_input
        or os.sep in word
        or (word.endswith(endings) and not word.endswith(".tf"))
    ):
        return True
    return ("." not in word.strip(".") or word.endswith(".tf")) and os.path.exists(word)
