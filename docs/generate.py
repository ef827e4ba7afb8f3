"""Write the pages that are made from data: `python docs/generate.py`."""  # noqa: INP001

from __future__ import annotations

import tomllib
from datetime import date
from pathlib import Path

from acmrules.dated import Citation
from acmrules.facts import named_facts, sources
from acmrules.facts.fact import CHECKED, LAUNCH, Fact, Mark
from acmrules.lint import explain, readers
from acmrules.lint.coverage import asked_by, coverage
from acmrules.lint.engine import Bench
from acmrules.lint.forecast import forecast
from acmrules.lint.readers import MODULE_SUFFIXES, READERS
from acmrules.lint.reports import coverage as trees
from acmrules.lint.reports import forecast as tables
from acmrules.lint.reports import timeline
from acmrules.lint.rule import Rule
from acmrules.lint.rules import CATALOGUE
from acmrules.lint.source import Parameters, Source
from acmrules.suffixlists import default_suffixes
from acmrules.values import Value

FOLDER = Path(__file__).parent

SECTIONS = {
    "1": "Parameters and names",
    "2": "Quotas",
    "3": "Email validation",
    "4": "DNS, CAA and HTTP validation",
    "5": "Regions and partitions",
    "6": "What cannot change later",
    "7": "Lifetime and renewal",
    "8": "Import",
    "B2": "Public suffixes",
    "B3": "Failures and statuses",
    "C": "Services",
    "D": "The effect of edits",
    "E": "CloudFormation",
    "RFC2606": "Documentation names",
    "RFC6761": "Special-use names",
}

HEAD = f"""\
# Facts

Every limit and date that acmrules applies, with its start date and its source, as reviewed on
{CHECKED}. `docs/generate.py` generates this page from `acmrules.facts`; `acmrules facts` prints the
same data.

A value marked *seen* has no known start date. It applies from the launch of ACM ({LAUNCH}), or
from the date of the copy that first recorded it, and may be older.
Marks: {"; ".join(f"*{mark.name.lower()}*, {mark.value}" for mark in Mark)}.
"""

RULES_HEAD = """\
# Rules

Made from the declarations of the rules by `docs/generate.py`; `acmrules rules` lists the same, and
`acmrules explain ID` prints a page. A case of a rule may weigh less, or more, than the rule.

| id | name | severity | what |
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
# Made from the table of readers by `docs/generate.py`.
"""

HOOKS = {
    "cloudformation": "CloudFormation templates, SAM and CDK output among them",
    "terraform": "Terraform configurations, a folder as a module",
    "kubernetes": "Kubernetes manifests of ACK and the AWS Load Balancer Controller",
    "api": "the input of `aws acm request-certificate`",
}
"""What the hooks for one kind say they look at, by the name of the reader."""


def hooks() -> str:
    """Return the hooks for pre-commit: one for everything, and one for each of some kinds."""
    extras = tomllib.loads((FOLDER.parent / "pyproject.toml").read_text(encoding="utf-8"))
    optional = extras["project"]["optional-dependencies"]
    walked = [reader for reader in READERS if reader.walked]
    everything = _hook(
        "acmrules",
        "acmrules",
        "Judge requests to AWS Certificate Manager, wherever they are written",
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
                f"Judge requests to AWS Certificate Manager in {HOOKS[reader.name]}",
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
"""The day up to which the example of a forecast looks."""

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
# What will be found by a day

Some rules have dates: what is a warning today is an error on a day that is already known, and an
imported certificate has a last day. `acmrules check --until DAY` judges as of today, and again on
each day up to `DAY` on which a rule, a fact or a certificate turns; then it tells what begins to be
found, weighs more or less, or stops. The exit code is that of today's report.

Take this template, `site.yaml`:

```yaml
{site}```

`acmrules check site.yaml --region us-east-1 --until {until}`, run on {as_of}, prints behind its
report:

```
{table}```

A line tells the day, the severity before and after, the rule and the place; below it stand the
message on that day, and who says so. `--format json` has the same under `forecast`
([json.md](json.md)), and `--format svg` draws it. Findings that change come first, the soonest
before the others; where there are many, those of one rule with the same course share a bar. The
picture follows the colours of its reader, light or dark.

![{title}](pictures/forecast.svg)
"""


def pictures() -> dict[str, str]:
    """Return the pages that show pictures, and the pictures."""
    documents = readers.read(Source("site.yaml", SITE), Parameters({}, "us-east-1"))
    ahead = forecast(documents, lambda day: Bench(as_of=day), CATALOGUE, as_of=CHECKED, until=UNTIL)
    shown = [coverage(asked, default_suffixes()) for each in documents for asked in asked_by(each)]
    return {
        "forecast.md": FORECAST_PAGE.format(
            site=SITE,
            until=UNTIL,
            as_of=CHECKED,
            table=tables.render(ahead),
            title=f"What is found in site.yaml up to {UNTIL}",
        ),
        "pictures/forecast.svg": timeline.render(ahead),
        "pictures/coverage.svg": trees.picture(shown),
    }


def pages() -> dict[str, str]:
    """Return every generated page by its path below this folder."""
    rules = {f"rules/{rule.id}.md": explain.as_markdown(rule) for rule in CATALOGUE}
    return {
        "../.pre-commit-hooks.yaml": hooks(),
        "facts.md": facts_page(),
        "rules/README.md": rules_index(),
        **rules,
        **pictures(),
    }


if __name__ == "__main__":
    for path, text in pages().items():
        (FOLDER / path).parent.mkdir(exist_ok=True)
        (FOLDER / path).write_text(text, encoding="utf-8")
