"""Options: those that several commands share, those of `check`, and their typed values."""

from __future__ import annotations

import os

from acmrules.cli.parser import Command, Operands, Option, UsageError, unknown_choice
from acmrules.reports.findings import FORMATS
from acmrules.values import Value

TYPE_CHECKING = False
if TYPE_CHECKING:
    from datetime import date
    from typing import Protocol

    from acmrules.lint.rule import Severity

    class ReportOptions(Protocol):
        """The options of a command that has an output."""

        @property
        def formats(self) -> tuple[Target, ...]:
            """The formats, with their files."""

        @property
        def output(self) -> str | None:
            """The file of the format that has none."""


# The values of the options, by field


class Target(Value):
    """A format of the output, and its file; without one, it is printed."""

    form: str
    file: str = ""


class InputOptions(Value):
    """The options of all commands that read files; empty or `None` if not set."""

    as_of: date | None = None
    region: str | None = None
    parameters: tuple[tuple[str, str], ...] = ()
    var_files: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()
    exclude: tuple[str, ...] = ()
    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    suffix_list: str | None = None
    config: str | None = None
    isolated: bool = False
    quiet: int = 0
    verbose: bool = False


class FileOptions(InputOptions):
    """The options of the commands that check all of a file, not only its changes."""

    quotas: tuple[tuple[str, int], ...] = ()
    baseline: str | None = None


class ReadOptions(FileOptions):
    """The options of the commands that read files, and check all of them."""

    stdin_filename: str | None = None


class CheckOptions(ReadOptions):
    """The options of `check`."""

    paths: tuple[str, ...] = ()
    formats: tuple[Target, ...] = ()
    output: str | None = None
    color: str = "auto"
    until: date | None = None
    min_severity: Severity | None = None
    fail_on: Severity | None = None
    exit_zero: bool = False
    fail_on_nothing: bool = False
    strict: bool = False
    show_undecided: bool = False
    statistics: bool = False
    list_files: bool = False
    fix: bool = False
    unsafe_fixes: bool = False
    diff: bool = False
    add_ignores: str | None = None


_MOST_DIGITS = 18
"""The most digits of a quota; Python does not convert numbers of thousands of them."""

# Conversions; what they need is imported when an option is present


def parse_date(text: str) -> date:
    """Return a date in ISO format."""
    from datetime import date

    try:
        return date.fromisoformat(text)
    except ValueError:
        from acmrules.messages import quoted

        raise UsageError(f"{quoted(text)} is not a date such as `2026-03-15`") from None


def parse_as_of(text: str) -> date:
    """Return a date on which ACM existed; no rule applies before."""
    from acmrules.facts.fact import date_fault

    day = parse_date(text)
    if fault := date_fault(day):
        raise UsageError(fault)
    return day


def parse_parameter(text: str) -> tuple[str, str]:
    """Return the name and the value of `NAME=VALUE`."""
    return _split(text, "NAME=VALUE")


def parse_quota(text: str) -> tuple[str, int]:
    """Return the name and the number of `NAME=NUMBER`, if there is such a quota."""
    from acmrules.limits import MAX_NAMES, Quotas
    from acmrules.messages import quoted

    name, number = _split(text, "NAME=NUMBER")
    known = [field.replace("_", "-") for field in Quotas._fields]
    name = name.replace("_", "-")
    if name not in known:
        raise UsageError(unknown_choice("quota", name, known))
    if not number.isascii() or not number.isdigit() or not number.strip("0"):
        raise UsageError(f"quota `{name}` must be a positive number, not {quoted(number)}")
    if len(number) > _MOST_DIGITS:
        raise UsageError(
            f"quota `{name}` has {len(number)} digits; at most {_MOST_DIGITS} are read"
        )
    if name == "names" and int(number) > MAX_NAMES:
        raise UsageError(f"quota `names` is {number}, but ACM's limit is {MAX_NAMES}")
    return name, int(number)


def _split(text: str, form: str) -> tuple[str, str]:
    name, equals, value = text.partition("=")
    if not equals:
        from acmrules.messages import quoted

        raise UsageError(f"expected {form}, not {quoted(text)}")
    return name, value


def parse_rule(text: str) -> str:
    """Return the id, the name or the prefix of an id, if there is such a rule."""
    from acmrules.lint.rules import named

    if not text:
        raise UsageError("a rule is empty; see `acmrules rules`")
    try:
        named([text])
    except LookupError as error:
        raise UsageError(error.args[0]) from None
    return text


def parse_pattern(text: str) -> str:
    """Return a pattern of a `.gitignore`, if it can match a file."""
    from acmrules.workspace.settings import names_files

    if not names_files(text):
        raise UsageError(f"the pattern `{text}` cannot match a file")
    return text


def parse_region(text: str) -> str:
    """Return a Region, which may be new, but not a misspelled one."""
    from acmrules.regions import region_fault

    if fault := region_fault(text):
        raise UsageError(fault)
    return text


