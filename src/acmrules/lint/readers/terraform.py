"""Terraform configurations."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from acmrules.lint.source import Document, Parameters, Source, Unreadable

    Load = Callable[[str], Iterable[Source | Unreadable]]
    """What gives the files of a folder that Terraform itself loads."""


def read(source: Source, parameters: Parameters) -> tuple[Document, ...] | None:
    """Return the certificates and consumers of a text; `None` if it holds none."""
    del source, parameters
    return None


class Configuration:
    """The modules of one run, each parsed once."""

    def __init__(self, load: Load, parameters: Parameters) -> None:
        self._load = load
        self._parameters = parameters
        self.unreadable: dict[str, Unreadable] = {}

    def roots(self, folders: Iterable[str]) -> list[str]:
        """Return those of some folders whose modules none of the others calls."""
        return sorted(folders)

    def documents(self, root: str) -> tuple[Document, ...]:
        """Return the certificates and consumers of a module and of those that it calls."""
        del root
        return ()
