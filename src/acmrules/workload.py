"""The yearly work for a certificate, automatic and manual, under the rules of a date."""

from __future__ import annotations

from datetime import date

from acmrules.errors import require_instance
from acmrules.facts import acm, cabf
from acmrules.facts.fact import CHECKED
from acmrules.partial import TextIndex, symbols
from acmrules.renewal import Interval, max_validity_days, renewal_pace
from acmrules.request import (
    WITH_TERRAFORM_PROVIDER,
    CertificateRequest,
    RootHierarchyType,
    Tool,
    ValidationMethod,
)
from acmrules.unresolved import Text, Unresolved, chosen
from acmrules.validation import method_refusal, validation_plan
from acmrules.values import Value
from acmrules.x509 import ImportedCertificate

_DAYS_OF_A_YEAR = 365
_NONE = Interval(0, 0)
_EXPORTED = acm.EXPORT_VALUES.value[0]
_WITHOUT_DEFAULT = WITH_TERRAFORM_PROVIDER | {Tool.NAMES}


class Workload(Value):
    """The number of events per year.

    The `renewals` of ACM are automatic. The `approvals` through links in `mails`, the `imports`,
    and the `exports` with the deployments that follow are manual.
    """

    renewals: Interval = _NONE
    approvals: Interval = _NONE
    mails: Interval = _NONE
    imports: Interval = _NONE
    exports: Interval = _NONE

    def __add__(self, other: Workload) -> Workload:
        """Return the sum of both."""
        return Workload(*(getattr(self, f) + getattr(other, f) for f in Workload._fields))

    def __or__(self, other: Workload) -> Workload:
        """Return the bounds of one of the two, if it is unknown which."""
        return Workload(*(getattr(self, f) | getattr(other, f) for f in Workload._fields))

    @property
    def by_hand(self) -> Interval:
        """The number of manual tasks per year."""
        return self.approvals + self.imports + self.exports


def yearly_workload(
    certificate: CertificateRequest | ImportedCertificate,
    *,
    tool: str | Tool = Tool.API,
    as_of: date = CHECKED,
) -> Workload:
    """Return the yearly work for a certificate in use, if the rules of a date stay the same.

    With email, each name needs an approval at each renewal (facts 3.12 and 7.10). With DNS, there
    is no manual work while the records stay published (fact 7.9). With a method that is not
    allowed on the date, there are no renewals. Imported certificates are imported again (fact
    8.11). Exportable ones are exported and deployed again, because a renewal creates a new key pair
    (facts 7.14 and 7.16). If the names or the method are partly known, the result is a range.
    Raises `InvalidArgument` if the date is before the launch of ACM.

    >>> mailed = CertificateRequest.of(["example.com", "*.example.com"], validation_method="EMAIL")
    >>> work = yearly_workload(mailed)
    >>> round(work.renewals.least, 1), round(work.approvals.least, 1)
    (1.8, 3.7)
    """
    if isinstance(certificate, ImportedCertificate):
        return Workload(imports=Interval(_DAYS_OF_A_YEAR / imported_days(certificate, as_of)))
    require_instance(certificate, CertificateRequest, "certificate")
    pace = _pace(certificate, as_of)
    by_itself = Workload(pace, exports=_exports(certificate.export) * pace)
    if certificate.is_private:
        return by_itself
    method = stated_method(certificate, chosen(Tool, tool, "tool"))
    if method is None:
        work, *others = (
            yearly_workload(
                certificate.__replace__(validation_method=ValidationMethod(known)), as_of=as_of
            )
            for known in acm.VALIDATION_METHODS.era(as_of).value
        )
        for other in others:
            work |= other
        return work
    if method_refusal(method, as_of):
        return Workload()
    if method is not ValidationMethod.EMAIL:
        return by_itself
    # In the past, ACM renewed a name that served the certificate without a mail.
    is_probed = method.value in acm.PROBED_METHODS.era(as_of).value
    mailed = Interval(0, pace.most) if is_probed else pace
    return by_itself.__replace__(
        approvals=_approvals(certificate, as_of) * mailed,
        mails=number_of_names(certificate) * _mails_of_a_name(as_of) * mailed,
    )


