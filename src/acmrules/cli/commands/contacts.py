"""The command `contacts`: the mailboxes that email validation writes to."""

from __future__ import annotations

from acmrules.cli import overrides
from acmrules.cli.output import print_json
from acmrules.cli.parser import CLEAN, UsageError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from acmrules.cli.parser import Arguments


def contacts(given: Arguments) -> int:
    """Print the mailboxes that e-mail validation writes to."""
    from acmrules.contacts import WhoisContacts, validation_contacts
    from acmrules.errors import InvalidName

    as_of = overrides.day(given, "as_of")
    whois = WhoisContacts(
        *(given.last(who) or None for who in ("registrant", "technical", "administrative"))
    )
    found = []
    for name in given.operands:
        try:
            found.append(
                (
                    name,
                    validation_contacts(
                        name,
                        whois,
                        given.last("validation_domain") or None,
                        as_of=as_of,
                        renewal=given.has("renewal"),
                    ),
                )
            )
        except (InvalidName, ValueError) as error:
            raise UsageError(str(error)) from None
    if given.last("format") == "json":
        print_json(
            [
                {
                    "name": name,
                    "address": contact.address,
                    "origin": contact.origin.value,
                    "mailed": contact.mailed,
                    "since": contact.since.isoformat() if contact.since else None,
                    "says": contact.source.url if contact.source else None,
                }
                for name, contacts in found
                for contact in contacts
            ]
        )
        return CLEAN
    for name, contacts in found:
        print(f"{name}: {sum(contact.mailed for contact in contacts)} mails for one approval")
        width = max(len(contact.address) for contact in contacts)
        for contact in contacts:
            state = "mailed" if contact.mailed else f"not mailed since {contact.since}"
            source = f" ({contact.source.title})" if contact.source else ""
            print(f"  {contact.address:{width}}  {contact.origin.value:14}  {state}{source}")
    return CLEAN
