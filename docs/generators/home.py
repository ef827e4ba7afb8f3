"""The home page of the site, with the output of the commands in its examples."""

from __future__ import annotations

import contextlib
import io
import shlex
from pathlib import Path

from acmrules.cli.main import main
from acmrules.facts.fact import CHECKED
from acmrules.lint.rules import CATALOGUE
from generators.descriptions import title

FOLDER = Path(__file__).parents[1] / "examples" / "home"

PAGE = """\
---
title: Check ACM certificate requests
description: acmrules checks AWS Certificate Manager requests in CloudFormation, Terraform and \
Kubernetes files before you deploy them, without an AWS account.
---

# acmrules

acmrules checks AWS Certificate Manager (ACM) certificate requests before you send them: names,
wildcards, quotas, validation, Regions, and whether an edit forces a new certificate. It reads
CloudFormation, Terraform, Kubernetes and other files, in milliseconds, without an AWS account.

```sh
uvx 'acmrules[all]' check .
```

[Start in five minutes](start.md), paste a template into the [playground](playground.md), or find
your [problem](#something-is-wrong-now) below.

## What is wrong with this template

CloudFront serves two hosts with one certificate:

```yaml
{site}```

```console
{check}```

[Reading a finding](reading.md) explains the output. There are [{rules} rules](rules/README.md),
each with its sources.

## What a wildcard covers

```console
{coverage}```

[Coverage](coverage.md) answers this for all files of a repository.

## How to get the certificate issued

`edited.yaml` adds the missing name. These are the steps until ACM issues its certificate:

```console
{validation}```

[Validation](validation.md) also prints the records that you have to publish.

## What an edit does

The added name forces a new certificate, while CloudFront still uses the old one:

```console
{compare}```

[Compare](compare.md) does this for a Git revision, a Terraform plan or a change set.

## Which certificates you need

```console
{plan}```

[Plan](plan.md) prints requests, a template or Terraform too.

## Something is wrong now

| you see | read |
| --- | --- |
{problems}
To find out what is wrong with a certificate that exists, [diagnose](diagnose.md) it:

```sh
aws acm describe-certificate --certificate-arn ARN | acmrules diagnose -
```

## Where to go next

- **Check files:** [the check command](guide.md), [settings](settings.md),
  [suppressing](suppressing.md), [report formats](reports.md).
- **Check every change:** [pre-commit](pre-commit.md), [GitHub, GitLab and other CI](ci.md).
- **Check inside other tools:** [boto3](guards/boto3.md), [the AWS CLI](guards/aws-cli.md),
  [the CDK](guards/cdk.md), [CloudFormation](guards/cloudformation-hook.md),
  [editors](guards/editors.md), [agents](guards/agents.md), [all guards](guards/README.md).
- **Check from Python:** [library](library.md), [API reference](reference/README.md),
  [recipes](recipes/README.md).
- **Look something up:** [rules](rules/README.md), [facts](facts.md), [commands](commands.md),
  [terms](terms.md), [changelog](changelog.md).
"""

PROBLEMS = {
    'my certificate is stuck in "Pending validation"': "pending-validation",
    "CloudFront does not list my certificate": "cloudfront",
    "my wildcard certificate does not work for the domain itself": "wildcard-and-apex",
    "I need more than ten names": "more-than-ten-names",
    "I have to add or remove a name": "changing-names",
    "someone has to click a link in an email": "email-validation",
    "certificates are getting shorter: 100 days, then 47": "shorter-certificates",
    "`UnsupportedCertificate`, or a listener refuses a certificate": "unsupported-certificate",
    "`CAA_ERROR`: a CAA record forbids Amazon": "caa",
    "I use a private CA": "private-ca",
}
"""The pages of problems, by what people say who have them."""

COMMANDS = {
    "check": "acmrules check site.yaml --region us-east-1",
    "coverage": "acmrules coverage '*.brightharbor.io' -- www.brightharbor.io brightharbor.io",
    "validation": "acmrules validation edited.yaml",
    "compare": "acmrules compare site.yaml edited.yaml",
    "plan": "acmrules plan brightharbor.io www.brightharbor.io api.brightharbor.io"
    " --service cloudfront",
}
DATED = ("check", "validation", "compare")
"""The commands whose result depends on the date, which is that of the facts."""


def pages() -> dict[str, str]:
    """Return the home page."""
    shown = {name: session(name) for name in COMMANDS}
    rows = [
        f"| {words} | [{title_of(page)}](problems/{page}.md) |\n"
        for words, page in PROBLEMS.items()
    ]
    site = (FOLDER / "site.yaml").read_text("utf-8")
    return {
        "pages/index.md": PAGE.format(
            site=site, rules=len(CATALOGUE), problems="".join(rows), **shown
        )
    }


def session(name: str) -> str:
    """Return a command with what it prints in the folder of the examples."""
    words = shlex.split(COMMANDS[name])[1:]
    out = io.TextIOWrapper(io.BytesIO(), "utf-8", newline="\n")
    with contextlib.chdir(FOLDER), contextlib.redirect_stdout(out):
        main([words[0], *(["--as-of", str(CHECKED)] if name in DATED else []), *words[1:]])
    return f"$ {COMMANDS[name]}\n{out.buffer.getvalue().decode()}"


def title_of(page: str) -> str:
    """Return the title of a page about a problem."""
    return title((FOLDER.parents[1] / "pages" / "problems" / f"{page}.md").read_text("utf-8"))
