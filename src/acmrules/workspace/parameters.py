"""Parameters and variables that inputs declare, to recognize names that none of them has."""

from __future__ import annotations

from acmrules.readers import registry
from acmrules.readers.options import WORKSPACE
from acmrules.syntax.source import STANDARD_INPUT, InputError, Source
from acmrules.values import Value
from acmrules.workspace import files as disk

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Container, Iterable, Iterator, Sequence

    from acmrules.workspace.discover import Inputs
    from acmrules.workspace.files import Files


class UnknownNames(Value):
    """Names that nothing declares, and the names that are declared."""

    names: tuple[str, ...]
    declared: tuple[str, ...]


def unknown_parameters(
    names: Iterable[str],
    inputs: Inputs,
    files: Sequence[Files],
    kinds: Container[str] | None = None,
) -> UnknownNames | None:
    """Return the names of parameters and variables that no input declares, `None` if all do.

    `files` has the files at one or several times, such as those on disk and of a Git revision.
    Without a template or module that may contain certificates, nothing is unknown, because a run
    may be about other files.
    """
    searches = [_Search(inputs, each, kinds) for each in files]
    missing = dict.fromkeys(names)
    for search in searches:
        for found in search.declared([*missing]):
            missing.pop(found, None)
            if not missing:
                return None
    if not any(search.has_certificates() for search in searches):
        return None
    declared = {name for search in searches for name in search.declared([""])}
    return UnknownNames((*missing,), tuple(sorted(declared)))


class _Search:
    """A search in inputs; a file is parsed only if its text contains a word."""

    def __init__(self, inputs: Inputs, files: Files, kinds: Container[str] | None) -> None:
        self._inputs = inputs
        self._files = files
        self._kinds = kinds
        self._modules = registry.configuration(files.module)

    def declared(self, words: list[str]) -> Iterator[str]:
        """Yield the names that modules and files declare whose text contains one of some words."""
        for folder in self._inputs.modules:
            yield WORKSPACE
            texts = [each.text for each in self._files.module(folder) if isinstance(each, Source)]
            if any(word in text for text in texts for word in words):
                yield from self._modules.parameters(folder)
        encoded = [word.encode("utf-8", "surrogatepass") for word in words]
        for path, data in self._data():
            if path == STANDARD_INPUT:
                yield WORKSPACE
            if any(word in data for word in encoded):
                try:
                    yield from registry.parameters(disk.decode(path, data))
                except InputError:
                    continue

    def has_certificates(self) -> bool:
        """Return whether an input that can declare names may contain certificates."""
        return bool(self._modules.roots(self._inputs.modules)) or any(
            registry.may_have_parameters(path, data)
            and registry.may_contain_certificates(path, data, self._kinds)
            for path, data in self._data()
        )

    def _data(self) -> Iterator[tuple[str, bytes]]:
        for path in self._inputs.files:
            if isinstance(path, str):
                try:
                    yield path, self._files.read(path)
                except InputError:
                    continue
