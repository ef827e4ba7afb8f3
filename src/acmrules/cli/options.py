"""The commands: what each accepts, the typed values of its options, and its help page."""

from __future__ import annotations

import os

from acmrules.cli.parser import Command, Operands, Option, UsageError, unknown_choice
from acmrules.reports.findings import FORMATS
from acmrules.values import Value

TYPE_CHECKING = False
if TYPE_CHECKING:
    from datetime import date

    from acmrules.changes import Verdict
    from acmrules.lint.rule import Severity


# The values of the options, one class for each command


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


class FileOptions(InputOptions):
    """The options of the commands that check all of a file, not only its changes."""

    quotas: tuple[tuple[str, int], ...] = ()
    baseline: str | None = None


class CheckOptions(FileOptions):
    """The options of `check`."""

    paths: tuple[str, ...] = ()
    format: str = "text"
    until: date | None = None
    fail_on: Severity | None = None
    show_undecided: bool = False
    statistics: bool = False
    fix: bool = False
    unsafe_fixes: bool = False
    diff: bool = False


class BaselineOptions(FileOptions):
    """The options of `baseline`."""

    paths: tuple[str, ...] = ()
    prune: bool = False


class SettingsOptions(FileOptions):
    """The options of `settings`."""

    paths: tuple[str, ...] = ()
    format: str = "text"


class ExplainOptions(Value):
    """The options of `explain`."""

    rules: tuple[str, ...] = ()
    format: str = "text"


class RulesOptions(Value):
    """The options of `rules`."""

    as_of: date | None = None
    format: str = "text"


class CoverageOptions(FileOptions):
    """The options of `coverage`; `hosts` are the arguments after `--`."""

    operands: tuple[str, ...] = ()
    hosts: tuple[str, ...] = ()
    format: str = "text"


class ValidationOptions(FileOptions):
    """The options of `validation`."""

    paths: tuple[str, ...] = ()
    format: str = "text"


class CompareOptions(InputOptions):
    """The options of `compare`."""

    paths: tuple[str, ...] = ()
    git: str | None = None
    format: str = "text"
    fail_on: Verdict | None = None


class PlanOptions(FileOptions):
    """The options of `plan`."""

    operands: tuple[str, ...] = ()
    service: str | None = None
    format: str = "text"


class CalendarOptions(FileOptions):
    """The options of `calendar`."""

    paths: tuple[str, ...] = ()
    until: date | None = None
    since: str | None = None
    format: str = "text"


class ContactsOptions(Value):
    """The options of `contacts`."""

    names: tuple[str, ...] = ()
    as_of: date | None = None
    validation_domain: str | None = None
    registrant: str | None = None
    technical: str | None = None
    administrative: str | None = None
    renewal: bool = False
    format: str = "text"


class FactsOptions(Value):
    """The options of `facts`."""

    rows: tuple[str, ...] = ()
    as_of: date | None = None
    format: str = "text"


# Conversions; what they need is imported when an option is present


def parse_date(text: str) -> date:
    """Return a date in ISO format."""
    from datetime import date

    try:
        return date.fromisoformat(text)
    except ValueError:
        from acmrules.messages import quoted

        raise UsageError(f"{quoted(text)} is not a date, for example 2026-03-15") from None


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
    if not number.isascii() or not number.isdigit() or not int(number):
        raise UsageError(f"quota `{name}` must be a positive number, not {quoted(number)}")
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


def parse_severity(text: str) -> Severity:
    """Return the severity of a name."""
    from acmrules.lint.rule import Severity

    return Severity[text.upper()]


def parse_verdict(text: str) -> Verdict:
    """Return the verdict of a name."""
    from acmrules.changes import Verdict

    return Verdict[text.upper().replace("-", "_")]


# Options that several commands have

INPUT, RULES, OUTPUT, FIXES = GROUPS = ("Input", "Rules", "Output", "Fixes")
"""The headings of the options on a help page, in order."""

# The names in `readers.registry.READERS`, whose import would double the time of a usage error.
KINDS = (
    *("cloudformation", "api", "terraform", "change-set", "terraform-plan", "kubernetes"),
    *("certificates", "names"),
)

_AS_OF = Option(
    "--as-of",
    INPUT,
    "use the rules and facts of this date, for example 2027-03-15",
    "DATE",
    parse_date,
    default="today",
    synonyms=("--on", "--date"),
)