def known_hierarchy(request: CertificateRequest, as_of: date) -> RootHierarchyType | None:
    """Return the root hierarchy of an Amazon N2 certificate, `None` for any other certificate.

    The result is also `None` if the value is unknown, or if ACM does not accept it on the date.
    """
    hierarchy = request.root_hierarchy
    if request.is_private or not isinstance(hierarchy, RootHierarchyType):
        return None
    return hierarchy if acm.ROOT_HIERARCHIES.history.at(as_of) else None


def _pace(request: CertificateRequest, as_of: date) -> Interval:
    """Return the number of renewals per year, bounds if the root hierarchy is unknown."""
    pace = renewal_pace(
        as_of=as_of, private=request.is_private, root_hierarchy=known_hierarchy(request, as_of)
    )
    if isinstance(request.root_hierarchy, Unresolved) and not request.is_private:
        for value in acm.ROOT_HIERARCHIES.history.at(as_of) or ():
            pace |= renewal_pace(as_of=as_of, root_hierarchy=RootHierarchyType(value))
    return pace


def stated_method(request: CertificateRequest, tool: Tool = Tool.API) -> ValidationMethod | None:
    """Return the method of a request or the default of its tool, or `None` if it is unknown.

    The default is `EMAIL` (fact 1.29). A list of names has no default, and neither has Terraform
    (facts, section D).
    """
    method = request.validation_method
    if method is None and tool not in _WITHOUT_DEFAULT:
        return ValidationMethod(acm.DEFAULT_VALIDATION_METHOD.value)
    return method if isinstance(method, ValidationMethod) else None


def number_of_names(request: CertificateRequest) -> Interval:
    """Return the number of distinct names of a request, a range if they are partly known.

    >>> number_of_names(CertificateRequest.of(["example.com", "www.example.com", "Example.com"]))
    Interval(least=2, most=2)
    """
    texts = tuple(dict.fromkeys(map(symbols, request.names)))
    apart = TextIndex()
    for text in texts:
        if apart.is_alone(text):
            apart.add(text)
    return Interval(max(len(apart), 1), None if None in texts else max(len(texts), 1))


def imported_days(certificate: ImportedCertificate, as_of: date = CHECKED) -> int:
    """Return the maximum validity in days of the next import.

    It is the validity of the current certificate, up to the limit for public CAs (facts 7.3 and
    7.4). The limit applies only to certificates from public CAs. A certificate is not from a public
    CA if it is self-issued, or if it exceeds the limit of its first day.
    """
    leaf, bound = certificate.leaf, max_validity_days(as_of=as_of)
    if leaf is None:
        return bound
    own = max((leaf.last_day - leaf.first_day).days + 1, 1)
    bound_of_own = cabf.VALIDITY_DAYS.history.at(leaf.first_day)
    is_public = not leaf.is_self_issued and (bound_of_own is None or own <= bound_of_own)
    return min(own, bound) if is_public else own


def _exports(export: Text | None) -> Interval:
    """Return the number of exports per renewal, 0 or 1."""
    if isinstance(export, Unresolved):
        return Interval(0, 1)
    return Interval(1, 1) if export == _EXPORTED else _NONE


def _approvals(request: CertificateRequest, as_of: date) -> Interval:
    """Return the number of approvals for a renewal with email validation."""
    number = number_of_names(request)
    if acm.APPROVAL_SCOPE.era(as_of).value == "name":
        return number
    names = [name for _, name in request.known_names()]
    if len(names) < len(request.names):
        return Interval(1, number.most)
    approvals = validation_plan(names, "EMAIL", as_of=as_of).at_renewal.approvals
    return Interval(approvals, approvals)


def _mails_of_a_name(as_of: date) -> Interval:
    """Return the number of mails per name at a renewal, including possible WHOIS contacts."""
    constructed = len(acm.CONSTRUCTED_LOCAL_PARTS.value)
    return Interval(constructed, constructed + len(acm.RENEWAL_WHOIS_CONTACTS.era(as_of).value))
