"""The entry point of Hypothesis: `from_type` knows the values of the library.

Hypothesis calls `register` when it is imported. That loads the classes alone; the strategies, and
the rules that they need, load when `from_type` first needs one of them.
"""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable

    from hypothesis.strategies import SearchStrategy

_STRATEGIES = {
    "CaaRecord": "caa_records",
    "CertificateRequest": "certificate_requests",
    "Consumer": "consumers",
    "Demand": "demands",
    "DomainName": "domain_names",
    "Name": "names",
    "NameList": "name_lists",
    "PlanPolicy": "plan_policies",
    "Quotas": "quotas",
    "Tag": "tags",
    "Timeline": "timelines",
    "Unresolved": "unresolved",
    "ValidationOption": "validation_options",
    "WildcardDomainName": "wildcard_domain_names",
}
"""The strategy of each class."""


def register() -> None:
    """Register the strategies of the values that you give to the library.

    Hypothesis draws members of enumerations without a strategy.
    """
    from hypothesis.strategies import register_type_strategy

    package = __import__("acmrules")
    for name, strategy in _STRATEGIES.items():
        register_type_strategy(getattr(package, name), _loaded(strategy))


def _loaded(name: str) -> Callable[[type], SearchStrategy[object]]:
    def load(_: type) -> SearchStrategy[object]:
        from acmrules import strategies

        made: SearchStrategy[object] = getattr(strategies, name)()
        return made

    return load
