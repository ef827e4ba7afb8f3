"""The command line: arguments, files, the clock, exit codes; the only impure module but `files`."""

from __future__ import annotations

import gc
import os
import sys
from io import TextIOWrapper

from acmrules.lint.arguments import Command, Option, UsageError
from acmrules.lint.reports import FORMATS

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence
    from datetime import date
    from typing import NoReturn

    from acmrules.lint.arguments import Arguments
    from acmrules.lint.coverage import Asked
    from acmrules.lint.report import Finding, Report
    from acmrules.lint.rule import Rule
    from acmrules.lint.settings import Key, Settings
    from acmrules.lint.source import Document
    from acmrules.lint.terms import Lookup
    from acmrules.suffixes import PublicSuffixes

CLEAN, FOUND, UNREADABLE, DEFECT = range(4)
"""Exit codes: nothing at or above `--fail-on`; findings; input not judged; a defect in acmrules."""

_AS_OF = Option("--as-of", "judge as on this day, such as 2018-01-31 (default: today)", "DAY")
_SUFFIX_LIST = Option(
    "--suffix-list",
    "public suffix list: `publicsuffixlist` (default), `tldextract`, `publicsuffix2`, or a file",
    "SOURCE",
)

# Those of `readers.READERS`, whose import would cost a usage error twice its time.
_KINDS = (
    *("cloudformation", "api", "terraform", "terraform-plan", "kubernetes", "certificates"),
    "names",
)

_TERMS = (
    _AS_OF,
    Option("--region", "Region that templates are deployed to", "REGION"),
    Option("--param", "value of a template parameter or variable", "NAME=VALUE", many=True),
    Option("--var-file", "values of Terraform variables", "FILE", many=True),
    Option("--quota", "quota of the account, such as names=50", "NAME=NUMBER", many=True),
    Option(
        "--kind",
        f"read these kinds of files only: {', '.join(_KINDS)}",
        "KIND",
        many=True,
        choices=_KINDS,
    ),
    Option(
        "--select", "judge by these rules only: ids, names, or beginnings of ids", "IDS", many=True
    ),
    Option("--ignore", "leave these rules out", "IDS", many=True),
    Option("--baseline", "the baseline (default: the nearest of its name)", "FILE"),
    _SUFFIX_LIST,
)
"""What files are judged by."""

COMMANDS = (
    Command(
        "check",
        "PATH...",
        "judge the certificate requests in files and folders (`-`: standard input)",
        (
            *_TERMS,
            Option(
                "--format", f"{', '.join(FORMATS)} (default: text)", "FORMAT", choices=(*FORMATS,)
            ),
            Option(
                "--fail-on",
                "lowest severity that makes the exit code 1 (default: error)",
                "SEVERITY",
                choices=("note", "warning", "error"),
            ),
            Option(
                "--show-skips", "list what could not be decided, and what would have to be known"
            ),
            Option("--fix", "make the safe fixes in the files, and judge what comes out"),
            Option("--unsafe", "with --fix or --diff: make the others too"),
            Option("--diff", "print what --fix would change, and change nothing"),
        ),
    ),
    Command(
        "baseline",
        "PATH...",
        "write down what is found in files and folders, so that it counts no more",
        (
            *_TERMS,
            Option("--prune", "add nothing: take out what is found no more"),
        ),
    ),
    Command(
        "settings",
        "[PATH]",
        "say what holds for a file or folder, and where each value was stated",
        (*_TERMS, Option("--format", "text (default) or json", "FORMAT", choices=("text", "json"))),
        least=0,
        most=1,
    ),
    Command(
        "explain",
        "RULE...",
        "say what a rule means, since when, by whose word, with examples",
        (
            Option(
                "--format",
                "text (default), markdown or json",
                "FORMAT",
                choices=("text", "markdown", "json"),
            ),
        ),
    ),
    Command(
        "rules",
        "",
        "list the rules with their severity on a day",
        (_AS_OF, Option("--format", "text (default) or json", "FORMAT", choices=("text", "json"))),
        least=0,
        most=0,
    ),
    Command(
        "covers",
        "NAME... -- HOST... | FILE... [-- HOST...]",
        "show what names cover, or those of a file's certificates, and how near they come else;"
        " a file has a `/` or ends as one, as `site.yaml` does",
        (
            Option(
                "--format",
                "text (default), json or svg",
                "FORMAT",
                choices=("text", "json", "svg"),
            ),
        ),
    ),
    Command(
        "contacts",
        "NAME...",
        "list the mailboxes that e-mail validation writes to",
        (
            _AS_OF,
            Option("--validation-domain", "send to this superdomain of the name instead", "DOMAIN"),
            Option("--registrant", "WHOIS registrant's address", "ADDRESS"),
            Option("--technical", "WHOIS technical contact's address", "ADDRESS"),
            Option("--administrative", "WHOIS administrative contact's address", "ADDRESS"),
            Option("--renewal", "for the renewal of a certificate, not a new request"),
            Option("--format", "text (default) or json", "FORMAT", choices=("text", "json")),
        ),
    ),
    Command(
        "facts",
        "[ROW...]",
        "list the facts that the rules rest on, with their sources",
        (
            Option("--on", "the values on this day (default: today)", "DAY"),
            Option("--format", "text (default) or json", "FORMAT", choices=("text", "json")),
        ),
        least=0,
    ),
)


