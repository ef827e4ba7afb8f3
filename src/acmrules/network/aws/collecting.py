"""Reads the certificates of an AWS account in all Regions."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import UTC, datetime

from acmrules.errors import require_list
from acmrules.messages import printable
from acmrules.model.account import NOT_ENABLED
from acmrules.network.aws import operations, steps
from acmrules.network.aws.calls import EXPIRED, ApiCall, Scheduler
from acmrules.network.aws.entries import ApiEntry, CollectedInventory
from acmrules.network.aws.session import CollectError, Sender, open_session
from acmrules.regions import REGIONS, check_region
from acmrules.values import Value

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

_FIRST_REGION = "us-east-1"
_REJECTED = frozenset(
    (
        *EXPIRED,
        *NOT_ENABLED,
        "SignatureDoesNotMatch",
        *("NoCredentialsError", "PartialCredentialsError", "CredentialRetrievalError"),
        *("SSOTokenLoadError", "UnauthorizedSSOTokenError", "TokenRetrievalError"),
    )
)
"""The errors after which no call with the credentials can succeed."""

_ORDER = tuple(each.name for each in (*operations.OPERATIONS, *operations.ZONE_OPERATIONS))

_OF_REGIONS = frozenset(each.name for each in operations.REGION_OPERATIONS)


class CollectProgress(Value):
    """The progress of a run: the certificates described, those listed so far, and the Regions.

    `listed` is final when all `regions` are listed.
    """

    described: int
    listed: int
    regions: int
    listed_regions: int


def collect(
    session: Any = None,  # noqa: ANN401  (boto3 has no types)
    *,
    regions: Iterable[str] = (),
    zones: bool = False,
    step: Callable[[CollectProgress], None] | None = None,
) -> CollectedInventory:
    """Read the certificates of an account in its enabled Regions, or in `regions`.

    `session` is one of boto3, by default a new one. Each call is read-only. With `zones`, the
    hosted zones of Route 53 are read too that contain a name without validation. A call that AWS
    refuses is an entry with the error, and everything else is still read. `step` is called with the
    progress. Raises `CollectError` if the credentials are missing or rejected, `InvalidArgument` if
    a Region is misspelled, and `MissingPackage` without boto3.
    """
    require_list(regions, "regions")
    wanted = sorted({*regions})
    for region in wanted:
        check_region(region)
    session = open_session() if session is None else session
    home = session.region_name or next(iter(wanted), _FIRST_REGION)
    at = datetime.now(UTC)
    collected = steps.CollectedEntries()
    scheduler = Scheduler(Sender(session))
    try:
        scheduler.run([steps.read_identity(collected, home)])
        _require_credentials(collected)
        if not wanted:
            scheduler.run([steps.read_regions(collected, home)])
            wanted = collected.regions or _known_regions(collected.partition)
        counter = _Counter(collected, len(wanted), step)
        scheduler.run((steps.read_region(collected, each) for each in wanted), counter.count)
        if zones and collected.unvalidated:
            scheduler.run([steps.read_zones(collected, home)])
    finally:
        scheduler.close()
    return CollectedInventory(at, tuple(sorted(collected.entries, key=_in_order)))


def _require_credentials(collected: steps.CollectedEntries) -> None:
    error = collected.entries[-1].error
    if error and error.code in _REJECTED:
        text = f"AWS rejected the credentials: {error.code}: {printable(error.message)}"
        text = text.rstrip(": ")
        if error.code in NOT_ENABLED:
            text += f" (in {collected.entries[-1].region}, which must be enabled in the account)"
        raise CollectError(text)


def _known_regions(partition: str) -> list[str]:
    """Return the Regions with ACM of a partition (fact 5.4)."""
    return sorted(name for name, region in REGIONS.items() if region.partition == partition)


def _in_order(entry: ApiEntry) -> tuple[bool, str, int, list[str]]:
    """Return the sort key of an entry: those of the account are first, then by Region."""
    is_of_region = entry.operation in _OF_REGIONS
    region = entry.region if is_of_region else ""
    parameters = sorted(map(str, entry.request.items()))
    return is_of_region, region, _ORDER.index(entry.operation), parameters


class _Counter:
    """Calls `step` with the progress after each call."""

    def __init__(
        self,
        collected: steps.CollectedEntries,
        regions: int,
        step: Callable[[CollectProgress], None] | None,
    ) -> None:
        self._collected = collected
        self._regions = regions
        self._step = step
        self._described = 0
        self._listed: set[str] = set()

    def count(self, call: ApiCall) -> None:
        """Count a call."""
        if call.operation is operations.DESCRIBE:
            self._described += 1
        if call.operation in (operations.DESCRIBE, operations.QUOTAS):
            self._listed.add(call.region)
        if self._step:
            done = self._described, self._collected.listed, self._regions, len(self._listed)
            self._step(CollectProgress(*done))
