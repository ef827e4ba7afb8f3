"""Sources of modules: the registry, Git repositories, and subdirectories of both.

The forms are those of Terraform (https://developer.hashicorp.com/terraform/language/modules/sources).
"""

from __future__ import annotations

import re

from acmrules.values import Value

_REGISTRY = r"(?:registry\.(?:terraform\.io|opentofu\.org)/)?([\w-]+/[\w-]+/[\w-]+)"
_GITHUB = (
    r"(?:git::)?(?:(?:https?|ssh|git)://)?(?:[\w.-]+(?::[^@/]*)?@)?github\.com[:/]"
    r"([\w.-]+)/([\w.-]+?)(?:\.git)?/?"
)
_REPOSITORY = r"terraform-([a-z0-9]+)-([\w-]+)"
_REF = r"(?:^|&)ref=([^&]*)"
_TAG = r"(?:refs/)?(?:tags/)?(v?\d+(?:\.\d+){0,2})"


class ModuleSource(Value):
    """A source in its canonical form, such as `cloudposse/alb/aws`, with its subdirectory.

    A GitHub repository that follows the naming of the registry is the same as the registry's
    module. `ref` is the Git reference, empty if there is none.
    """

    name: str
    folder: str = ""
    ref: str = ""

    @property
    def tag(self) -> str:
        """The version of a Git tag, empty for any other reference."""
        found = re.fullmatch(_TAG, self.ref)
        return found[1] if found else ""


def parsed_source(text: str) -> ModuleSource:
    """Return the canonical form of a source; one that is not understood is its own name."""
    address, _, query = text.strip().partition("?")
    ref = re.search(_REF, query)
    address, folder = _split_folder(address)
    github = re.fullmatch(_GITHUB, address)
    registry = re.fullmatch(_REGISTRY, address)
    if registry:
        name = registry[1]
    elif github:
        name = _registry_name(github[1], github[2])
    else:
        name = address
    return ModuleSource(name, folder, ref[1] if ref else "")


def _split_folder(address: str) -> tuple[str, str]:
    """Split an address at the `//` before a subdirectory, which is not that of a URL."""
    start = address.find("://")
    at = address.find("//", start + 3 if start >= 0 else 0)
    return (address[:at], address[at + 2 :].strip("/")) if at >= 0 else (address, "")


def _registry_name(owner: str, repository: str) -> str:
    found = re.fullmatch(_REPOSITORY, repository)
    return f"{owner}/{found[2]}/{found[1]}" if found else f"github.com/{owner}/{repository}"
