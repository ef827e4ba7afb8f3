"""How much a certificate asks of people in a year, under the rules of a day."""

from __future__ import annotations

from acmrules.facts import acm, cabf
from acmrules.facts.fact import CHECKED
from acmrules.partial import TextIndex, symbols
from acmrules.renewal import Interval, max_validity_days, renewal_pace
from acmrules.request import CertificateRequest, Tool, ValidationMethod
from acmrules.unresolved import Unresolved
from acmrules.validation import method_refusal, validation_plan
from acmrules.values import Value
from acmrules.x509 import ImportedCertificate

TYPE_CHECKING = False
if TYPE_CHECKING:
    from datetime import date

    from acmrules.unresolved import Text

_DAYS_OF_A_YEAR = 365
_NONE = Interval(0, 0)
_EXPORTED = acm.EXPORT_VALUES.value[0]
_WITHOUT_DEFAULT = frozenset({Tool.NAMES, Tool.TERRAFORM})


class Workload(Value):
    """What happens in a year: by itself, and by hand.

    ACM `renewals` are by themselves, but each of the `approvals` by the link in one of the `mails`,
    each of the `imports`, and each of the `exports`, with the deployment that follows, is by hand.
    """

    renewals: Interval = _NONE
    approvals: Interval = _NONE
    mails: Interval = _NONE
    imports: Interval = _NONE
    exports: Interval = _NONE

    def __add__(self, other: Workload) -> Workload:
        """Return what both ask for together."""
        return Workload(*(getattr(self, f) + getattr(other, f) for f in Workload._fields))

    def __or__(self, other: Workload) -> Workload:
        """Return what one of both asks for, where it is not known which."""
        return Workload(*(getattr(self, f) | getattr(other, f) for f in Workload._fields))

    @property
    def by_hand(self) -> Interval:
        """How often a year somebody has to do something."""
        return self.approvals + self.imports + self.exports


def yearly_workload(
    certificate: CertificateRequest | ImportedCertificate,
    *,
    tool: Tool = Tool.API,
    as_of: date = CHECKED,
) -> Workload:
    """Say what a certificate asks for in a year, if it is in use and the rules of a day go on.

    By e-mail, each name is approved at each renewal (facts 3.12 and 7.10); by DNS, nobody does
    anything while the records stay (fact 7.9); by a method that is refused on the day, there is no
    renewal at all. What was imported is imported again (fact 8.11), and what can be exported is
    exported and deployed again, for a renewal makes a new key pair (facts 7.14 and 7.16). The
    names, or the method, may be known in part, and so is the answer then. Raises `ValueError` for
    a day before ACM was there.

    >>> mailed = CertificateRequest.of("example.com", "*.example.com", validation_method="EMAIL")
    >>> work = yearly_workload(mailed)
    >>> round(work.renewals.least, 1), round(work.approvals.least, 1)
    (1.8, 3.7)
    """
    if isinstance(certificate, ImportedCertificate):
        return Workload(imports=Interval(_DAYS_OF_A_YEAR / imported_days(certificate, as_of)))
    pace = renewal_pace(as_of, certificate.is_private)
    by_itself = Workload(pace, exports=_exports(certificate.export) * pace)
    if certificate.is_private:
        return by_itself
    method = stated_method(certificate, tool)
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
    # A name that showed the certificate itself was once renewed without a mail.
    is_probed = method.value in acm.PROBED_METHODS.era(as_of).value
    mailed = Interval(0, pace.most) if is_probed else pace
    return by_itself.__replace__(
        approvals=_approvals(certificate, as_of) * mailed,
        mails=number_of_names(certificate) * _mails_of_a_name(as_of) * mailed,
    )


def stated_method(request: CertificateRequest, tool: Tool = Tool.API) -> ValidationMethod | None:
    """Return the method of a request, or the default of its tool; `None` where it is not known.

    The default is `EMAIL` (fact 1.29), but a list of names says nothing of it, and Terraform has
    none (section D).
    """
    method = request.validation_method
    if method is None and tool not in _WITHOUT_DEFAULT:
        return ValidationMethod(acm.DEFAULT_VALIDATION_METHOD.value)
    return method if isinstance(method, ValidationMethod) else None


def number_of_names(request: CertificateRequest) -> Interval:
    """Return how many distinct names a request has, as far as they are known.

    >>> number_of_names(CertificateRequest.of("example.com", "www.example.com", "Example.com"))
    Interval(least=2, most=2)
    """
    texts = tuple(dict.fromkeys(map(symbols, request.names)))
    apart = TextIndex()
    for text in texts:
        if apart.is_alone(text):
            apart.add(text)
    return Interval(max(len(apart), 1), None if None in texts else max(len(texts), 1))


def imported_days(certificate: ImportedCertificate, as_of: date = CHECKED) -> int:
    """Return for how many days the next import is good, at the most, if a public CA issues it.

    It is taken to be valid for as long as the one before, or as the Forum lets it be (facts 7.3 and
    7.4). What lasts longer than they allowed on its first day, or issued itself, is of no public
    CA, and has no such bound.
    """
    leaf, bound = certificate.leaf, max_validity_days(as_of)
    if leaf is None:
        return bound
    own = max((leaf.last_day - leaf.first_day).days + 1, 1)
    bound_of_own = cabf.VALIDITY_DAYS.history.at(leaf.first_day)
    is_public = not leaf.is_self_issued and (bound_of_own is None or own <= bound_of_own)
    return min(own, bound) if is_public else own


def _exports(export: Text | None) -> Interval:
    """Return how often each renewal is exported: once, or not at all."""
    if isinstance(export, Unresolved):
        return Interval(0, 1)
    return Interval(1, 1) if export == _EXPORTED else _NONE


def _approvals(request: CertificateRequest, as_of: date) -> Interval:
    """Return how many approvals a renewal by e-mail takes."""
    number = number_of_names(request)
    if acm.APPROVAL_SCOPE.era(as_of).value == "name":
        return number
    names = [name for _, name in request.known_names()]
    if len(names) < len(request.names):
        return Interval(1, number.most)
    approvals = validation_plan(names, "EMAIL", as_of=as_of).at_renewal.approvals
    return Interval(approvals, approvals)


def _mails_of_a_name(as_of: date) -> Interval:
    """Return to how many contacts a renewal writes for each name; WHOIS may have had some."""
    constructed = len(acm.CONSTRUCTED_LOCAL_PARTS.value)
    return Interval(constructed, constructed + len(acm.RENEWAL_WHOIS_CONTACTS.era(as_of).value))
