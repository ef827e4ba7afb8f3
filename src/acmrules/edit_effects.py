"""The effect of an edit of one attribute: what the tool tries, and what ACM allows.

The facts of section D state both for each attribute. `effect` is the only place that combines them.
"""

from __future__ import annotations

from acmrules.facts import sources, tools
from acmrules.request import WITH_TERRAFORM_PROVIDER, Tool
from acmrules.values import Value

TYPE_CHECKING = False
if TYPE_CHECKING:
    from datetime import date

    from acmrules.facts.fact import Fact
    from acmrules.facts.timeline import Citation

UPDATES: dict[str, Fact[tools.Updates]] = {
    "validation_method": tools.VALIDATION_METHOD_UPDATES,
    "validation_options": tools.VALIDATION_OPTIONS_UPDATES,
    "key_algorithm": tools.KEY_ALGORITHM_UPDATES,
    "certificate_authority_arn": tools.AUTHORITY_UPDATES,
    "export": tools.EXPORT_UPDATES,
    "transparency_logging": tools.TRANSPARENCY_UPDATES,
    "tags": tools.TAGS_UPDATES,
}
"""The facts about each attribute other than the names, in the order of the reports."""

COLUMNS = {
    Tool.CLOUDFORMATION: "cloudformation",
    Tool.TERRAFORM: "terraform",
    Tool.KUBERNETES: "kubernetes",
    Tool.PULUMI: "terraform",
    Tool.CROSSPLANE: "terraform",
}
"""The columns of `tools.Updates`; all other tools use the API."""

REFUSED = "refused by ACM"
"""The effect of an edit that the tool tries in place and that ACM rejects: the deployment fails."""

KEPT = "kept"
"""The effect of an edit that removes an attribute, if the tool keeps its value."""

_IN_PLACE = "in place"
_COMBINED = {"fixed": REFUSED, "edit refused": REFUSED, "no effect": "no effect"}
"""The effect of an edit that a tool tries in place, by what the API does; otherwise in place."""

_ERRORS = {"export": tools.EXPORT_EDIT_ERROR, "transparency_logging": tools.PRIVATE_OPTIONS_ERROR}
"""What ACM answers to an edit in place that it rejects."""

_UPDATING = frozenset(Tool) - {Tool.KUBERNETES}
"""The tools that update the options of certificates of private CAs too."""

_SOURCES = {
    **dict.fromkeys(WITH_TERRAFORM_PROVIDER, sources.TF_CERT),
    Tool.KUBERNETES: sources.ACK_GENERATOR,
}
"""The source of a tool for the effects of edits, if it is the same for all attributes."""


class Effect(Value):
    """The effect of an edit, and its source.

    `value` is one of the values of `tools.Updates`, `REFUSED` or `KEPT`. `tried` is what the
    tool does. `is_disputed` is true if sources disagree on the effect.
    """

    value: str
    tried: str
    source: Citation
    is_disputed: bool = False


def effect(
    attribute: str, tool: Tool, as_of: date, *, is_private: bool = False, is_removed: bool = False
) -> Effect:
    """Return the effect of an edit of an attribute (facts, section D).

    With `is_private`, a private CA issued the certificate, whose options ACM does not update. With
    `is_removed`, the edit removes the attribute.
    """
    fact = UPDATES[attribute]
    if is_removed and tool in WITH_TERRAFORM_PROVIDER and attribute in tools.TERRAFORM_KEPT.value:
        return Effect(KEPT, KEPT, tools.TERRAFORM_KEPT.source)
    era = fact.history.era(as_of) or fact.history.eras[0]
    column = COLUMNS.get(tool, "api")
    allowed, tried = era.value.api, getattr(era.value, column)
    is_rejected = is_private and attribute == "transparency_logging" and tool in _UPDATING
    if is_rejected:
        allowed = "edit refused"
        tried = tried if tool in COLUMNS else allowed
    value = _COMBINED.get(allowed, _IN_PLACE) if tried == _IN_PLACE else tried
    if is_rejected or value == REFUSED:
        source = _ERRORS[attribute].source
    else:
        source = _source(fact, era.source, tool) if value == tried else era.source
    return Effect(value, tried, source, column == "api" and fact.is_disputed)


def _source(fact: Fact[tools.Updates], source: Citation, tool: Tool) -> Citation:
    """Return the source for a tool; for Terraform and ACK it is their code."""
    own = _SOURCES.get(tool)
    return own if own in fact.also else source
