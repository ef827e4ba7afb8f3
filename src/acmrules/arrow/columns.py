"""The columns that `examine` adds, in order, with their types."""

from __future__ import annotations

import pyarrow as pa

COLUMNS: dict[str, pa.DataType] = {
    "canonical_name": pa.string(),
    "fault": pa.string(),
    "fault_start": pa.int32(),
    "fault_end": pa.int32(),
    "rule_ids": pa.list_(pa.string()),
    "base_domain_name": pa.string(),
    "public_suffix": pa.string(),
    "suffix_section": pa.string(),
    "covering_name": pa.string(),
    "certificate": pa.string(),
    "validation_record": pa.string(),
    "mailboxes": pa.list_(pa.string()),
}
"""The type of each column by its name.

All columns are null for a null. `canonical_name` is null for an invalid name, whose `fault` is a
member of `NameFault`; it is at the characters from `fault_start` to before `fault_end`. `rule_ids`
are the rules that the name breaks in any public certificate, whatever the other names are.

The other columns are null for an invalid name. For a wildcard, `base_domain_name`,
`public_suffix`, `suffix_section` and `validation_record` are those of its parent.
`base_domain_name` is null for a public suffix itself. `suffix_section` is `icann`, `private`, or
null if the list has no rule for the last label. `covering_name` is the name of a certificate that
covers this one, and `certificate` is the first certificate that lists it. `validation_record` is
the name of the CNAME record, with `<token>` in place of its token. `mailboxes` receive the approval
mail of email validation.
"""
