"""The Regions that the playground offers, as options of a select element."""

from __future__ import annotations

from html import escape

from acmrules.regions import PARTITIONS, REGIONS

PAGE = "overrides/partials/playground-regions.html"


def pages() -> dict[str, str]:
    """Return the options, grouped by partition."""
    return {PAGE: "".join(map(_group, PARTITIONS))}


def _group(partition: str) -> str:
    regions = sorted(region.name for region in REGIONS.values() if region.partition == partition)
    options = "".join(f"  <option>{escape(name)}</option>\n" for name in regions)
    return f'<optgroup label="{escape(partition)}">\n{options}</optgroup>\n'
