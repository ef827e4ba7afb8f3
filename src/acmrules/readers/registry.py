"""The readers, and which of them reads a file."""

from __future__ import annotations

from acmrules.readers.options import Parameters, ReadScope
from acmrules.syntax.source import STANDARD_INPUT, InputError, Source
from acmrules.values import Value

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Container, Iterator

    from acmrules.model.declaration import Declaration
    from acmrules.model.not_checked import NotChecked
    from acmrules.readers.terraform.dependencies import Dependencies
    from acmrules.readers.terraform.files import ReadFile
    from acmrules.readers.terraform.reader import Load, ModuleTree
    from acmrules.request import Tool

    Needles = tuple[bytes | tuple[bytes, ...], ...]
    """Words that a file has to contain; a tuple is one of several words."""

LONGEST_TEXT = 10 * 1024 * 1024
"""The maximum length of a file, in characters."""

LONGEST_INVENTORY = 64 * 1024 * 1024
"""The maximum length of an inventory or a response, for accounts of many certificates."""

_HEAD = 256
"""The length of the beginning of a file that shows whether it may be so long."""

_OF_RESPONSES = (
    *(b'"CertificateArn"', b'"CertificateSummaryList"', b'"Results"', b'"inventory"'),
    *(b'"HostedZones"', b'"ResourceRecordSets"'),
)
"""One of these words is at the beginning of each inventory and response."""

_CERTIFICATE_TYPE = "AWS::CertificateManager::Certificate"
_CHECKED_FOR_NULS = 64
_BYTE_ORDER_MARK = "\ufeff"
_STRUCTURED = "acmrules.syntax.yaml.comments"
_LINES = "acmrules.syntax.line_comments"
_READ = "read"


def _contains_all_of_one(data: bytes, needles: tuple[Needles, ...]) -> bool:
    """Return whether bytes contain all words of one set."""
    for words in needles:
        for word in words:
            if type(word) is bytes:
                if word not in data:
                    break
            elif not any(map(data.__contains__, word)):
                break
        else:
            return True
    return False


class Reader(Value):
    """A row of the table of readers; the module is loaded when a file needs it.

    `walked` are the suffixes of the files to read in a directory. If `named` is not empty, the
    reader only reads files with these suffixes. `companions` are the suffixes of files that are
    read only together with others of their directory. `comments` is the module that finds the
    comments of the format, with its function `comments(text)`.

    `needles` are sets of words: a file is read only if it contains all words of one set. A tuple in
    a set is one of several words.
    `everything` are additional sets for DNS resources and consumers without a certificate,
    `importing` those for users of certificates in other files. With `of_suffix`, each file with a
    suffix in `walked` has DNS resources. `extra` is the optional dependency
    to install. `stated` is the function that reads a file if the user limits a run to this reader;
    a reader with a function of its own for this then reads every file. With `has_parameters`,
    files of the format declare parameters or variables, which the function `parameters` of the
    module returns.
    """

    name: str
    module: str
    walked: tuple[str, ...] = ()
    named: tuple[str, ...] = ()
    companions: tuple[str, ...] = ()
    comments: str = _STRUCTURED
    needles: tuple[Needles, ...] = ((),)
    extra: str | None = None
    has_parameters: bool = False
    everything: tuple[Needles, ...] = ()
    importing: tuple[Needles, ...] = ()
    stated: str = _READ
    of_suffix: bool = False

    def may_take(
        self,
        name: str,
        data: bytes,
        scope: ReadScope = ReadScope.CERTIFICATES,
        *,
        importing: bool = False,
        stated: bool = False,
    ) -> bool:
        """Return whether the reader may find something in a file with this name and content."""
        if stated and self.stated != _READ:
            return True
        if self.named and not name.endswith(self.named):
            return False
        needles = self.needles
        if scope is ReadScope.EVERYTHING:
            if self.of_suffix and name.endswith(self.walked):
                return True
            needles += self.everything
        if importing:
            needles += self.importing
        return _contains_all_of_one(data, needles)

    @property
    def suffixes(self) -> tuple[str, ...]:
        """The suffixes of all files that belong to the format."""
        named = (suffix for suffix in self.named if suffix != STANDARD_INPUT)
        return tuple(dict.fromkeys((*self.walked, *named, *self.companions)))

    @property
    def is_structured(self) -> bool:
        """Whether the format is YAML or JSON, so that data can carry annotations."""
        return self.comments == _STRUCTURED

    def comments_in(self, source: Source) -> set[int]:
        """Return the offsets at which comments may begin."""
        from acmrules.syntax.structured import is_json

        if self.is_structured and is_json(source):
            return set()  # JSON has no comments, and may be checked without PyYAML.
        found: set[int] = __import__(self.comments, fromlist=["comments"]).comments(source.text)
        return found


