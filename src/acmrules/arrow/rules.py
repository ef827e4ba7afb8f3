"""Columns of names: the rules that each name breaks in any public certificate.

The linter decides once for each combination of traits, which kernels find. Traits are all that
these rules read of a name: its fault, how it is written, how it ends, and its public suffix.
"""

from __future__ import annotations

import functools
import re
from datetime import date

import pyarrow as pa
import pyarrow.compute as pc

from acmrules.limits import MAX_VALIDATABLE_NAME_OCTETS
from acmrules.lint.linter import Linter
from acmrules.lint.rules import limits, wildcards
from acmrules.lint.rules import names as name_rules
from acmrules.model.declaration import Declaration, Variant
from acmrules.name_errors import NameFault
from acmrules.placeholders import STAND_IN
from acmrules.request import CertificateRequest, Tool, ValidationMethod

TYPE_CHECKING = False
if TYPE_CHECKING:
    from acmrules.arrow.names import ReadNames
    from acmrules.arrow.suffixes import FoundSuffixes
    from acmrules.suffixes import PublicSuffixes

NAME_RULES = (
    *("ACM101", "ACM102", "ACM103", "ACM104", "ACM105", "ACM106", "ACM107", "ACM108", "ACM109"),
    *("ACM110", "ACM111", "ACM201", "ACM202", "ACM305"),
)
"""The rules that a name breaks whatever the other names are, and whatever their order is.

ACM203 to ACM206 depend on other names and on hosts, ACM301 on the order, and ACM302 to ACM304 on
all names. ACM305 is about certificates that are validated by DNS.
"""

_RULES = [
    rule for rule in name_rules.RULES + wildcards.RULES + limits.RULES if rule.id in {*NAME_RULES}
]


def _ends_in(dotted_suffixes: tuple[str, ...]) -> str:
    """Return a regular expression for the names that `partial.ending` finds."""
    return rf"(?:^|\.)(?:{'|'.join(re.escape(suffix[1:]) for suffix in dotted_suffixes)})$"


_ENDS = tuple(map(_ends_in, name_rules.SUFFIX_GROUPS))
_ANY_END = _ends_in(tuple(suffix for group in name_rules.SUFFIX_GROUPS for suffix in group))
_NOT_ASCII = r"[\x80-\xff]"
_FAULTS = pa.array([*NameFault.__members__])


def broken_rules(
    texts: pa.BinaryArray,
    read: ReadNames,
    found: FoundSuffixes,
    suffixes: PublicSuffixes,
    as_of: date,
) -> pa.ListArray:
    """Return the ids of the rules that each text breaks in a certificate validated by DNS.

    They are those that the linter reports on a date, in order. The list is empty for a name that
    breaks none, and null for a null. Raises `InvalidArgument` for a date before ACM launched.
    """
    linter = Linter(as_of=as_of, suffixes=suffixes, rules=_RULES)
    suspect = _suspect(texts, read, found)
    columns = texts, read.names, read.domains, read.faults, found.sections, found.base_domain_names
    suspects = [column.filter(suspect) for column in columns]
    traits = _traits(*suspects)
    kinds = traits.dictionary_encode()
    examples = suspects[0].take(pc.index_in(kinds.dictionary, value_set=traits))
    ids = [[], *(_reported(text, linter) for text in examples.to_pylist())]
    places = pc.replace_with_mask(pa.repeat(0, len(texts)), suspect, pc.add(kinds.indices, 1))
    return pa.array(ids, pa.list_(pa.string())).take(places)


def _suspect(texts: pa.BinaryArray, read: ReadNames, found: FoundSuffixes) -> pa.BooleanArray:
    """Return which texts break a rule, are null, or have a trait that some rule reads."""
    is_canonical = pc.fill_null(pc.equal(texts, read.names.cast(pa.binary())), False)
    traits = (
        pc.invert(is_canonical),
        found.sections.is_null(),
        found.base_domain_names.is_null(),
        *(
            pc.fill_null(trait, False)
            for trait in (
                _is_long(read.domains),
                pc.match_substring_regex(read.domains, _ANY_END),
                pc.match_substring_regex(read.domains, STAND_IN.pattern),
            )
        ),
    )
    return functools.reduce(pc.or_, traits)


def _traits(
    texts: pa.BinaryArray,
    names: pa.StringArray,
    domains: pa.StringArray,
    faults: pa.StringArray,
    sections: pa.StringArray,
    bases: pa.StringArray,
) -> pa.Int64Array:
    """Return a number for each text, equal for those with the same traits; null for a null."""
    traits = (
        pc.not_equal(texts, names.cast(pa.binary())),
        pc.match_substring_regex(texts, _NOT_ASCII),
        pc.not_equal(names, domains),
        bases.is_null(),
        sections.is_null(),
        _is_long(domains),
        *(pc.match_substring_regex(domains, end) for end in _ENDS),
        pc.match_substring_regex(domains, STAND_IN.pattern),
    )
    bits = (pc.if_else(trait, 1 << place, 0) for place, trait in enumerate(traits))
    # A fault is the only trait of an invalid name.
    return pc.coalesce(
        functools.reduce(pc.bit_wise_or, bits),
        pc.bit_wise_not(pc.index_in(faults, value_set=_FAULTS)),
    )


def _is_long(domains: pa.StringArray) -> pa.BooleanArray:
    return pc.greater(pc.binary_length(domains), MAX_VALIDATABLE_NAME_OCTETS)


def _reported(text: bytes, linter: Linter) -> list[str]:
    """Return the ids of the rules that a linter reports for a certificate with one name."""
    name = text.decode("utf-8", "surrogateescape")
    request = CertificateRequest.of([name], validation_method=ValidationMethod.DNS)
    variant = Variant(request, consumers=(), locations={})
    findings, _ = linter.check(Declaration(None, Tool.API, "", (variant,)))
    return sorted(finding.rule.id for finding in findings)
