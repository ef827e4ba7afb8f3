"""The check of the templates of an app, in one run."""

from __future__ import annotations

import os
from datetime import date

from acmrules.lint import check_paths
from acmrules.workspace import arguments
from acmrules.workspace.assemblies import stack_of, stacks, stages
from acmrules.workspace.settings_file import SettingLocation

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from acmrules.lint import Report
    from acmrules.workspace.arguments import GivenSettings


def check_templates(
    templates: Iterable[str],
    *,
    settings: GivenSettings = None,
    as_of: date | None = None,
    today: date | None = None,
) -> Report:
    """Check templates of cloud assemblies together with all others of their app.

    Some versions of the CDK pass the templates of one Region at a time, and none passes those of
    nested stacks. The report has findings in all templates of the app.

    The Region and the account of each stack are those of its assembly. Without settings, the
    nearest settings file of a template applies, or, if an assembly is outside the working
    directory, that of the working directory. Raises `SettingsError`, `InvalidArgument`, and
    `TypeError`.
    """
    paths = of_app(templates)
    if settings is None and not _are_below(os.getcwd(), paths):
        settings = _settings_of(os.getcwd())
    return check_paths(paths, settings=settings, as_of=as_of, today=today or date.today())  # noqa: DTZ011  (that of the user)


def with_nested(templates: Iterable[str]) -> list[str]:
    """Return templates, each once and followed by those of the nested stacks of its stack."""
    found: dict[str, None] = {}
    for path in templates:
        folder, name = os.path.split(path)
        stack = stack_of(name, stacks(folder))
        found[path] = None
        for _, nested in stack.nested if stack else ():
            found[os.path.join(folder, nested)] = None
    return [*found]


def of_app(templates: Iterable[str]) -> list[str]:
    """Return templates with those of their nested stacks, and then the others of their app."""
    own = with_nested(templates)
    found = {os.path.abspath(path): path for path in own}
    for folder in dict.fromkeys(_root(os.path.dirname(path)) for path in own):
        for path in with_nested(_below(folder)):
            found.setdefault(os.path.abspath(path), path)
    return [*found.values()]


def _root(folder: str) -> str:
    """Return the folder of the assembly of the app that has the one in a folder."""
    above, name = os.path.split(os.path.abspath(folder))
    while name in stages(above):
        folder = above
        above, name = os.path.split(above)
    return folder


def _below(folder: str) -> Iterator[str]:
    """Yield the templates of the stacks of an assembly and of its stages."""
    for stack in stacks(folder):
        yield os.path.join(folder, stack.template)
    for name in stages(folder):
        yield from _below(os.path.join(folder, name))


def _are_below(folder: str, paths: Iterable[str]) -> bool:
    whole = os.path.realpath(folder)
    return all(os.path.realpath(path).startswith(os.path.join(whole, "")) for path in paths)


def _settings_of(folder: str) -> GivenSettings:
    """Return the nearest settings file of a folder, `None` if it has none."""
    found = arguments.resolver(None, None, None, date.today()).settings_of(folder)  # noqa: DTZ011  (no result depends on it)
    stated = (setting.where for setting in found.stated.values())
    return next((where.file for where in stated if isinstance(where, SettingLocation)), None)
