"""The command `contacts`: the mailboxes to which ACM sends validation email."""

from __future__ import annotations

from acmrules.cli import overrides
from acmrules.cli.output import print_json
from acmrules.cli.parser import CLEAN, UsageError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

    from acmrules.cli.table import ContactsOptions
    from acmrules.contacts import Contact


def contacts(options: ContactsOptions) -> int:
    """Print the mailboxes of each name."""
    contacts = [(name, _contacts(options, name)) for name in options.names]
    if options.format == "json":
        print_json([_as_data(name, each) for name, found in contacts for each in found])
    else:
        for name, found in contacts:
            _print(name, found)
    return CLEAN


def _contacts(options: ContactsOptions, name: str) -> Sequence[Contact]:
    from acmrules.contacts import WhoisContacts, validation_contacts
    from acmrules.errors import InvalidName

    try:
        return validation_contacts(
            name,
            WhoisContacts(options.registrant, options.technical, options.administrative),
            options.validation_domain,
            as_of=overrides.date_or_today(options.as_of),
            renewal=options.renewal,
        )
    except (InvalidName, ValueError) as error:
        raise UsageError(str(error)) from None


def _as_data(name: str, contact: Contact) -> dict[str, object]:
    return {
        "name": name,
        "address": contact.address,
        "origin": contact.origin.value,
        "mailed": contact.mailed,
        "since": contact.since.isoformat() if contact.since else None,
        "says": contact.source.url if contact.source else None,
    }


def _print(name: str, contacts: Sequence[Contact]) -> None:
    count = sum(contact.mailed for contact in contacts)
    addresses = "1 address" if count == 1 else f"{count} addresses"
    print(f"{name}: ACM sends email to {addresses}; one approval is enough")
    width = max(len(contact.address) for contact in contacts)
    for contact in contacts:
        status = "used" if contact.mailed else f"not used since {contact.since}"
        source = f" ({contact.source.title})" if contact.source else ""
        print(f"  {contact.address:{width}}  {contact.origin.value:14}  {status}{source}")
