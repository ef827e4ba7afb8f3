"""Certificates that root modules look up by their names, with `data.aws_acm_certificate`."""

from __future__ import annotations

from acmrules.messages import quoted
from acmrules.readers.evaluated import TerraformReader
from acmrules.readers.fields import Fields
from acmrules.readers.terraform.resources.references import CERTIFICATE, LOOK_UP
from acmrules.readers.terraform.scopes import SKIPPED, Evaluation
from acmrules.resources import DataSource
from acmrules.unresolved import Text, read_name
from acmrules.values import Value

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from acmrules.readers.terraform.modules import ModuleCall, ResourceBlock
    from acmrules.syntax.hcl.ast import Block
    from acmrules.unresolved import ListedName

_IMPORTED = "IMPORTED"


class LookUp(Value):
    """A consumer that uses a certificate by its name, in the Region of the data source.

    `source` is the data source, and `block` is where it is written.
    """

    name: ListedName
    region: Text
    consumer: str
    source: DataSource
    block: Block

    def may_find(self, name: ListedName, region: Text | None) -> bool:
        """Return whether it looks for a certificate with a primary name, in its Region."""
        differ = isinstance(region, str) and isinstance(self.region, str) and region != self.region
        return self.name == name and not differ


def look_ups(
    root: ModuleCall, uses: Iterable[tuple[ResourceBlock, Text]], evaluation: Evaluation
) -> Iterator[LookUp]:
    """Yield the uses of certificates that a root module looks up by known names."""
    sources = dict(_data_sources(root, evaluation))
    for resource, certificate in uses:
        label = str(certificate).removeprefix("${")
        for address, (name, region, source, block) in sources.items():
            if label.startswith((f"{address}.", f"{address}[")):
                place = resource.block.source.position(resource.block.start)
                where = f"{quoted(resource.address)} ({resource.block.source.name}:{place.line})"
                yield LookUp(name, region, where, source, block)


def _data_sources(
    root: ModuleCall, evaluation: Evaluation
) -> Iterator[tuple[str, tuple[ListedName, Text, DataSource, Block]]]:
    """Yield the addresses of data sources with the names and Regions that they look for."""
    for call in root.all():
        for (kind, name), block in call.module.data.items():
            if kind != CERTIFICATE:
                continue
            try:
                for module in evaluation.module_instances(call):
                    for instance in module.resource_instances(f"{LOOK_UP}{name}", block):
                        fields = Fields(TerraformReader(), dict(instance.node.value), ())
                        types = [text for text, _, _ in fields.texts("types")]
                        domain = fields.literal("domain")
                        if domain and types != [_IMPORTED]:
                            region = module.region(block.body, instance.scope)
                            keys = tuple(text for text, _, _ in fields.texts("key_types"))
                            address = instance.scope.address
                            source = DataSource(address, region, keys)
                            yield address, (read_name(domain), region, source, block)
            except SKIPPED:
                continue
