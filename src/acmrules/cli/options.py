"""The commands and their options."""

from __future__ import annotations

import os

from acmrules.cli.parser import Command, Option
from acmrules.reports.findings import FORMATS

_AS_OF = Option("--as-of", "judge as on this day, such as 2018-01-31 (default: today)", "DAY")
_SUFFIX_LIST = Option(
    "--suffix-list",
    "public suffix list: `publicsuffixlist` (default), `tldextract`, `publicsuffix2`, or a file",
    "SOURCE",
)


# Those of `readers.READERS`, whose import would cost a usage error twice its time.
_KINDS = (
    *("cloudformation", "api", "terraform", "change-set", "terraform-plan", "kubernetes"),
    *("certificates", "names"),
)


_TERMS = (
    _AS_OF,
    Option("--region", "Region that templates are deployed to", "REGION"),
    Option("--param", "value of a template parameter or variable", "NAME=VALUE", many=True),
    Option("--var-file", "values of Terraform variables", "FILE", many=True),
    Option("--quota", "quota of the account, such as names=50", "NAME=NUMBER", many=True),
    Option(
        "--kind",
        f"read these kinds of files only: {', '.join(_KINDS)}",
        "KIND",
        many=True,
        choices=_KINDS,
    ),
    Option(
        "--select", "judge by these rules only: ids, names, or beginnings of ids", "IDS", many=True
    ),
    Option("--ignore", "leave these rules out", "IDS", many=True),
    Option(
        "--baseline",
        f"the baseline, `{os.devnull}` for none (default: the nearest of its name)",
        "FILE",
    ),
    Option(
        "--exclude", "leave out files and folders, by a pattern of `.gitignore`", "GLOB", many=True
    ),
    _SUFFIX_LIST,
)
"""What files are judged by."""


_OF_JUDGING = frozenset(("--quota", "--baseline"))
"""Those that mean nothing where nothing is judged but an edit."""


COMMANDS = (
    Command(
        "check",
        "PATH...",
        "judge the certificate requests in files and folders (`-`: standard input)",
        (
            *_TERMS,
            Option(
                "--format",
                f"{', '.join(FORMATS)} (default: text), svg with --until",
                "FORMAT",
                choices=(*FORMATS, "svg"),
            ),
            Option("--until", "tell what changes up to this day too; exits as of today", "DAY"),
            Option(
                "--fail-on",
                "lowest severity that makes the exit code 1 (default: error)",
                "SEVERITY",
                choices=("note", "warning", "error"),
            ),
            Option(
                "--show-skips", "list what could not be decided, and what would have to be known"
            ),
            Option("--statistics", "print the number of findings of each rule"),
            Option("--fix", "make the safe fixes in the files, and judge what comes out"),
            Option("--unsafe", "with --fix or --diff: make the others too"),
            Option("--diff", "print what --fix would change, and change nothing"),
        ),
    ),
    Command(
        "baseline",
        "PATH...",
        "write down what is found in files and folders, so that it counts no more",
        (
            *_TERMS,
            Option("--prune", "add nothing: take out what is found no more"),
        ),
    ),
    Command(
        "settings",
        "[PATH]",
        "say what holds for a file or folder, and where each value was stated",
        (*_TERMS, Option("--format", "text (default) or json", "FORMAT", choices=("text", "json"))),
        least=0,
        most=1,
    ),
    Command(
        "explain",
        "RULE...",
        "say what a rule means, since when, by whose word, with examples",
        (
            Option(
                "--format",
                "text (default), markdown or json",
                "FORMAT",
                choices=("text", "markdown", "json"),
            ),
        ),
    ),
    Command(
        "rules",
        "",
        "list the rules with their severity on a day",
        (_AS_OF, Option("--format", "text (default) or json", "FORMAT", choices=("text", "json"))),
        least=0,
        most=0,
    ),
    Command(
        "covers",
        "NAME... -- HOST... | PATH... [-- HOST...]",
        "show what names cover, or the certificates in files, and how near they come else;"
        " a path has a `/`, or ends as a file does, as `site.yaml`, or is a folder without a dot",
        (
            *_TERMS,
            Option(
                "--format",
                "text (default), json or svg",
                "FORMAT",
                choices=("text", "json", "svg"),
            ),
        ),
    ),
    Command(
        "validate",
        "PATH...",
        "say what has to be done before the certificates in files are issued, and who has to do it",
        (
            *_TERMS,
            Option(
                "--format",
                "text (default), json, changes (of Route 53), cloudformation or terraform",
                "FORMAT",
                choices=("text", "json", "changes", "cloudformation", "terraform"),
            ),
        ),
    ),
    Command(
        "compare",
        "OLD NEW | PLAN | --git REVISION PATH...",
        "say what the edits of certificate requests cost, and how to make them without an outage;"
        " PLAN is a plan of Terraform or a change set, as JSON",
        (
            *(option for option in _TERMS if option.name not in _OF_JUDGING),
            Option("--git", "compare files with those of a revision", "REVISION"),
            Option(
                "--format", f"{', '.join(FORMATS)} (default: text)", "FORMAT", choices=(*FORMATS,)
            ),
            Option(
                "--fail-on",
                "lowest verdict that makes the exit code 1 (default: impossible)",
                "VERDICT",
                choices=("in-place", "replacement", "impossible"),
            ),
        ),
    ),
    Command(
        "plan",
        "HOST... | FILE...",
        "say which certificates to request for hosts: those given, or listed or served in files",
        (
            *_TERMS,
            Option("--service", "the service that serves the hosts, such as cloudfront", "SERVICE"),
            Option(
                "--format",
                "text (default), json, api, cloudformation or terraform",
                "FORMAT",
                choices=("text", "json", "api", "cloudformation", "terraform"),
            ),
        ),
    ),
    Command(
        "calendar",
        "PATH...",
        "say what the coming years ask of the certificates in files, and of the account's quotas",
        (
            *_TERMS,
            Option("--until", "the last day told (default: the last known change)", "DAY"),
            Option("--since", "count the new certificates since this revision of git", "REVISION"),
            Option("--format", "text (default) or json", "FORMAT", choices=("text", "json")),
        ),
    ),
    Command(
        "contacts",
        "NAME...",
        "list the mailboxes that e-mail validation writes to",
        (
            _AS_OF,
            Option("--validation-domain", "send to this superdomain of the name instead", "DOMAIN"),
            Option("--registrant", "WHOIS registrant's address", "ADDRESS"),
            Option("--technical", "WHOIS technical contact's address", "ADDRESS"),
            Option("--administrative", "WHOIS administrative contact's address", "ADDRESS"),
            Option("--renewal", "for the renewal of a certificate, not a new request"),
            Option("--format", "text (default) or json", "FORMAT", choices=("text", "json")),
        ),
    ),
    Command(
        "facts",
        "[ROW...]",
        "list the facts that the rules rest on, with their sources",
        (
            Option("--on", "the values on this day (default: today)", "DAY"),
            Option("--format", "text (default) or json", "FORMAT", choices=("text", "json")),
        ),
        least=0,
    ),
)


_MODULES = {"covers": "coverage", "rules": "explain", "validate": "validation"}
ACTIONS = {
    command.name: f"acmrules.cli.commands.{_MODULES.get(command.name, command.name)}"
    for command in COMMANDS
}
"""The module that has the function of each command; it is loaded when it is needed."""
