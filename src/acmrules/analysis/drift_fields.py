"""The fields in which a declared certificate and the one that exists differ."""

from __future__ import annotations

from acmrules.diagnosis.certificate import CertificateDetail, CertificateType
from acmrules.facts import acm
from acmrules.messages import quoted, quoted_list
from acmrules.names import Name
from acmrules.request import KeyAlgorithm, ValidationMethod
from acmrules.values import Value
from acmrules.workload import stated_method

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from acmrules.analysis.declared import Declared
    from acmrules.model.declaration import Variant
    from acmrules.request import CertificateRequest, Path, Tool

_DEFAULT_ALGORITHM = KeyAlgorithm(acm.REQUESTABLE_ALGORITHMS.value[0])


class Difference(Value):
    """A field with the value in a file and that of the certificate, and the path of the first."""

    path: Path
    field: str
    declared: str
    existing: str
    text: str


def differences(
    declared: Declared, variant: Variant, existing: CertificateDetail
) -> Iterator[Difference]:
    """Yield the fields that certainly differ; a value that is unknown on one side does not."""
    yield from _names(variant, existing)
    if declared.region and existing.region and declared.region != existing.region:
        text = f"the certificate is in {quoted(existing.region)}, not in {quoted(declared.region)}"
        yield Difference(("region",), "region", declared.region, existing.region, text)
    request = variant.request
    if request is None:
        yield from _validity(variant, existing)
        return
    yield from _key(request, existing)
    yield from _authority(request, existing)
    if existing.type in {CertificateType.AMAZON_ISSUED, None} and not request.is_private:
        yield from _method(request, declared.declaration.tool, existing)
        yield from _export(request, existing)


def _names(variant: Variant, existing: CertificateDetail) -> Iterator[Difference]:
    if not existing.names_known:
        return
    names = dict.fromkeys(variant.names)
    issued = {str(each) for each in existing.names}
    whole = ", ".join(map(str, names)), ", ".join(map(str, existing.names))
    for index, name in enumerate(variant.names):
        if isinstance(name, Name) and str(name) not in issued and index == _first(variant, name):
            path = ("names", index)
            text = f"the certificate does not contain {quoted(name)}"
            yield Difference(path, "names", *whole, text)
    if not all(isinstance(name, Name) for name in names):
        return
    listed = {str(name) for name in names}
    others = [name for name in existing.names if str(name) not in listed]
    if others:
        text = f"the certificate contains {quoted_list(others)}, which is not declared"
        if len(others) > 1:
            text = f"the certificate contains {quoted_list(others)}, which are not declared"
        yield Difference(("names",), "names", *whole, text)
    elif issued == listed and str(variant.names[0]) != str(existing.names[0]):
        text = f"the primary name of the certificate is {quoted(existing.names[0])}"
        yield Difference(("names", 0), "names", *whole, text)


def _first(variant: Variant, name: Name) -> int:
    return variant.names.index(name)


def _validity(variant: Variant, existing: CertificateDetail) -> Iterator[Difference]:
    """Yield that the imported certificate is another one than that of the file."""
    leaf = variant.imported and variant.imported.leaf
    if not leaf or existing.not_after is None:
        return
    # A certificate ends in the second of `not_after`, and `last_day` is the date of that.
    last_day = existing.not_after.date()
    if leaf.last_day != last_day:
        text = (
            f"the certificate in ACM is valid until {last_day}, that of the file until"
            f" {leaf.last_day}"
        )
        ends = str(leaf.last_day), str(last_day)
        yield Difference(("imported", "leaf"), "not_after", *ends, text)


def _key(request: CertificateRequest, existing: CertificateDetail) -> Iterator[Difference]:
    wanted = _DEFAULT_ALGORITHM if request.key_algorithm is None else request.key_algorithm
    found = existing.key_algorithm
    if isinstance(wanted, KeyAlgorithm) and isinstance(found, KeyAlgorithm) and wanted != found:
        text = f"the certificate has the key algorithm {quoted(found)}, not {quoted(wanted)}"
        yield Difference(("key_algorithm",), "key_algorithm", wanted.value, found.value, text)


def _method(
    request: CertificateRequest, tool: Tool, existing: CertificateDetail
) -> Iterator[Difference]:
    wanted, found = stated_method(request, tool), existing.method
    if wanted and isinstance(found, ValidationMethod) and wanted != found:
        text = f"the certificate has {found.value} validation, not {wanted.value} validation"
        path = ("validation_method",)
        yield Difference(path, "validation_method", wanted.value, found.value, text)


def _export(request: CertificateRequest, existing: CertificateDetail) -> Iterator[Difference]:
    wanted, found = request.export, existing.can_export
    if found is None or wanted not in _EXPORTS or _EXPORTS[wanted] is found:  # type: ignore[index]
        return
    values = ("DISABLED", "ENABLED") if found else ("ENABLED", "DISABLED")
    text = f"the key of the certificate {'can' if found else 'cannot'} be exported"
    yield Difference(("export",), "export", *values, text)


_EXPORTS = {None: False, "DISABLED": False, "ENABLED": True}


def _authority(request: CertificateRequest, existing: CertificateDetail) -> Iterator[Difference]:
    wanted, found = request.certificate_authority_arn, existing.certificate_authority_arn
    if existing.type is None or not isinstance(wanted, str | None) or wanted == found:
        return
    if found is None and existing.type is CertificateType.PRIVATE:
        return
    issuer = quoted(found) if found else "Amazon"
    text = f"{issuer} issues the certificate, not {quoted(wanted) if wanted else 'Amazon'}"
    path = ("certificate_authority_arn",)
    yield Difference(path, "certificate_authority_arn", wanted or "", found or "", text)