def parse_reason(text: str) -> str:
    """Return the reason of suppressions, which is one line, and ends no comment."""
    from acmrules.messages import quoted

    reason = text.strip()
    if not reason:
        raise UsageError("the reason is empty")
    if not reason.isprintable() or "*/" in reason:
        raise UsageError(f"the reason must be one line of text without `*/`, not {quoted(text)}")
    return reason


def parse_file_name(text: str) -> str:
    """Return the name of a file, which need not exist."""
    from acmrules.messages import quoted

    if text == "-" or not os.path.basename(text) or os.path.isdir(text):
        raise UsageError(f"{quoted(text)} is not the name of a file")
    return text


def parse_severity(text: str) -> Severity:
    """Return the severity of a name."""
    from acmrules.lint.rule import Severity

    return Severity[text.upper()]


def parse_target(text: str) -> Target:
    """Return a format, and the file after its equals sign; `-` is standard output."""
    form, equals, file = text.partition("=")
    if equals and not file:
        raise UsageError(f"expected a file after `{form}=`")
    return Target(form, "" if file == "-" else file)


# Options that several commands have

INPUT, RULES, OUTPUT, FIXES = GROUPS = ("Input", "Rules", "Output", "Fixes")
"""The headings of the options on a help page, in order."""

# The names in `readers.registry.READERS`, whose import would double the time of a usage error.
KINDS = (
    *("cloudformation", "api", "account", "terraform", "change-set", "terraform-plan"),
    *("kubernetes", "serverless", "pulumi", "crossplane", "certificates", "dns", "names"),
)

AS_OF = Option(
    "--as-of",
    INPUT,
    "use the rules and facts of this date, for example 2027-03-15",
    "DATE",
    parse_as_of,
    default="today",
    synonyms=("--on", "--date"),
)

INPUT_OPTIONS = (
    AS_OF,
    Option(
        "--kind",
        INPUT,
        "read only files of this kind",
        "KIND",
        choices=KINDS,
        many=True,
        field="kinds",
        synonyms=("--reader",),
    ),
    Option(
        "--exclude",
        INPUT,
        "skip files and directories that match this `.gitignore` pattern",
        "GLOB",
        parse_pattern,
        many=True,
        synonyms=("-e", "--exclude-dir", "--ignore-path", "--skip-path"),
    ),
    Option("--region", INPUT, "Region to which templates are deployed", "REGION", parse_region),
    Option(
        "--param",
        INPUT,
        "value of a template parameter, a Terraform variable, or `terraform.workspace`",
        "NAME=VALUE",
        parse_parameter,
        many=True,
        field="parameters",
        synonyms=("--var", "-p", "--parameter", "--parameter-overrides"),
    ),
    Option(
        "--var-file",
        INPUT,
        "file with values of Terraform variables",
        "FILE",
        many=True,
        field="var_files",
        synonyms=("--tfvars",),
    ),
    Option(
        "--select",
        RULES,
        "apply only these rules: ids, names, or prefixes of ids, separated by commas",
        "RULES",
        parse_rule,
        many=True,
        commas=True,
        synonyms=("--rule", "--rules", "--only", "--enable", "--include"),
    ),
    Option(
        "--ignore",
        RULES,
        "skip these rules",
        "RULES",
        parse_rule,
        many=True,
        commas=True,
        synonyms=("--skip", "--disable", "-i", "--ignore-checks", "--skip-check"),
    ),
    Option(
        "--suffix-list",
        RULES,
        "public suffix list: publicsuffixlist, tldextract, publicsuffix2, or a file",
        "SOURCE",
        default="publicsuffixlist",
        synonyms=("--psl",),
    ),
    Option(
        "--config",
        INPUT,
        "settings file for all paths, such as a `pyproject.toml`",
        "FILE",
        default="the nearest settings",
        synonyms=("--settings", "--config-file", "--rcfile"),
    ),
    Option(
        "--isolated",
        INPUT,
        "use no settings file, and no baseline without `--baseline`",
        synonyms=("--no-config",),
    ),
    Option(
        "--quiet",
        OUTPUT,
        "print only results and problems with inputs; `-qq` prints only the problems",
        short="-q",
        counted=True,
        synonyms=("--silent", "-s"),
    ),
    Option(
        "--verbose",
        OUTPUT,
        "list each file that is read, with its kind and settings file, on standard error",
        short="-v",
        synonyms=("--debug",),
    ),
)

FILE_OPTIONS = (
    *INPUT_OPTIONS,
    Option(
        "--quota",
        RULES,
        "quota of the account, for example names=50",
        "NAME=NUMBER",
        parse_quota,
        many=True,
        field="quotas",
    ),
    Option(
        "--baseline",
        RULES,
        f"file with accepted findings, or `{os.devnull}` to report all of them",
        "FILE",
        default="the nearest `.acmrules-baseline.json`",
    ),
)


