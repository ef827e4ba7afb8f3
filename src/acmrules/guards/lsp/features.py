"""The messages of the protocol that the server handles."""

from __future__ import annotations

import os
import sys
import threading
from contextlib import redirect_stdout

from lsprotocol import types
from pygls.exceptions import JsonRpcException

from acmrules.guards.lsp.actions import KINDS, code_actions
from acmrules.guards.lsp.diagnostics import SOURCE
from acmrules.guards.lsp.documents import ClientPosition, Encoding, OpenDocument
from acmrules.guards.lsp.hover import hover
from acmrules.guards.lsp.protocol import ignore_late_cancels
from acmrules.guards.lsp.server import DECIDING, Server, path_of
from acmrules.readers.registry import WALKED_SUFFIXES

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import BinaryIO

_OTHERS_READ = (".tfvars", ".tfvars.json", ".hcl")
"""The suffixes of files that are read with others."""

SECTION = "acmrules"

STACK = 16 * 1024 * 1024
"""The size of the stack of the thread that checks, in bytes."""


def create() -> Server:
    """Return a server with its features."""
    server = Server()
    _add_session(server)
    _add_documents(server)
    _add_workspace(server)
    _add_answers(server)
    return server


def _add_session(server: Server) -> None:
    @server.feature(types.INITIALIZE)
    def initialize(params: types.InitializeParams) -> None:
        roots = [each.uri for each in params.workspace_folders or ()]
        roots = roots or [root for root in [params.root_uri] if root]
        server.roots = [path for path in map(path_of, roots) if path]
        if not server.roots and params.root_path:
            server.roots = [os.path.normpath(params.root_path)]
        chosen = server.workspace.position_encoding or types.PositionEncodingKind.Utf16
        server.encoding = Encoding(types.PositionEncodingKind(chosen).value)
        server.configure(params.initialization_options)
        of_documents, of_workspace = (
            params.capabilities.text_document,
            params.capabilities.workspace,
        )
        server.pulls = bool(of_documents and of_documents.diagnostic)
        refresh = of_workspace and of_workspace.diagnostics
        server.refreshes = bool(refresh and refresh.refresh_support)
        if server.pulls:
            _add_pull(server)

    @server.feature(types.INITIALIZED)
    async def initialized(_: types.InitializedParams) -> None:
        workspace = server.client_capabilities.workspace
        watched = workspace and workspace.did_change_watched_files
        if watched and watched.dynamic_registration:
            server.watches = await _register(server)
        if workspace and workspace.configuration:
            await _configure(server)

    @server.feature(types.SHUTDOWN)
    def shutdown(_: None) -> None:
        server.is_shut_down = server.protocol.is_over = True
        server.schedule.close()

    @server.feature(types.EXIT)
    def stop(_: None) -> None:
        server.is_stopped = True


async def _register(server: Server) -> bool:
    """Return whether the client reports changes of files; it may refuse to."""
    try:
        await server.client_register_capability_async(_registration())
    except JsonRpcException as error:
        server.log(f"Changes of files on disk are not reported: {error}")
        return False
    return True


def _registration() -> types.RegistrationParams:
    """Return the request for notifications of changes in files that a check may read."""
    suffixes = sorted({each.rpartition(".")[2] for each in (*WALKED_SUFFIXES, *_OTHERS_READ)})
    globs = [f"**/*.{{{','.join(suffixes)}}}"]
    globs += [f"**/{name}" for name in sorted(DECIDING)]
    watchers = [types.FileSystemWatcher(glob) for glob in globs]
    options = types.DidChangeWatchedFilesRegistrationOptions(watchers)
    name = types.WORKSPACE_DID_CHANGE_WATCHED_FILES
    return types.RegistrationParams([types.Registration("watched", name, options)])


async def _configure(server: Server) -> None:
    """Read the configuration of the client."""
    items = [types.ConfigurationItem(section=SECTION)]
    try:
        found = await server.workspace_configuration_async(types.ConfigurationParams(items))
    except JsonRpcException as error:
        server.log(f"The configuration cannot be read: {error}")
        return
    if found and found[0] is not None:
        server.configure(found[0])