_TERRAFORM = (".tf", ".tf.json")
_X509 = (".pem", ".crt", ".cer", ".der", ".csr")

_CERTIFICATES = b"AWS::CertificateManager::"
_IMPORTS = (b"ImportValue", b"Custom::CrossRegionExportReader")
"""The words of templates with a value of another stack."""
_IN_STATES = (b"aws_acm_certificate", b":acm:", b"alb.ingress.kubernetes.io/")
"""The words of plans and states of Terraform."""

READERS = (
    Reader(
        "cloudformation",
        "acmrules.readers.cloudformation.reader",
        walked=(".yaml", ".yml", ".json", ".template"),
        needles=(
            (b"Resources", (_CERTIFICATES, b":acm:")),
            (b"Resources", b"AWS::CloudFront::Distribution", (b"Aliases", b"OriginProtocolPolicy")),
        ),
        extra="cloudformation",
        has_parameters=True,
        everything=((b"Resources", b"AWS::Route53::"), (b"Resources", b"AWS::", b"Certificate")),
        importing=((b"Resources", _IMPORTS, b"Certificate"),),
    ),
    Reader(
        "api",
        "acmrules.readers.api",
        walked=(".json", ".jsonl", ".yaml", ".yml"),
        # Each alone, because any other member may be missing or misspelled.
        needles=(
            (b"DomainName",),
            (b"SubjectAlternativeNames",),
            (b"ValidationMethod",),
            (b"CertificateAuthorityArn",),
        ),
        extra="cloudformation",
        stated="read_stated",
    ),
    Reader(
        "account",
        "acmrules.readers.account.reader",
        walked=(".json", ".jsonl", ".yaml", ".yml"),
        needles=(
            (b":acm:", b"CertificateArn", (b"Status", b"CertificateMetadata")),
            (b"inventory", b"responses", b"acmrules"),
        ),
        extra="cloudformation",
        everything=(
            (b"/hostedzone/", b"HostedZone"),
            *((b"ResourceRecordSets",), (b"DomainValidationSummaryList",), (b"QuotaCode",)),
            *((b"UserId", b"Account", b"Arn"), (b"detail-type", (b"aws.acm", b"aws.health"))),
            *((b"eventTypeCode",), (b"entityValue",)),
        ),
    ),
    Reader(
        "terraform",
        "acmrules.readers.terraform.reader",
        walked=_TERRAFORM,
        named=(*_TERRAFORM, STANDARD_INPUT),
        companions=(".tfvars", ".tfvars.json"),
        comments="acmrules.syntax.hcl.comments",
        needles=(
            *((b"aws_acm_certificate",), (b":acm:",), (b"alb.ingress.kubernetes.io/",)),
            # The publishers of modules whose arguments are known.
            *((b"module", b"terraform-aws-modules/"), (b"module", b"cloudposse/")),
            (b"module", b"azavea/terraform-aws-acm-certificate"),
            (b"cloudfront_default_certificate",),
            (b"origin_protocol_policy", b".dns_name"),
            (b"origin_protocol_policy", b".elb."),
        ),
        has_parameters=True,
        everything=((b"aws_route53_",), (b"certificate",)),
    ),
    Reader(
        "change-set",
        "acmrules.readers.cloudformation.change_sets",
        walked=(".json",),
        needles=((b"ResourceChange", b"AWS::CertificateManager::Certificate"),),
    ),
    Reader(
        "terraform-plan",
        "acmrules.readers.terraform.plan.reader",
        walked=(".json",),
        needles=(
            (b"format_version", (*_IN_STATES, b"aws_cloudfront_distribution")),
            (b"lineage", _IN_STATES),
        ),
        everything=((b"format_version", b"aws_"), (b"lineage", b"aws_")),
    ),
    Reader(
        "kubernetes",
        "acmrules.readers.kubernetes.reader",
        walked=(".yaml", ".yml", ".json"),
        needles=(
            (b"acm.services.k8s.aws", b"Certificate"),
            (b"alb.ingress.kubernetes.io/",),
            (b"service.beta.kubernetes.io/aws-load-balancer-ssl-cert",),
            (b"gateway.k8s.aws",),
            (b":acm:", (b"services.k8s.aws", b"elbv2.k8s.aws", b"eks.amazonaws.com")),
        ),
        extra="kubernetes",
    ),
    Reader(
        "serverless",
        "acmrules.readers.serverless.reader",
        walked=(".yaml", ".yml", ".json"),
        needles=(
            (
                b"provider",
                b"service",
                (b"customDomain", b"customCertificate", _CERTIFICATES, b":acm:", b"certificateArn"),
            ),
        ),
        extra="cloudformation",
        has_parameters=True,
        everything=((b"provider:", b"AWS::Route53::"), (b"provider:", b"AWS::", b"Certificate")),
    ),
    Reader(
        "pulumi",
        "acmrules.readers.bridged.pulumi",
        walked=(".yaml", ".yml", ".json"),
        needles=((b"resources", b"aws:", (b"aws:acm", b"ertificateArn", b":acm:")),),
        extra="cloudformation",
        has_parameters=True,
        everything=((b"resources", b"aws:route53"), (b"resources", b"aws:", b"ertificate")),
    ),
    Reader(
        "crossplane",
        "acmrules.readers.bridged.crossplane",
        walked=(".yaml", ".yml", ".json"),
        needles=((b".aws.", (b"upbound.io", b"crossplane.io"), b"ertificate"),),
        extra="kubernetes",
        everything=((b".aws.", b"upbound.io"),),
    ),
    Reader(
        "certificates",
        "acmrules.readers.x509",
        walked=_X509,
        named=(*_X509, STANDARD_INPUT),
        comments=_LINES,
        extra="csr",
    ),
    # A check of certificates alone does not need what DNS contains.
    Reader(
        "dns",
        "acmrules.readers.account.dns_texts",
        walked=(".zone", ".dig"),
        comments=_LINES,
        needles=(),
        extra="dns",
        of_suffix=True,
        everything=(
            *((b"SOA",), (b"$ORIGIN",), (b"$TTL",), (b"<<>> DiG",), (b"->>HEADER<<-",)),
            *((b" SECTION:",), (b" dig ",), (b"CNAME",)),
        ),
    ),
    # Without `walked`, because most `.txt` files in a directory contain something else.
    Reader(
        "names",
        "acmrules.readers.name_lists",
        named=(".txt", ".names", STANDARD_INPUT),
        comments=_LINES,
    ),
)

