"""The steps to validate a list of names, for the first issuance and for each renewal."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date

from acmrules.contacts import Contact, WhoisContacts, validation_contacts
from acmrules.errors import InvalidArgument, require_mapping
from acmrules.facts import acm, cabf
from acmrules.facts.fact import CHECKED, Fact
from acmrules.facts.timeline import Citation
from acmrules.name_list import folded
from acmrules.names import (
    DomainName,
    Name,
    WildcardDomainName,
    parse_name,
    plain_dns_name,
)
from acmrules.request import ValidationMethod
from acmrules.unresolved import Unresolved, chosen
from acmrules.values import Value

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any


_RENEWAL_NEEDS: dict[ValidationMethod, Fact[Any]] = {
    ValidationMethod.EMAIL: acm.EMAIL_RENEWAL_NEEDS,
    ValidationMethod.DNS: acm.DNS_RENEWAL_NEEDS,
    ValidationMethod.HTTP: acm.HTTP_RENEWAL_NEEDS,
}


class MailStep(Value):
    """Approval of a name through the link in one of the mails to its contacts.

    `approved_with` is another name in the list whose approval is enough for this one, if any.
    """

    name: Name
    contacts: tuple[Contact, ...]
    approved_with: DomainName | None = None


class RecordStep(Value):
    """Publication of the CNAME record of a name; ACM provides its token and its value."""

    name: Name
    record: str


class HttpStep(Value):
    """Publication of a file at a URL of a name; ACM provides its token and its content."""

    name: DomainName
    url: str


class Steps(Value):
    """The validation steps, one per distinct name, and their totals."""

    steps: tuple[MailStep | RecordStep | HttpStep, ...]

    @property
    def approvals(self) -> int:
        """The number of approvals."""
        return sum(step.approved_with is None for step in self._by_mail)

    @property
    def mails(self) -> int:
        """The number of mails, one to each contact of each name.

        It is unknown whether ACM sends two mails to an address that is a contact twice.
        """
        return sum(contact.mailed for step in self._by_mail for contact in step.contacts)

    @property
    def mailboxes(self) -> tuple[str, ...]:
        """The distinct addresses that receive mail, in the order of the names."""
        contacts = (contact for step in self._by_mail for contact in step.contacts)
        return tuple(dict.fromkeys(contact.address for contact in contacts if contact.mailed))

    @property
    def records(self) -> int:
        """The number of distinct records; a name and its wildcard share one (fact 4.5)."""
        return len({step.record for step in self.steps if isinstance(step, RecordStep)})

    @property
    def urls(self) -> int:
        """The number of files to serve."""
        return sum(isinstance(step, HttpStep) for step in self.steps)

    @property
    def _by_mail(self) -> tuple[MailStep, ...]:
        return tuple(step for step in self.steps if isinstance(step, MailStep))


class RenewalSteps(Steps):
    """The maximum steps at each renewal, and the conditions for the renewal.

    In the years in which ACM first looked for the certificate at each name, a name that served it
    needed no approval; see `acmrules.renewal.renewal_attempts`.
    """

    needs: tuple[str, ...]
    source: Citation


class ValidationPlan(Steps):
    """The steps to validate a request with one method, the deadline in hours, and the renewals."""

    validation_method: ValidationMethod
    hours: int
    at_renewal: RenewalSteps


def validation_plan(
    names: Iterable[str | Name],
    validation_method: str | ValidationMethod,
    *,
    as_of: date = CHECKED,
    validation_domains: Mapping[str, str] | None = None,
    whois: WhoisContacts | Mapping[str, WhoisContacts] | None = None,
) -> ValidationPlan:
    """Return the validation of names on a date (facts 3.1 to 3.13, 4.1 to 4.6, 4.27, 7.9 to 7.11).

    For email, `validation_domains` maps names to their validation domains. `whois` contains the
    contacts of all names, or maps each domain, which may end in a dot, to the contacts of the names
    in it. Raises `InvalidName`. Raises `InvalidArgument` if the method is invalid or unavailable on
    the date, or if a wildcard uses HTTP. Raises it too if a validation domain does not contain its
    name, or if its name is not listed.

    >>> plan = validation_plan(["example.com", "*.example.com", "www.example.com"], "DNS")
    >>> plan.records, plan.steps[1].record, plan.hours
    (2, '_<token>.example.com', 72)
    """
    method = chosen(ValidationMethod, validation_method, "validation method")
    if refusal := method_refusal(method, as_of):
        raise InvalidArgument(refusal[0])
    listed = folded(names)
    if validation_domains is not None:
        require_mapping(validation_domains, "validation_domains")
    if whois is not None and not isinstance(whois, WhoisContacts):
        require_mapping(whois, "whois")
    steps: tuple[MailStep | RecordStep | HttpStep, ...]
    again: tuple[MailStep, ...] = ()
    if method is ValidationMethod.DNS:
        steps = tuple(map(_record_step, listed))
    elif method is ValidationMethod.HTTP:
        steps = tuple(map(_http_step, listed))
    else:
        domains = _validation_domains(listed, validation_domains or {})
        steps, again = (
            tuple(
                MailStep(
                    name,
                    validation_contacts(
                        name,
                        whois=_whois_of(name, whois),
                        validation_domain=domains.get(name),
                        as_of=as_of,
                        renewal=renewal,
                    ),
                    _approved_with(name, listed, as_of),
                )
                for name in listed
            )
            for renewal in (False, True)
        )
    needs = _RENEWAL_NEEDS[method]
    at_renewal = RenewalSteps(again, needs.value, needs.source)
    return ValidationPlan(steps, method, acm.VALIDATION_HOURS.value, at_renewal)


def method_refusal(method: ValidationMethod, as_of: date) -> tuple[str, Citation] | None:
    """Return why a method cannot be requested on a date, with the source, or `None` if it can.

    ACM has not announced when it ends email validation, so the CA/Browser Forum's date applies
    (facts 1.28 and 3.16). Raises `InvalidArgument` if the date is before the launch of ACM.
    """
    if method.value not in acm.VALIDATION_METHODS.era(as_of).value:
        came = next(e for e in acm.VALIDATION_METHODS.history if method.value in e.value)
        return (
            f"`{method.value}` validation is not available on {as_of}; it starts on {came.start}",
            came.source,
        )
    sunset = cabf.EMAIL_SUNSET.era(as_of)
    if method is ValidationMethod.EMAIL and sunset.value == "forbidden":
        return (
            f"`EMAIL` validation is not available on {as_of}; it ends on {sunset.start}",
            sunset.source,
        )
    return None


def validation_record(name: Name | Unresolved) -> str:
    """Return the name of the DNS validation record, without its token (facts 4.2, 4.5, 4.6).

    >>> validation_record(parse_name("*.example.com"))
    '_<token>.example.com'
    """
    plain = name.parent if isinstance(name, WildcardDomainName) else name
    return acm.RECORD_NAME_FORM.value.replace("<name>", str(plain))


def _record_step(name: Name) -> RecordStep:
    return RecordStep(name, validation_record(name))


def _http_step(name: Name) -> HttpStep:
    if isinstance(name, WildcardDomainName):
        raise InvalidArgument(f"`{name}` is a wildcard, which HTTP validation does not support")
    return HttpStep(name, acm.HTTP_PATH_FORM.value.replace("<name>", str(name)))


def _validation_domains(names: tuple[Name, ...], given: Mapping[str, str]) -> dict[Name, str]:
    domains = {parse_name(name): domain for name, domain in given.items()}
    for name in domains:
        if name not in names:
            raise InvalidArgument(
                f"`{name}` has a validation domain but is not in the list of names"
            )
    return domains


def _whois_of(
    name: Name, whois: WhoisContacts | Mapping[str, WhoisContacts] | None
) -> WhoisContacts | None:
    if whois is None or isinstance(whois, WhoisContacts):
        return whois
    domains = {plain_dns_name(domain): domain for domain in whois}
    superdomains = [domain for domain in domains if name.is_within(domain)]
    return whois[domains[max(superdomains, key=lambda d: d.octets)]] if superdomains else None


def _approved_with(name: Name, names: tuple[Name, ...], as_of: date) -> DomainName | None:
    """Return the shortest other name in the list whose approval covers this one."""
    if acm.APPROVAL_SCOPE.era(as_of).value == "name":
        return None
    above = (n for n in names if isinstance(n, DomainName) and n != name and name.is_within(n))
    return min(above, key=lambda domain: domain.octets, default=None)
