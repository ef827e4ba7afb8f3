"""ACM413: CAA records that do not allow Amazon."""

from __future__ import annotations

from acmrules.facts import acm, cabf
from acmrules.lint.rule import Decided, Problem, Related, Severity, Undecided, fails, passes, rule
from acmrules.lint.rules.validation_zones import is_outside
from acmrules.names import DomainName, Name, WildcardDomainName
from acmrules.resources import CaaRecordSet
from acmrules.unresolved import Unresolved

TYPE_CHECKING = False
if TYPE_CHECKING:
    from acmrules.lint.rule import Context, Yielded
    from acmrules.request import CertificateRequest, Path

_HARBOR = DomainName("brightharbor.io")


@rule(
    "ACM413",
    Severity.ERROR,
    facts=(
        acm.CAA_IDENTIFIERS,
        acm.CAA_CHECKED,
        acm.CAA_WILDCARD_TAGS,
        cabf.CAA_CHECKED,
        cabf.CAA_SEARCH,
    ),
    reads={"names"},
    needs={"caa"},
    public_only=True,
    examples=(
        passes("brightharbor.io", caa=(CaaRecordSet(_HARBOR, ('0 issue "amazon.com"',), "Caa"),)),
        fails(
            "brightharbor.io",
            caa=(CaaRecordSet(_HARBOR, ('0 issue "letsencrypt.org"',), "Caa"),),
            at=("names", 0),
        ),
    ),
    help="add a CAA record that allows `amazon.com`",
)
def caa_forbids_amazon(request: CertificateRequest, context: Context) -> Yielded:
    """The CAA records in the same files do not allow Amazon.

    The request fails with `CAA_ERROR` after its validation, and you have to send it again. Add an
    `issue` record for `amazon.com`. For a wildcard with `issuewild` records, add an `issuewild`
    record.
    """
    for index, name in enumerate(request.names):
        path = ("names", index)
        if isinstance(name, DomainName | WildcardDomainName):
            yield from _caa_problems(path, name, context)
        elif isinstance(name, Unresolved) and is_outside(name, context.caa):
            yield Decided(path)


def _caa_problems(path: Path, name: Name, context: Context) -> Yielded:
    from acmrules.caa import CaaReason, check_caa

    found = check_caa(name, context.caa, context.caa_indexes, context.as_of)
    if found.unsure:
        yield Undecided(path, found.unsure)
    elif found.verdict and not found.verdict.allowed:
        owner = found.verdict.found_at
        is_critical = found.verdict.reason is CaaReason.UNKNOWN_CRITICAL_TAG
        yield Problem(
            path,
            f"Amazon may not issue for `{name}`: {found.verdict.reason.value}",
            severity=None if owner == str(name).removeprefix("*.") else Severity.WARNING,
            related=tuple(
                Related(("caa", place), f"the CAA records of `{owner}`")
                for place in found.locations
            ),
            help=f"remove the critical CAA record of `{owner}` that has an unknown tag"
            if is_critical
            else f"add a CAA record for `amazon.com` at `{owner}`",
        )


RULES = (caa_forbids_amazon,)