def program() -> NoReturn:
    """Be the command line of a process, from its first word to its end."""
    # A run makes no circles of objects worth looking for, and looking costs a tenth of it.
    gc.disable()
    code = main(sys.argv[1:])
    sys.stdout.flush()
    sys.stderr.flush()
    # To take the interpreter apart, object by object, would cost a sixth of the whole run.
    os._exit(code)


def main(words: Sequence[str]) -> int:
    """Run a command and return its exit code; what it says has left the process by then."""
    try:
        code = _run(words)
        sys.stdout.flush()
    except UsageError as error:
        print(f"acmrules: {error}", file=sys.stderr)
        return UNREADABLE
    except BrokenPipeError:
        # Whoever read our output has seen enough; the interpreter must not flush into it again.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return CLEAN
    except KeyboardInterrupt:
        return 130
    except Exception as error:  # noqa: BLE001  (the last line of defence: no traceback for users)
        from acmrules.lint.run import defect
        from acmrules.suffixlists import NoSuffixList

        is_ours = not isinstance(error, NoSuffixList)
        print(f"acmrules: {defect(error) if is_ours else error}", file=sys.stderr)
        return DEFECT if is_ours else UNREADABLE
    return code


def _run(words: Sequence[str]) -> int:
    if list(words) in (["--version"], ["-V"]):
        from acmrules import __version__

        print(f"acmrules {__version__}")
        return CLEAN
    from acmrules.lint import arguments

    if not words or words[0] in {"-h", "--help", "help"}:
        print(arguments.usage(COMMANDS), end="")
        return CLEAN if words else UNREADABLE
    command = arguments.choose(COMMANDS, words[0])
    if "--help" in words[1:] or "-h" in words[1:]:
        print(arguments.command_usage(command), end="")
        return CLEAN
    if isinstance(sys.stdout, TextIOWrapper):
        sys.stdout.reconfigure(errors="backslashreplace")
    return ACTIONS[command.name](arguments.read(command, words[1:]))


# check


def _check(given: Arguments) -> int:
    from acmrules.lint.run import Progress, Run

    if given.has("baseline") and not os.path.isfile(given.last("baseline")):
        raise UsageError(f"option `--baseline`: there is no file `{given.last('baseline')}`")
    lookup = _lookup(given)
    progress = Progress(sys.stderr)

    def judged(texts: Mapping[str, str]) -> tuple[Run, Report]:
        """Judge the files, some with other texts than they hold."""
        kinds = given.every("kind") or None
        run = Run(lookup.terms, progress.step, kinds, texts)
        for path in given.operands + (given.after or []):
            run.take(path)
        return run, run.report(_day(given, "as_of"))

    run, report = judged({})
    changed = troubled = False
    if given.has("fix") or given.has("diff"):
        texts, troubled = _mended(given, report, lambda texts: judged(texts)[1].findings)
        changed = bool(texts)
        run, report = judged(texts)
    progress.clear()
    for trouble in (*report.unreadable, *run.defects):
        print(f"acmrules: {trouble}", file=sys.stderr)
    if not given.has("diff"):
        _write_report(given, report)
    if run.defects:
        return DEFECT
    if report.unreadable or troubled:
        return UNREADABLE
    failed = any(map(run.is_failure, report.findings)) or (changed and given.has("diff"))
    return FOUND if failed else CLEAN


def _write_report(given: Arguments, report: Report) -> None:
    form = given.last("format", "text")
    if form == "text":
        from acmrules.lint.reports import text

        colour = wants_colour()
        sys.stdout.write(text.render(report, colour=colour, show_skips=given.has("show_skips")))
    else:
        from acmrules.lint.reports import render

        sys.stdout.write(render(report, form, os.getcwd()))


