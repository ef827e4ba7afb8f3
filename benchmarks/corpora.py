"""What is measured on: made from counters, the same in every run."""

from __future__ import annotations

import json
import os
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from pathlib import Path

ZONE = "Z0123456789ABCDEFGHIJ"

REQUEST = {
    "DomainName": "brightharbor.io",
    "SubjectAlternativeNames": ["*.brightharbor.io"],
    "ValidationMethod": "DNS",
}

WORDS = ("api", "www", "mail-2", "shop", "edge", "cdn", "static", "login", "eu-west", "preview")

PARTS = ("", "part7.", "node.part5.")

SUFFIXES = (
    *("com", "net", "org", "io", "dev", "de") * 8,
    *("co.uk", "com.au", "co.jp", "com.br", "org.uk") * 3,
    *(
        "tokyo.jp",
        "gov.pl",
        "k12.ca.us",
        "museum",
        "edu.sg",
        "nom.br",
        "ac.nz",
        "city",
        "fj",
        "asia",
    ),
    *("github.io", "blogspot.com", "s3.amazonaws.com", "herokuapp.com", "azurewebsites.net") * 2,
    *("xn--p1ai", "xn--fiqs8s", "xn--j6w193g", "xn--55qx5d.cn"),
    *("ck", "kobe.jp", "compute.amazonaws.com"),
)


def names(count: int) -> list[str]:
    """Return distinct plain ASCII names of three to five labels, some 29 characters long."""
    return [
        f"{WORDS[i % 10]}{i}.{PARTS[i % 3]}harbor{i % 97}.{SUFFIXES[i % 48]}" for i in range(count)
    ]


def faulty_names(count: int) -> dict[str, list[str]]:
    """Return names with a common fault each, by the fault; they are those of `names` otherwise."""
    valid = names(count)
    return {
        "UNDERSCORE": [name.replace(".", "_", 1) for name in valid],
        "EDGE_HYPHEN": [name.replace(".", "-.", 1) for name in valid],
        "EMPTY_LABEL": [name.replace(".", "..", 1) for name in valid],
        "SINGLE_LABEL": [name.partition(".")[0] for name in valid],
        "LONG_LABEL": ["x" * 64 + name for name in valid],
        "LONG_NAME": [f"{'production-2.' * 19}{name}" for name in valid],
        "TRAILING_DOT": [f"{name}." for name in valid],
        "PARTIAL_WILDCARD": [f"*{name}" for name in valid],
        "INNER_WILDCARD": [name.replace(".", ".*.", 1) for name in valid],
        "LONE_WILDCARD": ["*."] * count,
        "TOP_LEVEL_WILDCARD": [f"*.{name.partition('.')[0]}" for name in valid],
    }


def hosts_by_suffix(count: int) -> list[str]:
    """Return hosts under the suffixes that the web has, some 29 characters and four labels long."""
    return [
        f"{WORDS[i % 10]}{i}.{PARTS[i % 3]}brightharbor{i % 97}.{SUFFIXES[i * 7 % len(SUFFIXES)]}"
        for i in range(count)
    ]


def certificate_names(count: int) -> list[str]:
    """Return the names of a certificate, three in ten of them wildcards."""
    wildcard = (0, 3, 7)
    return [
        f"*.zone{i}.brightharbor.io" if i % 10 in wildcard else f"host{i}.brightharbor.io"
        for i in range(count)
    ]


# Under these, each label is a public suffix, so a domain of a customer is one label below.
_WILDCARDS = ("ck", "kobe.jp", "compute.amazonaws.com", "nom.br")

EXAMINED = tuple(
    f"region1.{suffix}" if suffix in _WILDCARDS else suffix
    for suffix in SUFFIXES
    if not suffix.startswith("xn--")
)


def certificate_to_examine(customer: int) -> list[str]:
    """Return the names of the certificate of a customer, under any suffix without A-labels."""
    domain = f"customer{customer}.{EXAMINED[customer * 7 % len(EXAMINED)]}"
    return [domain, f"*.{domain}"]


