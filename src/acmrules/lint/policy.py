"""The policy of an organization: its own limits on certificate requests."""

from __future__ import annotations

from acmrules.values import Value

TYPE_CHECKING = False
if TYPE_CHECKING:
    from acmrules.names import DomainName, Name
    from acmrules.request import KeyAlgorithm, ValidationMethod


class Policy(Value):
    """The limits of an organization; `None` is no limit.

    Every name must be within one of the `zones`, and every wildcard within one of the
    `wildcard_zones` (if empty, wildcards are not allowed). Plans also respect the rest: a
    certificate serves at most one domain of each group in `apart`, and the names in `first` come
    first.
    """

    zones: tuple[DomainName, ...] | None = None
    wildcard_zones: tuple[DomainName, ...] | None = None
    max_names: int | None = None
    required_tags: tuple[str, ...] | None = None
    validation_methods: tuple[ValidationMethod, ...] | None = None
    key_algorithms: tuple[KeyAlgorithm, ...] | None = None
    apart: tuple[tuple[DomainName, ...], ...] | None = None
    first: tuple[Name, ...] | None = None
