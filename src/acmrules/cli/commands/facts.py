"""The command `facts`: the facts that the rules rely on, with their sources."""

from __future__ import annotations

from acmrules.cli import overrides
from acmrules.cli.output import print_json
from acmrules.cli.parser import CLEAN, UsageError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from acmrules.cli.parser import Arguments


def facts(given: Arguments) -> int:
    """Print the facts that the rules rest on."""
    from acmrules.facts import all_facts
    from acmrules.facts.wording import format_value

    day = overrides.day(given, "on")
    wanted = set(given.operands)
    facts = [fact for fact in all_facts() if not wanted or wanted & {fact.row, *fact.row.split()}]
    if wanted and not facts:
        raise UsageError(f"no fact {' '.join(sorted(wanted))}; `acmrules facts` lists all")
    if given.last("format") == "json":
        print_json(
            [
                {
                    "row": fact.row,
                    "what": fact.statement,
                    "value": str(fact.history.at(day)),
                    "mark": fact.mark.name.lower(),
                    "history": [
                        {
                            "from": era.start.isoformat(),
                            "value": str(era.value),
                            "says": era.source.title,
                            "url": era.source.url,
                            "read": era.source.read.isoformat(),
                        }
                        for era in fact.history
                    ],
                    "note": fact.note,
                }
                for fact in facts
            ]
        )
        return CLEAN
    for fact in facts:
        era = fact.history.era(day)
        print(f"{fact.row}  {fact.statement}")
        value = "not yet" if era is None else format_value(era.value)
        print(f"    {value} ({fact.mark.name.lower()})")
        source = (era or fact.history.eras[0]).source
        print(f"    {source.title}, {source.url}, read {source.read}")
        if fact.note:
            print(f"    {fact.note}")
    return CLEAN
