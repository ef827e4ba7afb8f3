"""A certificate or a consumer as a file declares it, with its variants and locations."""

from __future__ import annotations

from acmrules.values import Value

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from acmrules.acme import AcmeResource
    from acmrules.diagnosis.certificate import CertificateDetail
    from acmrules.dns_validation import DnsValidation
    from acmrules.model.account import Account
    from acmrules.model.placed import Location
    from acmrules.model.used import UsedCertificate
    from acmrules.request import CertificateRequest, Path, Tool
    from acmrules.resources import (
        Authority,
        CaaRecordSet,
        Consumer,
        DataSource,
        Distribution,
        Record,
        ValidationRecord,
        ValidationWait,
        Zone,
        ZoneRecord,
    )
    from acmrules.syntax.source import Source
    from acmrules.unresolved import ListedName
    from acmrules.x509 import Certificate, ImportedCertificate, SigningRequest

IMPORT = "!ImportValue "
"""The prefix of an imported export's name, in the label of the unknown value."""

CROSS_REGION = "{{resolve:ssm:/cdk/exports/"
"""The prefix of a value of a stack in another Region, which the CDK copies, in such a label."""


class ScopedDeclaration(Value):
    """A certificate, or a consumer alone, at one time.

    Its address is unique in its `scope`: its file or its root module, relative to the folder where
    the comparison begins.
    """

    declaration: Declaration
    scope: str

    @property
    def key(self) -> tuple[str, Tool, str]:
        """What identifies the declaration at another time."""
        return self.scope, self.declaration.tool, self.declaration.address

    @property
    def is_certificate(self) -> bool:
        """Whether it is a certificate, requested or imported, or an ACME resource."""
        first = self.declaration.variants[0]
        own = first.request, first.imported, first.acme
        return any(each is not None for each in own)


class Variant(Value):
    """A declaration under one combination of its conditions; an empty `condition` means always.

    `issued` is the request of the certificate that exists, if the file contains it. An imported
    certificate has no request but `imported`. `locations` are those of paths; a path that is not
    in it has the location of its longest prefix. `validators` are the validation blocks of a
    module. `instance` is the address of one certificate if a file may declare several as one. An
    ACME resource has neither a request nor consumers but `acme`. `acme_resources` are those of the
    run, if a signing request may be for one of them. `signed` are the certificates
    of an import, or the rest of the content of a signing request. `imported_before` is the import
    that a plan replaces.
    `looked_up_by` are the consumers of other root modules that use the certificate by its name.
    `created` are the validation records that a Terraform configuration certainly creates, `None`
    if the reader does not determine them; with `may_create_more`, others may be created too.
    A `distribution` is a declaration of its own, without its certificate.
    `environment` is the file with the values of the module's variables, if the run found it.
    `dns_validation` is how resources validate the certificate, `None` if no rule may find anything.
    `validations` are the Terraform resources that wait for the certificate, and `sources` the data
    sources that may look for it. `existing` is the certificate if it exists in ACM: its `request`
    is the one that obtained it. `account` is what a file shows of an account and of DNS, apart from
    its certificates. `used` are existing certificates that its consumers use by their ARNs.
    """

    request: CertificateRequest | None
    consumers: tuple[Consumer, ...]
    locations: Mapping[Path, Location]
    zones: tuple[Zone, ...] = ()
    caa: tuple[CaaRecordSet, ...] = ()
    condition: str = ""
    all_consumers_known: bool = False
    issued: CertificateRequest | None = None
    imported: ImportedCertificate | None = None
    records: tuple[Record, ...] = ()
    validators: tuple[str, ...] = ()
    instance: str = ""
    authorities: tuple[Authority, ...] = ()
    looked_up_by: tuple[str, ...] = ()
    created: tuple[ValidationRecord, ...] | None = None
    may_create_more: bool = False
    dns_validation: DnsValidation | None = None
    acme: AcmeResource | None = None
    acme_resources: tuple[AcmeResource, ...] = ()
    distribution: Distribution | None = None
    zone_records: tuple[ZoneRecord, ...] = ()
    environment: str = ""
    signed: tuple[Certificate | SigningRequest, ...] = ()
    imported_before: ImportedCertificate | None = None
    validations: tuple[ValidationWait, ...] = ()
    sources: tuple[DataSource, ...] = ()
    existing: CertificateDetail | None = None
    account: Account | None = None
    used: tuple[UsedCertificate, ...] = ()

    @property
    def names(self) -> tuple[ListedName, ...]:
        """The names of the certificate: those of the request, or of the imported certificate."""
        if self.request:
            return self.request.names
        return self.imported.names if self.imported else ()

    def location(self, path: Path) -> Location | None:
        """Return the location of a path or of its longest prefix, `None` without a source."""
        while path and path not in self.locations:
            path = path[:-1]
        return self.locations.get(path)


class Declaration(Value):
    """One certificate with its consumers, or one consumer alone, as read from a source.

    A request made in a program has no source.
    `truncated` is a sentence about what was left out if the conditions have too many combinations.
    `exported_as` identifies the certificate in other files: by its ARN, or by imports of an export.
    `editor` is the tool whose effects of edits apply, if it is not `tool`.
    `parameters` are those of the file that have no value, and that the user can set.
    `in_some_environments` is true if other environments of the module do not have it.
    """

    source: Source | None
    tool: Tool
    address: str
    variants: tuple[Variant, ...]
    truncated: str = ""
    exported_as: tuple[str, ...] = ()
    editor: Tool | None = None
    parameters: frozenset[str] = frozenset()
    in_some_environments: bool = False

    @property
    def edited_with(self) -> Tool:
        """The tool whose effects of edits apply (facts, section D)."""
        return self.editor or self.tool

    @property
    def request(self) -> CertificateRequest | None:
        """The request of the first variant."""
        return self.variants[0].request

    @property
    def file(self) -> str:
        """The name of the source, empty without one."""
        return self.source.name if self.source else ""

    def files(self) -> Iterator[str]:
        """Yield the names of the files that contain the certificate and its consumers."""
        yield self.file
        for variant in self.variants:
            for index in range(len(variant.consumers)):
                location = variant.location(("consumers", index))
                if location is not None:
                    yield location.file
