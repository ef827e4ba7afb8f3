"""ACM417 to ACM420: validation records, and the resources that wait for them.

The checks are in `acmrules.lint.validation_findings`, because few modules need them.
"""

from __future__ import annotations

from acmrules.facts import acm, tools
from acmrules.lint.rule import Severity, fails, passes, rule
from acmrules.request import Tool

TYPE_CHECKING = False
if TYPE_CHECKING:
    from acmrules.dns_validation import DnsValidation
    from acmrules.lint.rule import Context, Yielded
    from acmrules.request import CertificateRequest

_NEEDS = {"dns_validation"}
_PATH = ("dns_validation",)


def _record(**fields: object) -> DnsValidation:
    """Return a validation with one record, for the examples."""
    from acmrules.dns_validation import DnsValidation, RecordResource

    return DnsValidation((RecordResource("aws_route53_record.validation", **fields),))  # type: ignore[arg-type]


def _parts(member: str) -> dict[str, object]:
    """Return what a record takes from an option, for the examples."""
    from acmrules.dns_validation import OptionPart
    from acmrules.names import DomainName

    name = DomainName("brightharbor.io")
    return {
        "name_part": OptionPart("c[0]", member, name),
        "value_part": OptionPart("c[0]", "resource_record_value", name),
    }


@rule(
    "ACM417",
    Severity.ERROR,
    facts=(acm.DNS_RECORD_TYPE, acm.VALIDATION_HOURS),
    reads=set(),
    needs=_NEEDS,
    public_only=True,
    tools={Tool.TERRAFORM},
    examples=lambda: (
        passes("brightharbor.io", dns_validation=_record(), tool=Tool.TERRAFORM),
        fails(
            "brightharbor.io",
            "lighthouse.io",
            dns_validation=_record().__replace__(fewer=1, needed=2, selected=True),
            tool=Tool.TERRAFORM,
            at=(*_PATH, "records", 0),
        ),
    ),
    help="create a record for each validation option, with the names as the keys of `for_each`",
)
def name_without_validation_record(request: CertificateRequest, context: Context) -> Yielded:
    """The configuration creates validation records for only some of the names.

    ACM issues a certificate only after it has found the records of all names. After 72 hours, the
    request times out. A resource that selects one option, such as `[0]`, creates one record. If the
    names are selected deliberately, the finding is a warning, because other records may exist.
    """
    from acmrules.lint.validation_findings import missing_records

    yield from missing_records(request, context)


@rule(
    "ACM418",
    Severity.ERROR,
    facts=(
        tools.TERRAFORM_VALIDATION_LOOKS_UP,
        tools.TERRAFORM_WAIT_MINUTES,
        tools.TERRAFORM_SHORT_WAIT_MINUTES,
    ),
    reads=set(),
    needs=_NEEDS,
    public_only=True,
    tools={Tool.TERRAFORM},
    examples=lambda: (
        passes("brightharbor.io", dns_validation=_wait("60m"), tool=Tool.TERRAFORM),
        fails(
            "brightharbor.io",
            dns_validation=_wait("5 minutes"),
            tool=Tool.TERRAFORM,
            at=(*_PATH, "waits", 0, "timeout"),
        ),
        fails(
            "brightharbor.io",
            dns_validation=_wait("5m"),
            tool=Tool.TERRAFORM,
            at=(*_PATH, "waits", 0, "timeout"),
        ),
    ),
    help="list the records of all names, and remove the timeout",
    yields_to={"ACM417"},
)
def failing_validation_wait(request: CertificateRequest, context: Context) -> Yielded:
    """A resource that waits for the validation fails.

    If `validation_record_fqdns` is set, it must list the record of each name, and the certificate
    must use DNS validation.

    By default, the resource waits 75 minutes for the certificate. A shorter timeout may end before
    ACM has found the records, so a timeout under 45 minutes is a note.
    """
    from acmrules.lint.validation_findings import failing_waits

    yield from failing_waits(request, context)


def _wait(timeout: str) -> DnsValidation:
    """Return a validation with a wait, for the examples."""
    from acmrules.dns_validation import DnsValidation, RecordWait

    wait = RecordWait("aws_acm_certificate_validation.this", timeout=timeout)
    return DnsValidation(waits=(wait,))


@rule(
    "ACM419",
    Severity.ERROR,
    facts=(tools.TERRAFORM_KEYS, tools.TERRAFORM_OPTIONS_ARE_SET),
    reads=set(),
    needs=_NEEDS,
    public_only=True,
    tools={Tool.TERRAFORM},
    examples=lambda: (
        passes("brightharbor.io", dns_validation=_record(), tool=Tool.TERRAFORM),
        fails(
            "brightharbor.io",
            dns_validation=_repetition(),
            tool=Tool.TERRAFORM,
            at=(*_PATH, "repetitions", 0),
        ),
    ),
    help="use the `domain_name` of the validation options as the keys of `for_each`",
)
def unplannable_validation_records(request: CertificateRequest, context: Context) -> Yielded:
    """Terraform cannot plan the validation records.

    The keys of `for_each` must be known in the plan. The names of the records are not: ACM chooses
    them during the apply. The names of the certificate are known unless a resource computes them.

    Since version 3.0 of the AWS provider, the validation options are a set of objects. `for_each`
    does not accept it, and its items have no index.
    """
    from acmrules.lint.validation_findings import unplannable_records

    yield from unplannable_records(request, context)


def _repetition() -> DnsValidation:
    """Return a validation with a repetition over objects, for the examples."""
    from acmrules.dns_validation import OBJECTS, DnsValidation, RepetitionFault

    fault = RepetitionFault("aws_route53_record.validation", "", OBJECTS)
    return DnsValidation(repetitions=(fault,))


@rule(
    "ACM420",
    Severity.ERROR,
    facts=(
        acm.RECORD_NAME_FORM,
        acm.RECORD_VALUE_SUFFIX,
        acm.DNS_RECORD_TYPE,
        tools.PROXIED_RECORDS_ARE_HIDDEN,
        tools.ACK_RECORD_NAME,
    ),
    reads=set(),
    needs=_NEEDS,
    public_only=True,
    examples=lambda: (
        passes(
            "brightharbor.io",
            dns_validation=_record(**_parts("resource_record_name")),
            tool=Tool.TERRAFORM,
        ),
        fails(
            "brightharbor.io",
            dns_validation=_record(service="Cloudflare", proxied=True),
            tool=Tool.TERRAFORM,
            at=(*_PATH, "records", 0, "proxied"),
        ),
        fails(
            "brightharbor.io",
            dns_validation=_record(
                name="www.brightharbor.io", value="_x1.acm-validations.aws.", type="CNAME"
            ),
            tool=Tool.TERRAFORM,
            at=(*_PATH, "records", 0, "name"),
        ),
    ),
    help="create the record that ACM requires: its name, its value, and the type `CNAME`",
)
def wrong_validation_record(request: CertificateRequest, context: Context) -> Yielded:
    """ACM cannot find a validation record.

    The record needs the name, the value and the type of one validation option. ACM chooses the
    name: it begins with an underscore and a token. Cloudflare does not show proxied records, so
    these need `proxied = false`. If the name and the value are literals, the finding is a warning,
    because another record may refer to this one.

    Some services and ACK add the name of the zone to the name of a record. A name that contains the
    zone already is then wrong, unless it ends with a dot.
    """
    from acmrules.lint.validation_findings import wrong_records

    yield from wrong_records(request, context)


RULES = (
    name_without_validation_record,
    failing_validation_wait,
    unplannable_validation_records,
    wrong_validation_record,
)
