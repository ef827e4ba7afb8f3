"""The cluster that a root module deploys to: its Region, and its load balancer controller."""

from __future__ import annotations

import re

from acmrules.readers.cluster.discovery import by_name, is_private
from acmrules.readers.consumers import CertificateUse
from acmrules.readers.evaluated import TerraformReader
from acmrules.readers.fields import Fields
from acmrules.readers.terraform.resources.kubernetes import (
    RELEASE,
    completed,
    controller_version,
    names_of,
)
from acmrules.readers.terraform.resources.references import CERTIFICATE
from acmrules.unresolved import Unknown, Unresolved

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from acmrules.readers.terraform.modules import ResourceBlock
    from acmrules.readers.terraform.scopes import Evaluation, ModuleInstance, ResourceInstance
    from acmrules.syntax.hcl.ast import Block
    from acmrules.unresolved import Text

    Instances = Callable[[Evaluation, ResourceBlock], list[ResourceInstance]]

_CLUSTERS = ("aws_eks_cluster", "aws_eks_cluster_auth")
_CLUSTER_MODULE = r"(?:.*[^:]/|)(?:terraform-aws-)?eks(?:-cluster)?(?:/aws|\.git)?/?(?:\?.*)?"
"""The source of a module that creates a cluster, not one for its add-ons or roles."""

_PROVIDER = r"\baws\"?\s*[=:]\s*\"?(aws[\w.-]*)"
_REGION = Unresolved((Unknown("Region of the cluster"),))


class Cluster:
    """The cluster in an evaluation of a root module; `instances` returns those of a resource."""

    __slots__ = (
        "_certificates",
        "_evaluation",
        "_instances",
        "_names",
        "_region",
        "_resources",
        "_version",
    )

    def __init__(
        self, evaluation: Evaluation, resources: Sequence[ResourceBlock], instances: Instances
    ) -> None:
        self._evaluation = evaluation
        self._resources = resources
        self._instances = instances
        self._certificates: dict[str, tuple[ResourceBlock, ResourceInstance]] = {}
        self._names: dict[str, dict[str, int]] | None = None
        self._region: Text | None = None
        self._version: str | None = None

    def completed(self, uses: Iterable[CertificateUse]) -> Iterator[CertificateUse]:
        """Yield uses with what the module reveals about the controller and its search.

        Raises `OpenCondition` and `TypeMismatchError`.
        """
        for use in uses:
            if use.listener is None:
                yield use
                continue
            version = self._controller_version()
            yield completed(use, version, self._names_for(use), self._described)

    def _controller_version(self) -> str:
        if self._version is None:
            self._version = controller_version(
                self._fields(each) for _, each in self._of(RELEASE, ("chart", "version"))
            )
        return self._version

    def _names_for(self, use: CertificateUse) -> dict[str, dict[str, int]]:
        """Return the addresses of the certificates of the module, by their known names."""
        if not use.searched:
            return {}
        if self._names is None:
            self._certificates = {each[1].scope.address: each for each in self._of(CERTIFICATE, ())}
            self._names = by_name(
                {
                    address: names_of(self._fields(instance))
                    for address, (_, instance) in self._certificates.items()
                }
            )
        return self._names

    def _described(self, address: str) -> tuple[bool | None, str]:
        """Return whether a certificate is private, and its provider and Region."""
        resource, instance = self._certificates[address]
        body = resource.block.body
        region, cluster = instance.scope.instance.region(body, instance.scope), self.region()
        if isinstance(region, str) and isinstance(cluster, str) and region != cluster:
            return None, ""
        provider = body.attributes.get("provider")
        place = f"{provider.value.written if provider else 'aws'} {region}"
        authority = self._fields(instance).text("certificate_authority_arn")
        return is_private(authority[0] if authority else None), place

    def _of(
        self, kind: str, needed: tuple[str, ...]
    ) -> Iterator[tuple[ResourceBlock, ResourceInstance]]:
        """Yield the instances of the resources of a type that have some arguments."""
        for resource in self._resources:
            if resource.kind == kind and resource.block.body.attributes.keys() >= {*needed}:
                for instance in self._instances(self._evaluation, resource):
                    yield resource, instance

    def _fields(self, instance: ResourceInstance) -> Fields:
        address = instance.scope.address
        return Fields(TerraformReader(), self._evaluation.nodes[address], (address,))

    def region(self) -> Text:
        """Return the Region of the cluster: that of the provider of all clusters in the module.

        The provider of Kubernetes does not reveal it.
        """
        if self._region is None:
            self._region = self._region_of_clusters()
        return self._region

    def _region_of_clusters(self) -> Text:
        root = self._evaluation.root.call
        regions: set[Text] = set()
        for call in root.all():
            blocks = [
                block
                for blocks in (call.module.resources, call.module.data)
                for (kind, _), block in blocks.items()
                if kind in _CLUSTERS
            ]
            calls = [block for block in call.module.calls.values() if _creates_cluster(block)]
            for instance in self._evaluation.module_instances(call) if blocks or calls else ():
                regions.update(instance.region(block.body, instance) for block in blocks)
                regions.update(_region_of_call(block, instance) for block in calls)
        if not regions:
            return self._evaluation.region or _REGION
        return regions.pop() if len(regions) == 1 else _REGION


def _creates_cluster(call: Block) -> bool:
    source = call.body.attributes.get("source")
    return source is not None and re.fullmatch(_CLUSTER_MODULE, source.value.written) is not None


def _region_of_call(call: Block, instance: ModuleInstance) -> Text:
    """Return the Region in which a called module creates a cluster."""
    own = call.body.attributes.get("region")
    providers = call.body.attributes.get("providers")
    passed = re.search(_PROVIDER, providers.value.written) if providers else None
    if own is not None:
        return _REGION
    return instance.provider_region(passed[1] if passed else "aws")
