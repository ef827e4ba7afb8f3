"""Columns of names: their validation records, and the mailboxes that receive approval mail."""

from __future__ import annotations

from datetime import date

import pyarrow as pa

from acmrules.contacts import validation_contacts
from acmrules.names import unchecked_name
from acmrules.validation import validation_record


def validation_records(domains: pa.StringArray) -> pa.StringArray:
    """Return the name of the validation record of each domain name, without its token."""
    return pa.array(
        [d if d is None else validation_record(unchecked_name(d)) for d in domains.to_pylist()],
        pa.string(),
    )


def mailboxes(names: pa.StringArray, as_of: date) -> pa.ListArray:
    """Return the mailboxes that receive the approval mail for each canonical name on a date."""
    return pa.array(
        [
            None
            if name is None
            else [c.address for c in validation_contacts(name, as_of=as_of) if c.mailed]
            for name in names.to_pylist()
        ],
        pa.list_(pa.string()),
    )
