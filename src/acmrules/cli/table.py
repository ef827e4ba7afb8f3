"""The commands: what each accepts, the typed values of its options, and its help page.

A run of `check` does not load this module.
"""

from __future__ import annotations

from acmrules.cli.options import (
    ANSWERS,
    AS_OF,
    CHECK,
    CHECKING,
    COLOR,
    EXIT_ZERO,
    FILE_OPTIONS,
    INPUT,
    INPUT_OPTIONS,
    OUTPUT,
    PATHS,
    READ_OPTIONS,
    REFERENCE,
    RULES,
    FileOptions,
    InputOptions,
    ReadOptions,
    Target,
    output_options,
    parse_date,
    parse_region,
)
from acmrules.cli.parser import Command, Operands, Option, UsageError
from acmrules.reports.findings import FORMATS
from acmrules.values import Value

TYPE_CHECKING = False
if TYPE_CHECKING:
    from datetime import date

    from acmrules.changes import Verdict


# The values of the options, one class for each command


class BaselineOptions(ReadOptions):
    """The options of `baseline`."""

    paths: tuple[str, ...] = ()
    prune: bool = False


class SettingsOptions(FileOptions):
    """The options of `settings`."""

    paths: tuple[str, ...] = ()
    formats: tuple[Target, ...] = ()
    output: str | None = None


class ExplainOptions(Value):
    """The options of `explain`."""

    rules: tuple[str, ...] = ()
    formats: tuple[Target, ...] = ()
    output: str | None = None
    color: str = "auto"


class RulesOptions(Value):
    """The options of `rules`."""

    as_of: date | None = None
    formats: tuple[Target, ...] = ()
    output: str | None = None


class CoverageOptions(ReadOptions):
    """The options of `coverage`; `hosts` are the arguments after `--`."""

    operands: tuple[str, ...] = ()
    hosts: tuple[str, ...] = ()
    formats: tuple[Target, ...] = ()
    output: str | None = None
    color: str = "auto"
    exit_zero: bool = False


class ValidationOptions(ReadOptions):
    """The options of `validation`."""

    paths: tuple[str, ...] = ()
    formats: tuple[Target, ...] = ()
    output: str | None = None
    color: str = "auto"
    exit_zero: bool = False


class CompareOptions(InputOptions):
    """The options of `compare`."""

    paths: tuple[str, ...] = ()
    git: str | None = None
    formats: tuple[Target, ...] = ()
    output: str | None = None
    exit_zero: bool = False
    color: str = "auto"
    fail_on: Verdict | None = None


class PlanOptions(ReadOptions):
    """The options of `plan`."""

    operands: tuple[str, ...] = ()
    service: str | None = None
    no_wildcards: bool = False
    formats: tuple[Target, ...] = ()
    output: str | None = None
    color: str = "auto"
    exit_zero: bool = False


class CalendarOptions(ReadOptions):
    """The options of `calendar`."""

    paths: tuple[str, ...] = ()
    until: date | None = None
    since: str | None = None
    formats: tuple[Target, ...] = ()
    output: str | None = None
    exit_zero: bool = False


class ContactsOptions(Value):
    """The options of `contacts`."""

    names: tuple[str, ...] = ()
    as_of: date | None = None
    validation_domain: str | None = None
    registrant: str | None = None
    technical: str | None = None
    administrative: str | None = None
    renewal: bool = False
    formats: tuple[Target, ...] = ()
    output: str | None = None


class DiagnoseOptions(ReadOptions):
    """The options of `diagnose`."""

    paths: tuple[str, ...] = ()
    dns: bool = False
    resolver: str | None = None
    formats: tuple[Target, ...] = ()
    output: str | None = None
    color: str = "auto"
    exit_zero: bool = False


class InventoryOptions(Value):
    """The options of `inventory`; `source` are the files of `--from`."""

    regions: tuple[str, ...] = ()
    profile: str | None = None
    source: tuple[str, ...] = ()
    zones: bool = False
    policy: bool = False
    as_of: date | None = None
    suffix_list: str | None = None
    formats: tuple[Target, ...] = ()
    output: str | None = None
    color: str = "auto"
    exit_zero: bool = False
    quiet: int = 0


