"""What the protocol's library leaves out: answers to requests that cannot be handled."""

from __future__ import annotations

import logging

from pygls.exceptions import JsonRpcException, JsonRpcInvalidRequest
from pygls.protocol import LanguageServerProtocol

TYPE_CHECKING = False
if TYPE_CHECKING:
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


def ignore_late_cancels() -> None:
    """Write no warning if a client cancels a request that has its answer, which it may do."""
    logging.getLogger("pygls.protocol.json_rpc").addFilter(
        lambda record: not str(record.msg).startswith(_LATE_CANCEL)
    )
