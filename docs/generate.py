"""Write the pages that are generated from data: `python docs/generate.py`."""  # noqa: INP001

from __future__ import annotations

import os
import re
import subprocess
import sys
import tomllib
from datetime import UTC, date, datetime
from pathlib import Path
from tempfile import TemporaryDirectory

from acmrules.analysis.coverage_tree import coverage, questions
from acmrules.analysis.diagnoses import certificates_in
from acmrules.analysis.inventory.report import inventory_report
from acmrules.diagnosis import diagnose_all
from acmrules.facts import named_facts, sources
from acmrules.facts.fact import CHECKED, LAUNCH, Fact, Mark
from acmrules.facts.timeline import Citation
from acmrules.guards.mcp import skill
from acmrules.lint.forecast import forecast
from acmrules.lint.linter import Linter
from acmrules.lint.pipeline import check_declarations
from acmrules.lint.rule import Rule
from acmrules.lint.rules import CATALOGUE
from acmrules.model.inventory import take_inventory
from acmrules.readers import registry
from acmrules.readers.options import Parameters
from acmrules.readers.registry import MODULE_SUFFIXES, READERS
from acmrules.readers.terraform import known_modules
from acmrules.readers.terraform.known_modules.table import KnownModule
from acmrules.reports import coverage_tree as trees
from acmrules.reports import forecast as tables
from acmrules.reports import rule_pages, svg, timeline
from acmrules.reports.findings import text as findings
from acmrules.reports.findings.layout import Layout
from acmrules.reports.inventory import pictures as accounts
from acmrules.suffix_lists import default_suffixes
from acmrules.syntax.source import Source
from acmrules.values import Value

FOLDER = Path(__file__).parent

SECTIONS = {
    "1": "Parameters and names",
    "2": "Quotas",
    "3": "Email validation",
    "4": "DNS, CAA and HTTP validation",
    "5": "Regions and partitions",
    "6": "Attributes that cannot be changed",
    "7": "Validity and renewal",
    "8": "Import",
    "ACME": "ACME",
    "B2": "Public suffixes",
    "B3": "Failures and statuses",
    "C": "Services",
    "CA": "Private CAs",
    "CHR": "Browsers",
    "D": "Effects of an edit",
    "E": "CloudFormation",
    "L": "Certificates that exist",
    "LBC": "AWS Load Balancer Controller",
    "N2": "Amazon N2 certificates",
    "P": "DNS answers",
    "RFC2606": "Documentation names",
    "RFC6761": "Special-use names",
    "TF": "Terraform",
    "TV": "Values in Terraform",
}

MARKS = "\n".join(f"| {mark.name.lower()} | {mark.value} |" for mark in Mark)

HEAD = f"""\
# Facts

This page lists every value that acmrules applies, with its date and its source, as of {CHECKED}.
`acmrules facts` prints the same values, and `acmrules facts WORD...` searches the facts for words.
`docs/generate.py` generates this page from `acmrules.facts`.

If the first date of a value is unknown, it is marked *seen*. Such a value applies from the launch
of ACM ({LAUNCH}), or from the date of the oldest copy that contains it. It may be older.

| mark | meaning |
| --- | --- |
{MARKS}
"""

MODULES_HEAD = """\
# Known modules

acmrules knows the arguments of these modules of the Terraform Registry. It checks a call like the
resources that it creates, and reports findings at the call. `docs/generate.py` generates this page
from `acmrules.readers.terraform.known_modules`.

- **The version decides.** The `version` of a call, or the tag of its Git reference, selects the
  arguments and defaults. If it allows versions that differ, what differs is unknown.
- **Downloaded code is preferred.** If `terraform init` has downloaded the module, and
  `.terraform/modules/modules.json` lists it for the call, acmrules reads that code instead.
- **Other modules and versions are not checked,** unless they are downloaded. acmrules
  [lists them](guide.md#what-is-not-checked).

An argument without a default is required. The names after *sets* are resources of the module and
their members; `count` means that the argument decides whether the resource exists.
"""

MODULE_TABLE = "| argument | default | versions | sets |\n| --- | --- | --- | --- |"

RULES_HEAD = """\
# Rules

This page lists all rules that acmrules checks. `acmrules rules` prints the same list, and
`acmrules explain ID` prints the page of a rule. `acmrules explain WORD...` searches for words,
such as those of a message. `docs/generate.py` generates these pages from the declarations of the
rules.

In some cases, a finding is more or less severe than its rule. The page of the rule describes them.

| id | name | severity | title |
| --- | --- | --- | --- |
"""

KEYS = {source: key for key, source in vars(sources).items() if isinstance(source, Citation)}

