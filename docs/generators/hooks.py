"""The hooks for pre-commit."""

from __future__ import annotations

import tomllib
from pathlib import Path

from acmrules.readers.registry import MODULE_SUFFIXES, READERS

ROOT = Path(__file__).parents[2]

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


def pages() -> dict[str, str]:
    """Return the hooks for pre-commit."""
    return {"../.pre-commit-hooks.yaml": hooks()}


def hooks() -> str:
    """Return the hooks for pre-commit: one for everything, and one for each of some kinds."""
    extras = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
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
