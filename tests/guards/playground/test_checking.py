"""The topic `check`: what the command says about the same files."""

import itertools
import json
import os
import sys
from pathlib import Path

import pytest
from tests.support.guards.cases import reported
from tests.support.playground import DAY, ask, part

from acmrules.guards.playground.runs import paths_of

TEMPLATE = """\
# \U0001f600
Resources:
  Site:
    Type: AWS::CertificateManager::Certificate
    Properties:
      DomainName: Brightharbor.io # \U0001f600
      SubjectAlternativeNames: ["\U0001f600 x", brightharbor.io]
      ValidationMethod: DNS
"""
MODULE = """\
variable "domain" {}
resource "aws_acm_certificate" "this" {
  domain_name       = var.domain
  validation_method = "DNS"
}
"""
MAIN = """\
provider "aws" {
  region = var.region
}
module "site" {
  source = "./modules/site"
  domain = "WWW.${var.domain}"
}
resource "aws_acm_certificate" "own" {
  domain_name               = trimspace(file("domain.txt"))
  subject_alternative_names = [file("/etc/passwd"), file("../BRIEF.md")]
  validation_method         = "DNS"
}
module "outside" {
  source = "../../etc"
}
"""
FOLDERS = {
    "template": {"site.yaml": TEMPLATE},
    "settings": {
        "site.yaml": TEMPLATE,
        ".acmrules.toml": 'region = "eu-west-1"\nignore = ["ACM102"]\n',
    },
    "settings-below": {
        "a/site.yaml": TEMPLATE,
        "b/site.yaml": TEMPLATE,
        "a/pyproject.toml": '[tool.acmrules]\nselect = ["ACM1"]\n',
    },
    "wrong-settings": {"site.yaml": TEMPLATE, ".acmrules.toml": "regio = 1\n"},
    "wrong-settings-alone": {"x.md": "no certificate", ".acmrules.toml": "region = 1\n"},
    "excluded": {
        "site.yaml": TEMPLATE,
        "b.yaml": TEMPLATE,
        ".acmrules.toml": 'exclude = ["b.*"]\n',
    },
    "module": {
        "main.tf": MAIN,
        "variables.tf": 'variable "domain" {}\nvariable "region" {}\n',
        "terraform.tfvars": 'domain = "brightharbor.io"\n',
        "env/prod.tfvars": 'region = "eu-west-1"\n',
        "env/dev.tfvars": 'region = "us-west-1"\n',
        "modules/site/main.tf": MODULE,
        "domain.txt": "lighthouse.io\n",
    },
    "var-files": {
        "main.tf": MODULE,
        "x.tfvars": 'domain = "A.brightharbor.io"\n',
        ".acmrules.toml": 'var-files = ["x.tfvars"]\n',
    },
    "missing-var-files": {"main.tf": MODULE, ".acmrules.toml": 'var-files = ["/no/x.tfvars"]\n'},
    "terragrunt": {
        "live/terragrunt.hcl": 'terraform {\n  source = "../m"\n}\ninputs = { domain = "A.io" }\n',
        "m/main.tf": MODULE,
    },
    "pulumi": {
        "Pulumi.yaml": "name: x\nruntime: yaml\nresources:\n  c:\n    type: aws:acm:Certificate\n"
        "    properties: {domainName: A.brightharbor.io, validationMethod: DNS}\n",
        "Pulumi.dev.yaml": "config:\n  aws:region: eu-west-9\n",
    },
    "assembly": {
        "app.template.json": '{"Resources": {"C": {"Type": "AWS::CertificateManager::Certificate",'
        ' "Properties": {"DomainName": "A.io", "ValidationMethod": "DNS"}}}}',
        "manifest.json": '{"artifacts": {"s": {"type": "aws:cloudformation:stack", "environment":'
        ' "aws://123456789012/eu-west-9", "properties": {"templateFile": "app.template.json"}}}}',
    },
    "chart": {
        "chart/Chart.yaml": "name: x\n",
        "chart/templates/ingress.yaml": "kind: Ingress\nmetadata:\n  annotations:\n"
        "    alb.ingress.kubernetes.io/certificate-arn: {{ .Values.arn }}\n",
        "site.yaml": TEMPLATE,
    },
    "lists": {"names.txt": "a.io\nB.io\n", "more/names.txt": "c.io\n", "site.yaml": TEMPLATE},
    "broken": {"site.yaml": "AWS::CertificateManager::Certificate: [", "main.tf": MODULE},
    "broken-alone": {"site.yaml": "\U0001f600\nAWS::CertificateManager::Certificate: ["},
    "nothing": {"site.yaml": "a: 1\n"},
    "of-tools": {".terraform/x.tf": MODULE, "main.tf": MODULE},
    "mark": {"site.yaml": "\ufeff" + TEMPLATE},
}


