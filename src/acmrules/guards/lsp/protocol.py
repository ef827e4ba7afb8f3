"""What the protocol's library leaves out or does differently."""

from __future__ import annotations

import logging

from lsprotocol import types
from pygls.exceptions import JsonRpcException, JsonRpcInvalidRequest
from pygls.protocol import LanguageServerProtocol
from pygls.protocol.language_server import lsp_method

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Any

_LATE_CANCEL = "Cancel notification for unknown message id"


class Protocol(LanguageServerProtocol):
    """The protocol, in which each request has an answer."""

    is_over = False
    """Whether the client has ended the session."""

    def structure_message(self, data: dict[str, Any]) -> Any:  # noqa: ANN401  (as of pygls)
        """Return a message of its type; answer a request whose parameters are not valid."""
        try:
            return super().structure_message(data)
        except JsonRpcException as error:
            if "method" in data and "id" in data:
                self._send_response(data["id"], error=error.to_response_error())
            raise

    def handle_message(self, message: Any) -> None:  # noqa: ANN401  (as of pygls)
        """Handle a message; answer a request after the end of the session with an error."""
        if self.is_over and hasattr(message, "method") and hasattr(message, "id"):
            error = JsonRpcInvalidRequest("the session is shut down")
            self._send_response(message.id, error=error.to_response_error())
            return
        super().handle_message(message)

    @lsp_method(types.TEXT_DOCUMENT_DID_CHANGE)
    def lsp_text_document__did_change(
        self, params: types.DidChangeTextDocumentParams
    ) -> Iterator[tuple[Any, ...]]:
        """Pass an edit to the server unchanged, which has the texts.

        pygls would apply it to a copy of its own, and change places beyond the end of a line in the
        edit itself.
        """
        yield self.fm.features[types.TEXT_DOCUMENT_DID_CHANGE], (params,), None


def ignore_late_cancels() -> None:
    """Write no warning if a client cancels a request that has its answer, which it may do."""
    logging.getLogger("pygls.protocol.json_rpc").addFilter(
        lambda record: not str(record.msg).startswith(_LATE_CANCEL)
    )
