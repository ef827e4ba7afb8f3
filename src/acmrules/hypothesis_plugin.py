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
    "names": {
        "DomainName": "domain_names",
        "Name": "names",
        "WildcardDomainName": "wildcard_domain_names",
    },
    "name_list": {"NameList": "name_lists"},
    "request": {
        "CertificateRequest": "certificate_requests",
        "Tag": "tags",
        "ValidationOption": "validation_options",
    },
    "unresolved": {"Unresolved": "unresolved"},
    "resources": {"Consumer": "consumers"},
    "facts.timeline": {"Timeline": "timelines"},
    "limits": {"Quotas": "quotas"},
    "caa": {"CaaRecord": "caa_records"},
    "planner.demands": {"Demand": "demands", "PlanPolicy": "plan_policies"},
}
"""The strategy of each class, by module."""


def register() -> None:
    """Register the strategies of the values that you give to the library.

    Hypothesis draws members of enumerations without a strategy.
    """
    from hypothesis.strategies import register_type_strategy

    for module, strategies in _STRATEGIES.items():
        home = __import__(f"acmrules.{module}", fromlist=[*strategies])
        for name, strategy in strategies.items():
            register_type_strategy(getattr(home, name), _loaded(strategy))


def _loaded(name: str) -> Callable[[type], SearchStrategy[object]]:
    def load(_: type) -> SearchStrategy[object]:
        from acmrules import strategies

        made: SearchStrategy[object] = getattr(strategies, name)()
        return made

    return load
