"""What the answer about `check` did not read, did not check, or did not decide."""

from __future__ import annotations

from contextlib import suppress

from acmrules.guards.playground.unread import sentences
from acmrules.messages import counted, printable, quoted
from acmrules.workspace.settings import SettingsError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from acmrules.guards.playground.runs import QuestionRun
    from acmrules.guards.playground.spans import Spans
    from acmrules.lint.findings import Report, Skip
    from acmrules.lint.unknowns import UnknownName
    from acmrules.workspace.load import Loader

    Data = dict[str, object]

_MOST_RULES = 6


def unchecked(report: Report, run: QuestionRun, loader: Loader, spans: Spans) -> list[Data]:
    """Return what the report leaves open, each with how to get it checked."""
    found = [
        _entry(message, how, spans.beginning(name))
        for name, message, how in sentences(
            run.unread, run.unused(loader.excluded), run.question.texts
        )
    ]
    # Sentences about files that were read.
    found += map(_entry, (*loader.remarks, *loader.troubles.notices))
    found += _without_rules(run, spans)
    found += _not_checked(report, spans)
    found += _undecided(report.skips, spans)
    if report.excluded:
        found.append(_entry(f"{counted(report.excluded, 'file')} excluded by the settings"))
    if report.is_empty and not found and not report.unreadable:
        found.append(_entry("nothing was checked: these files have no certificate request"))
    return found


def _without_rules(run: QuestionRun, spans: Spans) -> Iterator[Data]:
    """Yield the files for which settings select no rule, so that a pass would prove nothing."""
    for name in run.inputs.order:
        with suppress(SettingsError):  # The check reports it.
            settings = run.resolver.settings_of(name)
            if not settings.excluded and not settings.selects_rules:
                message = f"{quoted(name)} is not checked: its settings select no rule"
                yield _entry(
                    message, "change `select`, `ignore` or `severity`", spans.beginning(name)
                )


def _entry(message: str, how: str = "", span: Data | None = None) -> Data:
    return {"message": printable(message), "help": printable(how), "span": span}


def _not_checked(report: Report, spans: Spans) -> Iterator[Data]:
    from acmrules.model.not_checked import PARAMETER

    for each in report.not_checked:
        # A parameter is the unknown name of undecided checks.
        if each.kind != PARAMETER:
            where = None if each.is_about_file else spans.of(each.location)
            yield _entry(f"{each.what} {each.why}", each.how, where or spans.beginning(each.file))


def _undecided(skips: Sequence[Skip], spans: Spans) -> Iterator[Data]:
    from acmrules.lint.unknowns import undecided

    names, others = undecided(skips)
    for unknown in names:
        rules = ", ".join(unknown.rules[:_MOST_RULES])
        rules += " and more" * (len(unknown.rules) > _MOST_RULES)
        verb = "is" if len(unknown.rules) == 1 else "are"
        message = f"{unknown.what} is unknown, so {rules} {verb} not decided"
        yield _entry(message, _how(unknown), spans.of(unknown.skips[0].location))
    for skip in others:
        message = f"{skip.rule.id} is not decided: {skip.detail}" if skip.rule else skip.detail
        yield _entry(message, "", spans.of(skip.location))


def _how(unknown: UnknownName) -> str:
    """Return how a value becomes known."""
    if unknown.option.startswith("--region"):
        return "choose a Region"
    if unknown.option:
        return f"run `acmrules check` with `{unknown.option}`"
    return unknown.advice or "it is known only when it is deployed"
