"""What the files of one run demand of certificates: the hosts of consumers, and of plain lists."""

from __future__ import annotations

from acmrules.errors import InvalidName
from acmrules.messages import quoted
from acmrules.names import Name, parse_name
from acmrules.planner.demands import Demand
from acmrules.request import Tool
from acmrules.unresolved import Unresolved, UnresolvedNames
from acmrules.values import Value

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from acmrules.model.declaration import Declaration, Variant
    from acmrules.model.inventory import Inventory
    from acmrules.request import Path
    from acmrules.syntax.source import Range, Source
    from acmrules.unresolved import ListedName, Text


class UnknownDemand(Value):
    """Something of what is served that no plan can take in: what it is, and where it stands.

    Of a host that `is_no_name` it is known that no certificate can have it.
    """

    message: str
    source: Source | None
    range: Range | None
    is_no_name: bool = False

    @property
    def file(self) -> str:
        """The name of the source, empty without one."""
        return self.source.name if self.source else ""


class Demands(Value):
    """What consumers and plain lists demand, one demand each, and what is not known of it."""

    consumers: tuple[Demand, ...]
    listed: tuple[Demand, ...]
    unknown: tuple[UnknownDemand, ...]


def demanded(inventory: Inventory, service: str | None = None) -> Demands:
    """Return what is demanded in an estate; the hosts of plain lists are those of a service."""
    found = _Found(service)
    for declaration in inventory.declarations:
        for variant in declaration.variants:
            found.take(declaration, variant)
    return Demands(
        tuple(found.demands(is_list=False)),
        tuple(found.demands(is_list=True)),
        tuple(found.unknown),
    )


class _Server(Value):
    """Who serves hosts: a list, or a consumer at an address."""

    address: str
    service: str | None
    region: str | None
    is_list: bool = False


class _Found:
    """What was found so far; a consumer that stands in several variants serves the hosts of all."""

    def __init__(self, service: str | None) -> None:
        self._service = service
        self._hosts: dict[_Server, dict[Name, None]] = {}
        self.unknown: dict[UnknownDemand, None] = {}

    def demands(self, *, is_list: bool) -> Iterator[Demand]:
        """Yield what is demanded by consumers, or by lists."""
        for server, hosts in self._hosts.items():
            if server.is_list == is_list and hosts:
                yield Demand(hosts, server.service, server.region, server.address)

    def take(self, declaration: Declaration, variant: Variant) -> None:
        """Take in a document under one choice of its conditions."""
        request = variant.request
        # A signing request, which is of no other tool either, has no place for each name.
        if request and declaration.tool is Tool.NAMES and ("names", 0) in variant.locations:
            server = _Server(declaration.file, self._service, _known(request.region), is_list=True)
            self._take_hosts(server, request.names, ("names",), variant)
            return
        for index, consumer in enumerate(variant.consumers):
            path = ("consumers", index)
            address = ": ".join(filter(None, (declaration.file, consumer.address)))
            server = _Server(address, consumer.service, _known(consumer.region))
            self._take_hosts(server, consumer.hosts, (*path, "hosts"), variant)
            if not consumer.hosts_known and not any(map(_is_open, consumer.hosts)):
                more = (
                    "may serve more hosts" if consumer.hosts else "serves hosts that are not told"
                )
                self._note(f"{quoted(consumer.address)} {more}", path, variant)
        if not variant.consumers and (request or variant.imported):
            what = quoted(declaration.address) if declaration.address != "$" else "the certificate"
            self._note(f"{what} has no consumer in these files", (), variant)

    def _take_hosts(
        self,
        server: _Server,
        hosts: Sequence[ListedName],
        path: Path,
        variant: Variant,
    ) -> None:
        known = self._hosts.setdefault(server, {})
        for index, host in enumerate(hosts):
            here = (*path, index)
            if _is_open(host):
                self._note(f"{quoted(host)} is not known", here, variant)
                continue
            try:
                known[host if isinstance(host, Name) else parse_name(str(host))] = None
            except InvalidName as error:
                self._note(error.sentence, here, variant, is_no_name=True)

    def _note(
        self,
        message: str,
        path: Path,
        variant: Variant,
        *,
        is_no_name: bool = False,
    ) -> None:
        location = variant.location(path)
        source, where = (location.source, location.range) if location else (None, None)
        self.unknown[UnknownDemand(message, source, where, is_no_name)] = None


def _known(region: Text | None) -> str | None:
    return region if isinstance(region, str) and region else None


def _is_open(host: ListedName) -> bool:
    return isinstance(host, Unresolved | UnresolvedNames)
