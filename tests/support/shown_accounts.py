"""Certificates that exist, and accounts, as the readers of their responses declare them."""

from datetime import UTC, datetime

from acmrules.analysis.drift import drifts
from acmrules.diagnosis.certificate import (
    CertificateDetail,
    CertificateStatus,
    CertificateType,
    DomainValidation,
    ResourceRecord,
    ValidationStatus,
)
from acmrules.model.account import Account, ListedRegion
from acmrules.model.declaration import Declaration, Variant
from acmrules.model.inventory import Inventory
from acmrules.model.locations import Locations
from acmrules.model.placed import Location
from acmrules.request import CertificateRequest, KeyAlgorithm, Tool, ValidationMethod
from acmrules.syntax.source import Source
from acmrules.syntax.structured import trees
from acmrules.unresolved import read_name
from acmrules.x509 import Certificate, ImportedCertificate

ACCOUNT = "123456789012"
REGION = "eu-west-1"
AUTHORITY = "arn:aws:acm-pca:eu-west-1:123456789012:certificate-authority/2f1c"
NOW = datetime(2026, 11, 30, tzinfo=UTC)


def arn_of(number, region=REGION, account=ACCOUNT):
    """Return the ARN of a certificate."""
    return f"arn:aws:acm:{region}:{account}:certificate/{number:08d}-0000-0000-0000-000000000000"


def detail(*names, number=1, region=REGION, account=ACCOUNT, method="DNS", **fields):
    """Return an issued public certificate in use; `fields` replace others."""
    listed = tuple(map(read_name, names or ("brightharbor.io",)))
    found = CertificateDetail(
        arn_of(number, region, account),
        listed,
        names_known=True,
        described=True,
        type=CertificateType.AMAZON_ISSUED,
        status=CertificateStatus.ISSUED,
        key_algorithm=KeyAlgorithm.RSA_2048,
        method=ValidationMethod(method),
        validations=tuple(validation(name) for name in listed) if method == "DNS" else (),
        created_at=datetime(2026, 10, 1, tzinfo=UTC),
        issued_at=datetime(2026, 10, 1, tzinfo=UTC),
        not_before=datetime(2026, 10, 1, tzinfo=UTC),
        not_after=datetime(2027, 4, 16, 23, 59, 59, tzinfo=UTC),
        in_use=True,
        in_use_by=(f"arn:aws:elasticloadbalancing:{region}:{account}:loadbalancer/app/site/1",),
        is_renewable=True,
        can_export=False,
    )
    return found.__replace__(**fields)


def validation(name, status=ValidationStatus.SUCCESS, method=ValidationMethod.DNS):
    """Return the validation of a name by its record."""
    return DomainValidation(name, method, status, record_of(name))


def record_of(name):
    """Return the validation record of a name."""
    stem = str(name).removeprefix("*.")
    token = stem.replace(".", "")
    return ResourceRecord(f"_{token}.{stem}", "CNAME", f"_{token}.xyz.acm-validations.aws")


def declared(*details, file="account.json"):
    """Return the declarations of certificates in one file."""
    lines = ",\n ".join(f'{{"CertificateArn": "{each.arn}"}}' for each in details)
    source = Source(file, f"[{lines}]")
    [tree] = trees(source)
    return tuple(_declaration(each, source, tree, index) for index, each in enumerate(details))


def _declaration(existing, source, tree, index):
    locations = Locations(tree, {(): ((index, "CertificateArn"), None)})
    variant = Variant(None, (), locations, existing=existing)
    if existing.type is CertificateType.IMPORTED:
        leaf = Certificate(
            "CN=site",
            "CN=CA",
            1,
            3,
            "RSA_2048",
            "RSA",
            existing.not_before.date(),
            existing.not_after.date(),
            700,
            names=existing.names,
        )
        variant = variant.__replace__(
            imported=ImportedCertificate(leaf=leaf, region=existing.region)
        )
    else:
        request = CertificateRequest(
            existing.names,
            tuple(map(str, existing.names)),
            validation_method=existing.method,
            key_algorithm=existing.key_algorithm,
            certificate_authority_arn=existing.certificate_authority_arn,
            export="ENABLED" if existing.can_export else None,
            region=existing.region,
            root_hierarchy=existing.root_hierarchy,
            certificate_usage=existing.usage,
        )
        variant = variant.__replace__(request=request)
    return Declaration(source, Tool.ACCOUNT, existing.arn, (variant,), exported_as=(existing.arn,))


def listed(region=REGION, account=ACCOUNT, at=NOW, hides=()):
    """Return a Region all of whose certificates are listed."""
    return ListedRegion(account, region, at, hides)


def account_of(*details, **fields):
    """Return what files show of an account with certificates."""
    return Account(details, **fields)


def account_declaration(account, file="account.json"):
    """Return the declaration of what a file shows of an account, apart from its certificates."""
    source = Source(file, "{}")
    variant = Variant(None, (), {(): Location(source, 0, 2)}, account=account)
    return Declaration(source, Tool.ACCOUNT, file, (variant,))


def asked(*names, address="Certificate", tool=Tool.TERRAFORM, arn="", **fields):
    """Return a declaration as a template has it."""
    values = {"validation_method": "DNS", "region": REGION, **fields}
    request = CertificateRequest.of(names or ("brightharbor.io",), **values)
    source = Source("main.tf", f'["{address}"]')
    [tree] = trees(source)
    locations = Locations(tree, {(): ((0,), None)})
    variant = Variant(request, (), locations)
    return Declaration(source, tool, address, (variant,), exported_as=(arn,) if arn else ())


def drift_of(templates, details, **fields):
    """Return the drift between templates and certificates, in a listed Region by default."""
    fields = {"listed": (listed(),), **fields}
    inventory = Inventory((*templates, *declared(*details)), account=account_of(*details, **fields))
    return drifts(inventory)
