"""What the files of one run demand of certificates: the hosts of consumers, and of plain lists."""

from __future__ import annotations

from acmrules.demands import Demand
from acmrules.errors import InvalidName, shown
from acmrules.names import Name, parse_name
from acmrules.request import Tool, Unresolved, UnresolvedNames
from acmrules.values import Value

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from acmrules.lint.estate import Estate
    from acmrules.lint.source import Document, Range, Source, Variant
    from acmrules.request import ListedName, Path, Text


class NotKnown(Value):
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


class Demanded(Value):
    """What consumers and plain lists demand, one demand each, and what is not known of it."""

    consumers: tuple[Demand, ...]
    listed: tuple[Demand, ...]
    unknown: tuple[NotKnown, ...]


def demanded(estate: Estate, service: str | None = None) -> Demanded:
    """Return what is demanded in an estate; the hosts of plain lists are those of a service."""
    found = _Found(service)
    for document in estate.documents:
        for variant in document.variants:
            found.take(document, variant)
    return Demanded(
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
        self.unknown: dict[NotKnown, None] = {}

    def demands(self, *, is_list: bool) -> Iterator[Demand]:
        """Yield what is demanded by consumers, or by lists."""
        for server, hosts in self._hosts.items():
            if server.is_list == is_list and hosts:
                yield Demand(hosts, server.service, server.region, server.address)

    def take(self, document: Document, variant: Variant) -> None:
        """Take in a document under one choice of its conditions."""
        request = variant.request
        # A signing request, which is of no other tool either, has no place for each name.
        if request and document.tool is Tool.NAMES and ("names", 0) in variant.places:
            server = _Server(document.file, self._service, _known(request.region), is_list=True)
            self._take_hosts(server, request.names, ("names",), document, variant)
            return
        for index, consumer in enumerate(variant.consumers):
            path = ("consumers", index)
            address = ": ".join(filter(None, (document.file, consumer.address)))
            server = _Server(address, consumer.service, _known(consumer.region))
            self._take_hosts(server, consumer.hosts, (*path, "hosts"), document, variant)
            if not consumer.hosts_known and not any(map(_is_open, consumer.hosts)):
                more = (
                    "may serve more hosts" if consumer.hosts else "serves hosts that are not told"
                )
                self._note(f"{shown(consumer.address)} {more}", path, document, variant)
        if not variant.consumers and (request or variant.imported):
            what = shown(document.address) if document.address != "$" else "the certificate"
            self._note(f"{what} has no consumer in these files", (), document, variant)

    def _take_hosts(
        self,
        server: _Server,
        hosts: Sequence[ListedName],
        path: Path,
        document: Document,
        variant: Variant,
    ) -> None:
        known = self._hosts.setdefault(server, {})
        for index, host in enumerate(hosts):
            here = (*path, index)
            if _is_open(host):
                self._note(f"{shown(host)} is not known", here, document, variant)
                continue
            try:
                known[host if isinstance(host, Name) else parse_name(str(host))] = None
            except InvalidName as error:
                self._note(error.sentence, here, document, variant, is_no_name=True)

    def _note(
        self,
        message: str,
        path: Path,
        document: Document,
        variant: Variant,
        *,
        is_no_name: bool = False,
    ) -> None:
        place = variant.place(path)
        source = place.source or document.source
        where = source.range(place.start, place.end) if source else None
        self.unknown[NotKnown(message, source, where, is_no_name)] = None


def _known(region: Text | None) -> str | None:
    return region if isinstance(region, str) and region else None


def _is_open(host: ListedName) -> bool:
    return isinstance(host, Unresolved | UnresolvedNames)
