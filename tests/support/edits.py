"""Certificates and templates before and after an edit."""

import json

from acmrules.model.declaration import Declaration, ScopedDeclaration, Variant
from acmrules.request import CertificateRequest, Tool
from acmrules.resources import CertificateReference, Consumer
from acmrules.syntax.source import Source
from acmrules.unresolved import Unresolved

SOURCE = Source("site.yaml", "text")


def scoped_certificate(address, *names, scope="site.yaml", tool=Tool.CLOUDFORMATION, **more):
    """Return the declaration of a certificate in a scope, with consumers if there are any."""
    context = {key: more.pop(key) for key in [*more] if key in Variant._fields}
    exported_as = more.pop("exported_as", ())
    requested = CertificateRequest.of(names, **({"validation_method": "DNS"} | more))
    variant = Variant(requested, context.pop("consumers", ()), {}, **context)
    return ScopedDeclaration(
        Declaration(None, tool, address, (variant,), exported_as=exported_as), scope
    )


def consumer(address="Site", certificate="Certificate", *hosts, service="cloudfront"):
    """Return a consumer of a certificate in the same file."""
    return Consumer(service, address, CertificateReference(certificate), hosts)


def scoped_consumer(address, certificate, scope="site.yaml", tool=Tool.CLOUDFORMATION):
    """Return the declaration of a consumer without its certificate."""
    refers = certificate if isinstance(certificate, str | Unresolved) else None
    alone = Consumer("cloudfront", address, refers)
    return ScopedDeclaration(
        Declaration(None, tool, address, (Variant(None, (alone,), {}),)), scope
    )


def template(certificates, consumers=None):
    """Return the text of a template with certificates and consumers by logical id."""
    resources = {}
    for logical_id, (names, more) in certificates.items():
        properties = {"DomainName": names[0], "ValidationMethod": "DNS"}
        if names[1:]:
            properties["SubjectAlternativeNames"] = [*names[1:]]
        resources[logical_id] = {
            "Type": "AWS::CertificateManager::Certificate",
            "Properties": properties | more,
        }
    for logical_id, (certificate, hosts) in (consumers or {}).items():
        resources[logical_id] = {
            "Type": "AWS::CloudFront::Distribution",
            "Properties": {
                "DistributionConfig": {
                    "Aliases": [*hosts],
                    "ViewerCertificate": {"AcmCertificateArn": {"Ref": certificate}},
                }
            },
        }
    return json.dumps({"Resources": resources}, indent=1)
