"""Facts about AWS and the CA/Browser Forum: data with a source and a date."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from acmrules.facts.fact import Fact


def named_facts() -> dict[str, Fact[Any]]:
    """Return every fact by its name, such as `acm.VALIDITY_DAYS`, in the order of rows."""
    from acmrules.facts import background

    return _in_order({**_named_in_code(), **background.FACTS})


def facts_in_code() -> tuple[Fact[Any], ...]:
    """Return the facts that rules and commands read, in the order of rows."""
    return tuple(_in_order(_named_in_code()).values())


def all_facts() -> tuple[Fact[Any], ...]:
    """Return every fact, in the order of rows."""
    return tuple(named_facts().values())


def _named_in_code() -> dict[str, Fact[Any]]:
    from acmrules.facts import acm, cabf, dns, live, names, services, tools
    from acmrules.facts.fact import Fact

    return {
        f"{module.__name__.rpartition('.')[2]}.{name}": fact
        for module in (acm, cabf, dns, live, names, services, tools)
        for name, fact in vars(module).items()
        if isinstance(fact, Fact)
    }


def _in_order(named: dict[str, Fact[Any]]) -> dict[str, Fact[Any]]:
    return dict(sorted(named.items(), key=lambda item: _place(item[1].rows[0])))


def _place(row: str) -> tuple[str, int, str]:
    """Return the sort key of a row: section 4, `4.2b` after `4.2a` and before `4.10`."""
    section, _, rest = row.partition(".")
    number = rest.rstrip("abcdefghi")
    return section, int(number or 0), rest[len(number) :]