def _mended(
    given: Arguments, report: Report, judge: Callable[[Mapping[str, str]], Iterable[Finding]]
) -> tuple[dict[str, str], bool]:
    """Fix what can be fixed; return the texts that came of it, and whether any was not written."""
    from acmrules.lint.fixes import repair
    from acmrules.lint.writing import NotWritten, difference, write

    first = report.findings
    outcome = repair(lambda texts: judge(texts) if texts else first, unsafe=given.has("unsafe"))
    before = {f.file: f.source.text for f in first if f.source is not None}
    texts = {name: text for name, text in sorted(outcome.texts.items()) if text != before[name]}
    for finding, reason in outcome.refused:
        start = finding.range.start if finding.range else None
        place = f"{finding.file}:{start.line}:{start.column}" if start else finding.file
        print(f"acmrules: {place}: {finding.rule.id} not fixed: {reason}", file=sys.stderr)
    if given.has("diff"):
        for name, text in texts.items():
            sys.stdout.write(difference(name, before[name], text))
        return texts, False
    written = {}
    folders = [path for path in given.operands if os.path.isdir(path)]
    for name, text in texts.items():
        try:
            write(name, before[name], text, [os.curdir, *folders])
            written[name] = text
        except NotWritten as error:
            print(f"acmrules: {error}", file=sys.stderr)
    count = sum(finding.file in written for finding in outcome.fixed)
    files = "1 file" if len(written) == 1 else f"{len(written)} files"
    print(f"acmrules: {count} fixed in {files}", file=sys.stderr)
    return written, len(written) < len(texts)


def _baseline(given: Arguments) -> int:
    from acmrules.lint import baseline
    from acmrules.lint.run import Progress, Run
    from acmrules.lint.terms import BASELINE

    progress = Progress(sys.stderr)
    run = Run(_lookup(given).terms, progress.step, given.every("kind") or None)
    for path in given.operands:
        run.take(path)
    report = run.report(_day(given, "as_of"))
    progress.clear()
    for trouble in (*report.unreadable, *run.defects):
        print(f"acmrules: {trouble}", file=sys.stderr)
    found = [*report.findings, *(s.finding for s in report.suppressed if not s.suppression)]
    unreadable = {each.name for each in report.unreadable}
    for stated, own in run.by_baseline(found).items():
        path = stated or BASELINE
        if path in unreadable:
            continue
        had = baseline.read(path)
        is_judged = had.judged(report.skips, run.was_judged)
        now = had.updated(own, is_judged, prune=given.has("prune"))
        with open(path, "w", encoding="utf-8", newline="") as file:
            file.write(now.text())
        before, after = sum(had.counts.values()), sum(now.counts.values())
        print(f"acmrules: {after} in {os.path.relpath(path)}, {before} before", file=sys.stderr)
    if run.defects:
        return DEFECT
    return UNREADABLE if report.unreadable else CLEAN


def _lookup(given: Arguments) -> Lookup:
    """Return what finds the terms of files; a mistake in an option is told before any is read."""
    from acmrules.lint.terms import Lookup
    from acmrules.suffixlists import suffixes_from

    lists: list[PublicSuffixes] = []

    def suffixes() -> PublicSuffixes:
        if not lists:
            lists.append(suffixes_from(given.last("suffix_list", "publicsuffixlist")))
        return lists[0]

    if given.has("suffix_list"):
        suffixes()
    return Lookup(_options(given), _day(given, "as_of"), suffixes)


def _options(given: Arguments) -> Settings:
    """Return what the command line says as settings, the strongest ones."""
    from acmrules.lint.settings import Settings, Stated

    stated: dict[Key, Stated] = {}
    if given.has("select"):
        stated["select",] = Stated(_rule_words(given.every("select")), "--select")
        # Whoever selects rules means these, whatever the settings leave out.
        stated["ignore",] = Stated((), "--select")
    if given.has("ignore"):
        stated["ignore",] = Stated(_rule_words(given.every("ignore")), "--ignore")
    if given.has("fail_on"):
        from acmrules.lint.rule import Severity

        stated["fail-on",] = Stated(Severity[given.last("fail_on").upper()], "--fail-on")
    if given.has("as_of"):
        stated["as-of",] = Stated(_day(given, "as_of"), "--as-of")
    if given.has("region"):
        stated["region",] = Stated(given.last("region"), "--region")
    for name, number in _pairs(given, "quota"):
        stated["quotas", name.replace("_", "-")] = Stated(_quota(name, number), "--quota")
    for name, value in _pairs(given, "param"):
        stated["parameters", name] = Stated(value, "--param")
    if given.has("var_file"):
        stated["var-files",] = Stated(_readable(given.every("var_file")), "--var-file")
    if given.has("baseline"):
        stated["baseline",] = Stated(given.last("baseline"), "--baseline")
    return Settings(stated)


