"""The demands in the files of a run: the hosts of consumers, and of lists of names."""

from __future__ import annotations

from acmrules.messages import quoted
from acmrules.model.declaration import Declaration, Variant
from acmrules.model.placed import Placed
from acmrules.name_errors import InvalidName
from acmrules.names import Name, parse_name
from acmrules.planner.demands import Demand
from acmrules.request import Tool
from acmrules.unresolved import ListedName, Text, Unresolved, UnresolvedNames
from acmrules.values import Value

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from acmrules.model.inventory import Inventory
    from acmrules.request import Path


class UnknownDemand(Placed):
    """A host or a consumer that a plan cannot include, with its location.

    If `is_no_name` is true, the host is not a valid domain name.
    """

    message: str
    is_no_name: bool = False


class Demands(Value):
    """The demands of consumers and of lists of names, and the unknown demands."""

    consumers: tuple[Demand, ...]
    listed: tuple[Demand, ...]
    unknown: tuple[UnknownDemand, ...]


def demands_of(inventory: Inventory, service: str | None = None) -> Demands:
    """Return the demands in an inventory; `service` is the service of the lists of names."""
    collector = _Collector(service)
    for declaration in inventory.declarations:
        for variant in declaration.variants:
            collector.add(declaration, variant)
    return Demands(
        tuple(collector.demands(is_list=False)),
        tuple(collector.demands(is_list=True)),
        tuple(collector.unknown.values()),
    )


class _Server(Value):
    """A consumer or a list of names, by its address."""

    address: str
    service: str | None
    region: str | None
    is_list: bool = False


class _Collector:
    """Collects the hosts of each consumer from all variants."""

    def __init__(self, service: str | None) -> None:
        self._service = service
        self._hosts: dict[_Server, dict[Name, None]] = {}
        self.unknown: dict[object, UnknownDemand] = {}

    def demands(self, *, is_list: bool) -> Iterator[Demand]:
        """Yield the demands of consumers, or of lists."""
        for server, hosts in self._hosts.items():
            if server.is_list == is_list and hosts:
                yield Demand(hosts, server.service, server.region, server.address)

    def add(self, declaration: Declaration, variant: Variant) -> None:
        """Add the hosts in one variant of a declaration."""
        request = variant.request
        # Unlike a list of names, a signing request has no location for each name.
        if request and declaration.tool is Tool.NAMES and ("names", 0) in variant.locations:
            server = _Server(declaration.file, self._service, _known(request.region), is_list=True)
            self._add_hosts(server, request.names, ("names",), variant)
            return
        for index, consumer in enumerate(variant.consumers):
            path = ("consumers", index)
            # A certificate of an account is used from the files of its consumers.
            place = variant.location(path) if declaration.tool is Tool.ACCOUNT else None
            file = place.file if place else declaration.file
            address = ": ".join(filter(None, (file, consumer.address)))
            # A consumer is in the Region of the certificate that it uses, or needs it there.
            region = _known(consumer.region) or (variant.existing and variant.existing.region)
            server = _Server(address, consumer.service, region or None)
            self._add_hosts(server, consumer.hosts, (*path, "hosts"), variant)
            if not consumer.hosts_known and not any(map(_is_unknown, consumer.hosts)):
                address = quoted(consumer.address)
                message = f"the hosts of {address} are unknown"
                if consumer.hosts:
                    message = f"{address} may serve more hosts"
                self._add_unknown(message, path, variant)
        if not variant.consumers and (request or variant.imported) and not variant.existing:
            is_named = declaration.address != "$"
            certificate = quoted(declaration.address) if is_named else "the certificate"
            message = f"{certificate} has no consumer in these files"
            self._add_unknown(message, (), variant)

    def _add_hosts(
        self,
        server: _Server,
        hosts: Sequence[ListedName],
        path: Path,
        variant: Variant,
    ) -> None:
        known = self._hosts.setdefault(server, {})
        for index, host in enumerate(hosts):
            here = (*path, index)
            if _is_unknown(host):
                self._add_unknown(f"{quoted(host)} is unknown", here, variant)
                continue
            try:
                known[host if isinstance(host, Name) else parse_name(str(host))] = None
            except InvalidName as error:
                self._add_unknown(error.sentence, here, variant, is_no_name=True)

    def _add_unknown(
        self,
        message: str,
        path: Path,
        variant: Variant,
        *,
        is_no_name: bool = False,
    ) -> None:
        location = variant.location(path)
        demand = UnknownDemand(location, message, is_no_name)
        self.unknown.setdefault((location and location.span, message), demand)


def _known(region: Text | None) -> str | None:
    return region if isinstance(region, str) and region else None


def _is_unknown(host: ListedName) -> bool:
    return isinstance(host, Unresolved | UnresolvedNames)
