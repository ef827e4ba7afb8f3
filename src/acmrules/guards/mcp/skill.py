"""The skill for agents (`SKILL.md`), written from the same data as the tools of the server."""

from __future__ import annotations

import os

from acmrules.guards.mcp.tools import TOOLS
from acmrules.values import Value

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

NAME = "acmrules"
DESCRIPTION = (
    "Check, plan and explain AWS Certificate Manager (ACM) certificate requests with the command"
    " `acmrules`. Use it when you write, edit or review a file with a certificate, a wildcard or a"
    " custom domain: CloudFormation, SAM, `cdk synth` output, Terraform, Kubernetes, Serverless,"
    " Pulumi or Crossplane. Use it too if a stack or an apply waits for validation, or if a user"
    " asks which names a certificate needs."
)
"""When an agent loads the skill; the format allows 1,024 characters."""


class SkillExample(Value):
    """A command with real output, and the files that it needs."""

    about: str
    command: str
    files: tuple[tuple[str, str], ...] = ()


SITE = """\
Resources:
  Certificate:
    Type: AWS::CertificateManager::Certificate
    Properties:
      DomainName: "*.brightharbor.io"
      ValidationMethod: DNS
  Site:
    Type: AWS::CloudFront::Distribution
    Properties:
      DistributionConfig:
        Aliases: [brightharbor.io]
        ViewerCertificate: {AcmCertificateArn: !Ref Certificate}
"""
FIXED = SITE.replace(
    "      ValidationMethod",
    "      SubjectAlternativeNames: [brightharbor.io]\n      ValidationMethod",
)

EXAMPLES = (
    SkillExample(
        "After an edit, check the file. State the Region if you know it.",
        "acmrules check site.yaml --region us-east-1 --format concise",
        (("site.yaml", SITE),),
    ),
    SkillExample(
        "Before you write a wildcard, ask what it covers.",
        "acmrules coverage '*.brightharbor.io' -- brightharbor.io a.b.brightharbor.io",
    ),
    SkillExample(
        "Before you write a request for several hosts, plan it.",
        "acmrules plan brightharbor.io www.brightharbor.io --region us-east-1",
    ),
    SkillExample(
        "Before you deploy an edit, see what it replaces.",
        "acmrules compare site.yaml fixed.yaml",
        (("fixed.yaml", FIXED),),
    ),
    SkillExample(
        "Exit code 0, but not a pass: without the Region, a check is undecided.",
        "acmrules check fixed.yaml --select ACM205,ACM5 --format concise",
    ),
)
"""The examples of the skill, in the order in which they run in one directory."""

_HEAD = """\
---
name: {name}
description: >-
  {description}
compatibility: Needs the acmrules command (pip install "acmrules[all]"); no network.
---

# acmrules

`acmrules` checks requests for AWS Certificate Manager (ACM) certificates before they are sent. It
reads files, sends nothing, and changes files only with `--fix`, `--add-ignores` or `baseline`.

## When to run which command

| command | what it does |
| --- | --- |
{commands}

All but `explain` accept files and directories. `--region REGION` is the Region of the deployment,
`--param NAME=VALUE` the value of a template parameter or a Terraform variable, and `--as-of DATE`
the date whose rules apply. `--format json` prints all details. `acmrules help COMMAND` lists all
options.

If the MCP server of acmrules is connected (`acmrules mcp`), call its tools instead: they have the
names of the commands, and give short answers.

## Read the result

| exit code | meaning | what to do |
| --- | --- | --- |
| 0 | nothing failed in what was checked | read what was not checked: see below |
| 1 | a finding, an uncovered host, a blocked validation, or an edit that fails | fix it |
| 2 | an input cannot be read, or the arguments are wrong | fix that first; the run is incomplete |
| 3 | a bug in acmrules | report it; do not rely on the run |

**Exit code 0 alone is not a pass.** A run is complete only if none of these lines is in its output:

- `not checked:` lists files, modules and templates that were not read, each with the way to get it
  checked. Do that, and run the check again.
- `undecided:` and `skipped for lack of information` are checks that depend on unknown values. Pass
  `--region` and `--param`, or check the Terraform plan. `--show-undecided` lists all of them.
- `nothing checked`, `nothing was checked` or `no certificate in these files` means that no
  certificate request was found.
- `could not be read` and `excluded` report files that were not checked.

If something remains open, report to the user what was not checked and why. With `--strict`,
`acmrules check` exits with 2 if a file was not read or not checked.

## Fix findings

1. Apply the `help` of the finding, or run `acmrules check PATH --diff` to see fixes and
   `acmrules check PATH --fix` to apply the safe ones.
2. Run the check again. Run `acmrules compare` before you deploy: an edit of the names replaces the
   certificate.
3. Do not suppress a finding, raise `--fail-on`, or write a baseline unless the user agrees.

## Examples
"""


def skill(output_of: Callable[[SkillExample], str]) -> str:
    """Return the skill; `output_of` runs the command of an example and returns what it prints."""
    rows = [f"| `acmrules {tool.name}` | {tool.purpose} {tool.when} |" for tool in TOOLS]
    head = _HEAD.format(name=NAME, description=DESCRIPTION, commands="\n".join(rows))
    blocks = []
    for example in EXAMPLES:
        shown = "".join(f"`{name}`:\n\n```yaml\n{text}```\n\n" for name, text in example.files[:1])
        shown = shown if example is EXAMPLES[0] else ""
        output = output_of(example).rstrip("\n")
        blocks.append(f"{example.about}\n\n{shown}```console\n$ {example.command}\n{output}\n```\n")
    return "\n".join([head, *blocks])


def skill_text() -> str:
    """Return the skill with the output of its examples, as the package contains it."""
    from acmrules.guards import mcp

    folder = os.path.dirname(str(mcp.__file__))
    # The loader reads from an archive too.
    loader: Any = mcp.__loader__
    data: bytes = loader.get_data(os.path.join(folder, "SKILL.md"))
    return data.decode("utf-8")
