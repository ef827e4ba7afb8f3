"""ACM413: CAA records that do not allow Amazon."""

from __future__ import annotations

from datetime import date

from acmrules.facts import acm, cabf
from acmrules.lint.rule import Decided, Problem, Related, Severity, Undecided, fails, passes, rule
from acmrules.lint.rules.validation_zones import is_outside
from acmrules.lint.rules.wording import choices
from acmrules.names import DomainName, Name, WildcardDomainName
from acmrules.resources import CaaRecordSet
from acmrules.unresolved import Unresolved

TYPE_CHECKING = False
if TYPE_CHECKING:
    from acmrules.caa import CaaVerdict
    from acmrules.lint.rule import Context, Yielded
    from acmrules.request import CertificateRequest, Path, ValidationMethod

_HARBOR = DomainName("brightharbor.io")


def _limited(label: str) -> CaaRecordSet:
    """Return records that allow Amazon with one validation method."""
    return CaaRecordSet(_HARBOR, (f'0 issue "amazon.com; validationmethods={label}"',), "Caa")


@rule(
    "ACM413",
    Severity.ERROR,
    facts=(
        acm.CAA_IDENTIFIERS,
        acm.CAA_CHECKED,
        acm.CAA_WILDCARD_TAGS,
        cabf.CAA_CHECKED,
        cabf.CAA_SEARCH,
        cabf.CAA_PARAMETERS,
        cabf.CAA_METHOD_LABELS,
        cabf.CAA_ACCOUNT_FORM,
    ),
    reads={"names", "validation_method"},
    needs={"caa"},
    public_only=True,
    examples=lambda: (
        passes("brightharbor.io", caa=(CaaRecordSet(_HARBOR, ('0 issue "amazon.com"',), "Caa"),)),
        fails(
            "brightharbor.io",
            caa=(CaaRecordSet(_HARBOR, ('0 issue "letsencrypt.org"',), "Caa"),),
            at=("names", 0),
        ),
        passes("brightharbor.io", validation_method="DNS", caa=(_limited("ca-tbr-7"),)),
        fails(
            "brightharbor.io",
            validation_method="DNS",
            caa=(_limited("ca-tbr-4"),),
            as_of=date(2027, 3, 15),
            at=("names", 0),
        ),
    ),
    help="add a CAA record that allows `amazon.com`",
)
def caa_forbids_amazon(request: CertificateRequest, context: Context) -> Yielded:
    """The CAA records in the same files do not allow Amazon.

    The request fails with `CAA_ERROR` after its validation, and you have to send it again. Add an
    `issue` record for `amazon.com`. For a wildcard with `issuewild` records, add an `issuewild`
    record. If the records are those of a parent domain, this is a warning, because the name may
    have its own records elsewhere.

    The parameter `validationmethods` limits the methods: DNS validation is `ca-tbr-7`, email
    validation `ca-tbr-4`, HTTP validation `ca-tbr-18`. CAs should honor it since 2026-06-12, and
    must from 2027-03-15. Until then, this is a warning. It is unknown which `accounturi` Amazon
    accepts.
    """
    yield Decided(("validation_method",))
    methods = _methods(request, context)
    for index, name in enumerate(request.names):
        path = ("names", index)
        if isinstance(name, DomainName | WildcardDomainName):
            yield from _caa_problems(path, name, context, methods)
        elif isinstance(name, Unresolved) and is_outside(name, context.caa):
            yield Decided(path)


def _methods(request: CertificateRequest, context: Context) -> tuple[ValidationMethod, ...]:
    """Return the possible validation methods, or nothing if each method is possible."""
    from acmrules.workload import stated_method

    method = stated_method(request, context.tool)
    return (method,) if method else ()


def _caa_problems(
    path: Path, name: Name, context: Context, methods: tuple[ValidationMethod, ...]
) -> Yielded:
    from acmrules.caa import CaaReason, check_caa

    found = check_caa(name, context.caa, context.caa_indexes, context.as_of, methods)
    verdict = found.verdict
    if found.unsure:
        yield Undecided(path, found.unsure)
    elif verdict is not None and (not verdict.allowed or verdict.unmet):
        owner = verdict.found_at
        is_certain = not verdict.allowed and owner == str(name).removeprefix("*.")
        yield Problem(
            path,
            f"Amazon may not issue for `{name}`: {verdict.reason.value}"
            if not verdict.allowed
            else f"Amazon should not issue for `{name}`: {CaaReason.METHOD_EXCLUDED.value}"
            f" (from {cabf.CAA_PARAMETERS.history.eras[-1].start}, it must not)",
            severity=None if is_certain else Severity.WARNING,
            related=tuple(
                Related(("caa", place), f"the CAA records of `{owner}`")
                for place in found.locations
            ),
            help=_remedy(verdict, methods),
        )
    elif verdict is not None and verdict.unclear:
        yield Undecided(path, f"{verdict.remarks[-1]} (CAA records of `{verdict.found_at}`)")


def _remedy(verdict: CaaVerdict, methods: tuple[ValidationMethod, ...]) -> str:
    from acmrules.caa import CaaReason

    owner = verdict.found_at
    if verdict.reason is CaaReason.UNKNOWN_CRITICAL_TAG:
        return f"remove the critical CAA record of `{owner}` that has an unknown tag"
    if not verdict.unmet:
        return f"add a CAA record for `amazon.com` at `{owner}`"
    used = [label for method, label in cabf.CAA_METHOD_LABELS.value if _is_in(method, methods)]
    return f"add {choices(used)} to `validationmethods` in the CAA record of `{owner}`"


def _is_in(method: str, methods: tuple[ValidationMethod, ...]) -> bool:
    return not methods or method in {each.value for each in methods}


RULES = (caa_forbids_amazon,)
