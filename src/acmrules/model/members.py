"""The members that requests have in each tool, and which of them a misspelled one means."""

from __future__ import annotations

from acmrules.facts import acm, tools
from acmrules.messages import distance, near
from acmrules.request import Tool

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from acmrules.facts.fact import Fact
    from acmrules.request import UnknownMember

    Members = Mapping[str, frozenset[str]]
    """Names of members by the structure that contains them, empty for the request itself."""

RESOURCE = "resource"
"""The structure that contains the request: a resource of a template, or a Kubernetes object."""

RECORD_NAME, RECORD_VALUE = "resource_record_name", "resource_record_value"
"""The attributes of a validation option with the name and the value of its record."""

LIFECYCLE = "lifecycle"
"""The block of Terraform with this name."""

_REPEATED = frozenset(("validation_option",))
"""The blocks that may be there several times."""

_SHORTEST = 3
"""The least length of a member that another word may resemble."""

_FACTS: dict[Tool, tuple[tuple[str, Fact[tuple[str, ...]]], ...]] = {
    Tool.API: (("", acm.REQUEST_MEMBERS),),
    Tool.CLOUDFORMATION: (
        ("", tools.CLOUDFORMATION_MEMBERS),
        (RESOURCE, tools.CLOUDFORMATION_ATTRIBUTES),
    ),
    Tool.TERRAFORM: (("", tools.TERRAFORM_ARGUMENTS), ("", tools.TERRAFORM_META_ARGUMENTS)),
    Tool.KUBERNETES: (("", tools.ACK_MEMBERS), (RESOURCE, tools.ACK_OBJECT)),
    Tool.SERVERLESS: (("", tools.SERVERLESS_MEMBERS),),
    Tool.PULUMI: (("", tools.PULUMI_PROPERTIES), (RESOURCE, tools.PULUMI_RESOURCE)),
    Tool.CROSSPLANE: (("", tools.CROSSPLANE_MEMBERS), (RESOURCE, tools.ACK_OBJECT)),
}


def members(tool: Tool) -> Members:
    """Return the members that requests of a tool have, on whatever date; lists of names have none.

    Members that ACM introduced later have rules of their own.
    """
    found: dict[str, set[str]] = {}
    for root, fact in _FACTS.get(tool, ()):
        for path in fact.history.eras[-1].value:
            holder, _, name = path.rpartition(".")
            found.setdefault(holder or root, set()).add(name)
    return {holder: frozenset(names) for holder, names in found.items()}


def meant(member: UnknownMember, known: Iterable[str]) -> tuple[str, ...]:
    """Return the known members that a misspelled one resembles and that may be added.

    Several are about equally close. Neither case nor underscores and hyphens matter. A member that
    the API has is not misspelled, even if the tool does not have it.

    >>> from acmrules.request import UnknownMember
    >>> meant(UnknownMember("subject_alternate_names"), ["SubjectAlternativeNames", "Tags"])
    ('SubjectAlternativeNames',)
    """
    absent = {
        folded(name): name
        for name in known
        if len(name) >= _SHORTEST and (name not in member.siblings or name in _REPEATED)
    }
    own = folded(member.name)
    if own in absent:
        return (absent[own],)
    if any(own == folded(name) for names in members(Tool.API).values() for name in names):
        return ()
    found = near(own, absent)
    most = distance(own, found[0]) + 1 if found else 0
    return tuple(absent[name] for name in found if distance(own, name) <= most)


def folded(name: str) -> str:
    """Return the name of a member in the spelling that all tools share."""
    return name.replace("_", "").replace("-", "").lower()