class BulkOptions(Value):
    """The options of `bulk`."""

    paths: tuple[str, ...] = ()
    column: str | None = None
    columns: tuple[str, ...] = ()
    certificates: tuple[str, ...] = ()
    prefix: str = ""
    jobs: int | None = None
    as_of: date | None = None
    suffix_list: str | None = None
    formats: tuple[Target, ...] = ()
    output: str | None = None
    quiet: int = 0


class FactsOptions(Value):
    """The options of `facts`."""

    rows: tuple[str, ...] = ()
    as_of: date | None = None
    formats: tuple[Target, ...] = ()
    output: str | None = None


class SchemaOptions(Value):
    """The options of `schema`."""

    names: tuple[str, ...] = ()


class McpOptions(Value):
    """The options of `mcp`."""

    folders: tuple[str, ...] = ()
    skill: bool = False


class CompletionOptions(Value):
    """The options of `completion`."""

    shells: tuple[str, ...] = ()


class LspOptions(Value):
    """The options of `lsp`: none, because editors configure it in the session."""


def parse_jobs(text: str) -> int:
    """Return a number of processes."""
    from acmrules.messages import quoted

    if not text.isascii() or not text.isdecimal() or not 0 < int(text[:_MOST_DIGITS]) <= MOST_JOBS:
        raise UsageError(f"expected a number from 1 to {MOST_JOBS}, not {quoted(text)}")
    return int(text)


_MOST_DIGITS = 9
MOST_JOBS = 256
"""The most processes of a bulk run."""


def parse_prefix(text: str) -> str:
    """Return the beginning of the names of columns."""
    from acmrules.messages import quoted

    if not text.isprintable():
        raise UsageError(f"a prefix has only printable characters, unlike {quoted(text)}")
    return text


# The names in `arrow.columns.COLUMNS`, whose import needs pyarrow.
COLUMN_NAMES = (
    *("canonical_name", "fault", "fault_start", "fault_end", "rule_ids", "base_domain_name"),
    *("public_suffix", "suffix_section", "covering_name", "certificate", "validation_record"),
    "mailboxes",
)
_COUNTS_FORMAT, _COUNTS_FILE = output_options("text", "json")


def parse_verdict(text: str) -> Verdict:
    """Return the verdict of a name."""
    from acmrules.changes import Verdict

    return Verdict[text.upper().replace("-", "_")]