OUTSIDE = (
    'var-files = ["/etc/passwd"]\n',
    'var-files = ["../x.tfvars"]\n',
    'baseline = "/etc/passwd"\n',
    'baseline = "manifest.json"\n',
)


def write(folder, files):
    """Write files into a folder, and make it the current one."""
    os.chdir(folder)
    for name, text in files.items():
        os.makedirs(os.path.dirname(name) or ".", exist_ok=True)
        Path(name).write_text(text, "utf-8")


@pytest.mark.parametrize("region", ["", "us-east-1"])
@pytest.mark.parametrize("name", FOLDERS)
def test_the_report_is_that_of_the_command(name, region, tmp_path, monkeypatch):
    """The command prints the very object in a folder that has the same files."""
    files = FOLDERS[name]
    monkeypatch.chdir(tmp_path)
    found = ask(files, region=region)
    write(tmp_path, files)
    inputs = [each for each in files if not each.endswith((".acmrules.toml", "pyproject.toml"))]
    options = ["--region", region] if region else []
    assert found["report"] == reported(*paths_of(inputs), *options, "--as-of", DAY)


def test_each_span_is_the_reported_range():
    """In code units, a span is the part that lines and columns of the report mean."""
    spans = 0
    for files in FOLDERS.values():
        found = ask(files)
        for shown, row in zip(found["findings"], found["report"]["findings"], strict=True):
            lines = files[row["file"]].removeprefix("\ufeff").split("\n")
            inside = lines[row["line"] - 1 : row["end_line"]]
            inside[-1] = inside[-1][: row["end_column"] - 1]
            inside[0] = inside[0][row["column"] - 1 :]
            assert part(files[row["file"]], shown["span"]) == "\n".join(inside)
            assert (shown["line"], shown["column"]) == (row["line"], row["column"])
            assert [each["message"] for each in shown["related"]] == [
                each["note"] for each in row["related"] if os.path.relpath(each["file"]) in files
            ]
            spans += 1
    assert spans > 20


def test_an_error_is_where_the_parser_gave_up():
    """The place is not repeated in the message."""
    [error] = ask(FOLDERS["broken-alone"])["errors"]
    assert error["span"]["file"] == "site.yaml"
    assert error["span"]["from"] > len("\U0001f600".encode("utf-16-le")) // 2
    assert not error["message"].startswith("site.yaml")
    [error] = ask(FOLDERS["missing-var-files"])["errors"]
    assert error == {"message": "/no/x.tfvars: no such file or directory", "span": None}


def test_wrong_settings_are_errors():
    """They are reported even if no file has a certificate."""
    for name in ("wrong-settings", "wrong-settings-alone"):
        [error] = ask(FOLDERS[name])["errors"]
        assert error["span"]["file"] == ".acmrules.toml"


def test_the_summary_counts_requests_and_findings():
    """It names no option of a command, which a page does not have."""
    summary = ask(FOLDERS["template"])["summary"]
    assert summary == "1 certificate request in 1 file: 1 error, 2 warnings, 1 note"
    names = {"names.txt": "Brightharbor.io  # acmrules: ignore[ACM102]: by habit\n"}
    assert ask(names)["summary"].endswith(": nothing found; 1 finding suppressed")


def test_nothing_on_disk_is_read(tmp_path, monkeypatch):
    """Neither a file that another one names, nor one next to the interpreter."""
    monkeypatch.chdir(tmp_path)
    trap = 'region = "eu-west-1"\nignore = ["ACM"]\n'
    traps = {
        **dict.fromkeys((".acmrules.toml", "m/.acmrules.toml"), trap),
        "terraform.tfvars": 'domain = "READ.io"\n',
        "z.tf": 'resource "aws_acm_certificate" "z" {\n  domain_name = "READ.io"\n}\n',
        "Pulumi.qa.yaml": "config:\n  aws:region: eu-west-8\n",
        "chart/templates/_x.yaml": "READ",
        "manifest.json": "{}",
    }
    for files in FOLDERS.values():
        ask(files)
    seen = []
    is_on = True
    names = {"open", "os.listdir", "os.scandir", "os.walk", "subprocess.Popen", "socket.connect"}
    own = tuple(map(os.path.realpath, sys.path[1:]))

    def watch(event, arguments):
        if is_on and event in names and not os.path.realpath(str(arguments[0])).startswith(own):
            seen.append((event, arguments[0]))

    write(tmp_path, traps)
    sys.addaudithook(watch)
    topics = ("check", "coverage", "validation", "diagnosis", "dates")
    asked = [*FOLDERS.values(), *({"main.tf": MODULE, ".acmrules.toml": each} for each in OUTSIDE)]
    for files, topic in itertools.product(asked, topics):
        assert "READ" not in json.dumps(ask(files, topic))
    is_on = False
    assert seen == []