def _add_documents(server: Server) -> None:
    @server.feature(types.TEXT_DOCUMENT_DID_OPEN)
    def did_open(params: types.DidOpenTextDocumentParams) -> None:
        item = params.text_document
        path = path_of(item.uri)
        document = OpenDocument.of(item.uri, path, item.language_id, item.version, item.text)
        server.open(document)

    @server.feature(types.TEXT_DOCUMENT_DID_CHANGE)
    def did_change(params: types.DidChangeTextDocumentParams) -> None:
        item = params.text_document
        server.change(item.uri, item.version, params.content_changes)

    @server.feature(types.TEXT_DOCUMENT_DID_SAVE)
    def did_save(params: types.DidSaveTextDocumentParams) -> None:
        server.save(params.text_document.uri)

    @server.feature(types.TEXT_DOCUMENT_DID_CLOSE)
    def did_close(params: types.DidCloseTextDocumentParams) -> None:
        server.close(params.text_document.uri)


def _add_workspace(server: Server) -> None:
    @server.feature(types.WORKSPACE_DID_CHANGE_WORKSPACE_FOLDERS)
    def did_change_folders(params: types.DidChangeWorkspaceFoldersParams) -> None:
        removed = {path_of(each.uri) for each in params.event.removed}
        kept = [root for root in server.roots if root not in removed]
        added = [path_of(each.uri) for each in params.event.added]
        server.move([*kept, *(path for path in added if path and path not in kept)])

    @server.feature(types.WORKSPACE_DID_CHANGE_WATCHED_FILES)
    def did_change_files(params: types.DidChangeWatchedFilesParams) -> None:
        kinds = {each.type for each in params.changes}
        # A new file, or one that is gone, may be part of a folder.
        is_partial = kinds == {types.FileChangeType.Changed}
        changed = [path_of(each.uri) for each in params.changes]
        server.refresh(*changed if is_partial else ())

    @server.feature(types.WORKSPACE_DID_CHANGE_CONFIGURATION)
    async def did_change_configuration(params: types.DidChangeConfigurationParams) -> None:
        workspace = server.client_capabilities.workspace
        if workspace and workspace.configuration:
            await _configure(server)
        else:
            server.configure(params.settings)


def _add_answers(server: Server) -> None:
    options = types.CodeActionOptions(code_action_kinds=KINDS, resolve_provider=True)

    @server.feature(types.TEXT_DOCUMENT_CODE_ACTION, options)
    async def code_action(params: types.CodeActionParams) -> list[types.CodeAction]:
        return await code_actions(server, params)

    @server.feature(types.CODE_ACTION_RESOLVE)
    async def resolve(action: types.CodeAction) -> types.CodeAction:
        action.edit = await server.offers.edit(action.data)
        return action

    @server.feature(types.TEXT_DOCUMENT_HOVER)
    async def show(params: types.HoverParams) -> types.Hover | None:
        uri = params.text_document.uri
        if uri not in server.places:
            return None
        folder, path = server.places[uri]
        outcome = await server.schedule.current(folder)
        checked = outcome.checked
        if checked is None or path not in checked.documents:
            return None
        source = checked.documents[path].source
        place = ClientPosition(params.position.line, params.position.character)
        offset = server.encoding.offset(source, place)
        found = await server.schedule.apart(lambda: hover(checked, path, offset))
        if found is None:
            return None
        text, location = found
        content = types.MarkupContent(types.MarkupKind.Markdown, text)
        return types.Hover(content, server.writer(checked.root).range(location))


def _add_pull(server: Server) -> None:
    """Add the request with which a client pulls diagnostics, which are then not published."""
    options = types.DiagnosticOptions(
        inter_file_dependencies=True, workspace_diagnostics=False, identifier=SOURCE
    )

    @server.feature(types.TEXT_DOCUMENT_DIAGNOSTIC, options)
    async def diagnostic(
        params: types.DocumentDiagnosticParams,
    ) -> types.RelatedFullDocumentDiagnosticReport:
        found = await server.pulled(params.text_document.uri)
        return types.RelatedFullDocumentDiagnosticReport(found)


class Output:
    """Standard output, which stays open after the session."""

    def __init__(self, stream: BinaryIO) -> None:
        self.write = stream.write
        self.flush = stream.flush

    def close(self) -> None:
        """Leave the stream to the command line."""
        self.flush()


def run() -> bool:
    """Serve one client over standard input and output, until it ends the session.

    Return `False` if the client sent `exit` without `shutdown`, which the protocol requires.
    """
    # Threads have a small stack on some systems, and parsers descend into nested values.
    threading.stack_size(STACK)
    ignore_late_cancels()
    server = create()
    stdin, stdout = sys.stdin.buffer, Output(sys.stdout.buffer)
    # Nothing but the protocol may be written to standard output.
    with redirect_stdout(sys.stderr):
        server.start_io(stdin, stdout)  # type: ignore[arg-type]
    return server.is_shut_down or not server.is_stopped