COMMANDS = (
    CHECK,
    Command(
        "baseline",
        CHECKING,
        "record current findings in a baseline, so that only new ones are reported",
        BaselineOptions,
        PATHS,
        (
            *READ_OPTIONS,
            Option("--prune", OUTPUT, "only remove entries whose findings no longer occur"),
        ),
        ("acmrules baseline .", "acmrules baseline . --prune"),
        success="the baseline is up to date",
    ),
    Command(
        "explain",
        REFERENCE,
        "explain rules: what they require, since when, and why; or search for words",
        ExplainOptions,
        Operands("RULE... | WORD...", "rule or word", "rules"),
        (*output_options("text", "markdown", "json"), COLOR),
        ("acmrules explain ACM205", "acmrules explain wildcard apex"),
        details="RULE is an id, the beginning of one, or a name. Other words list the rules that"
        " contain all of them; you can also paste the message of a finding.",
        synonyms=("rule", "search", "find", "show", "why"),
    ),
    Command(
        "rules",
        REFERENCE,
        "list the rules and their severities",
        RulesOptions,
        Operands(least=0, most=0),
        (AS_OF, *output_options("text", "json")),
        ("acmrules rules", "acmrules rules --as-of 2028-03-15"),
        synonyms=("list", "ls", "list-rules"),
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
        (*READ_OPTIONS, *output_options("text", "json", "svg", "regions"), COLOR, EXIT_ZERO),
        (
            "acmrules coverage '*.bar.example.com' -- foo.bar.example.com",
            "acmrules coverage infra",
        ),
        success="every host is covered, or may be",
        failure="a host is not covered",
        details="An argument that contains `/` or has a known extension is a path. So is the name"
        " of an existing file or directory without a dot.",
        synonyms=("covers", "covered"),
    ),
    Command(
        "validation",
        ANSWERS,
        "show the steps until each certificate is validated and renewed, and who takes them",
        ValidationOptions,
        PATHS,
        (
            *READ_OPTIONS,
            *output_options("text", "json", "changes", "cloudformation", "terraform"),
            COLOR,
            EXIT_ZERO,
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
        Operands(
            "OLD NEW | PLAN | --git REVISION PATH... | ACCOUNT PATH...",
            "file or directory",
            "paths",
        ),
        (
            *INPUT_OPTIONS,
            Option(
                "--git",
                INPUT,
                "compare files with this revision",
                "REVISION",
                synonyms=("--base", "--ref", "--rev"),
            ),
            *output_options(*FORMATS),
            COLOR,
            Option(
                "--fail-on",
                OUTPUT,
                "lowest effect for which the exit code is 1",
                "EFFECT",
                parse_verdict,
                choices=("in-place", "replacement", "impossible"),
                default="impossible",
            ),
            EXIT_ZERO,
        ),
        ("acmrules compare old.yaml new.yaml", "acmrules compare --git HEAD infra"),
        success="no effect is at or above `--fail-on`",
        failure="an effect is at or above `--fail-on`",
        details="PLAN is a Terraform plan (`terraform show -json`) or a change set (`aws"
        " cloudformation describe-change-set`). ACCOUNT is a file of `acmrules inventory`, or a"
        " response such as that of `aws acm describe-certificate`.",
        synonyms=("diff", "changes"),
    ),
    Command(
        "plan",
        ANSWERS,
        "plan the fewest certificates for a set of hosts, or for the hosts in files",
        PlanOptions,
        Operands("HOST|PATH...", "host or path", "operands"),
        (
            *READ_OPTIONS,
            Option(
                "--service",
                INPUT,
                "service that serves the hosts, for example cloudfront",
                "SERVICE",
            ),
            Option(
                "--no-wildcards",
                RULES,
                "plan without wildcards, and show how much they would save",
                synonyms=("--without-wildcards",),
            ),
            *output_options("text", "json", "api", "cloudformation", "terraform"),
            COLOR,
            EXIT_ZERO,
        ),
        (
            "acmrules plan www.example.com api.example.com",
            "acmrules plan infra --format cloudformation",
        ),
        success="the plan covers every host",
        failure="the plan leaves out a host",
        details="An argument that contains `/` or has a known extension is a path. So is the name"
        " of an existing file or directory without a dot.",
        synonyms=("optimize", "suggest"),
    ),
    Command(
        "diagnose",
        ANSWERS,
        "explain why a certificate is pending, failing or about to expire, and what to do",
        DiagnoseOptions,
        # Without paths, the error shows how to get the input.
        PATHS.__replace__(least=0),
        (
            AS_OF.__replace__(
                help="diagnose at the beginning of this date in UTC, for example 2027-03-15",
                default="now",
            ),
            *(option for option in READ_OPTIONS if option is not AS_OF),
            Option(
                "--dns",
                INPUT,
                "ask DNS servers about the names of the certificates",
                synonyms=("--online", "--lookup", "--resolve", "--dig"),
            ),
            Option(
                "--resolver",
                INPUT,
                "resolver to ask with `--dns`",
                "HOST:PORT",
                default="the resolver of this computer",
                synonyms=("--nameserver", "--dns-server", "--server"),
            ),
            *output_options("text", "json", "markdown", "changes"),
            COLOR,
            EXIT_ZERO.__replace__(help="exit with 0 instead of 1 or 4"),
        ),
        ("acmrules diagnose certificate.json", "acmrules diagnose certificate.json answers.dig"),
        success="every certificate is fine",
        failure="a certificate waits for you, or its state is unknown",
        waiting="no certificate waits for you, but one waits for AWS",
        incomplete="the input contains no certificate that exists in ACM",
        details="The input is what the AWS CLI prints, for example: `aws acm describe-certificate"
        " --certificate-arn ARN | acmrules diagnose -`. Add the output of dig or zone files, or use"
        " `--dns`; without it, acmrules sends no query. The format changes is the input of `aws"
        " route53 change-resource-record-sets`.",
        synonyms=("why", "pending", "troubleshoot", "status", "doctor"),
    ),
    Command(
        "inventory",
        ANSWERS,
        "read the certificates of an AWS account in all Regions, and report on them",
        InventoryOptions,
        Operands(least=0, most=0),
        (
            Option(
                "--region",
                INPUT,
                "read this Region, not all that are enabled",
                "REGION",
                parse_region,
                many=True,
                field="regions",
                synonyms=("--regions", "-r"),
            ),
            Option("--profile", INPUT, "profile of the AWS CLI", "PROFILE"),
            Option(
                "--zones",
                INPUT,
                "also read the hosted zones in Route 53 of names that are not validated",
                synonyms=("--route53", "--hosted-zones", "--dns"),
            ),
            Option(
                "--from",
                INPUT,
                "report on this file with responses of AWS, without a call (`-` reads standard"
                " input)",
                "FILE",
                many=True,
                field="source",
                synonyms=("--file", "--input", "-i", "--offline"),
            ),
            AS_OF.__replace__(
                help="report as of the beginning of this date in UTC, for example 2027-03-15",
                default="now",
            ),
            next(each for each in INPUT_OPTIONS if each.name == "--suffix-list"),
            Option(
                "--policy",
                OUTPUT,
                "print the IAM policy that the command needs",
                synonyms=("--iam", "--permissions"),
            ),
            *output_options("text", "json", "markdown", "html", "svg"),
            COLOR,
            EXIT_ZERO,
            next(each for each in INPUT_OPTIONS if each.name == "--quiet"),
        ),
        ("acmrules inventory --output inventory.json", "acmrules inventory --from inventory.json"),
        success="no certificate needs you, and no quota is exceeded",
        failure="a certificate needs you or has an unknown state, or a quota is exceeded",
        incomplete="AWS refused a call, so a part is missing",
        details="It needs `pip install 'acmrules[aws]'`, and makes only read-only calls. JSON"
        " contains the responses of AWS, which `check`, `diagnose` and other commands read too."
        " Without `--format`, the name of the `--output` file decides: `.json`, `.md`, `.html`,"
        " `.svg`.",
        synonyms=("account", "list-certificates", "scan"),
    ),
    Command(
        "bulk",
        ANSWERS,
        "examine all names in a file, and write it again with columns about each of them",
        BulkOptions,
        Operands("IN OUT", "paths", "paths", least=0, most=2),
        (
            Option(
                "--column",
                INPUT,
                "column or member with the names",
                "NAME",
                default="the only one, or a usual name",
                synonyms=("--field", "--name-column", "-c"),
            ),
            Option(
                "--certificates",
                INPUT,
                "certificates that may cover the names: a file of `acmrules inventory`, a response"
                " of AWS, or a table with the columns `certificate` and `name`",
                "FILE",
                many=True,
                synonyms=("--certificate", "--certs", "--inventory"),
            ),
            AS_OF,
            next(each for each in INPUT_OPTIONS if each.name == "--suffix-list"),
            Option(
                "--columns",
                OUTPUT,
                "columns to add, separated by commas",
                "COLUMNS",
                choices=COLUMN_NAMES,
                many=True,
                commas=True,
                default="all",
                synonyms=("--select", "--add"),
            ),
            Option(
                "--prefix",
                OUTPUT,
                "beginning of the names of the columns to add",
                "TEXT",
                parse_prefix,
            ),
            Option(
                "--jobs",
                OUTPUT,
                "number of processes",
                "NUMBER",
                parse_jobs,
                default="the available cores",
                synonyms=("-j", "--workers", "--processes", "--threads", "--cores"),
            ),
            _COUNTS_FORMAT.__replace__(help="format of the counts, printed or written to a file"),
            _COUNTS_FILE.__replace__(help="write the counts to this file"),
            next(each for each in INPUT_OPTIONS if each.name == "--quiet"),
        ),
        (
            "acmrules bulk hosts.csv checked.parquet",
            "acmrules bulk hosts.csv checked.csv --certificates inventory.json",
        ),
        success="every row was read",
        incomplete="a row was rejected",
        details="IN and OUT are Parquet, CSV or JSON lines (.jsonl), also compressed (.gz, .zst),"
        " or directories of such files. IN can also be a list of names (.txt). acmrules prints the"
        " counts, and writes the rows that it cannot read to OUT.rejected.jsonl. If the run is"
        " interrupted, the exit code is 130, and the same command continues it. It needs `pip"
        " install 'acmrules[arrow]'`.",
        synonyms=("batch", "examine", "parquet", "columns"),
    ),
    Command(
        "calendar",
        ANSWERS,
        "show renewals and manual work in the coming years, and the use of the account's quotas",
        CalendarOptions,
        PATHS,
        (
            *READ_OPTIONS,
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
            *output_options("text", "json", "svg"),
            EXIT_ZERO,
        ),
        ("acmrules calendar .", "acmrules calendar infra --until 2029-12-31"),
        success="no quota is exceeded",
        failure="a quota is exceeded",
        synonyms=("forecast", "renewals", "schedule"),
    ),
    Command(
        "contacts",
        ANSWERS,
        "list the mailboxes to which ACM sends validation email",
        ContactsOptions,
        Operands("NAME...", "name", "names"),
        (
            AS_OF,
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
            *output_options("text", "json"),
        ),
        (
            "acmrules contacts www.example.com",
            "acmrules contacts www.example.com --validation-domain example.com",
        ),
        synonyms=("emails", "mailboxes"),
    ),
    Command(
        "facts",
        REFERENCE,
        "list the facts that the rules are based on, with their sources; or search for words",
        FactsOptions,
        Operands("[ROW...] | WORD...", "row or word", "rows", least=0),
        # Some facts of the CA/Browser Forum are older than ACM.
        (AS_OF.__replace__(convert=parse_date), *output_options("text", "json")),
        ("acmrules facts 1.3 --as-of 2028-03-15", "acmrules facts email validation"),
        details="ROW is the number of a fact. Other words list the facts that contain all of them.",
        synonyms=("limits",),
    ),
    Command(
        "settings",
        REFERENCE,
        "print the effective settings for a path, and where each one is set",
        SettingsOptions,
        Operands("[PATH]", "file or directory", "paths", least=0, most=1),
        (*FILE_OPTIONS, *output_options("text", "json")),
        ("acmrules settings", "acmrules settings infra/site.yaml --region eu-west-1"),
        synonyms=("config",),
    ),
    Command(
        "schema",
        REFERENCE,
        "print the JSON Schema of the report of `check`, or of the settings",
        SchemaOptions,
        Operands("report | settings", "schema", "names", least=1, most=1),
        (),
        ("acmrules schema report", "acmrules schema settings"),
    ),
    Command(
        "lsp",
        CHECKING,
        "serve an editor over standard input and output: findings, fixes and explanations",
        LspOptions,
        Operands(least=0, most=0),
        (),
        ("acmrules lsp", "acmrules lsp --help"),
        success="the editor ended the session",
        failure="the editor stopped the server without ending the session",
        details="Editors start this command and configure it in the session. It needs"
        " `pip install 'acmrules[lsp]'`.",
        synonyms=("server", "language-server", "langserver"),
    ),
    Command(
        "mcp",
        REFERENCE,
        "serve agents that speak the Model Context Protocol (MCP), or print a skill for them",
        McpOptions,
        Operands("[DIRECTORY...]", "directory", "folders", least=0),
        (
            Option(
                "--skill",
                OUTPUT,
                "print the skill (`SKILL.md`): when agents should run which command",
            ),
        ),
        ("acmrules mcp", "acmrules mcp --skill"),
        details="The server reads only files in DIRECTORY, by default the current directory, and"
        " writes nothing. It needs `pip install 'acmrules[mcp]'`.",
        synonyms=("agent", "agents", "ai", "claude", "skill", "copilot"),
    ),
    Command(
        "completion",
        REFERENCE,
        "print the script that completes acmrules commands in bash, zsh or fish",
        CompletionOptions,
        Operands("bash|zsh|fish", "shell", "shells", most=1),
        (),
        ("acmrules completion bash", "acmrules completion zsh"),
        details="In bash and zsh, add `source <(acmrules completion SHELL)` to the startup file of"
        " the shell. In fish, write the script to `~/.config/fish/completions/acmrules.fish`.",
        synonyms=("completions", "complete", "autocomplete"),
    ),
)
