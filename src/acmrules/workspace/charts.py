"""Helm charts among the files of a run: their templates cannot be checked before rendering."""

from __future__ import annotations

import os

from acmrules.messages import counted, printable, quoted
from acmrules.model.not_checked import TEMPLATE, NotChecked, whole_file
from acmrules.syntax.source import InputError
from acmrules.syntax.tree import HAS_TEMPLATES, RENDER

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Container, Iterator

_CHART = "Chart.yaml"


def chart_of(path: str, is_file: Callable[[str], bool] = os.path.isfile) -> str | None:
    """Return the folder of the Helm chart that contains a file, `None` if there is none."""
    folder = os.path.dirname(path)
    while True:
        if is_file(os.path.join(folder, _CHART)):
            return folder or os.curdir
        above = os.path.dirname(folder)
        if above == folder:
            return None
        folder = above


def with_chart(error: InputError, is_file: Callable[[str], bool] = os.path.isfile) -> InputError:
    """Return the error for a template, with the command that renders its Helm chart, if any."""
    chart = chart_of(error.name, is_file)
    if chart is None:
        return error
    return InputError(error.name, f"is a Helm template: {_how(chart)}", error.position)


def _how(chart: str) -> str:
    return f"check the output of `helm template {printable(chart)}`"


class Templates:
    """The templates of a walk, which are listed once for each chart."""

    def __init__(self, is_file: Callable[[str], bool] = os.path.isfile) -> None:
        self._is_file = is_file
        self._of_charts: dict[str, list[str]] = {}
        self._others: list[InputError] = []

    def add(self, error: InputError) -> None:
        """Add a file with template syntax."""
        chart = chart_of(error.name, self._is_file)
        if chart is None:
            self._others.append(error)
        else:
            self._of_charts.setdefault(chart, []).append(error.name)

    def add_values(self, path: str) -> None:
        """Add a file that mentions certificates, if it is part of a chart."""
        chart = chart_of(path, self._is_file)
        if chart is not None:
            self._of_charts.setdefault(chart, []).append(path)

    def not_checked(self, named: Container[str]) -> Iterator[NotChecked | InputError]:
        """Yield a line for each chart, and for each other template.

        A chart whose folder is `named` is an error, except for the current directory, which may
        contain more than a chart.
        """
        for chart, paths in self._of_charts.items():
            if chart != os.curdir and chart in named:
                yield InputError(chart, f"is a Helm chart: {_how(chart)}")
                continue
            yield NotChecked(
                whole_file(paths[0]),
                TEMPLATE,
                f"Helm chart {quoted(chart)}",
                f"is not rendered, and {counted(len(paths), 'file')} of it may use certificates",
                f"`helm template {printable(chart)} | acmrules check -`",
            )
        for error in self._others:
            yield NotChecked(whole_file(error.name), TEMPLATE, "the file", HAS_TEMPLATES, RENDER)
