"""Certificates in the responses of ACM."""

from __future__ import annotations

from acmrules.arns import arn_of
from acmrules.diagnosis.responses import certificate
from acmrules.diagnosis.validation_lists import domain_validations
from acmrules.errors import InvalidArgument
from acmrules.facts import acm
from acmrules.messages import counted, quoted, quoted_list
from acmrules.model.account import ListedRegion
from acmrules.readers.account.collected import CORRECT
from acmrules.readers.account.shapes import CERTIFICATES, FOUND_CERTIFICATES, LISTS
from acmrules.syntax.tree import KEY, items, mapping

TYPE_CHECKING = False
if TYPE_CHECKING:
    from acmrules.readers.account.collected import Collected
    from acmrules.readers.account.shapes import Response
    from acmrules.syntax.tree import Data, Pointer


def add_description(response: Response, found: Collected) -> None:
    """Add the certificate of `DescribeCertificate`, or a certificate alone."""
    data, pointer = response.data, response.pointer
    if "Certificate" in data:
        pointer = (*pointer, "Certificate")
    _add(data, pointer, found)


def add_list(response: Response, found: Collected) -> None:
    """Add the certificates of `ListCertificates` or `SearchCertificates`."""
    member = LISTS[response.operation]
    entries = response.data.get(member)
    if type(entries) is not list:
        found.note(
            (*response.pointer, member), f"the value of `{member}`", "is not a list", CORRECT
        )
        return
    for index, entry in enumerate(entries):
        _add(entry, (*response.pointer, member, index), found)
    command = _COMMANDS[response.operation]
    if "NextToken" in response.data:
        found.note(
            (*response.pointer, "NextToken", KEY),
            f"the list of {counted(len(entries), 'certificate')}",
            "is only the first part",
            f"run `{command}` without `--max-items` and `--no-paginate`",
        )
        return
    regions = {_region_of(entry) for entry in entries}
    if response.account and response.region:
        regions = {(response.account, response.region)}
    hidden = _hidden(response, entries)
    found.listed += [
        ListedRegion(account, region, response.at, hidden)
        for account, region in sorted(regions)
        if region
    ]


def add_validations(response: Response, found: Collected) -> None:
    """Add the validations of `ListCertificateDomainValidations`.

    The response does not contain the ARN: without that of the call, its names identify the
    certificate when files are joined.
    """
    arn = mapping(response.request).get("CertificateArn")
    try:
        detail = domain_validations(response.data, arn if isinstance(arn, str) else "")
    except InvalidArgument as error:
        found.note_invalid(response.pointer, "the list of validations", error)
        return
    if detail.arn:
        found.add(detail, response.pointer)
    elif detail.names:
        found.partial.append((detail, response.pointer))


_COMMANDS = {
    CERTIFICATES: "aws acm list-certificates",
    FOUND_CERTIFICATES: "aws acm search-certificates",
}


def _add(data: Data, pointer: Pointer, found: Collected) -> None:
    try:
        detail = certificate(data)
    except InvalidArgument as error:
        arn = mapping(data).get("CertificateArn")
        id_ = arn.rpartition("/")[2] if isinstance(arn, str) else ""
        what = f"the certificate {quoted(id_)}" if id_ else "a certificate"
        found.note_invalid(pointer, what, error)
    else:
        inner = mapping(data.get("Certificate")) or data
        found.add(detail, pointer, _places_of_names(inner, pointer))


def _places_of_names(data: Data, pointer: Pointer) -> dict[str, Pointer]:
    """Return the pointers to the names in a description or in an entry of a list."""
    found = [
        (name, (*pointer, member, index))
        for member in ("SubjectAlternativeNames", "SubjectAlternativeNameSummaries")
        for index, name in enumerate(items(data.get(member)))
    ]
    found.append((data.get("DomainName"), (*pointer, "DomainName")))
    places: dict[str, Pointer] = {}
    for name, place in found:
        if isinstance(name, str):
            places.setdefault(name.lower(), place)
    return places


def _region_of(entry: Data) -> tuple[str, str]:
    """Return the account and the Region in the ARN of an entry."""
    parts = arn_of(str(mapping(entry).get("CertificateArn")))
    return parts.account, parts.region


def _hidden(response: Response, entries: list[Data]) -> tuple[str, ...]:
    """Return the kinds of certificates that a list may leave out (facts 2.15 and 2.15b).

    A list without the filters of its call may leave out the kinds that it does not contain.
    """
    if response.operation != CERTIFICATES:
        return ()
    request = mapping(response.request)
    types = _words(mapping(request.get("Includes")).get("keyTypes"))
    shown = {str(mapping(entry).get("KeyAlgorithm")).replace("-", "_") for entry in entries}
    usual = acm.LISTED_ALGORITHMS.value
    is_of_n2 = _N2 in request
    hidden: list[str] = []
    if is_of_n2 or (not types and shown <= {*usual, "None"}):
        hidden.append(f"key algorithms other than {quoted_list(usual)}")
    elif types:
        missing = [each for each in acm.KEY_ALGORITHMS.value if each not in types]
        hidden += [quoted_list(missing, len(missing))] if missing else []
    for kind, parameter, member in _FILTERED:
        is_shown = parameter in request and (parameter == _N2 or not is_of_n2)
        if not is_shown and not any(_is_of(kind, member, each) for each in entries):
            hidden.append(kind)
    hidden += ["certificates other than N2"] if is_of_n2 else []
    statuses = _words(request.get("CertificateStatuses"))
    return (*hidden, *([f"statuses other than {quoted_list(statuses)}"] if statuses else ()))


def _words(data: Data) -> list[str]:
    """Return the strings in a list of a filter."""
    return [each for each in items(data) if isinstance(each, str)]


_N2 = "RootHierarchyTypes"
"""The filter for N2, which excludes all other certificates."""

_FILTERED = (
    ("ACME", "CertificateKeyPairOrigins", "CertificateKeyPairOrigin"),
    ("N2", _N2, "RootHierarchyType"),
)
"""Kinds that lists leave out by default: the filter that includes them, and their member."""


def _is_of(kind: str, member: str, entry: Data) -> bool:
    return str(mapping(entry).get(member, "")).startswith(kind)