_FIRST = ("crossplane", "cloudformation", "account")
"""That of Crossplane reads other manifests too, that of accounts reports requests in responses."""

_IN_ORDER = (
    *(reader for name in _FIRST for reader in READERS if reader.name == name),
    *(reader for reader in READERS if reader.name not in _FIRST),
)
"""The order in which readers are tried."""

_VARIABLES = (b"{self:", b"{opt:", b"{env:", b"{file(", b"{param:", b"{ssm:", b"{cf:", b"{sls:")
"""The beginnings of variables of the Serverless Framework, which templates may contain."""

_TEMPLATE_WITH_VARIABLES = "acmrules.readers.serverless.reader", "read_template"

WALKED_SUFFIXES = tuple(dict.fromkeys(suffix for reader in READERS for suffix in reader.walked))
"""The suffixes of the files that are checked in a directory."""

NAMED_SUFFIXES = tuple(dict.fromkeys(suffix for reader in READERS for suffix in reader.named))
"""The suffixes by which a reader recognizes files that are named one by one."""

_NEEDLES_OF_ALL = tuple(words for reader in READERS if not reader.named for words in reader.needles)
"""The words of the readers of any name."""

MODULE_SUFFIXES = tuple(
    suffix
    for reader in READERS
    if reader.companions
    for suffix in (*reader.walked, *reader.companions)
)
"""The suffixes of files that are checked together with their directory, as one module."""


def reader_of(name: str, tool: Tool | None = None) -> Reader:
    """Return the first reader of a file by its longest suffix, or else by the tool of its content.

    Readers that share a suffix have the same syntax of comments.
    """
    matches = {
        suffix: reader
        for reader in reversed(READERS)
        for suffix in reader.suffixes
        if name.endswith(suffix)
    }
    if matches:
        return matches[max(matches, key=len)]
    return next((reader for reader in READERS if tool and reader.name == tool.value), READERS[0])


