"""What AWS answered, as the data of an inventory file."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime

from acmrules.diagnosis.certificate import CertificateDetail
from acmrules.network.aws.calls import ApiCall, ApiError
from acmrules.network.aws.operations import DESCRIBE
from acmrules.readers.account.inventory_files import VERSION
from acmrules.values import Value

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

_NOT_DATA = frozenset(("ResponseMetadata", "NextToken", "NextMarker"))


class ApiEntry(Value):
    """A call with its response, or with its error; `response` is plain data of JSON."""

    operation: str
    account: str
    region: str
    request: Mapping[str, Any]
    response: Mapping[str, Any] | None = None
    error: ApiError | None = None

    def as_data(self) -> dict[str, object]:
        """Return the entry as plain data."""
        head = {"operation": self.operation, "account": self.account, "region": self.region}
        data: dict[str, object] = {**head, "request": dict(self.request)}
        if self.error:
            return data | {"error": {"code": self.error.code, "message": self.error.message}}
        return data | {"response": self.response}


class CollectedInventory(Value):
    """Everything that AWS answered about the certificates of an account.

    `at` is the time of the first call. The entries are in order of Region, operation and ARN.
    """

    at: datetime
    entries: tuple[ApiEntry, ...]

    @property
    def certificates(self) -> tuple[CertificateDetail, ...]:
        """The certificates that AWS described, in order of Region and ARN."""
        return tuple(
            CertificateDetail.from_api(each.response)
            for each in self.entries
            if each.operation == DESCRIBE.name and each.response is not None
        )

    @property
    def errors(self) -> tuple[ApiEntry, ...]:
        """The calls that AWS refused, or that failed."""
        return tuple(each for each in self.entries if each.error)

    def as_data(self) -> dict[str, object]:
        """Return the inventory as plain data of JSON, as commands read it from a file."""
        from acmrules import __version__

        return {
            "acmrules": __version__,
            "inventory": VERSION,
            "at": as_text(self.at),
            "responses": [each.as_data() for each in self.entries],
        }


def entry_of(
    call: ApiCall,
    account: str,
    response: Mapping[str, Any] | None = None,
    error: ApiError | None = None,
) -> ApiEntry:
    """Return the entry of a call and its result."""
    data = None if response is None else plain(response)
    return ApiEntry(call.operation.name, account, call.region, call.parameters, data, error)


def plain(value: Any) -> Any:  # noqa: ANN401  (data of any shape)
    """Return a part of a response as plain data: times as strings, without what is not data."""
    if isinstance(value, Mapping):
        return {key: plain(each) for key, each in value.items() if key not in _NOT_DATA}
    if isinstance(value, list | tuple):
        return [plain(each) for each in value]
    return as_text(value) if isinstance(value, datetime) else value


def as_text(moment: datetime) -> str:
    """Return a time in ISO format in UTC, in seconds."""
    return moment.astimezone(UTC).isoformat(timespec="seconds")
