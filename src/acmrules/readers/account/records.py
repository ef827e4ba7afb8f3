"""DNS records in presentation form, as zone files and the output of `dig` contain them.

It needs dnspython, the extra `dns`, so modules import it when they read such records.
"""

from __future__ import annotations

import struct

import dns.exception
import dns.name
import dns.rdata
import dns.rdataclass
import dns.rdatatype
import dns.tokenizer
import dns.ttl

from acmrules.diagnosis.answers import DnsRecord
from acmrules.diagnosis.dns.domains import canonical
from acmrules.errors import InvalidArgument
from acmrules.messages import quoted
from acmrules.readers.account.record_names import WITH_NAMES

TYPE_CHECKING = False
if TYPE_CHECKING:
    from dns.name import Name
    from dns.rdata import Rdata
    from dns.tokenizer import Tokenizer

MALFORMED = (dns.exception.DNSException, ValueError, struct.error)
"""What dnspython raises for a malformed text; the last one before 2.9, for an escape above 255."""

_CLASSES = frozenset({"IN", "CH", "HS", "CS"})


def canonical_name(name: Name) -> str:
    """Return a name in lowercase, without the final dot; the root is empty."""
    return canonical(name.to_text())


def record_of(name: Name, data: Rdata, ttl: int | None) -> DnsRecord:
    """Return a record of dnspython in the form of `DnsRecord`."""
    type_ = dns.rdatatype.to_text(data.rdtype)
    value = data.to_text()
    if type_ in WITH_NAMES:
        value = " ".join(map(canonical, value.split(" ")))
    return DnsRecord(canonical_name(name), type_, value, ttl)


def parse_record(text: str) -> DnsRecord:
    """Return the record on a line whose names are absolute, as programs print it.

    Raises `InvalidArgument` if the line is something else.
    """
    tokens = dns.tokenizer.Tokenizer(text)
    try:
        owner = parse_name(tokens.get().value, dns.name.root)
        ttl, data = parse_rest(tokens, None)
    except MALFORMED:
        raise InvalidArgument(f"{quoted(text)} is not a DNS record") from None
    return record_of(owner, data, ttl)


def parse_name(text: str, origin: Name | None) -> Name:
    """Return the name that a string contains; a relative one is in `origin`.

    Raises `InvalidArgument` if the name is invalid, or relative without an origin.
    """
    try:
        name = dns.name.from_text(text, origin)
    except MALFORMED:
        raise InvalidArgument(f"{quoted(text)} is not a DNS name") from None
    if not name.is_absolute():
        raise InvalidArgument(f"the name {quoted(text)} is relative, and the zone is unknown")
    return name


def parse_rest(tokens: Tokenizer, origin: Name | None) -> tuple[int | None, Rdata]:
    """Return the TTL and the data of a record whose owner has been read, up to its end.

    The TTL is `None` if there is none. Raises `InvalidArgument`, or an exception of dnspython.
    """
    ttl = None
    word = tokens.get_string()
    seen_class = False
    while True:
        if ttl is None and word[:1].isdecimal():
            ttl = dns.ttl.from_text(word)
        elif not seen_class and word.upper() in _CLASSES:
            seen_class = True
            if word.upper() != "IN":
                raise InvalidArgument(f"the class {quoted(word)} is not `IN`")
        else:
            break
        word = tokens.get_string()
    try:
        kind = dns.rdatatype.from_text(word)
    except MALFORMED:
        raise InvalidArgument(f"{quoted(word)} is not a type of DNS records") from None
    try:
        data = dns.rdata.from_text(dns.rdataclass.IN, kind, tokens, origin, relativize=False)
    except MALFORMED:
        fault = f"the data of the {dns.rdatatype.to_text(kind)} record is invalid"
        raise InvalidArgument(fault) from None
    if any(_is_relative(getattr(data, field)) for field in data.__slots__):
        raise InvalidArgument("the data has a relative name, and the zone is unknown")
    return ttl, data


def _is_relative(value: object) -> bool:
    return isinstance(value, dns.name.Name) and not value.is_absolute()