def may_contain_certificates(
    name: str,
    data: bytes,
    kinds: Container[str] | None = None,
    scope: ReadScope = ReadScope.CERTIFICATES,
) -> bool:
    """Return whether the bytes of a file may contain something to check, without decoding them.

    `kinds` limits the search to the readers with these names. With `Scope.EVERYTHING`, files
    with DNS resources or consumers count even if they contain no certificate.
    """
    if b"\0" in data[:_CHECKED_FOR_NULS]:
        # UTF-16 contains the same words with gaps. Decoding it reports that it is not UTF-8.
        data = data.replace(b"\0", b"")
    if kinds is None and scope is ReadScope.CERTIFICATES and not name.endswith(NAMED_SUFFIXES):
        return _contains_all_of_one(data, _NEEDLES_OF_ALL)
    return any(
        reader.may_take(name, data, scope, stated=kinds is not None)
        for reader in READERS
        if kinds is None or reader.name in kinds
    )


def may_contain_imports(name: str, data: bytes, kinds: Container[str] | None = None) -> bool:
    """Return whether the bytes of a file may contain a user of another file's certificate."""
    return any(word in data for word in _IMPORTS) and any(
        reader.may_take(name, data, importing=True)
        for reader in READERS
        if reader.importing and (kinds is None or reader.name in kinds)
    )


def repetitions(
    source: Source, declarations: tuple[Declaration, ...], parameters: Parameters
) -> tuple[tuple[Declaration, ...], tuple[NotChecked, ...]]:
    """Return the declarations that others of the same address hide, and what is not checked.

    The latter are both of such declarations, and what only the tool of the file puts together.
    `declarations` are those that `read` returns. Raises `InputError`.
    """
    hidden, notes = _repeated(source, declarations, parameters)
    return hidden, (*notes, *_elsewhere(source, parameters))


def _repeated(
    source: Source, declarations: tuple[Declaration, ...], parameters: Parameters
) -> tuple[tuple[Declaration, ...], tuple[NotChecked, ...]]:
    tool = declarations[0].tool.value if declarations else None
    text = source.text
    if tool is None or tool == "cloudformation":
        certificates = sum(each.request is not None for each in declarations)
        if "Resources" in text and text.count(_CERTIFICATE_TYPE) > certificates:
            from acmrules.readers.cloudformation.repeated import hidden

            found, notes = hidden(source, parameters)
            return tuple(found), tuple(notes)
    elif tool == "account":
        accounts = (each.variants[0].account for each in declarations)
        return (), tuple(note for account in accounts if account for note in account.not_checked)
    elif tool == "kubernetes" and len({each.address for each in declarations}) < len(declarations):
        from acmrules.readers.kubernetes.repeated import repeated

        return (), tuple(repeated(source, parameters))
    return (), ()


def _elsewhere(source: Source, parameters: Parameters) -> Iterator[NotChecked]:
    """Yield what a file composes of parts that only its tool puts together."""
    text = source.text
    if "provider" in text and any(map(text.__contains__, _OF_SERVICES)):
        from acmrules.readers.serverless import reader as serverless

        yield from serverless.not_checked(source)
    elif "crossplane.io" in text and "aws" in text and _may_be_unread(text):
        from acmrules.readers.bridged import crossplane

        yield from crossplane.not_checked(source, parameters)


_OF_SERVICES = ("customDomain", "customCertificate", "${file(")
"""A configuration of the Serverless Framework with parts elsewhere has one of these words."""


def _may_be_unread(text: str) -> bool:
    """Return whether manifests of Crossplane may contain objects that are not read."""
    return "Composition" in text or ".aws.crossplane.io" in text


def closed_ranges(source: Source, tool: Tool | None = None) -> list[tuple[int, int]] | None:
    """Return the ranges inside which no comment can begin, `None` if the format has no comments.

    `tool` identifies the format of standard input.
    """
    from acmrules.syntax.structured import is_json

    reader = reader_of(source.name, tool)
    if source.name.endswith(".tf.json") or (reader.is_structured and is_json(source)):
        return None
    home = __import__(reader.comments, fromlist=["closed_ranges"])
    found: list[tuple[int, int]] = home.closed_ranges(source.text)
    return found


def may_contain_nested_stacks(data: bytes, kinds: Container[str] | None = None) -> bool:
    """Return whether the bytes of a file may contain a nested stack of CloudFormation."""
    return (
        b"AWS::CloudFormation::Stack" in data
        and b"TemplateURL" in data
        and (kinds is None or "cloudformation" in kinds)
    )


