"""The server: documents in, diagnostics out."""

from __future__ import annotations

import os

from lsprotocol import types
from pygls.exceptions import FeatureRequestError
from pygls.lsp.server import LanguageServer
from pygls.uris import from_fs_path, to_fs_path

from acmrules import __version__
from acmrules.guards.lsp.configuration import ON_TYPE, Configuration, configuration_of
from acmrules.guards.lsp.diagnostics import Writer, diagnostics_of
from acmrules.guards.lsp.documents import ClientPosition, Encoding, OpenDocument
from acmrules.guards.lsp.folders import Folder, folder_of
from acmrules.guards.lsp.offers import Offers
from acmrules.guards.lsp.protocol import Protocol
from acmrules.guards.lsp.schedule import Outcome, Schedule
from acmrules.workspace.errors import describe_crash
from acmrules.workspace.file_settings import BASELINE
from acmrules.workspace.open_folder import SETTINGS_FILES

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

NAME = "acmrules"

DECIDING = frozenset((*SETTINGS_FILES, BASELINE, ".gitignore"))
"""The names of files that decide which others are read, or how."""


class Server(LanguageServer):
    """The state of a session: the workspace, the open documents, and what was published.

    `places` are the folder of each open document, and its path in that folder, by URI. Without
    `watches`, the client does not report changes on disk, and files are read again more often.
    """

    protocol: Protocol

    def __init__(self) -> None:
        super().__init__(NAME, __version__, protocol_cls=Protocol)
        self.configuration = Configuration()
        self.encoding = Encoding()
        self.roots: list[str] = []
        self.documents: dict[str, OpenDocument] = {}
        self.places: dict[str, tuple[Folder, str]] = {}
        self.schedule = Schedule(self.publish)
        self.pulls = False
        self.refreshes = False
        self.watches = False
        self.is_shut_down = False
        self.is_stopped = False
        self.offers = Offers()
        self.shown: dict[str, list[types.Diagnostic]] = {}
        self._folders: dict[str, Folder] = {}

    @property
    def has_versioned_edits(self) -> bool:
        """Whether the client checks the versions of the documents that edits are for."""
        workspace = self.client_capabilities.workspace
        edits = workspace and workspace.workspace_edit
        return bool(edits and edits.document_changes)

    @property
    def resolves_edits(self) -> bool:
        """Whether the client requests the edit of an action only when the user chooses it."""
        documents = self.client_capabilities.text_document
        actions = documents and documents.code_action
        if not actions or not actions.data_support or not actions.resolve_support:
            return False
        return "edit" in actions.resolve_support.properties

    # Documents

    def open(self, document: OpenDocument) -> None:
        """Add an open document, and check it."""
        self.documents[document.uri] = document
        folder, path = self._place(document)
        folder.documents[path] = document
        # The client may report a new file later than it opens it.
        if not self.watches or not folder.has_found(path):
            folder.forget_files()
        self.schedule.want(folder, pause=0)

    def _place(self, document: OpenDocument) -> tuple[Folder, str]:
        """Return the folder in which a document is checked, and its path in it."""
        if document.uri not in self.places:
            folder, path = folder_of(document, self.roots, self.configuration)
            key = f"{folder.root}\0{folder.name}"
            self.places[document.uri] = self._folders.setdefault(key, folder), path
        return self.places[document.uri]

    def change(
        self,
        uri: str,
        version: int,
        changes: Sequence[types.TextDocumentContentChangeEvent],
    ) -> None:
        """Apply the changes of a document, and check it."""
        document = self.documents.get(uri)
        if document is None:
            self.log(f"A change of a document that is not open is ignored: {uri}")
            return
        for each in changes:
            if isinstance(each, types.TextDocumentContentChangePartial):
                start, end = (
                    ClientPosition(p.line, p.character) for p in (each.range.start, each.range.end)
                )
                document = document.edited(start, end, each.text, version, self.encoding)
            else:
                document = document.with_text(each.text, version)
        self.documents[uri] = document.__replace__(version=version)
        folder, path = self.places[uri]
        folder.documents[path] = self.documents[uri]
        folder.changed.add(path)
        if self.configuration.run == ON_TYPE:
            self.schedule.want(folder)
        else:
            self.schedule.defer(folder)

    def save(self, uri: str) -> None:
        """Check everything again with the file of a document, and with others that may be new."""
        folder, path = self.places.get(uri, (None, ""))
        if folder is None or (self.watches and folder.has_found(path)):
            self.refresh(path_of(uri))
        else:
            self.refresh()

    def close(self, uri: str) -> None:
        """Remove a document: the file on disk counts again, and has no diagnostics."""
        if self.documents.pop(uri, None) is None:
            return
        folder, path = self.places.pop(uri)
        folder.documents.pop(path, None)
        self.shown.pop(uri, None)
        self._push(uri, None, [])
        if folder.documents:
            self.schedule.want(folder)
        else:
            self._drop(folder)

    def _drop(self, folder: Folder) -> None:
        self.schedule.forget(folder)
        self._folders = {key: each for key, each in self._folders.items() if each is not folder}

    def move(self, roots: Sequence[str]) -> None:
        """Check all documents as part of other workspace folders."""
        self.roots = [*roots]
        for folder in self._folders.values():
            self.schedule.forget(folder)
        self._folders, self.places = {}, {}
        for document in self.documents.values():
            self.open(document)

    def refresh(self, *changed: str) -> None:
        """Check everything again with what is on disk now.

        If only files have changed, and none of them decides which others are read, their paths are
        enough.
        """
        is_partial = bool(changed) and not any(os.path.basename(e) in DECIDING for e in changed)
        for folder in self._folders.values():
            for path in changed if is_partial else ():
                folder.forget_file(path)
            if not is_partial:
                folder.forget_files()
            self.schedule.want(folder, pause=0)

    def configure(self, data: object) -> None:
        """Use the configuration of the client, and check everything again if it has changed."""
        configuration, faults = configuration_of(data)
        for fault in faults:
            message = types.ShowMessageParams(type=types.MessageType.Warning, message=fault)
            self.window_show_message(message)
        if configuration != self.configuration:
            self.configuration = configuration
            self.move(self.roots)

    # Diagnostics

    def publish(self, folder: Folder, outcome: Outcome) -> None:
        """Publish the diagnostics of an outcome, or let the client pull them."""
        found = self._diagnostics(folder, outcome)
        if outcome.fault:
            self.log(outcome.fault)
        elif outcome.checked:
            for bug in outcome.checked.check.bugs:
                self.log(str(bug))
        is_other = False
        for path, document in folder.documents.items():
            own = found.get(path, [])
            # The client pulls the diagnostics of what it has changed anyway.
            is_known = document.uri in self.shown and path not in folder.changed
            is_other |= is_known and own != self.shown[document.uri]
            self._show(document.uri, document.version, own)
        folder.changed.clear()
        if self.pulls and self.refreshes and is_other:
            self.workspace_diagnostic_refresh(None)
        self._publish_settings(folder, found)

    def _diagnostics(self, folder: Folder, outcome: Outcome) -> dict[str, list[types.Diagnostic]]:
        """Return the diagnostics of an outcome; a bug here is one diagnostic too."""
        writer = self.writer(folder.root)
        try:
            return diagnostics_of(writer, folder, outcome)
        except Exception as error:  # noqa: BLE001  (the next text may have none)
            fault = describe_crash(error)
            self.log(fault)
            return diagnostics_of(writer, folder, Outcome(None, fault))

    def _publish_settings(
        self, folder: Folder, found: Mapping[str, list[types.Diagnostic]]
    ) -> None:
        """Publish what is wrong with settings files that are not open."""
        wrong = {
            self.uri_of(folder.root, path): own
            for path, own in found.items()
            if os.path.basename(path) in SETTINGS_FILES and path not in folder.documents
        }
        for uri in folder.wrong_settings - wrong.keys():
            if uri not in self.documents:
                self._push(uri, None, [])
        for uri, own in wrong.items():
            self._push(uri, None, own)
        folder.wrong_settings = {*wrong}

    def _show(self, uri: str, version: int | None, found: list[types.Diagnostic]) -> None:
        self.shown[uri] = found
        if not self.pulls:
            self._push(uri, version, found)

    def _push(self, uri: str, version: int | None, found: list[types.Diagnostic]) -> None:
        params = types.PublishDiagnosticsParams(uri=uri, diagnostics=found, version=version)
        self.text_document_publish_diagnostics(params)

    async def pulled(self, uri: str) -> list[types.Diagnostic]:
        """Return the diagnostics of an open document for its current text."""
        if uri not in self.places:
            return []
        if self.configuration.run != ON_TYPE and uri in self.shown:
            return self.shown[uri]
        folder, path = self.places[uri]
        outcome = await self.schedule.current(folder)
        found = self._diagnostics(folder, outcome).get(path, [])
        if uri in self.documents:
            self.shown[uri] = found
        return found

    def writer(self, root: str) -> Writer:
        """Return the writer of diagnostics about a folder."""
        return Writer(self.encoding, lambda file: self.uri_of(root, file))

    def uri_of(self, root: str, file: str) -> str:
        """Return the URI of a file in a folder, as the client writes it if it is open."""
        path = os.path.normpath(os.path.join(root, file))
        for document in self.documents.values():
            if document.path == path:
                return document.uri
        for uri, (folder, own) in self.places.items():
            if own == file and folder.root == root:
                return uri
        return from_fs_path(path) or ""

    def report_server_error(self, error: Exception, source: object) -> None:
        """Write an error into the log of the client; that of a request is in its answer."""
        if source is not FeatureRequestError:
            self.log(f"Error in server: {error}")

    def log(self, message: str) -> None:
        """Write a message to the log of the client."""
        params = types.LogMessageParams(type=types.MessageType.Error, message=message)
        self.window_log_message(params)


def path_of(uri: str) -> str:
    """Return the normalized path of the URI of a file, an empty string for other URIs."""
    path = to_fs_path(uri)
    return os.path.normpath(path) if path else ""
