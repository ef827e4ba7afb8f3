"""Text in, documents out: the readers, and which of them takes a text."""

from __future__ import annotations

from acmrules.readers.options import Parameters, Scope
from acmrules.syntax.source import InputError, Source
from acmrules.values import Value

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Container

    from acmrules.model.declaration import Declaration
    from acmrules.readers.terraform.reader import Load, ModuleTree

LONGEST_TEXT = 10 * 1024 * 1024
"""Characters of the longest text that is read."""

_LOOK_FOR_NULS = 64
_BYTE_ORDER_MARK = "\ufeff"
_CERTIFICATE_NAMES = (".pem", ".crt", ".cer", ".der", ".csr", "-")


class Reader(Value):
    """A reader as the table below has it; its module is loaded when a text is for it.

    `walked` are the suffixes it takes where a folder is walked, `named` the only ones it takes at
    all, if it is so choosy. `needles` are sets of words: where no set is complete, the text holds
    nothing for it. `everything` are further sets for the DNS resources without certificates,
    `importing` those of what may use the certificate of another file. `extra` is the extra to
    install for the part of it that needs one.
    """

    name: str
    module: str
    walked: tuple[str, ...] = ()
    named: tuple[str, ...] = ()
    needles: tuple[tuple[bytes, ...], ...] = ((),)
    extra: str | None = None
    everything: tuple[tuple[bytes, ...], ...] = ()
    importing: tuple[tuple[bytes, ...], ...] = ()

    def may_take(
        self, name: str, data: bytes, scope: Scope = Scope.CERTIFICATES, *, importing: bool = False
    ) -> bool:
        """Say whether the name and the words of a file let it be one for this reader."""
        is_wide = scope is Scope.EVERYTHING
        needles = self.needles + self.everything * is_wide + self.importing * importing
        return (not self.named or name.endswith(self.named)) and any(
            all(word in data for word in words) for words in needles
        )


READERS = (
    Reader(
        "cloudformation",
        "acmrules.readers.cloudformation.reader",
        walked=(".yaml", ".yml", ".json", ".template"),
        needles=((b"Resources", b"AWS::CertificateManager::Certificate"), (b"Resources", b":acm:")),
        extra="cloudformation",
        everything=((b"Resources", b"AWS::Route53::"), (b"Resources", b"AWS::", b"Certificate")),
        importing=((b"Resources", b"ImportValue", b"Certificate"),),
    ),
    Reader(
        "api",
        "acmrules.readers.api",
        walked=(".json", ".jsonl", ".yaml", ".yml"),
        needles=((b"DomainName",), (b"SubjectAlternativeNames", b"ValidationMethod")),
        extra="cloudformation",
    ),
    Reader(
        "terraform",
        "acmrules.readers.terraform.reader",
        walked=(".tf", ".tf.json"),
        named=(".tf", ".tf.json", "-"),
        needles=((b"aws_acm_certificate",), (b":acm:",)),
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
            (b"format_version", b"aws_acm_certificate"),
            (b"format_version", b":acm:"),
            (b"lineage", b"aws_acm_certificate"),
            (b"lineage", b":acm:"),
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
            (b"services.k8s.aws", b":acm:"),
            (b"elbv2.k8s.aws", b":acm:"),
        ),
        extra="kubernetes",
    ),
    Reader(
        "certificates",
        "acmrules.readers.x509",
        walked=_CERTIFICATE_NAMES[:-1],
        named=_CERTIFICATE_NAMES,
        extra="csr",
    ),
    # Not where a folder is walked: most `.txt` files there are something else.
    Reader("names", "acmrules.readers.name_lists", named=(".txt", ".names", "-")),
)

WALKED_SUFFIXES = tuple(dict.fromkeys(suffix for reader in READERS for suffix in reader.walked))
"""How a file's name ends that is judged where a folder is walked."""

MODULE_SUFFIXES = (".tf", ".tf.json", ".tfvars", ".tfvars.json")
"""How a file's name ends that is judged with the others of its folder, as one module."""


def may_contain_certificates(
    name: str, data: bytes, kinds: Container[str] | None = None, scope: Scope = Scope.CERTIFICATES
) -> bool:
    """Say whether the bytes of a file may hold something to judge; nothing is decoded or parsed.

    With `kinds`, only the readers of these names are used.
    """
    if b"\0" in data[:_LOOK_FOR_NULS]:
        # UTF-16 holds the same words, with gaps; who decodes it will say that it is not UTF-8.
        data = data.replace(b"\0", b"")
    return any(
        reader.may_take(name, data, scope)
        for reader in READERS
        if kinds is None or reader.name in kinds
    )


def may_contain_imports(name: str, data: bytes, kinds: Container[str] | None = None) -> bool:
    """Say whether the bytes of a file may hold what uses the certificate of another one."""
    return b"ImportValue" in data and any(
        reader.may_take(name, data, importing=True)
        for reader in READERS
        if reader.importing and (kinds is None or reader.name in kinds)
    )


def as_text(name: str, data: bytes) -> bytes:
    """Return the bytes of a file as those of a text: DER becomes PEM, all else is left alone."""
    if not name.endswith(_CERTIFICATE_NAMES):
        return data
    from acmrules.syntax.pem import armoured

    return armoured(data)


def read(
    source: Source,
    parameters: Parameters | None = None,
    kinds: Container[str] | None = None,
    *,
    importing: bool = False,
) -> tuple[Declaration, ...]:
    """Return the certificates and consumers that a text holds, each as a document.

    With `kinds`, only readers of these names are asked; `importing`, also for what `may_import`.

    A text that is none of the readers' formats holds none. Raises `InputError` for one that a
    reader takes and cannot read.
    """
    if len(source.text) > LONGEST_TEXT:
        raise InputError(source.name, f"is longer than {LONGEST_TEXT:,} characters")
    if source.text.startswith(_BYTE_ORDER_MARK):
        source = Source(source.name, source.text[1:])
    data = source.text.encode(errors="replace")
    scope = Scope.CERTIFICATES if parameters is None else parameters.scope
    for reader in READERS:
        if kinds is not None and reader.name not in kinds:
            continue
        if reader.may_take(source.name, data, scope, importing=importing):
            # `importlib` does no more, and takes half a millisecond to load.
            module = __import__(reader.module, fromlist=["read"])
            declarations: tuple[Declaration, ...] | None
            declarations = module.read(source, parameters or Parameters({}))
            if declarations is not None:
                return declarations
    return ()


def configuration(load: Load, parameters: Parameters | None = None) -> ModuleTree:
    """Return Terraform's modules as a caller's `load` gives the files of their folders."""
    from acmrules.readers.terraform.reader import ModuleTree

    return ModuleTree(load, parameters or Parameters({}))
