"""The files of a checked run, for fixes and suppressions."""

from __future__ import annotations

from os.path import normpath

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from acmrules.lint.findings import Finding
    from acmrules.model.batches import Batch
    from acmrules.model.declaration import Declaration
    from acmrules.workspace.load import Loader


class CheckedFiles:
    """The files of a run, which are read again when they have new texts."""

    def __init__(
        self,
        loader: Loader,
        batches: Iterable[Batch],
        linked: Iterable[Batch],
        findings: Sequence[Finding],
        check: Callable[[Iterable[Batch]], Sequence[Finding]],
    ) -> None:
        self._loader = loader
        self._batches = batches
        self._found = self._findings = findings
        self._check = check
        self._texts: dict[str, str] = {}
        self._linked = [*linked]
        self._declarations = _declarations(self._linked)

    def anew(self) -> CheckedFiles:
        """Return the files of the run as they are before their first new texts are read."""
        return CheckedFiles(self._loader, self._batches, self._linked, self._found, self._check)

    def findings(self, texts: Mapping[str, str]) -> Sequence[Finding]:
        """Return the findings of the report."""
        if texts:
            linked = [*self._loader.reloaded(self._batches, texts)]
            self._texts, self._declarations = {**texts}, _declarations(linked)
            self._findings = self._check(linked)
        return self._findings

    def declarations(self, texts: Mapping[str, str]) -> Sequence[Declaration]:
        """Return the declarations of all files; problems with new texts are not reported."""
        if texts == self._texts:
            return self._declarations
        from acmrules.workspace.errors import Troubles

        return _declarations(self._loader.reloaded(self._batches, texts, Troubles()))

    def findings_of(self, declaration: Declaration) -> Sequence[Finding]:
        """Return all findings of one declaration."""
        return self._loader.settings_of(declaration.file).linter.check(declaration)[0]


class SomeFindings:
    """The files of a run, for the fixes of some findings."""

    def __init__(self, files: CheckedFiles, findings: Iterable[Finding]) -> None:
        self._files = files
        self._own = [each.__replace__(others=()) for each in findings]

    def findings(self, texts: Mapping[str, str]) -> Sequence[Finding]:
        """Return the findings, without others at their locations."""
        del texts
        return self._own

    def declarations(self, texts: Mapping[str, str]) -> Sequence[Declaration]:
        """Return what the files declare."""
        return self._files.declarations(texts)

    def findings_of(self, declaration: Declaration) -> Iterable[Finding]:
        """Return the findings of one declaration."""
        return self._files.findings_of(declaration)


class OneFile(SomeFindings):
    """The files of a run, for the fixes of one file."""

    def __init__(self, files: CheckedFiles, path: str) -> None:
        self._files = files
        self._path = path

    def findings(self, texts: Mapping[str, str]) -> Sequence[Finding]:
        """Return the findings of the file."""
        found = self._files.findings(texts)
        return [each for each in found if normpath(each.file) == self._path]


def _declarations(batches: Iterable[Batch]) -> list[Declaration]:
    return [declaration for batch in batches for declaration in batch.declarations]
