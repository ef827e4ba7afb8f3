"""How the resources of a configuration validate a certificate with DNS, for several rules."""

from __future__ import annotations

from acmrules.messages import counted, quoted_list
from acmrules.values import Value

TYPE_CHECKING = False
if TYPE_CHECKING:
    from acmrules.unresolved import ListedName, Text

ROUTE53 = "Route 53"
"""The service of records that Terraform creates in hosted zones."""


class OptionPart(Value):
    """What an expression takes from the validation options of a certificate.

    `option` identifies the option. `stem` is the name that it validates, without `*.`, or `None`
    if it is unknown.
    """

    option: str
    member: str
    stem: ListedName | None = None


class RecordResource(Value):
    """A resource that creates a validation record of a certificate, or tries to.

    `service` is the DNS service. `name`, `value` and `type` are those of the record; `name_part`
    and `value_part` are what they take from the certificate. `proxied` is whether the service hides
    the record. `overwrites` is whether the resource replaces an existing record. Both are `None` if
    they are unknown. `stem` is the name that the record validates, if it is known, and `zone` its
    zone. With `is_relative`, the service adds the name of the zone to a `name` without a final dot.
    `can_overwrite` is whether its type has an argument for that. With `of_other`, it is the record
    of another certificate that needs the same one.
    """

    address: str
    service: str = ROUTE53
    stem: ListedName | None = None
    zone: Text | None = None
    overwrites: bool | None = False
    proxied: Text | bool = False
    name: Text | None = None
    value: Text | None = None
    type: Text | None = None
    name_part: OptionPart | None = None
    value_part: OptionPart | None = None
    is_relative: bool = False
    can_overwrite: bool = False
    of_other: bool = False


class RecordWait(Value):
    """A resource that waits for the validation.

    `left_out` are the names whose records it does not list, and `fewer` is how many of the `needed`
    records it does not list, if it is unknown which. `timeout` is how long it waits.
    `lists_records` is whether it certainly lists any.
    """

    address: str
    left_out: tuple[ListedName, ...] = ()
    fewer: int = 0
    needed: int = 0
    timeout: Text | None = None
    lists_records: bool = False


class RepetitionFault(Value):
    """A repetition of records that Terraform cannot plan.

    `what` is the attribute that is unknown, and `reason` one of the constants below. It is not
    certain if it depends on the version of the provider, which the configuration leaves open.
    """

    address: str
    what: str
    reason: str
    is_certain: bool = True


OBJECTS = "objects"
"""The repetition is over a set of objects, and Terraform requires a map or a set of strings."""

RECORD_KEYS = "record keys"
"""The keys are those of records, which ACM chooses during the apply."""

COMPUTED_NAMES = "computed names"
"""The names of the certificate are known only after the apply."""

SET_INDEX = "set index"
"""The options are selected by an index, although they are a set."""


class DnsValidation(Value):
    """The records of a certificate, the resources that wait for them, and what is left out.

    `left_out` are the names for which no resource creates a record, and `fewer` is for how many
    names records are missing if it is unknown for which; `needed` is how many records the names
    need at least. With `unsure`, it is unknown whether each name has a record. `selected` is
    whether resources select an option by its index.
    """

    records: tuple[RecordResource, ...] = ()
    waits: tuple[RecordWait, ...] = ()
    repetitions: tuple[RepetitionFault, ...] = ()
    left_out: tuple[ListedName, ...] = ()
    fewer: int = 0
    needed: int = 0
    unsure: bool = False
    selected: bool = False

    def literal_stems(self) -> frozenset[str]:
        """Return the names of literal records that have the form of ACM's.

        Their tokens may be those of the account, which are always the same for a name. The names
        that a service adds that of the zone to are unknown.
        """
        names = (
            record.name.rstrip(".").lower().partition(".")
            for record in self.records
            if isinstance(record.name, str)
            and record.name_part is None
            and not (record.is_relative and record.name[-1:] != ".")
        )
        return frozenset(stem for token, _, stem in names if is_token(token))


def is_token(label: str) -> bool:
    """Return whether the first label of a record's name has the form of ACM's."""
    return len(label) == _TOKEN and label[0] == "_" and _HEX.issuperset(label[1:])


_TOKEN = 33
_HEX = frozenset("0123456789abcdef")


def missing(left_out: tuple[ListedName, ...], fewer: int, needed: int, verb: str) -> str:
    """Return a clause about records that are not created or not listed.

    >>> missing((), 1, 3, "created")
    '1 of 3 validation records is not created'
    """
    if left_out:
        records, are = ("record", "is") if len(left_out) == 1 else ("records", "are")
        return f"the validation {records} of {quoted_list(left_out)} {are} not {verb}"
    records = counted(needed, "validation record")
    return f"{fewer:,} of {records} {'is' if fewer == 1 else 'are'} not {verb}"
