"""The answers for named files in which nothing was understood."""

from __future__ import annotations

from acmrules.messages import printable, quoted
from acmrules.readers.registry import MODULE_SUFFIXES
from acmrules.readers.words import may_be_meant
from acmrules.syntax.source import STANDARD_INPUT, InputError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Container, Iterator

    from acmrules.model.not_checked import NotChecked
    from acmrules.readers.unrecognized import Unrecognized

_MOST = 20
"""Maximum number of files that are explained although they cannot be meant as a request.

If more are named next to files that were checked, the list comes from a pattern.
"""


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
        self._meant: list[tuple[str, bytes]] = []
        self._others: list[tuple[str, bytes]] = []
        self._is_list_cut = False

    def may_concern(self, path: str, data: bytes) -> bool:
        """Return whether a file may get an answer; most files that a hook names get none."""
        return not self._is_hook or path == STANDARD_INPUT or may_be_meant(data)

    def add(self, path: str, data: bytes) -> None:
        """Add a file with its bytes, which are kept only if they may be explained."""
        if path == STANDARD_INPUT or may_be_meant(data):
            self._meant.append((path, data))
        else:
            self.add_other(path, data)

    def add_other(self, path: str, data: bytes) -> None:
        """Add a file that cannot be meant as a request, such as a part of a Terraform module."""
        if self._is_hook:
            return
        if self._kinds is not None or len(self._others) < _MOST:
            self._others.append((path, data))
        else:
            self._is_list_cut = True

    def answers(self, *, is_nothing_checked: bool) -> Iterator[NotChecked | InputError]:
        """Yield the answers, as errors for files that have to be checked.

        Files that cannot be meant as a request are errors only if nothing was checked, or if they
        have to be of a certain kind.
        """
        is_all = self._kinds is not None or is_nothing_checked
        others = self._others
        if not is_all:
            # A file of a module that could be read was understood.
            others = [each for each in others if not each[0].endswith(MODULE_SUFFIXES)]
            others = [] if self._is_list_cut else others
        if not self._meant and not others:
            return
        from acmrules.model.not_checked import FILE, NotChecked, whole_file
        from acmrules.readers.unrecognized import explain

        for index, (path, data) in enumerate(self._meant + others):
            found = explain(path, data)
            may_be_error = is_all or index < len(self._meant)
            if may_be_error and self._is_refused(path, found):
                yield self._error(path, found)
            elif not found.kind:
                yield NotChecked(whole_file(path), FILE, "the file", found.why, found.how)
            elif is_nothing_checked:
                self.remarks.append(f"{printable(path)}: {found.why}")

    def _is_refused(self, path: str, found: Unrecognized) -> bool:
        """Return whether a file is an error, because it is broken, or meant to be checked."""
        if found.is_broken:
            return True
        if self._is_hook or (self._kinds is None and path != STANDARD_INPUT):
            return False
        return not found.kind or (self._kinds is not None and found.kind not in self._kinds)

    def _error(self, path: str, found: Unrecognized) -> InputError:
        from acmrules.readers.unrecognized import CORRECT, EMPTY

        if found.kind == EMPTY or found.how == CORRECT:
            return InputError(path, found.why, found.position)
        if found.kind:
            fault = f"is of the kind {quoted(found.kind)}, which `--kind` leaves out"
            return InputError(path, fault)
        return InputError(path, f"{found.why}: {found.how}", found.position)
