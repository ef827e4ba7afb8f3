"""Hypothesis strategies for names, hosts, requests and dates, valid and invalid.

Importing this package imports Hypothesis, which acmrules does not install.
"""

try:
    import hypothesis as hypothesis
except ModuleNotFoundError as error:
    raise ModuleNotFoundError(
        "`acmrules.strategies` needs the package `hypothesis`; install it with "
        "`pip install hypothesis`",
        name=error.name,
    ) from error

from acmrules.strategies.names import (
    covered_hosts,
    domain_names,
    invalid_names,
    labels,
    name_lists,
    names,
    related_names,
    uncovered_hosts,
    wildcard_domain_names,
)
from acmrules.strategies.requests import (
    certificate_requests,
    invalid_requests,
    rules_of_requests,
    tags,
    validation_options,
)
from acmrules.strategies.values import (
    caa_records,
    consumers,
    dates,
    demands,
    plan_policies,
    quotas,
    timelines,
    unresolved,
)

__all__ = [
    "caa_records",
    "certificate_requests",
    "consumers",
    "covered_hosts",
    "dates",
    "demands",
    "domain_names",
    "invalid_names",
    "invalid_requests",
    "labels",
    "name_lists",
    "names",
    "plan_policies",
    "quotas",
    "related_names",
    "rules_of_requests",
    "tags",
    "timelines",
    "uncovered_hosts",
    "unresolved",
    "validation_options",
    "wildcard_domain_names",
]