_INPUT_OPTIONS = (
    _AS_OF,
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
    ),
    Option("--region", INPUT, "Region to which templates are deployed", "REGION"),
    Option(
        "--param",
        INPUT,
        "value of a template parameter or a Terraform variable",
        "NAME=VALUE",
        parse_parameter,
        many=True,
        field="parameters",
        synonyms=("--var",),
    ),
    Option(
        "--var-file",
        INPUT,
        "file with values of Terraform variables",
        "FILE",
        many=True,
        field="var_files",
    ),
    Option(
        "--select",
        RULES,
        "apply only these rules: ids, names, or prefixes of ids, separated by commas",
        "RULES",
        parse_rule,
        many=True,
        commas=True,
    ),
    Option(
        "--ignore",
        RULES,
        "skip these rules",
        "RULES",
        parse_rule,
        many=True,
        commas=True,
        synonyms=("--skip", "--disable"),
    ),
    Option(
        "--suffix-list",
        RULES,
        "public suffix list: publicsuffixlist, tldextract, publicsuffix2, or a file",
        "SOURCE",
        default="publicsuffixlist",
    ),
)

_FILE_OPTIONS = (
    *_INPUT_OPTIONS,
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


def _format(*choices: str) -> Option:
    return Option("--format", OUTPUT, "output format", "FORMAT", choices=choices, default="text")


# The commands

_PATHS = Operands("PATH...", "file or directory", "paths")

CHECKING, ANSWERS, REFERENCE = COMMAND_GROUPS = (
    "Check certificate requests",
    "Analyze and plan",
    "Rules, facts and settings",
)
"""The headings of the commands on the main help page, in order."""

COMMANDS = (
    Command(
        "check",
        CHECKING,
        "check certificate requests in files and directories (`-` reads standard input)",
        CheckOptions,
        _PATHS,
        (
            *_FILE_OPTIONS,
            _format(*FORMATS, "svg"),
            Option(
                "--until",
                OUTPUT,
                "also show what will change by this date, as text, json or svg; the exit code is"
                " today's",
                "DATE",
                parse_date,
            ),
            Option(
                "--fail-on",
                OUTPUT,
                "lowest severity for which the exit code is 1",
                "SEVERITY",
                parse_severity,
                choices=("note", "warning", "error"),
                default="error",
            ),
            Option(
                "--show-undecided",
                OUTPUT,
                "list the checks that depend on unknown values, and these values",
                synonyms=("--show-skips",),
            ),
            Option("--statistics", OUTPUT, "print the number of findings of each rule"),
            Option("--fix", FIXES, "apply safe fixes"),
            Option(
                "--unsafe-fixes",
                FIXES,
                "with `--fix` or `--diff`: also apply fixes that may change meaning",
                synonyms=("--unsafe",),
            ),
            Option("--diff", FIXES, "print what `--fix` would change, without changing files"),
        ),
        ("acmrules check .", "acmrules check infra --region eu-west-1 --fail-on warning"),
        success="no finding is at or above `--fail-on`",
        failure="a finding is at or above `--fail-on`, or `--diff` shows a change",
        synonyms=("lint", "scan", "verify"),
    ),
    Command(
        "baseline",
        CHECKING,
        "record current findings in a baseline, so that only new ones are reported",
        BaselineOptions,
        _PATHS,
        (
            *_FILE_OPTIONS,
            Option("--prune", OUTPUT, "only remove entries whose findings no longer occur"),
        ),
        ("acmrules baseline .", "acmrules baseline . --prune"),
        success="the baseline is up to date",
    ),
    Command(
        "explain",
        REFERENCE,
        "explain rules: what they require, since when, and why, with examples",
        ExplainOptions,
        Operands("RULE...", "rule", "rules"),
        (_format("text", "markdown", "json"),),
        ("acmrules explain ACM205", "acmrules explain email-validation --format markdown"),
    ),
    Command(
        "rules",
        REFERENCE,
        "list the rules and their severities",
        RulesOptions,
        Operands(least=0, most=0),
        (_AS_OF, _format("text", "json")),
        ("acmrules rules", "acmrules rules --as-of 2028-03-15"),
    ),
    Command(
        "coverage",
        ANSWERS,
        "show which certificate covers each host, which hosts are not covered, and which names are"
        " unused",
        CoverageOptions,
        Operands(
            "NAME... -- HOST... | PATH... [-- HOST...]",
            "name or path",
            "operands",
            field_after="hosts",
        ),
        (*_FILE_OPTIONS, _format("text", "json", "svg")),
        (
            "acmrules coverage '*.bar.example.com' -- foo.bar.example.com",
            "acmrules coverage infra",
        ),
        success="every host is covered, or may be",
        failure="a host is not covered",
        details="An argument is a path if it contains `/`, has a known file extension, or names an"
        " existing directory without a dot.",
        synonyms=("covers", "covered"),
    ),
    Command(
        "validation",
        ANSWERS,
        "show the steps until each certificate is validated and renewed, and who takes them",
        ValidationOptions,
        _PATHS,
        (
            *_FILE_OPTIONS,
            _format("text", "json", "changes", "cloudformation", "terraform"),
        ),
        ("acmrules validation .", "acmrules validation infra --format terraform"),
        success="every certificate can be validated",
        failure="the validation of a certificate cannot succeed",
        details="The formats changes, cloudformation and terraform are the DNS records to publish:"
        " changes is the input of `aws route53 change-resource-record-sets`.",
        synonyms=("validate",),
    ),
    Command(
        "compare",
        ANSWERS,
        "show which edits replace a certificate, what they break, and how to roll them out safely",
        CompareOptions,
        Operands("OLD NEW | PLAN | --git REVISION PATH...", "file or directory", "paths"),
        (
            *_INPUT_OPTIONS,
            Option("--git", INPUT, "compare files with this revision", "REVISION"),
            _format(*FORMATS),
            Option(
                "--fail-on",
                OUTPUT,
                "lowest effect for which the exit code is 1",
                "EFFECT",
                parse_verdict,
                choices=("in-place", "replacement", "impossible"),
                default="impossible",
            ),
        ),
        ("acmrules compare old.yaml new.yaml", "acmrules compare --git HEAD infra"),
        success="no effect is at or above `--fail-on`",
        failure="an effect is at or above `--fail-on`",
        details="PLAN is a Terraform plan (`terraform show -json`) or a change set (`aws"
        " cloudformation describe-change-set`).",
        synonyms=("diff",),
    ),
    Command(
        "plan",
        ANSWERS,
        "plan the fewest certificates for a set of hosts, or for the hosts in files",
        PlanOptions,
        Operands("HOST... | PATH...", "host or path", "operands"),
        (
            *_FILE_OPTIONS,
            Option(
                "--service",
                INPUT,
                "service that serves the hosts, for example cloudfront",
                "SERVICE",
            ),
            _format("text", "json", "api", "cloudformation", "terraform"),
        ),
        (
            "acmrules plan www.example.com api.example.com",
            "acmrules plan infra --format cloudformation",
        ),
        success="the plan covers every host",
        failure="the plan leaves out a host",
        details="An argument is a path if it contains `/`, has a known file extension, or names an"
        " existing directory without a dot.",
    ),
    Command(
        "calendar",
        ANSWERS,
        "show renewals and manual work in the coming years, and the use of the account's quotas",
        CalendarOptions,
        _PATHS,
        (
            *_FILE_OPTIONS,
            Option(
                "--since",
                INPUT,
                "count the certificates that are new since this Git revision",
                "REVISION",
            ),
            Option(
                "--until",
                OUTPUT,
                "last date of the calendar",
                "DATE",
                parse_date,
                default="the last known change of a rule",
            ),
            _format("text", "json"),
        ),
        ("acmrules calendar .", "acmrules calendar infra --until 2029-12-31"),
        success="no quota is exceeded",
        failure="a quota is exceeded",
    ),
    Command(
        "contacts",
        ANSWERS,
        "list the mailboxes to which ACM sends validation email",
        ContactsOptions,
        Operands("NAME...", "name", "names"),
        (
            _AS_OF,
            Option(
                "--validation-domain",
                INPUT,
                "send the email to this superdomain of the names",
                "DOMAIN",
            ),
            Option("--registrant", INPUT, "address of the WHOIS registrant", "ADDRESS"),
            Option("--technical", INPUT, "address of the WHOIS technical contact", "ADDRESS"),
            Option(
                "--administrative", INPUT, "address of the WHOIS administrative contact", "ADDRESS"
            ),
            Option("--renewal", INPUT, "list the mailboxes for a renewal, not for a new request"),
            _format("text", "json"),
        ),
        (
            "acmrules contacts www.example.com",
            "acmrules contacts www.example.com --validation-domain example.com",
        ),
    ),
    Command(
        "facts",
        REFERENCE,
        "list the facts that the rules are based on, with their sources",
        FactsOptions,
        Operands("[ROW...]", "row", "rows", least=0),
        (_AS_OF, _format("text", "json")),
        ("acmrules facts 1.3", "acmrules facts --as-of 2028-03-15"),
    ),
    Command(
        "settings",
        REFERENCE,
        "print the effective settings for a path, and where each one is set",
        SettingsOptions,
        Operands("[PATH]", "file or directory", "paths", least=0, most=1),
        (*_FILE_OPTIONS, _format("text", "json")),
        ("acmrules settings", "acmrules settings infra/site.yaml --region eu-west-1"),
        synonyms=("config",),
    ),
)


_MODULES = {"rules": "explain"}
ACTIONS = {
    command.name: f"acmrules.cli.commands.{_MODULES.get(command.name, command.name)}"
    for command in COMMANDS
}
"""The module with the function of each command, which is loaded when it is needed."""
