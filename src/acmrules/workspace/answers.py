"""The answers for named files in which nothing was understood."""

from __future__ import annotations

from acmrules.messages import printable
from acmrules.model.not_checked import FILE, NotChecked, whole_file
from acmrules.readers.unrecognized import Unrecognized, explain, may_be_meant
from acmrules.syntax.source import STANDARD_INPUT, InputError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Container, Iterator

_MOST = 20
"""Maximum number of files that are explained because nothing at all was checked."""


class Answers:
    """The named files in which nothing was understood.

    With `kinds`, a named file has to be of one of these kinds. A hook names all files that
    changed, so it only gets answers for what may be meant as a request. `remarks` are sentences
    about correct files without certificates.
    """

    def __init__(self, kinds: Container[str] | None, *, is_hook: bool) -> None:
        self.remarks: list[str] = []
        self._kinds = kinds
        self._is_hook = is_hook
        self._meant: list[str] = []
        self._others: list[str] = []
        self._standard_input = b""

    def add(self, path: str, data: bytes) -> None:
        """Add a file with its bytes."""
        if path == STANDARD_INPUT:
            self._standard_input = data
        is_meant = path == STANDARD_INPUT or may_be_meant(data)
        (self._meant if is_meant else self._others).append(path)

    def add_of_module(self, path: str) -> None:
        """Add a file of a Terraform module, which has been read with the others of its folder."""
        self._others.append(path)

    def answers(
        self, read: Callable[[str], bytes], *, is_nothing_checked: bool
    ) -> Iterator[NotChecked | InputError]:
        """Yield the answers, as errors for files that have to be checked; raises `InputError`.

        Files that nobody can mean as a request only get one if nothing was checked.
        """
        paths = [*self._meant]
        if not self._is_hook and (self._kinds is not None or is_nothing_checked):
            paths += self._others[: None if self._kinds is not None else _MOST]
        for path in paths:
            data = self._standard_input if path == STANDARD_INPUT else read(path)
            found = explain(path, data)
            if self._is_refused(path, found):
                yield _error(path, found)
            elif not found.kind:
                yield NotChecked(whole_file(path), FILE, "the file", found.why, found.how)
            elif is_nothing_checked:
                self.remarks.append(f"{printable(path)}: {found.why}")

    def _is_refused(self, path: str, found: Unrecognized) -> bool:
        """Return whether a file is an error, because somebody meant it to be checked."""
        if found.is_broken:
            return True
        if self._is_hook or (self._kinds is None and path != STANDARD_INPUT):
            return False
        return not found.kind or (self._kinds is not None and found.kind not in self._kinds)


def _error(path: str, found: Unrecognized) -> InputError:
    return InputError(path, f"{found.why}: {found.how}", found.position)
