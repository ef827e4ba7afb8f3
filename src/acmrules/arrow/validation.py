"""Columns of names: their validation records, and the mailboxes that receive approval mail."""

from __future__ import annotations

from datetime import date

import pyarrow as pa
import pyarrow.compute as pc

from acmrules.contacts import validation_contacts
from acmrules.facts import acm

_ANY_NAME = "example.com"
_BETWEEN = " "
"""What separates addresses; neither a name nor a local part has it."""


def validation_records(domains: pa.StringArray) -> pa.StringArray:
    """Return the name of the validation record of each domain name, without its token.

    `domains` has no wildcards, because a wildcard has the record of its parent (fact 4.5).
    """
    before, after = acm.RECORD_NAME_FORM.value.split("<name>")
    return pc.binary_join_element_wise(before, domains, after, "")


def mailboxes(names: pa.StringArray, as_of: date) -> pa.ListArray:
    """Return the mailboxes that receive the approval mail for each canonical name on a date.

    The lists are empty if ACM sends no mail on that date (facts 3.1, 3.5 and 3.16). Raises
    `InvalidArgument` if the date is before the launch of ACM.
    """
    # Which local parts receive mail depends on the date alone.
    contacts = validation_contacts(_ANY_NAME, as_of=as_of)
    mailed = [contact.address.partition("@")[0] for contact in contacts if contact.mailed]
    domains = _mail_domains(names)
    if not mailed:
        return _empty_lists(domains)
    parts = [each for local_part in mailed for each in (f"{_BETWEEN}{local_part}@", domains)]
    parts[0] = f"{mailed[0]}@"
    return pc.split_pattern(pc.binary_join_element_wise(*parts, ""), _BETWEEN)


def _mail_domains(names: pa.StringArray) -> pa.StringArray:
    """Return `mail_domain` of each name: a leading `www.` is removed if the rest has a dot."""
    return pc.replace_substring_regex(names, r"^(?:\*\.|www\.([^.]*\.))", r"\1")


def _empty_lists(rows: pa.Array) -> pa.ListArray:
    """Return an empty list for each row, and null for a null."""
    starts = pa.repeat(pa.scalar(0, pa.int32()), len(rows) + 1)
    return pa.ListArray.from_arrays(starts, pa.array([], pa.string()), mask=pc.is_null(rows))
