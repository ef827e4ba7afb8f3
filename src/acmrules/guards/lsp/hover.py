"""What a hover shows: the finding at a place, and what the name there covers."""

from __future__ import annotations

from os.path import normpath

from acmrules.coverage import CoverageIndex
from acmrules.facts.fact import CHECKED
from acmrules.messages import quoted
from acmrules.names import Name, WildcardDomainName
from acmrules.reports.rule_pages import general_help, history
from acmrules.suffix_lists import default_suffixes

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from acmrules.guards.lsp.folders import Checked
    from acmrules.lint.findings import Finding
    from acmrules.model.declaration import Declaration
    from acmrules.model.placed import Location
    from acmrules.resources import Consumer
    from acmrules.suffixes import PublicSuffixes

_MOST_HOSTS = 10
"""Maximum number of hosts that are listed."""


def hover(checked: Checked, path: str, offset: int) -> tuple[str, Location] | None:
    """Return the Markdown for an offset in a file, and the place that it is about."""
    blocks: list[str] = []
    places: list[Location] = []
    declarations = checked.check.files.anew().declarations({})
    for name, location in _names(declarations, path):
        if _contains(location, path, offset):
            blocks.append(_about_name(name, declarations, default_suffixes()))
            places.append(location)
            break
    for finding in checked.check.report.findings:
        if finding.location is not None and _contains(finding.location, path, offset):
            blocks.append(_about_finding(finding))
            places.append(finding.location)
    if not blocks:
        return None
    shortest = min(places, key=lambda each: each.end - each.start)
    return "\n\n---\n\n".join(dict.fromkeys(blocks)), shortest


def _contains(location: Location, path: str, offset: int) -> bool:
    is_inside = location.start <= offset <= location.end
    return is_inside and normpath(location.file) == path


def _names(declarations: Iterable[Declaration], path: str) -> Iterator[tuple[Name, Location]]:
    """Yield the names of certificates that are written in a file, and where they are."""
    for declaration in declarations:
        for variant in declaration.variants:
            for index, name in enumerate(variant.names):
                location = variant.location(("names", index))
                if not isinstance(name, Name) or location is None:
                    continue
                for each in (location, location.definition):
                    if each is not None and normpath(each.file) == path:
                        yield name, each


def _about_name(name: Name, declarations: Iterable[Declaration], suffixes: PublicSuffixes) -> str:
    """Return what a name covers, its base domain, and the hosts of the workspace under it."""
    lines = [f"**{quoted(str(name))}** {_coverage(name)}", ""]
    plain = name.parent if isinstance(name, WildcardDomainName) else name
    suffix = suffixes.public_suffix(plain)
    base = suffixes.base_domain_name(plain)
    if base is None:
        lines.append(f"- {quoted(str(plain))} is a public suffix")
    else:
        lines += [f"- base domain: {quoted(str(base))}", f"- public suffix: {quoted(suffix)}"]
    hosts = [*_hosts(name, declarations)]
    if hosts:
        shown = hosts[:_MOST_HOSTS]
        lines += ["", "Hosts in this workspace that it covers:", ""]
        lines += [f"- {quoted(host)}: {where}" for host, where in shown]
        if len(hosts) > len(shown):
            lines.append(f"- and {len(hosts) - len(shown):,} more")
    else:
        lines += ["", "It covers no host of this workspace."]
    return "\n".join(lines)


def _coverage(name: Name) -> str:
    if not isinstance(name, WildcardDomainName):
        return "covers this host only, not its subdomains."
    parent = str(name.parent)
    return (
        f"covers every name directly under {quoted(parent)}, such as {quoted('www.' + parent)}."
        f" It covers neither {quoted(parent)} nor names further below, such as"
        f" {quoted('a.b.' + parent)}."
    )


def _hosts(name: Name, declarations: Iterable[Declaration]) -> Iterator[tuple[str, str]]:
    """Yield the hosts that a name covers, each with its consumer."""
    index = CoverageIndex((name,))
    seen: set[tuple[str, str]] = set()
    for declaration in declarations:
        for variant in declaration.variants:
            for consumer in variant.consumers:
                for host in dict.fromkeys((*consumer.hosts, *consumer.recorded)):
                    if isinstance(host, Name) and index.covers(host):
                        found = str(host), _where(consumer, declaration)
                        if found not in seen:
                            seen.add(found)
                            yield found


def _where(consumer: Consumer, declaration: Declaration) -> str:
    return f"{quoted(consumer.address)} in {quoted(declaration.file)}"


def _about_finding(finding: Finding) -> str:
    """Return the message of a finding, its help, and the short explanation of its rule."""
    rule = finding.rule
    lines = [f"**{rule.id} {rule.name}** ({finding.severity}): {finding.message}"]
    if finding.help:
        lines += ["", f"*help:* {finding.help}"]
    elif rule.help:
        lines += ["", f"*help:* {general_help(rule)}"]
    lines += ["", rule.title]
    if rule.explanation:
        lines += ["", rule.explanation]
    lines += ["", *(f"- {sentence}" for sentence in history(rule))]
    era = rule.force.era(CHECKED) or rule.force.eras[0]
    return "\n".join([*lines, "", f"[{era.source.title}]({era.source.url})"])
