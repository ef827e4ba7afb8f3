"""Columns of domain names: their public suffixes, and their base domain names."""

from __future__ import annotations

import pyarrow as pa

from acmrules.names import unchecked_name
from acmrules.values import Value

TYPE_CHECKING = False
if TYPE_CHECKING:
    from acmrules.suffixes import PublicSuffixes


class FoundSuffixes(Value):
    """The suffixes of some domain names: columns with one row for each of them.

    `base_domain_names` are null for a public suffix itself, and `sections` for one that the list
    does not have.
    """

    suffixes: pa.StringArray
    sections: pa.StringArray
    base_domain_names: pa.StringArray


def find_suffixes(domains: pa.StringArray, suffixes: PublicSuffixes) -> FoundSuffixes:
    """Return the suffixes of canonical domain names; all are null for a null."""
    found, sections, bases = [], [], []
    for domain in domains.to_pylist():
        name = None if domain is None else unchecked_name(domain)
        found.append(name and suffixes.public_suffix(name))
        sections.append(name and suffixes.section(name))
        base = name and suffixes.base_domain_name(name)
        bases.append(base and str(base))
    return FoundSuffixes(
        pa.array(found, pa.string()), pa.array(sections, pa.string()), pa.array(bases, pa.string())
    )