TABLE = "| Row | Fact | Value | Since | Mark | Sources |\n| --- | --- | --- | --- | --- | --- |"


def facts_page() -> str:
    """Return the page of all facts, a table for each section."""
    tables: dict[str, list[str]] = {}
    for name, fact in named_facts().items():
        tables.setdefault(fact.row.partition(".")[0], []).append(_line(name, fact))
    parts = [f"## {SECTIONS[key]}\n\n{TABLE}\n" + "\n".join(rows) for key, rows in tables.items()]
    read = "\n".join(f"- [{key}]: {source.title}{_copy(source)}" for source, key in KEYS.items())
    links = "\n".join(f"[{key}]: {source.url}" for source, key in KEYS.items())
    return "\n\n".join((HEAD.rstrip(), *parts, "## Sources", read, links)) + "\n"


def _line(name: str, fact: Fact[object]) -> str:
    eras = fact.history.eras
    said = dict.fromkeys((*(era.source for era in eras), *fact.also))
    cells = (
        fact.row,
        f"`{name}`<br>{fact.statement}" + (f"<br>*{fact.note}*" if fact.note else ""),
        "<br>".join(shown(era.value) for era in eras),
        "<br>".join(f"{era.start}{', seen' if era.seen else ''}" for era in eras),
        fact.mark.name.lower(),
        ", ".join(f"[{KEYS[source]}]" for source in said),
    )
    return f"| {' | '.join(cell.replace('|', '&#124;') for cell in cells)} |"


def _copy(source: Citation) -> str:
    return f" ({source.copy})" if source.copy else ""


def shown(value: object) -> str:
    """Return the value of a fact as prose has it."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, tuple):
        inner = (f"({shown(each)})" if isinstance(each, tuple) else shown(each) for each in value)
        return ", ".join(inner) or "none"
    if isinstance(value, Value):
        fields = type(value)._fields
        return ", ".join(f"{field}: {getattr(value, field)}" for field in fields)
    return f"`{value}`" if isinstance(value, str) else str(value)


def modules_page() -> str:
    """Return the page of the modules whose arguments are known."""
    tables = [table for owner in known_modules.NAMES for table in known_modules.tables_of(owner)]
    return "\n".join((MODULES_HEAD.rstrip(), *map(_module, tables))) + "\n"


def _module(table: KnownModule) -> str:
    sets = _sets(table)
    rows = [
        f"| `{each.name}` | {f'`{each.default}`' if each.default else ''} "
        f"| {_versions(each.since, each.until)} | {', '.join(sets.get(each.name, ()))} |"
        for each in table.arguments
    ]
    outputs = ", ".join(f"`{name}`" for name in re.findall(r'(?m)^output "(\w+)"', table.body))
    versions = f"Versions from {table.since} up to, but not including, {table.until}."
    read = f"Read: {', '.join(table.read)}."
    lines = [f"\n## {table.source}\n", f"{versions}\n{read}\n", MODULE_TABLE, *rows]
    if outputs:
        lines += ["", f"Outputs: {outputs}."]
    return "\n".join(lines)


def _versions(since: str, until: str) -> str:
    return " ".join(filter(None, (since and f"from {since}", until and f"before {until}")))


def _sets(table: KnownModule) -> dict[str, list[str]]:
    """Return the members of resources that each argument sets, in the order of the table."""
    found: dict[str, dict[str, None]] = {}
    values = dict(re.findall(r"(?ms)^  (\w+) += (.*?)\n(?=  \w|})", _blocks(table, "locals")))
    for kind, body in re.findall(r'(?ms)^resource "(\w+)" "\w+" {\n(.*?)^}', table.body):
        for member, value in re.findall(r"(?ms)^ +(\w+) += (.*?)\n(?= +\w+ +[={]| +}|\Z)", body):
            text, before = value, ""
            while text != before:
                before = text
                text = re.sub(r"\blocal\.(\w+)", lambda each: values.get(each[1], ""), text)
            for name in re.findall(r"\bvar\.(\w+)", text):
                found.setdefault(name, {})[f"`{kind}.{member}`"] = None
    return {name: [*members] for name, members in found.items()}


def _blocks(table: KnownModule, kind: str) -> str:
    return "".join(re.findall(rf"(?ms)^{kind} {{\n(.*?^}})", table.body))


def rules_index() -> str:
    """Return the page that lists the rules."""
    rows = [
        f"| [{rule.id}]({rule.id}.md) | {rule.name} | {_force(rule)} | {rule.title} |"
        for rule in CATALOGUE
    ]
    return RULES_HEAD + "\n".join(rows) + "\n"


def _force(rule: Rule) -> str:
    """Return the severities of a rule, the later ones with their first day."""
    first, *later = rule.force
    words = [str(first.value) if first.start == LAUNCH else f"{first.value} from {first.start}"]
    return ", ".join(words + [f"{era.value} from {era.start}" for era in later])


HOOKS_HEAD = """\
# Generated from the table of readers by `docs/generate.py`.
"""

HOOKS = {
    "cloudformation": "CloudFormation templates, including SAM and CDK output",
    "terraform": "Terraform modules",
    "kubernetes": "Kubernetes manifests for ACK and the AWS Load Balancer Controller",
    "serverless": "configurations of the Serverless Framework",
    "pulumi": "programs of Pulumi in YAML",
    "crossplane": "managed resources of Crossplane for AWS",
    "api": "the input of `aws acm request-certificate`",
}
"""The files in the descriptions of the hooks for one kind, by the name of the reader."""


def hooks() -> str:
    """Return the hooks for pre-commit: one for everything, and one for each of some kinds."""
    extras = tomllib.loads((FOLDER.parent / "pyproject.toml").read_text(encoding="utf-8"))
    optional = extras["project"]["optional-dependencies"]
    # A hook checks certificates, and a reader without words finds none.
    walked = [reader for reader in READERS if reader.walked and reader.needles]
    everything = _hook(
        "acmrules",
        "acmrules",
        "Check AWS Certificate Manager (ACM) certificate requests in all supported files",
        "",
        sorted({suffix for reader in walked for suffix in reader.walked} | set(MODULE_SUFFIXES)),
        sorted({needed for reader in walked if reader.extra for needed in optional[reader.extra]}),
    )
    return (
        HOOKS_HEAD
        + everything
        + "".join(
            _hook(
                f"acmrules-{reader.name}",
                f"acmrules ({reader.name})",
                f"Check AWS Certificate Manager (ACM) requests in {HOOKS[reader.name]}",
                f" --kind {reader.name}",
                sorted({*reader.walked, *(MODULE_SUFFIXES if reader.name == "terraform" else ())}),
                optional[reader.extra] if reader.extra else [],
            )
            for reader in READERS
            if reader.name in HOOKS
        )
    )


def _hook(
    key: str, name: str, description: str, kind: str, suffixes: list[str], needed: list[str]
) -> str:
    endings = "|".join(suffix.removeprefix(".").replace(".", r"\.") for suffix in suffixes)
    return f"""\
