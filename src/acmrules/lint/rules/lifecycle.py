"""ACM7xx: transparency, export, import, private CAs."""

from __future__ import annotations

from datetime import date

from acmrules.dated import Era, Timeline
from acmrules.errors import shown
from acmrules.facts import acm, sources, tools
from acmrules.lint.rule import ALL_NAMES, Problem, Severity, Undecided, fails, passes, rule
from acmrules.names import WildcardDomainName
from acmrules.request import KeyAlgorithm, Tool

TYPE_CHECKING = False
if TYPE_CHECKING:
    from acmrules.lint.rule import Context, Yielded
    from acmrules.request import CertificateRequest

_CA = "arn:aws:acm-pca:eu-west-1:111122223333:certificate-authority/2f1c"


@rule(
    "ACM701",
    Timeline(Era(date(2026, 6, 1), Severity.WARNING, sources.UG_HISTORY)),
    facts=(acm.TRANSPARENCY_OPT_OUT,),
    reads={"transparency_logging"},
    needs={"transparency_logging"},
    public_only=True,
    examples=(
        passes("brightharbor.io", transparency_logging="ENABLED"),
        passes("brightharbor.io", transparency_logging="DISABLED", as_of=date(2026, 1, 1)),
        fails("brightharbor.io", transparency_logging="DISABLED", at=("transparency_logging",)),
    ),
)
def ct_opt_out_without_effect(request: CertificateRequest, context: Context) -> Yielded:
    """The request opts out of transparency logs, which has no effect any more.

    Every public certificate is logged, so its names become public. Take the option out, and keep
    words that must stay private out of the names.
    """
    del context
    if request.transparency_logging == "DISABLED":
        yield Problem(
            ("transparency_logging",),
            "certificate transparency logging is `DISABLED`; ACM ignores it, names become public",
        )


@rule(
    "ACM702",
    Timeline(Era(date(2025, 6, 17), Severity.NOTE, sources.UG_HISTORY)),
    facts=(
        acm.EXPORT_VALUES,
        acm.EXPORTABLE,
        acm.EXPORT_PRICE_PER_NAME,
        acm.EXPORT_PRICE_PER_WILDCARD,
        tools.EXPORT_UPDATES,
    ),
    reads={"export", "names"},
    needs={"export"},
    public_only=True,
    examples=(
        passes("brightharbor.io", export="DISABLED"),
        fails("brightharbor.io", export="ENABLED", at=("export",)),
    ),
)
def export_enabled(request: CertificateRequest, context: Context) -> Yielded:
    """The certificate is asked for as exportable, which costs money for each name.

    The price falls due at issue and again at every renewal, and whether the option can be taken
    back later is not certain: sources differ. Leave it out unless the key is to be used outside
    AWS.
    """
    yield ALL_NAMES
    if request.export != "ENABLED":
        return
    plain = acm.EXPORT_PRICE_PER_NAME.era(context.as_of).value
    wildcard = acm.EXPORT_PRICE_PER_WILDCARD.era(context.as_of).value
    known = {name for _, name in request.known_names()}
    wildcards = sum(isinstance(name, WildcardDomainName) for name in known)
    price = ""
    if len(known) == len(set(request.names)):
        dollars = plain * (len(known) - wildcards) + wildcard * wildcards
        names = "1 name" if len(known) == 1 else f"{len(known)} names"
        price = f": ${dollars} for its {names}, by secondary sources"
    yield Problem(("export",), f"export is `ENABLED`, which ACM charges for by name{price}")


@rule(
    "ACM703",
    Severity.NOTE,
    facts=(tools.TERRAFORM_METHOD_OR_AUTHORITY,),
    reads={"names", "import_fields"},
    needs={"import_fields"},
    examples=(
        passes("brightharbor.io"),
        fails(
            "brightharbor.io",
            import_fields=("private_key",),
            tool=Tool.TERRAFORM,
            at=("import_fields", 0),
        ),
    ),
)
def request_and_import_mixed(request: CertificateRequest, context: Context) -> Yielded:
    """A certificate is requested and imported at once.

    Either ACM issues it for the names, or it is imported with its key; Terraform refuses both.
    """
    yield ALL_NAMES
    if request.names and request.import_fields:
        yield Problem(
            ("import_fields", 0),
            f"{shown(request.import_fields[0])} imports a certificate, the names ask for one",
            severity=Severity.ERROR if context.tool is Tool.TERRAFORM else None,
        )


@rule(
    "ACM704",
    Severity.ERROR,
    facts=(
        acm.AUTHORITY_ARN_SERVICE,
        acm.PRIVATE_KEY_FAMILY_MATCHES,
        tools.TERRAFORM_METHOD_OR_AUTHORITY,
    ),
    reads={
        "certificate_authority_arn",
        "validation_method",
        "validation_options",
        "export",
        "key_algorithm",
    },
    needs={"certificate_authority_arn"},
    examples=(
        passes("brightharbor.io", certificate_authority_arn=_CA),
        fails(
            "brightharbor.io",
            certificate_authority_arn=_CA,
            validation_method="DNS",
            at=("validation_method",),
        ),
    ),
)
def private_ca_conflicts(request: CertificateRequest, context: Context) -> Yielded:
    """A request to a private CA carries settings of the public one.

    A private CA validates no names and its certificates need no export option. The key must be of
    the CA's own family, RSA or ECDSA.
    """
    del context
    for field in ("validation_method", "validation_options", "export"):
        value = getattr(request, field)
        if value is not None and value != ():
            yield Problem((field,), f"a private CA takes no {field.replace('_', ' ')}")
    if isinstance(request.key_algorithm, KeyAlgorithm):
        family = "RSA" if request.key_algorithm.name.startswith("RSA") else "ECDSA"
        yield Undecided(
            ("key_algorithm",), f"whether the key of the private CA is {family} is not known"
        )


RULES = (
    ct_opt_out_without_effect,
    export_enabled,
    request_and_import_mixed,
    private_ca_conflicts,
)
