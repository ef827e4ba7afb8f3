"""The session of boto3, and the function that makes a call with it."""

from __future__ import annotations

from threading import Lock

from acmrules.errors import AcmRulesError, MissingPackage
from acmrules.network.aws.calls import ApiCall, ApiError, ApiResult

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

_ATTEMPTS = 8
_CONNECT_SECONDS = 10
_READ_SECONDS = 30
_CONNECTIONS = 16


class CollectError(AcmRulesError):
    """Why nothing of an account could be read."""


def open_session(profile: str | None = None) -> Any:  # noqa: ANN401  (boto3 has no types)
    """Return a session of boto3 for a profile; raises `MissingPackage` and `CollectError`."""
    try:
        import boto3  # type: ignore[import-untyped]
        from botocore.exceptions import BotoCoreError  # type: ignore[import-untyped]
    except ImportError:
        raise MissingPackage("boto3", "aws") from None
    try:
        return boto3.Session(profile_name=profile)
    except BotoCoreError as error:
        raise CollectError(str(error)) from None


class Sender:
    """Makes calls with a session; the calls of several threads share its clients."""

    def __init__(self, session: Any) -> None:  # noqa: ANN401  (boto3 has no types)
        from botocore.config import Config  # type: ignore[import-untyped]

        from acmrules import __version__

        self._session = session
        self._clients: dict[tuple[str, str], Any] = {}
        self._lock = Lock()
        # Adaptive: a client that is throttled slows down, and tries again later.
        self._config = Config(
            retries={"mode": "adaptive", "total_max_attempts": _ATTEMPTS},
            connect_timeout=_CONNECT_SECONDS,
            read_timeout=_READ_SECONDS,
            max_pool_connections=_CONNECTIONS,
            user_agent_extra=f"acmrules/{__version__}",
        )

    def __call__(self, call: ApiCall) -> ApiResult:
        """Make a call, and return the response or the error."""
        from botocore import xform_name  # type: ignore[import-untyped]
        from botocore.exceptions import BotoCoreError, ClientError

        operation = call.operation
        try:
            client = self._client(operation.service, call.region)
            method = getattr(client, xform_name(operation.name), None)
            if method is None:
                message = "this version of boto3 does not know the operation"
                return ApiResult(error=ApiError("UnknownOperation", message))
            return ApiResult(method(**call.parameters))
        except ClientError as error:
            fault = error.response.get("Error", {})
            return ApiResult(error=ApiError(fault.get("Code", ""), fault.get("Message", "")))
        except BotoCoreError as error:
            return ApiResult(error=ApiError(type(error).__name__, " ".join(str(error).split())))

    def _client(self, service: str, region: str) -> Any:  # noqa: ANN401  (boto3 has no types)
        """Return the client of a service in a Region; a session makes them one after another."""
        key = service, region
        with self._lock:
            if key not in self._clients:
                self._clients[key] = self._session.client(
                    service, region_name=region, config=self._config
                )
            return self._clients[key]