- id: {key}
  name: {name}
  description: {description}
  entry: acmrules check{kind}
  language: python
  files: \\.({endings})$
  require_serial: true
  additional_dependencies: [{", ".join(f'"{each}"' for each in needed)}]
"""


UNTIL = date(2029, 4, 1)
"""The last date of the example of a forecast."""

SITE = """\
Resources:
  Certificate:
    Type: AWS::CertificateManager::Certificate
    Properties:
      DomainName: brightharbor.io
      SubjectAlternativeNames: ["*.brightharbor.io", www.brightharbor.io, shop.lighthouse.co.uk]
      ValidationMethod: EMAIL
  Site:
    Type: AWS::CloudFront::Distribution
    Properties:
      DistributionConfig:
        Aliases:
          - brightharbor.io
          - www.brightharbor.io
          - api.brightharbor.io
          - eu.api.brightharbor.io
          - shop.lighthouse.co.uk
        ViewerCertificate: {AcmCertificateArn: !Ref Certificate, SslSupportMethod: sni-only}
"""

FORECAST_PAGE = """\
# Forecast

`acmrules check --until DATE` shows which findings will begin, change or end by a date, so that you
can fix them in time. The severity of some rules changes on known dates, and imported certificates
expire.

For example, take this template, `site.yaml`:

```yaml
{site}```

On {as_of}, `acmrules check site.yaml --region us-east-1 --until {until}` prints its report
and then this forecast:

```
{table}```

| part | content |
| --- | --- |
| first line | date, severity before and after, rule, and location |
| second line | message on that date |
| third line | source of the change |

acmrules checks the files as of today, and again on each date on which a rule, a fact or a
certificate changes. The exit code is that of today's findings.

`--format json` adds the forecast to the report ([json.md](json.md)). `--format svg` draws a
picture in light or dark colors. Findings that change are at the top, soonest first. If there are
many findings, those of one rule with the same dates share a bar.

