"""The commands that answer questions: settings, rules, facts, coverage and contacts."""

from __future__ import annotations

import os
import sys

from acmrules.lint import options
from acmrules.lint.arguments import CLEAN, FOUND, UNREADABLE, UsageError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from acmrules.lint.arguments import Arguments
    from acmrules.lint.coverage import Asked
    from acmrules.lint.source import Document


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
    """Print what names cover, as a tree, as data, or as a picture."""
    from acmrules.lint.coverage import coverage
    from acmrules.lint.reports import coverage as report
    from acmrules.suffixlists import default_suffixes

    asked = _asked(given)
    trees = [coverage(each, default_suffixes()) for each in asked]
    form = given.last("format")
    if form == "svg":
        sys.stdout.write(report.picture(trees))
    elif form != "json":
        sys.stdout.write(report.render(trees, ascii_only=not _can_show("\u2514")))
    elif asked[0].title:
        _print_json([report.as_data(tree) for tree in trees])
    else:
        told = report.by_host(trees[0])
        _print_json([told[str(host)] for host in asked[0].hosts])
    return FOUND if any(tree.count("is_uncovered") for tree in trees) else CLEAN


def _asked(given: Arguments) -> list[Asked]:
    """Return what `covers` is asked: of the names given, or of each certificate in the files."""
    from acmrules.errors import InvalidName
    from acmrules.lint.coverage import Asked, asked_by
    from acmrules.lint.source import Unreadable
    from acmrules.names import parse_name

    words = given.operands
    names = [word for word in words if not _is_file(word)]
    if not words or (names and not given.after):
        raise UsageError(
            "`covers` takes names, `--`, and hosts: acmrules covers NAME... -- HOST..."
        )
    if 0 < len(names) < len(words):
        raise UsageError(f"`covers` takes names or files, not both: `{names[0]}` is no file")
    try:
        hosts = tuple(map(parse_name, given.after or ()))
        if names:
            return [Asked("", tuple(map(parse_name, names)), hosts)]
        documents = [document for path in words for document in _documents(path)]
    except (InvalidName, Unreadable) as error:
        raise UsageError(str(error)) from None
    asked = [each for document in documents for each in asked_by(document, hosts or None)]
    if not asked:
        raise UsageError(f"no certificate request in {', '.join(words)}")
    return asked


def _is_file(word: str) -> bool:
    """Say whether a word is a path and no name; below `.tf` there are both."""
    from acmrules.lint import readers

    endings = (*readers.WALKED_SUFFIXES, ".txt", ".names", "-", os.sep)
    ends = word.endswith(endings) and not word.endswith(".tf")
    return ends or os.sep in word or (word.endswith(".tf") and os.path.exists(word))


def _documents(path: str) -> list[Document]:
    """Return what a file holds; of a Terraform module, what stands in that file."""
    from acmrules.lint import files, readers

    data = files.read_bytes(path)
    if not path.endswith(readers.MODULE_SUFFIXES):
        return [*readers.read(files.decode(path, readers.as_text(path, data)))]
    path = os.path.normpath(path)
    modules = readers.configuration(files.module)
    found = [modules.documents(root) for root in modules.roots([os.path.dirname(path)])]
    if path in modules.unreadable:
        raise modules.unreadable[path]
    return [each for documents in found for each in documents if each.file == path]


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
                    "says": contact.says.url if contact.says else None,
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
            says = f" ({contact.says.title})" if contact.says else ""
            print(f"  {contact.address:{width}}  {contact.origin.value:14}  {state}{says}")
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
                    "what": fact.what,
                    "value": str(fact.history.at(day)),
                    "mark": fact.mark.name.lower(),
                    "history": [
                        {
                            "from": era.start.isoformat(),
                            "value": str(era.value),
                            "says": era.says.title,
                            "url": era.says.url,
                            "read": era.says.read.isoformat(),
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
        print(f"{fact.row}  {fact.what}")
        print(f"    {'not yet' if era is None else worded(era.value)} ({fact.mark.name.lower()})")
        says = (era or fact.history.eras[0]).says
        print(f"    {says.title}, {says.url}, read {says.read}")
        if fact.note:
            print(f"    {fact.note}")
    return CLEAN
