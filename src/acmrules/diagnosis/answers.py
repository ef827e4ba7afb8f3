"""What DNS servers answered, and what hosted zones contain."""

from __future__ import annotations

from enum import StrEnum

from acmrules.values import Value


class AnswerStatus(StrEnum):
    """The result of one query: a response code of DNS, or why there is no response.

    `NO_ANSWER` means that the server did not respond in time, or that the response was broken.
    """

    NOERROR = "NOERROR"
    NXDOMAIN = "NXDOMAIN"
    SERVFAIL = "SERVFAIL"
    REFUSED = "REFUSED"
    OTHER = "OTHER"
    NO_ANSWER = "NO_ANSWER"


class DnsQuery(Value):
    """A question about a name, and whom to ask.

    `name` and `type` are canonical, as in `DnsRecord`; the name may have a `*` or underscores. By
    default the query goes to an authoritative server of the zone of the name, which the delegation
    from above names, without recursion, so an alias to another zone is not followed. If that server
    does not respond, another one is asked. `to_all` asks each of its servers, and each response,
    also a missing one, is an answer of its own. `to_resolver` asks the recursive resolver instead,
    and then `checks_dnssec` is whether that validates the response.
    """

    name: str
    type: str
    to_all: bool = False
    to_resolver: bool = False
    checks_dnssec: bool = True


class DnsRecord(Value):
    """A DNS record in canonical form.

    `name` is lowercase, without the final dot; the root is empty. `type` is uppercase. `value` is
    the data in presentation form; names in the data of CNAME, NS, MX and SOA records are like
    `name`. `ttl` is in seconds.
    """

    name: str
    type: str
    value: str
    ttl: int | None = None


class DnsAnswer(Value):
    """One response to one query; `name` and `type` are those of the query.

    `records` is the answer section with its chain of aliases, `authority` the authority section.
    `server` is the server that responded, or that did not: its name or address, empty if it is
    unknown. `is_authoritative` is the flag AA, `is_authenticated` the flag AD. `checks_dnssec` is
    false if the query asked the server not to validate (the flag CD). `zone` is the zone whose
    server it is, where the query followed the delegation, empty otherwise and for the root; its
    servers are `zone_servers`, as the parent zone lists them. So they are not empty exactly if
    the query followed the delegation. If no delegation could be followed at all, the status is
    `NO_ANSWER` and `zone_servers` is empty. Answers of the recursive resolver have neither.
    """

    name: str
    type: str
    status: AnswerStatus
    records: tuple[DnsRecord, ...] = ()
    authority: tuple[DnsRecord, ...] = ()
    server: str = ""
    is_authoritative: bool | None = None
    is_authenticated: bool | None = None
    checks_dnssec: bool = True
    zone: str = ""
    zone_servers: tuple[str, ...] = ()


class HostedZone(Value):
    """The content of a zone as its owner keeps it: a zone file, or a hosted zone of Route 53.

    `name` is canonical, as in `DnsRecord`. `id` is the id of Route 53, empty if there is none.
    `is_private` and the `name_servers` of its delegation set are `None` if they are unknown. With
    `is_complete`, `records` are all records of the zone. It does not prove what the world sees: the
    parent zone may delegate to other servers.
    """

    name: str
    id: str = ""
    is_private: bool | None = None
    name_servers: tuple[str, ...] | None = None
    records: tuple[DnsRecord, ...] = ()
    is_complete: bool = False


class DnsAnswers(Value):
    """Everything that is known about DNS: responses of servers, and the content of zones."""

    answers: tuple[DnsAnswer, ...] = ()
    zones: tuple[HostedZone, ...] = ()