![{title}](pictures/forecast.svg)
"""


START = Path("examples", "start", "bad.yaml")
ANSI = {"31": "alarm", "33": "amber", "36": "good", "2": "quiet"}
"""The color in a picture for each color of a terminal."""


def finding_picture() -> str:
    """Return a picture of a terminal: the report on the first example, in its colors."""
    source = Source(f"docs/{START}", (FOLDER / START).read_text("utf-8"))
    declarations = registry.read(source, Parameters({}, "us-east-1"))
    report = check_declarations(declarations, Linter(as_of=CHECKED))
    shown = findings.render(report.__replace__(files=1), Layout(color=True)).rstrip("\n")
    lines = [f"$ acmrules check docs/{START}", *shown.split("\n")]
    width = max(len(re.sub(r"\x1b\[\d*m", "", line)) for line in lines)
    body: list[str] = []
    for row, line in enumerate(lines):
        column, color = 0, "ink"
        # Some viewers collapse blanks, so a word is drawn at its column.
        for part in re.split(r"(\x1b\[\d*m|  +)", line):
            if part.startswith("\x1b"):
                color = ANSI.get(part[2:-1], "ink")
                continue
            if words := part.strip():
                x = MARGIN + svg.width_of(" " * (column + len(part) - len(part.lstrip())))
                body.append(svg.text(x, MARGIN + LINE * (row + 0.7), words, color=color))
            column += len(part)
    size = 2 * MARGIN + svg.width_of(" " * width), 2 * MARGIN + LINE * len(lines)
    return svg.drawing(*size, "A report of acmrules on a CloudFormation template", body)


MARGIN = 16
LINE = 18
"""Pixels around a picture of a terminal, and of its lines."""


def pictures() -> dict[str, str]:
    """Return the pages that show pictures, and the pictures."""
    declarations = registry.read(Source("site.yaml", SITE), Parameters({}, "us-east-1"))
    ahead = forecast(
        declarations,
        lambda day: check_declarations(declarations, Linter(as_of=day)).findings,
        CATALOGUE,
        as_of=CHECKED,
        until=UNTIL,
    )
    shown = [
        coverage(question, default_suffixes())
        for each in declarations
        for question in questions(each)
    ]
    return {
        "forecast.md": FORECAST_PAGE.format(
            site=SITE,
            until=UNTIL,
            as_of=CHECKED,
            table=tables.render(ahead),
            title=f"Findings in site.yaml until {UNTIL}",
        ),
        "pictures/finding.svg": finding_picture(),
        "pictures/forecast.svg": timeline.render(ahead),
        "pictures/coverage.svg": trees.picture(shown),
        "pictures/inventory.svg": inventory_picture(),
    }


def inventory_picture() -> str:
    """Return the pictures of the account in the examples."""
    text = (FOLDER / ACCOUNT).read_text("utf-8")
    inventory = take_inventory(registry.read(Source(str(ACCOUNT), text)))
    as_of = datetime(2026, 11, 30, tzinfo=UTC)
    report = inventory_report(
        inventory.account,
        diagnose_all(certificates_in(inventory), inventory.account.dns, as_of=as_of),
        as_of,
        default_suffixes(),
    )
    return accounts.render(report)


ACCOUNT = Path("examples", "inventory", "account.json")


def skill_page() -> str:
    """Return the skill for agents, with what its commands print."""
    own = {"PATH": os.environ["PATH"], "PYTHONPATH": os.pathsep.join(filter(None, sys.path))}
    program = f'acmrules() {{ "{sys.executable}" -m acmrules "$@"; }}\n'
    with TemporaryDirectory() as folder:

        def output_of(example: skill.SkillExample) -> str:
            for name, text in example.files:
                (Path(folder) / name).write_text(text, encoding="utf-8")
            run = ("bash", "-c", f"exec 2>&1\n{program}{example.command}")
            environment = own | {"PYTHONUTF8": "1"}
            done = subprocess.run(  # noqa: S603  (commands of the package)
                run, cwd=folder, env=environment, stdout=subprocess.PIPE, check=False
            )
            return done.stdout.decode("utf-8")

        return skill.skill(output_of)


def pages() -> dict[str, str]:
    """Return every generated page by its path below this folder."""
    skill_text = skill_page()
    rules = {f"rules/{rule.id}.md": rule_pages.as_markdown(rule) for rule in CATALOGUE}
    return {
        "../.pre-commit-hooks.yaml": hooks(),
        "../src/acmrules/guards/mcp/SKILL.md": skill_text,
        "skill/SKILL.md": skill_text,
        "facts.md": facts_page(),
        "modules.md": modules_page(),
        "rules/README.md": rules_index(),
        **rules,
        **pictures(),
    }


if __name__ == "__main__":
    for path, text in pages().items():
        (FOLDER / path).parent.mkdir(exist_ok=True)
        (FOLDER / path).write_text(text, encoding="utf-8")