READ_OPTIONS = (
    *FILE_OPTIONS,
    Option(
        "--stdin-filename",
        INPUT,
        "read standard input as the content of this file (`-` is optional)",
        "NAME",
        parse_file_name,
        synonyms=("--stdin-filepath", "--stdin-display-name"),
        operand="-",
    ),
)
"""The options of the commands that read files, and check all of them."""


def output_options(*choices: str) -> tuple[Option, ...]:
    """Return the options about the output of a command that has these formats."""
    return (
        Option(
            "--format",
            OUTPUT,
            "output format, printed or written to a file",
            "FORMAT[=FILE]",
            parse_target,
            choices,
            many=True,
            field="formats",
            default="text",
            with_file=True,
            synonyms=(
                *("--output-format", "--concise", "--oneline"),
                *("-f", "--fmt", "--reporter", "--json", "--sarif"),
            ),
        ),
        Option(
            "--output",
            OUTPUT,
            "write the output to this file when it is complete",
            "FILE",
            default="standard output",
            short="-o",
            synonyms=("--output-file", "--out"),
        ),
    )


COLOR = Option(
    "--color",
    OUTPUT,
    "when to use colors",
    "WHEN",
    choices=("auto", "always", "never"),
    default="auto",
    synonyms=("--colour", "--no-color"),
)

EXIT_ZERO = Option(
    "--exit-zero",
    OUTPUT,
    "exit with 0 instead of 1",
    synonyms=("--no-exit-codes", "--soft-fail"),
)


# The command `check`, which most runs are

PATHS = Operands("PATH...", "file or directory", "paths")

CHECKING, ANSWERS, REFERENCE = COMMAND_GROUPS = (
    "Check certificate requests",
    "Analyze and plan",
    "Rules, facts and settings",
)
"""The headings of the commands on the main help page, in order."""

CHECK = Command(
    "check",
    CHECKING,
    "check certificate requests in files and directories (`-` reads standard input)",
    CheckOptions,
    PATHS,
    (
        *READ_OPTIONS,
        *output_options(*FORMATS, "svg"),
        COLOR,
        Option(
            "--until",
            OUTPUT,
            "also show what will change by this date, as text, json or svg; the exit code is"
            " today's",
            "DATE",
            parse_date,
            synonyms=("--forecast",),
        ),
        Option(
            "--min-severity",
            OUTPUT,
            "lowest severity to report; the exit code does not change",
            "SEVERITY",
            parse_severity,
            choices=("note", "warning", "error"),
            default="note",
        ),
        Option(
            "--fail-on",
            OUTPUT,
            "lowest severity for which the exit code is 1",
            "SEVERITY",
            parse_severity,
            choices=("note", "warning", "error"),
            default="error",
            synonyms=("--failure-level", "--severity", "--error-on"),
        ),
        EXIT_ZERO,
        Option("--fail-on-nothing", OUTPUT, "exit with 2 if the run checks nothing"),
        Option(
            "--strict",
            OUTPUT,
            "exit with 2 if something was not read or not checked, such as a Helm chart",
        ),
        Option(
            "--show-undecided",
            OUTPUT,
            "list the checks that depend on unknown values, and these values",
            synonyms=("--show-skips",),
        ),
        Option(
            "--statistics",
            OUTPUT,
            "print the number of findings of each rule",
            synonyms=("--stats", "--count"),
        ),
        Option(
            "--list-files",
            OUTPUT,
            "print the files to check, without checking them",
            synonyms=("--show-files", "--files"),
        ),
        Option(
            "--fix",
            FIXES,
            "apply safe fixes",
            synonyms=("--autofix", "--write", "-w"),
        ),
        Option(
            "--unsafe-fixes",
            FIXES,
            "with `--fix` or `--diff`: also apply fixes that may change meaning",
            synonyms=("--unsafe",),
        ),
        Option(
            "--diff",
            FIXES,
            "print what `--fix` or `--add-ignores` would change, without changing files",
            synonyms=("--dry-run",),
        ),
        Option(
            "--add-ignores",
            FIXES,
            "suppress each finding in its file, with this reason; `--fix` is applied first",
            "REASON",
            parse_reason,
            synonyms=("--add-noqa", "--suppress-all", "--add-suppressions"),
        ),
    ),
    ("acmrules check .", "acmrules check infra --region eu-west-1 --fail-on warning"),
    success="no finding is at or above `--fail-on`",
    failure="a finding is at or above `--fail-on`, or `--diff` shows a change",
    incomplete="less was checked than `--strict` or `--fail-on-nothing` requires",
    details="`--format concise` prints one line for each finding, and `--format text --format"
    " sarif=FILE` prints text and writes SARIF.",
    synonyms=("lint", "scan", "verify", "validate", "test", "run", "analyze", "audit"),
)
