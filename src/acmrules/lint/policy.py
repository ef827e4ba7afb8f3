"""What an organisation allows of what ACM takes, as data."""

from __future__ import annotations

from acmrules.values import Value

TYPE_CHECKING = False
if TYPE_CHECKING:
    from acmrules.names import DomainName, Name
    from acmrules.request import KeyAlgorithm, ValidationMethod


class Policy(Value):
    """What requests may ask for; `None` where the organisation says nothing of it.

    `zones` are domains that every name is to be within, `wildcard_zones` those that wildcards are
    to be within (no domain: no wildcards). Plans keep to the rest: of each group that is `apart` a
    certificate serves what is within one domain at the most, and names that are `first` come first.
    """

    zones: tuple[DomainName, ...] | None = None
    wildcard_zones: tuple[DomainName, ...] | None = None
    max_names: int | None = None
    required_tags: tuple[str, ...] | None = None
    validation_methods: tuple[ValidationMethod, ...] | None = None
    key_algorithms: tuple[KeyAlgorithm, ...] | None = None
    apart: tuple[tuple[DomainName, ...], ...] | None = None
    first: tuple[Name, ...] | None = None
