"""The command `contacts`: the mailboxes to which ACM sends validation email."""

from __future__ import annotations

from acmrules.cli import overrides
from acmrules.cli.output import as_json, deliver
from acmrules.cli.parser import CLEAN, UsageError
from acmrules.messages import printable

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from acmrules.cli.output import Page
    from acmrules.cli.table import ContactsOptions
    from acmrules.contacts import Contact


def contacts(options: ContactsOptions) -> int:
    """Print the mailboxes of each name."""
    contacts = [(name, _contacts(options, name)) for name in options.names]

    def render(form: str, _: Page) -> str:
        if form == "json":
            return as_json(
                [{"name": name, **each.to_dict()} for name, found in contacts for each in found]
            )
        return "".join(line for name, found in contacts for line in _lines(name, found))

    deliver(options, render)
    return CLEAN


def _contacts(options: ContactsOptions, name: str) -> Sequence[Contact]:
    from acmrules.contacts import WhoisContacts, validation_contacts
    from acmrules.name_errors import InvalidName

    try:
        return validation_contacts(
            name,
            whois=WhoisContacts(options.registrant, options.technical, options.administrative),
            validation_domain=options.validation_domain,
            as_of=overrides.date_or_today(options.as_of),
            renewal=options.renewal,
        )
    except (InvalidName, ValueError) as error:
        raise UsageError(str(error)) from None


def _lines(name: str, contacts: Sequence[Contact]) -> Iterator[str]:
    """Yield a heading and a line for each address."""
    count = sum(contact.mailed for contact in contacts)
    addresses = "1 address" if count == 1 else f"{count} addresses"
    yield f"{printable(name)}: ACM sends email to {addresses}; one approval is enough\n"
    addressed = [(printable(contact.address), contact) for contact in contacts]
    width = max(len(address) for address, _ in addressed)
    for address, contact in addressed:
        status = "used" if contact.mailed else f"not used since {contact.since}"
        source = f" ({contact.source.title})" if contact.source else ""
        yield f"  {address:{width}}  {contact.origin.value:14}  {status}{source}\n"