def hosts_to_examine(first: int, end: int, customers: int, *, dirty: bool = False) -> list[str]:
    """Return hosts of customers by number; a third is covered.

    All are plain canonical names, or five in a hundred are others, each spelled in its own way.
    """
    hosts = []
    for i in range(first, end):
        domain = certificate_to_examine(i * 7919 % customers)[0]
        host = f"{WORDS[i % 10]}{i}.{PARTS[i % 3]}{domain}"
        hosts.append(_DIRT[i // 20 % len(_DIRT)](host) if dirty and i % 20 == 0 else host)
    return hosts


# The common ones come twice. Upper case, international names and long names are valid.
_DIRT: tuple[Callable[[str], str], ...] = (
    *(str.upper, str.title, lambda host: host + ".") * 2,
    lambda host: "b\u00fccher." + host,
    lambda host: "xn--bcher-kva." + host,
    lambda host: "a" * 63 + "." + host,
    lambda host: "_dmarc." + host,
    lambda host: host.replace(".", "_", 1),
    lambda host: "-" + host,
    lambda host: host.replace(".", "-.", 1),
    lambda host: host.replace(".", "..", 1),
    lambda host: host.partition(".")[0],
    lambda host: "a" * 64 + "." + host,
    lambda host: "a." * 120 + host,
    lambda host: "*" + host,
    lambda host: "www.*." + host,
)


def hosts_of(certificate: list[str], count: int) -> list[str]:
    """Return hosts, every other one covered by the certificate."""
    covered = [name.replace("*", "www") for name in certificate]
    return [covered[i % len(covered)] if i % 2 else f"a.b{i}.example.net" for i in range(count)]


def write_templates(folder: Path) -> dict[str, Path]:
    """Write the templates and the request that whole runs are measured on."""
    paths = {name: folder / name for name in ("request.json", "tiny.yaml", "tiny.json")}
    paths["request.json"].write_text(json.dumps(REQUEST, indent=4))
    tiny = {"Certificate": _certificate("brightharbor.io", ["*.brightharbor.io"])}
    large = dict(_resource(i) for i in range(300))
    for name, resources in {"tiny": tiny, "large": large}.items():
        template = {"AWSTemplateFormatVersion": "2010-09-09", "Resources": resources}
        paths[f"{name}.yaml"] = folder / f"{name}.yaml"
        paths[f"{name}.yaml"].write_text("\n".join(_yaml(template)) + "\n")
        paths[f"{name}.json"] = folder / f"{name}.json"
        paths[f"{name}.json"].write_text(json.dumps(template, indent=2))
    paths["manifest.yaml"] = folder / "manifest.yaml"
    paths["manifest.yaml"].write_text(MANIFEST)
    return paths


def write_commit(folder: Path) -> dict[str, list[Path]]:
    """Write what a commit may change: 100 files, 10 with certificates, in YAML or of all kinds."""
    write_tree(folder, 90)
    plain = sorted((folder / "stack0").iterdir())
    templates = []
    for i in range(10):
        resources = dict(_resource(j) for j in range(5 * i, 5 * i + 5))
        templates.append(folder / f"site{i}.yaml")
        templates[i].write_text("\n".join(_yaml({"Resources": resources})) + "\n")
    several = []
    for name, text in {
        "request.json": json.dumps(REQUEST, indent=4),
        "stack.json": json.dumps({"Resources": dict(map(_resource, range(5)))}, indent=2),
        "manifest.yaml": MANIFEST,
        "terraform/main.tf": configuration(range(1)),
    }.items():
        several.append(folder / name)
        several[-1].parent.mkdir(exist_ok=True)
        several[-1].write_text(text)
    return {"YAML": [*plain, *templates], "all kinds": [*plain, *templates[:6], *several]}


def write_repository(folder: Path, count: int) -> list[Path]:
    """Write templates of 20 resources with 4 certificates each, half of them in JSON."""
    folder.mkdir()
    paths = []
    for i in range(count):
        resources = dict(_resource(j) for j in range(20 * i, 20 * i + 20))
        template = {"AWSTemplateFormatVersion": "2010-09-09", "Resources": resources}
        paths.append(folder / f"site{i}.{'yaml' if i % 2 else 'json'}")
        text = "\n".join(_yaml(template)) + "\n" if i % 2 else json.dumps(template, indent=2)
        paths[i].write_text(text)
    return paths


def write_configurations(folder: Path) -> dict[str, Path]:
    """Write Terraform configurations of 50 and of 1,000 lines, each a module of its own."""
    paths = {}
    for name, teams in {"50.tf": 1, "1000.tf": 25}.items():
        paths[name] = folder / f"terraform{teams}" / "main.tf"
        paths[name].parent.mkdir()
        paths[name].write_text(configuration(range(teams)))
    return paths


def write_module(folder: Path, resources: int) -> None:
    """Write a folder with so many resources of Terraform, a hundred to a file."""
    folder.mkdir()
    (folder / "main.tf").write_text(configuration(()))
    for first in range(0, resources // 4, 25):
        teams = range(first, min(first + 25, resources // 4))
        (folder / f"teams{first}.tf").write_text("".join(map(_team, teams)))


def configuration(teams: Iterable[int]) -> str:
    """Return a configuration with four resources for each team, in 39 lines."""
    return _PROVIDER + "".join(map(_team, teams))


_PROVIDER = """\
provider "aws" {
  region = "eu-west-1"
}

locals {
  domain = "brightharbor.io"
}

data "aws_route53_zone" "main" {
  name = local.domain
}
"""

_TEAM = """
resource "aws_acm_certificate" "team0" {
  domain_name               = "team0.brightharbor.io"
  subject_alternative_names = ["*.team0.brightharbor.io", "api.eu.team0.${local.domain}"]
  validation_method         = "DNS"
  lifecycle {
    create_before_destroy = true
  }
}

resource "aws_route53_record" "team0" {
  for_each = {
    for option in aws_acm_certificate.team0.domain_validation_options : option.domain_name => {
      name   = option.resource_record_name
      record = option.resource_record_value
      type   = option.resource_record_type
    }
  }
  allow_overwrite = true
  name            = each.value.name
  records         = [each.value.record]
  ttl             = 60
  type            = each.value.type
  zone_id         = data.aws_route53_zone.main.zone_id
}

resource "aws_acm_certificate_validation" "team0" {
  certificate_arn = aws_acm_certificate.team0.arn
  validation_record_fqdns = [
    for record in aws_route53_record.team0 : record.fqdn
  ]
}

resource "aws_lb_listener" "team0" {
  load_balancer_arn = aws_lb.main.arn
  port              = 443
  protocol          = "HTTPS"
  certificate_arn   = aws_acm_certificate_validation.team0.certificate_arn
}
"""


def _team(number: int) -> str:
    return _TEAM.replace("team0", f"team{number}")


MANIFEST = """\
apiVersion: acm.services.k8s.aws/v1alpha1
kind: Certificate
metadata:
  name: portal
spec:
  domainName: brightharbor.io
  subjectAlternativeNames:
    - "*.brightharbor.io"
"""


def write_tree(folder: Path, count: int) -> None:
    """Write templates without certificates into folders of a hundred each."""
    for i in range(count):
        if i % 100 == 0:
            os.makedirs(folder / f"stack{i // 100}")
        resources = dict(_resource(j) for j in range(i, i + 6) if j % 5)
        template = {"AWSTemplateFormatVersion": "2010-09-09", "Resources": resources}
        text = "\n".join(_yaml(template)) + "\n" if i % 2 else json.dumps(template, indent=2)
        path = folder / f"stack{i // 100}" / f"part{i}.{'yaml' if i % 2 else 'json'}"
        path.write_text(text)


def _resource(i: int) -> tuple[str, dict[str, object]]:
    """Return one resource; every fifth is a certificate."""
    domain = f"team{i // 5}.brightharbor.io"
    if i % 5 == 0:
        return f"Certificate{i}", _certificate(domain, [f"*.{domain}", f"api.eu.{domain}"])
    if i % 5 < 3:
        record = {
            "Comment": f"The door of team {i // 5}, number {i}, kept by the platform group",
            "HostedZoneId": ZONE,
            "Name": f"host{i}.{domain}",
            "Type": "CNAME",
            "TTL": "300",
            "ResourceRecords": [f"origin{i}.brightharbor.net"],
        }
        return f"Record{i}", {"Type": "AWS::Route53::RecordSet", "Properties": record}
    if i % 5 == 3:
        topic = {"DisplayName": f"Events of team {i // 5}", "TopicName": f"events-{i}"}
        return f"Topic{i}", {"Type": "AWS::SNS::Topic", "Properties": topic}
    bucket = {
        "BucketName": f"brightharbor-store-{i}",
        "VersioningConfiguration": {"Status": "Enabled"},
        "Tags": [{"Key": "team", "Value": f"team{i // 5}"}],
    }
    return f"Bucket{i}", {"Type": "AWS::S3::Bucket", "Properties": bucket}


def _certificate(domain: str, others: list[str]) -> dict[str, object]:
    return {
        "Type": "AWS::CertificateManager::Certificate",
        "Properties": {
            "DomainName": domain,
            "SubjectAlternativeNames": others,
            "ValidationMethod": "DNS",
            "DomainValidationOptions": [
                {"DomainName": name, "HostedZoneId": ZONE}
                for name in (domain, *others)
                if not name.startswith("*.")
            ],
        },
    }


def _yaml(value: object, indent: int = 0) -> list[str]:
    """Return plain data as lines of YAML, quoted as people do it."""
    lead = " " * indent
    if isinstance(value, dict):
        lines = []
        for key, inner in value.items():
            if isinstance(inner, dict | list):
                lines += [f"{lead}{key}:", *_yaml(inner, indent + 2)]
            else:
                lines.append(f"{lead}{key}: {_scalar(inner)}")
        return lines
    lines = []
    for item in value:
        if isinstance(item, dict):
            first, *rest = _yaml(item, indent + 2)
            lines += [f"{lead}- {first.lstrip()}", *rest]
        else:
            lines.append(f"{lead}- {_scalar(item)}")
    return lines


def _scalar(text: str) -> str:
    return f'"{text}"' if text.startswith("*") or text[0].isdigit() else text
