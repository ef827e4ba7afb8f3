"""The recipients of ACM's mail for email validation."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from enum import Enum

from acmrules.errors import InvalidArgument, require_mapping
from acmrules.facts import acm, cabf
from acmrules.facts.fact import CHECKED
from acmrules.facts.timeline import Citation
from acmrules.names import DomainName, Name, WildcardDomainName, parse_name
from acmrules.values import Value

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from acmrules.facts.timeline import Era


class ContactOrigin(Enum):
    """The origin of an email address."""

    CONSTRUCTED = "constructed"
    REGISTRANT = "registrant"
    TECHNICAL = "technical"
    ADMINISTRATIVE = "administrative"


class WhoisContacts(Value):
    """The email addresses in the WHOIS entry of a domain; absent ones are `None`."""

    registrant: str | None = None
    technical: str | None = None
    administrative: str | None = None


class Contact(Value):
    """An email address that receives ACM's approval mail, or received it in the past.

    If `mailed` is false, `since` is the date of the change and `source` its source.
    """

    address: str
    origin: ContactOrigin
    mailed: bool = True
    since: date | None = None
    source: Citation | None = None

    def __str__(self) -> str:
        return self.address


def mail_domain(name: str | Name, validation_domain: str | DomainName | None = None) -> DomainName:
    """Return the domain of the constructed addresses (facts 3.4, 3.5 and 3.8).

    This is the validation domain, or else the name without one leading `*.` or `www.`. AWS removes
    only one of them, so `*.www.example.com` results in `www.example.com`. `www.com` is unchanged,
    because the rest must be a name. Raises `InvalidName`, and `InvalidArgument` if the validation
    domain is neither the name nor a superdomain of it.

    >>> mail_domain("www.example.com"), mail_domain("a.example.com", "example.com")
    (DomainName('example.com'), DomainName('example.com'))
    """
    name = parse_name(name)
    if validation_domain is not None:
        validation_domain = DomainName(validation_domain)
        if not name.is_within(validation_domain):
            raise InvalidArgument(
                f"validation domain `{validation_domain}` is neither `{name}` nor a superdomain"
                " of it"
            )
        return validation_domain
    if isinstance(name, WildcardDomainName):
        return name.parent
    first, *rest = name.labels
    return DomainName(".".join(rest)) if first == "www" and len(rest) > 1 else name


def validation_contacts(
    name: str | Name,
    *,
    whois: WhoisContacts | Mapping[str, str] | None = None,
    validation_domain: str | DomainName | None = None,
    renewal: bool = False,
    as_of: date = CHECKED,
) -> tuple[Contact, ...]:
    """Return the current and former recipients of ACM's approval mail for a name on a date.

    The five constructed addresses (fact 3.1) at `mail_domain` are first. From the date of fact
    3.16, CAs may no longer use them, and they receive no mail. The WHOIS contacts follow, which
    ACM mailed until 2024, for a `renewal` longer than for a new request (fact 3.2). `whois` may be
    a mapping with the fields of `WhoisContacts`. Raises the errors of `mail_domain`,
    `InvalidArgument` if `as_of` is before the launch of ACM, and `TypeError` for a mapping with
    other keys.

    >>> from datetime import date
    >>> whois = WhoisContacts("owner@example.org", "ops@example.org", "legal@example.org")
    >>> sum(c.mailed for c in validation_contacts("www.example.com", whois=whois))
    5
    >>> before = validation_contacts("www.example.com", whois=whois, as_of=date(2018, 1, 1))
    >>> sum(contact.mailed for contact in before)
    8
    """
    if whois is not None and not isinstance(whois, WhoisContacts):
        require_mapping(whois, "whois")
        whois = WhoisContacts(**whois)
    domain = mail_domain(name, validation_domain)
    sunset = cabf.EMAIL_SUNSET.era(as_of)
    constructed = tuple(
        _contact(
            f"{local_part}@{domain}",
            ContactOrigin.CONSTRUCTED,
            sunset,
            mailed=sunset.value != "forbidden",
        )
        for local_part in acm.CONSTRUCTED_LOCAL_PARTS.value
    )
    used = (acm.RENEWAL_WHOIS_CONTACTS if renewal else acm.WHOIS_CONTACTS).era(as_of)
    listed = tuple(
        _contact(address, origin, used, mailed=origin.value in used.value)
        for origin in (
            ContactOrigin.REGISTRANT,
            ContactOrigin.TECHNICAL,
            ContactOrigin.ADMINISTRATIVE,
        )
        if (address := getattr(whois, origin.value, None))
    )
    return constructed + listed


def _contact(address: str, origin: ContactOrigin, era: Era[Any], *, mailed: bool) -> Contact:
    if mailed:
        return Contact(address, origin)
    return Contact(address, origin, mailed=False, since=era.start, source=era.source)
