"""The version of the AWS Load Balancer Controller that the manifests of a file install."""

from __future__ import annotations

from acmrules.readers.cluster.objects import Object, each

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from acmrules.readers.fields import Fields
    from acmrules.readers.kubernetes.objects import Manifests

NAME = "aws-load-balancer-controller"
"""The name of the chart and of the image."""

_APPLICATION = ("argoproj.io", "Application")
_DEPLOYMENT = ("apps", "Deployment")
_RELEASE = ("helm.toolkit.fluxcd.io", "HelmRelease")
_TYPES = frozenset((_APPLICATION, _DEPLOYMENT, _RELEASE))


def controller_version(manifests: Manifests) -> str:
    """Return the version, such as `3.4.0`; empty if the file does not reveal it.

    It is that of a chart in a release of Flux or an application of Argo CD, or the tag of an image.
    Raises `TypeMismatchError`.
    """
    if NAME not in manifests.source.text:
        return ""
    for manifest in manifests.objects(_TYPES):
        for version in _versions(manifest):
            number = version.removeprefix("v")
            if number.replace(".", "").isdecimal():
                return number
    return ""


def _versions(manifest: Object) -> Iterator[str]:
    if manifest.type == _DEPLOYMENT:
        for container in each(manifest.spec.inner("template").inner("spec"), "containers"):
            name, _, tag = container.literal("image").rpartition(":")
            if name.endswith(f"/{NAME}"):
                yield tag
    elif manifest.type == _RELEASE:
        yield from _of_chart(manifest.spec.inner("chart").inner("spec"), "version")
    else:
        sources = (manifest.spec.inner("source"), *each(manifest.spec, "sources"))
        for source in sources:
            yield from _of_chart(source, "targetRevision")


def _of_chart(chart: Fields, version: str) -> Iterator[str]:
    if chart.literal("chart") == NAME:
        yield chart.literal(version)
