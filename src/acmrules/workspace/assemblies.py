"""The stacks of CDK cloud assemblies: the environment and the templates of each.

`cdk synth` writes a folder with the templates of an app and a `manifest.json`, which has the
account and the Region of each stack. A stage of the app has a folder of its own in it.
"""

from __future__ import annotations

import os
import re

from acmrules.regions import may_be_region
from acmrules.syntax.source import InputError
from acmrules.values import Value
from acmrules.workspace import files
from acmrules.workspace.settings import Setting
from acmrules.workspace.settings_file import is_account

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from acmrules.workspace.settings import Key

    Read = Callable[[str], bytes]
    """Returns the bytes of a file; raises `InputError`."""

_MANIFEST = "manifest.json"

_ENVIRONMENT = re.compile(r"aws://([^/]+)/([^/]+)")


class Stack(Value):
    """A stack of an assembly: its environment, and its templates.

    The account and the Region are `None` if the stack can be deployed to any. `nested` are the
    names of the templates of nested stacks by their hashes, which `TemplateURL` contains.
    """

    template: str
    account: str | None = None
    region: str | None = None
    nested: tuple[tuple[str, str], ...] = ()


class Assemblies:
    """The assemblies of a run; each manifest is read once."""

    def __init__(self, read: Read = files.read_bytes) -> None:
        self._stacks: dict[str, tuple[Stack, ...]] = {}
        self._read = read

    def environment(self, path: str) -> tuple[tuple[Key, Setting], ...]:
        """Return the Region and the account of a template's stack, as settings."""
        folder, name = os.path.split(path)
        if folder not in self._stacks:
            self._stacks[folder] = stacks(folder, self._read)
        stack = stack_of(name, self._stacks[folder])
        if stack is None:
            return ()
        where = os.path.relpath(os.path.join(folder, _MANIFEST))
        found = (("region", stack.region), ("account", stack.account))
        return tuple(((name,), Setting(value, where)) for name, value in found if value)


def nested_in(path: str, read: Read) -> tuple[str, ...]:
    """Return the hashes of the nested stacks whose templates are next to a template.

    `read` returns the bytes of a file; it raises `InputError`.
    """
    folder, name = os.path.split(path)
    stack = stack_of(name, stacks(folder, read))
    return tuple(key for key, _ in stack.nested) if stack else ()


def stacks(folder: str, read: Read = files.read_bytes) -> tuple[Stack, ...]:
    """Return the stacks of the assembly in a folder; none if the folder has no valid manifest."""
    artifacts = _members(_read(folder, _MANIFEST, read).get("artifacts"))
    return tuple(
        _stack(folder, each, artifacts, read)
        for each in map(_members, artifacts.values())
        if each.get("type") == "aws:cloudformation:stack"
    )


def stages(folder: str) -> tuple[str, ...]:
    """Return the names of the folders with the assemblies of stages in an assembly."""
    artifacts = _members(_read(folder, _MANIFEST, files.read_bytes).get("artifacts"))
    names = (
        _members(each.get("properties")).get("directoryName")
        for each in map(_members, artifacts.values())
        if each.get("type") == "cdk:cloud-assembly"
    )
    return tuple(name for name in names if isinstance(name, str) and _is_name(name))


def stack_of(name: str, found: tuple[Stack, ...]) -> Stack | None:
    """Return the stack that has a template, also of a nested stack; `None` if no stack has it.

    Several stacks may have one template. An environment in which they differ is unknown.
    """
    holders = [
        each for each in found if name == each.template or name in dict(each.nested).values()
    ]
    if not holders:
        return None
    accounts, regions = ({each[index] for each in map(_environment, holders)} for index in (0, 1))
    account = accounts.pop() if len(accounts) == 1 else None
    region = regions.pop() if len(regions) == 1 else None
    return holders[0].__replace__(account=account, region=region)


def _environment(stack: Stack) -> tuple[str | None, str | None]:
    return stack.account, stack.region


def _stack(
    folder: str, artifact: dict[str, object], artifacts: dict[str, object], read: Read
) -> Stack:
    template = _members(artifact.get("properties")).get("templateFile")
    stated = _ENVIRONMENT.fullmatch(str(artifact.get("environment")))
    account, region = stated.groups() if stated else ("", "")
    return Stack(
        str(template),
        account if is_account(account) else None,
        region if may_be_region(region) else None,
        tuple(_nested(folder, artifact, artifacts, read)),
    )


def _nested(
    folder: str, artifact: dict[str, object], artifacts: dict[str, object], read: Read
) -> Iterator[tuple[str, str]]:
    """Yield the hashes and the templates of nested stacks, from the assets of a stack."""
    needed = artifact.get("dependencies")
    for name in needed if isinstance(needed, list) else ():
        other = _members(artifacts.get(name)) if isinstance(name, str) else {}
        if other.get("type") != "cdk:asset-manifest":
            continue
        assets = _read(folder, str(_members(other.get("properties")).get("file")), read)
        for key, asset in _members(assets.get("files")).items():
            path = _members(_members(asset).get("source")).get("path")
            if isinstance(path, str) and path.endswith(f".nested{files.CDK_TEMPLATE}"):
                yield key, path


def _read(folder: str, name: str, read: Read) -> dict[str, object]:
    """Return the object in a JSON file, an empty one if there is none."""
    if not _is_name(name):
        return {}
    try:
        data = read(os.path.join(folder, name))
    except InputError:
        return {}
    import json

    try:
        return _members(json.loads(data))
    except (ValueError, RecursionError):
        return {}


def _is_name(name: str) -> bool:
    """Return whether a path is that of something directly in its folder."""
    return os.path.basename(name) == name and name not in {"", os.curdir, os.pardir}


def _members(data: object) -> dict[str, object]:
    return data if isinstance(data, dict) else {}
