"""The commands that answer questions: settings, rules, facts, coverage and contacts."""

from __future__ import annotations

import sys

from acmrules.lint import options
from acmrules.lint.arguments import CLEAN, FOUND, UNREADABLE, UsageError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from acmrules.lint.arguments import Arguments
    from acmrules.lint.coverage import Coverage
    from acmrules.names import Name


def settings(given: Arguments) -> int:
    """Print what holds for a file or folder, and where each value was stated."""
    from acmrules.lint import terms
    from acmrules.lint.settings import WrongSettings

    path = (given.operands or ["."])[0]
    try:
        holding = options.lookup(given).terms(path)
    except WrongSettings as wrong:
        for mistake in wrong.mistakes:
            print(f"acmrules: {mistake}", file=sys.stderr)
        return UNREADABLE
    if given.last("format") == "json":
        stated = terms.as_data(holding)
        _print_json({"path": path, "excluded": holding.excluded, "settings": stated})
    else:
        sys.stdout.write(terms.as_text(holding))
    return CLEAN


def explain(given: Arguments) -> int:
    """Print what rules mean."""
    from acmrules.lint import explain

    rules = sorted(options.matching(options.rule_words(given.operands)), key=lambda rule: rule.id)
    style = given.last("format", "text")
    if style == "json":
        _print_json([explain.as_data(rule) for rule in rules])
    else:
        page = explain.as_markdown if style == "markdown" else explain.as_text
        sys.stdout.write("\n".join(page(rule) for rule in rules))
    return CLEAN


def rules(given: Arguments) -> int:
    """Print a line for each rule."""
    from acmrules.lint import explain
    from acmrules.lint.rules import CATALOGUE

    if given.last("format") == "json":
        _print_json([explain.as_data(rule) for rule in CATALOGUE])
        return CLEAN
    as_of = options.day(given, "as_of")
    width = max(len(rule.name) for rule in CATALOGUE)
    for rule in CATALOGUE:
        severity = rule.force.at(as_of)
        force = f"{severity}" if severity else f"from {rule.force.eras[0].start}"
        print(f"{rule.id}  {rule.name:{width}}  {force:15}  {rule.title}")
    return CLEAN


def _print_json(data: object) -> None:
    import json

    print(json.dumps(data, indent=2))


def covers(given: Arguments) -> int:
    """Print what names cover, or the certificates in files, as trees, as data, or as a picture."""
    from acmrules.errors import InvalidName
    from acmrules.names import parse_name

    words = given.operands
    names = [word for word in words if not options.is_path(word)]
    if not words or (names and not given.after):
        raise UsageError(
            "`covers` takes names, `--`, and hosts: acmrules covers NAME... -- HOST..."
        )
    if 0 < len(names) < len(words):
        raise UsageError(f"`covers` takes names or files, not both: `{names[0]}` is no file")
    try:
        listed = tuple(map(parse_name, names))
        hosts = tuple(map(parse_name, given.after or ()))
    except InvalidName as error:
        raise UsageError(str(error)) from None
    return _names_cover(given, listed, hosts) if names else _files_cover(given, hosts)


def _names_cover(given: Arguments, names: tuple[Name, ...], hosts: tuple[Name, ...]) -> int:
    from acmrules.lint.coverage import Asked, coverage
    from acmrules.lint.reports import coverage as report
    from acmrules.suffixlists import suffixes_from

    suffixes = suffixes_from(given.last("suffix_list", "publicsuffixlist"))
    tree = coverage(Asked("", names, hosts), suffixes)
    if given.last("format") == "json":
        told = report.by_host(tree)
        _print_json([told[str(host)] for host in hosts])
    else:
        _draw(given, [tree], [])
    return FOUND if tree.count("is_uncovered") else CLEAN


