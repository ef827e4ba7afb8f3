"""Certificates in responses of AWS, as declarations."""

from __future__ import annotations

from acmrules.diagnosis.responses import certificate
from acmrules.model.declaration import Declaration, Variant
from acmrules.model.existing import as_declared
from acmrules.model.locations import Locations
from acmrules.request import Tool
from acmrules.syntax.tree import KEY

TYPE_CHECKING = False
if TYPE_CHECKING:
    from acmrules.diagnosis.certificate import CertificateDetail
    from acmrules.model.locations import PointerMap
    from acmrules.syntax.source import Source
    from acmrules.syntax.tree import Data, Pointer, Tree


def detail_of(data: dict[str, Data]) -> CertificateDetail:
    """Return the certificate of a response or of an entry of a list; raises `InvalidArgument`."""
    return certificate(data)


def declaration_of(
    detail: CertificateDetail, source: Source, tree: Tree, pointer: Pointer
) -> Declaration:
    """Return a certificate that exists as a declaration, whose address is its ARN."""
    pointers: PointerMap = {(): ((*pointer, KEY), None)}
    variant = as_declared(Variant(None, (), Locations(tree, pointers)), detail)
    return Declaration(source, Tool.ACCOUNT, detail.arn, (variant,), exported_as=(detail.arn,))