def remote_calls(source: Source) -> tuple[NotChecked, ...]:
    """Return the calls of remote modules about certificates in a source of Terraform."""
    tree = configuration(lambda folder: [] if folder else [source])
    return tuple(tree.not_checked([""]))


def is_certificate_file(name: str) -> bool:
    """Return whether a name is that of a file with certificates, signing requests or keys."""
    return name.endswith(_X509)


def as_text(name: str, data: bytes) -> bytes:
    """Return the bytes of a file with DER converted to PEM, and anything else unchanged."""
    if not name.endswith((*_X509, STANDARD_INPUT)):
        return data
    from acmrules.syntax.pem import armoured

    return armoured(data)


def longest(head: bytes) -> int:
    """Return the maximum length of a file that begins with some bytes.

    A response of AWS or an inventory contains a whole account, and its first members say so.
    """
    is_response = any(map(head[:_HEAD].__contains__, _OF_RESPONSES))
    return LONGEST_INVENTORY if is_response else LONGEST_TEXT


def read(
    source: Source,
    parameters: Parameters | None = None,
    kinds: Container[str] | None = None,
    *,
    importing: bool = False,
) -> tuple[Declaration, ...]:
    """Return the certificates and consumers in a source, each as a declaration.

    `kinds` limits the search to the readers with these names. With `importing`, resources that
    use a certificate of another file are read too.

    Return nothing for a source in an unknown format. Raise `InputError` for an invalid source in a
    known format.
    """
    most = longest(source.text[:_HEAD].encode(errors="replace"))
    if len(source.text) > most:
        raise InputError(source.name, f"is longer than {most:,} characters")
    if source.text.startswith(_BYTE_ORDER_MARK):
        source = Source(source.name, source.text[1:])
    data = source.text.encode(errors="replace")
    parameters = parameters or Parameters({})
    scope = parameters.scope
    if importing:
        parameters = parameters.__replace__(importing=True)
    for reader in _IN_ORDER:
        if kinds is not None and reader.name not in kinds:
            continue
        stated = kinds is not None
        if reader.may_take(source.name, data, scope, importing=importing, stated=stated):
            home, function = reader.module, reader.stated if stated else _READ
            if reader.name == "cloudformation" and _may_have_variables(data):
                home, function = _TEMPLATE_WITH_VARIABLES
            # Not `importlib`, which does the same and takes half a millisecond to load.
            module = __import__(home, fromlist=[function])
            declarations: tuple[Declaration, ...] | None
            declarations = getattr(module, function)(source, parameters)
            if declarations is not None:
                return declarations
    return ()


def _may_have_variables(data: bytes) -> bool:
    """Return whether a template may have variables of the Serverless Framework.

    The first word is in few templates, and the search for all others takes as long for each.
    """
    return b"${" in data and any(map(data.__contains__, _VARIABLES))


def may_have_parameters(name: str, data: bytes) -> bool:
    """Return whether the bytes of a file may declare parameters or variables."""
    return any(
        reader.has_parameters and reader.may_take(name, data, ReadScope.EVERYTHING)
        for reader in READERS
    )


def parameters(source: Source) -> tuple[str, ...]:
    """Return the names of the parameters or variables that a file declares, in any format.

    Raises `InputError`.
    """
    found: dict[str, None] = {}
    for reader in READERS:
        if reader.has_parameters and (not reader.named or source.name.endswith(reader.named)):
            module = __import__(reader.module, fromlist=["parameters"])
            found |= dict.fromkeys(module.parameters(source))
    return tuple(found)


def configuration(
    load: Load,
    parameters: Parameters | None = None,
    read_file: ReadFile | None = None,
    *,
    follows_downloads: bool = True,
) -> ModuleTree:
    """Return the Terraform modules whose files `load` returns for each directory.

    `read_file` returns the text of another file: one that an expression reads, or the list of the
    modules that Terraform has downloaded, unless these are not followed.
    """
    from acmrules.readers.terraform.reader import ModuleTree

    own = parameters or Parameters({})
    return ModuleTree(load, own, read_file, follows_downloads=follows_downloads)


def dependencies() -> Dependencies:
    """Return what decides which changes of Terraform modules concern certificates."""
    from acmrules.readers.terraform.dependencies import Dependencies

    return Dependencies()