def _files_cover(given: Arguments, hosts: tuple[Name, ...]) -> int:
    """Tell it of each certificate in files, then of all hosts and names together."""
    from acmrules.lint.coverage import asked_by, coverage
    from acmrules.lint.reports import coverage as report
    from acmrules.lint.reports import served as sections
    from acmrules.lint.served import Verdict, across, asked
    from acmrules.lint.surveying import survey
    from acmrules.suffixlists import suffixes_from

    found = survey(given)
    told = asked(found.estate, hosts) if hosts else across(found.estate)
    suffixes = suffixes_from(given.last("suffix_list", "publicsuffixlist"))
    trees = [
        coverage(each, suffixes)
        for document in found.estate.documents
        for each in asked_by(document, hosts or None, told.astray)
    ]
    if found.code == CLEAN and not (trees or told.hosts):
        raise UsageError(f"no certificate request in {', '.join(given.operands)}")
    if given.last("format") == "json":
        from acmrules import __version__

        certificates = {"certificates": [report.as_data(tree) for tree in trees]}
        data = {"version": 1, "acmrules": __version__, **certificates, **sections.as_data(told)}
        _print_json(data)
    else:
        _draw(given, trees, sections.lines(told))
    return found.code or (FOUND if told.of(Verdict.UNCOVERED) else CLEAN)


def _draw(given: Arguments, trees: list[Coverage], lines: list[str]) -> None:
    """Print trees, with lines below them, as text or as a picture."""
    from acmrules.lint.reports import coverage as report

    if given.last("format") == "svg":
        sys.stdout.write(report.picture(trees, lines))
    else:
        sys.stdout.write(report.render(trees, lines, ascii_only=not _can_show("\u2514")))


def _can_show(sign: str) -> bool:
    """Say whether the output's encoding has a sign."""
    try:
        sign.encode(sys.stdout.encoding or "ascii")
    except UnicodeEncodeError:
        return False
    return True


def contacts(given: Arguments) -> int:
    """Print the mailboxes that e-mail validation writes to."""
    from acmrules.contacts import WhoisContacts, validation_contacts
    from acmrules.errors import InvalidName

    as_of = options.day(given, "as_of")
    whois = WhoisContacts(
        *(given.last(who) or None for who in ("registrant", "technical", "administrative"))
    )
    found = []
    for name in given.operands:
        try:
            found.append(
                (
                    name,
                    validation_contacts(
                        name,
                        whois,
                        given.last("validation_domain") or None,
                        as_of=as_of,
                        renewal=given.has("renewal"),
                    ),
                )
            )
        except (InvalidName, ValueError) as error:
            raise UsageError(str(error)) from None
    if given.last("format") == "json":
        _print_json(
            [
                {
                    "name": name,
                    "address": contact.address,
                    "origin": contact.origin.value,
                    "mailed": contact.mailed,
                    "since": contact.since.isoformat() if contact.since else None,
                    "says": contact.source.url if contact.source else None,
                }
                for name, contacts in found
                for contact in contacts
            ]
        )
        return CLEAN
    for name, contacts in found:
        print(f"{name}: {sum(contact.mailed for contact in contacts)} mails for one approval")
        width = max(len(contact.address) for contact in contacts)
        for contact in contacts:
            state = "mailed" if contact.mailed else f"not mailed since {contact.since}"
            source = f" ({contact.source.title})" if contact.source else ""
            print(f"  {contact.address:{width}}  {contact.origin.value:14}  {state}{source}")
    return CLEAN


def facts(given: Arguments) -> int:
    """Print the facts that the rules rest on."""
    from acmrules.facts import all_facts
    from acmrules.lint.explain import worded

    day = options.day(given, "on")
    wanted = set(given.operands)
    facts = [fact for fact in all_facts() if not wanted or wanted & {fact.row, *fact.row.split()}]
    if wanted and not facts:
        raise UsageError(f"no fact {' '.join(sorted(wanted))}; `acmrules facts` lists all")
    if given.last("format") == "json":
        _print_json(
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
        print(f"    {'not yet' if era is None else worded(era.value)} ({fact.mark.name.lower()})")
        source = (era or fact.history.eras[0]).source
        print(f"    {source.title}, {source.url}, read {source.read}")
        if fact.note:
            print(f"    {fact.note}")
    return CLEAN