def _rule_words(words: list[str]) -> tuple[str, ...]:
    """Return ids, names, or beginnings of ids, which commas separate too."""
    split = tuple(word.strip() for word in ",".join(words).split(","))
    _matching(split)
    return split


def _matching(words: Iterable[str]) -> set[Rule]:
    from acmrules.lint.rules import named

    try:
        return named(words)
    except LookupError as error:
        raise UsageError(error.args[0]) from None


def _day(given: Arguments, key: str) -> date:
    from datetime import date

    if not given.has(key):
        return date.today()  # noqa: DTZ011  (a day as its user's calendar has it)
    try:
        return date.fromisoformat(given.last(key))
    except ValueError:
        raise UsageError(f"`{given.last(key)}` is not a day such as 2026-03-15") from None


def _readable(paths: list[str]) -> tuple[str, ...]:
    """Return the paths of files with variables, all of which can be read."""
    from acmrules.lint import files
    from acmrules.lint.source import Unreadable

    try:
        for path in paths:
            files.decode(path, files.read_bytes(path))
    except Unreadable as error:
        raise UsageError(f"option `--var-file`: {error}") from None
    return tuple(paths)


def _pairs(given: Arguments, key: str) -> list[tuple[str, str]]:
    pairs = []
    for word in given.every(key):
        name, equals, value = word.partition("=")
        if not equals:
            raise UsageError(f"option `--{key}` needs NAME=VALUE, not `{word}`")
        pairs.append((name, value))
    return pairs


def _quota(name: str, number: str) -> int:
    from acmrules.limits import MAX_NAMES, Quotas

    if name.replace("-", "_") not in Quotas._fields:
        names = (field.replace("_", "-") for field in Quotas._fields)
        raise UsageError(f"no quota `{name}`; there is {', '.join(names)}")
    if not number.isascii() or not number.isdigit() or not int(number):
        raise UsageError(f"quota `{name}` needs a number, not `{number}`")
    if name == "names" and int(number) > MAX_NAMES:
        raise UsageError(f"quota `names` is {number}; ACM's limit is {MAX_NAMES}")
    return int(number)


def wants_colour() -> bool:
    """Say whether the output goes to a terminal whose user has not asked for none."""
    return (
        sys.stdout.isatty() and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"
    )


def _settings(given: Arguments) -> int:
    from acmrules.lint import terms
    from acmrules.lint.settings import WrongSettings

    path = (given.operands or ["."])[0]
    try:
        holding = _lookup(given).terms(path)
    except WrongSettings as wrong:
        for mistake in wrong.mistakes:
            print(f"acmrules: {mistake}", file=sys.stderr)
        return UNREADABLE
    if given.last("format") == "json":
        _print_json({"path": path, "settings": terms.as_data(holding)})
    else:
        sys.stdout.write(terms.as_text(holding))
    return CLEAN


# explain and rules


def _explain(given: Arguments) -> int:
    from acmrules.lint import explain

    rules = sorted(_matching(_rule_words(given.operands)), key=lambda rule: rule.id)
    style = given.last("format", "text")
    if style == "json":
        _print_json([explain.as_data(rule) for rule in rules])
    else:
        page = explain.as_markdown if style == "markdown" else explain.as_text
        sys.stdout.write("\n".join(page(rule) for rule in rules))
    return CLEAN


def _rules(given: Arguments) -> int:
    from acmrules.lint import explain
    from acmrules.lint.rules import CATALOGUE

    if given.last("format") == "json":
        _print_json([explain.as_data(rule) for rule in CATALOGUE])
        return CLEAN
    as_of = _day(given, "as_of")
    width = max(len(rule.name) for rule in CATALOGUE)
    for rule in CATALOGUE:
        severity = rule.force.at(as_of)
        force = f"{severity}" if severity else f"from {rule.force.eras[0].start}"
        print(f"{rule.id}  {rule.name:{width}}  {force:15}  {rule.title}")
    return CLEAN


def _print_json(data: object) -> None:
    import json

    print(json.dumps(data, indent=2))


# covers, contacts, facts


def _covers(given: Arguments) -> int:
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


def _contacts(given: Arguments) -> int:
    from acmrules.contacts import WhoisContacts, validation_contacts
    from acmrules.errors import InvalidName

    as_of = _day(given, "as_of")
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


def _facts(given: Arguments) -> int:
    from acmrules.facts import all_facts
    from acmrules.lint.explain import worded

    day = _day(given, "on")
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


ACTIONS: dict[str, Callable[[Arguments], int]] = {
    "check": _check,
    "baseline": _baseline,
    "settings": _settings,
    "explain": _explain,
    "rules": _rules,
    "covers": _covers,
    "contacts": _contacts,
    "facts": _facts,
}
