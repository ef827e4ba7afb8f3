"""The command `diagnose`: why certificates are pending, failing or about to expire."""

from __future__ import annotations

import os

from acmrules.cli import overrides
from acmrules.cli.output import deliver, forms, print_problem
from acmrules.cli.parser import CLEAN, FOUND, UNREADABLE, WAITING, UsageError
from acmrules.syntax.source import STANDARD_INPUT

TYPE_CHECKING = False
if TYPE_CHECKING:
    from acmrules.analysis.diagnoses import Diagnoses
    from acmrules.cli.inputs import InventoryInputs
    from acmrules.cli.output import Page
    from acmrules.cli.table import DiagnoseOptions
    from acmrules.diagnosis.answers import DnsAnswers

_INPUT = "aws acm describe-certificate --certificate-arn ARN --output json | acmrules diagnose -"


def diagnose(options: DiagnoseOptions) -> int:
    """Print the diagnosis of each certificate; the exit code says who has to act."""
    from acmrules.analysis.diagnoses import diagnoses
    from acmrules.cli.inputs import read_inventory

    _check(options)
    inputs = read_inventory(options, options.paths, joins=False, prints_gaps=False)
    answers, code = inputs.inventory.account.dns, inputs.code
    if options.dns:
        asked = _asked(options, inputs)
        answers, code = asked or answers, code or (CLEAN if asked else UNREADABLE)
    moment = overrides.moment_or_now(options.as_of)
    account_of, not_checked = inputs.resolver.account_of, inputs.not_checked
    found = diagnoses(inputs.inventory, moment, answers, account_of, not_checked)
    given = (STANDARD_INPUT, options.stdin_filename)
    is_read = any(path in given or os.path.exists(path) for path in options.paths)
    if not found.certificates and is_read:
        print_problem(_nothing(inputs))
    if "changes" in forms(options):
        _print_unwritable(options, found)

    def render(form: str, page: Page) -> str:
        return _render(options, found, answers, form, page)

    deliver(options, render, inputs.files)
    return code or _code(found)


def _check(options: DiagnoseOptions) -> None:
    if not options.paths:
        raise UsageError(
            "`diagnose` needs at least one file or directory, or `-` for standard input;"
            f" for example, `{_INPUT}`"
        )
    if options.resolver and not options.dns:
        raise UsageError("option `--resolver` needs `--dns`: without it, no DNS server is asked")


def _asked(options: DiagnoseOptions, inputs: InventoryInputs) -> DnsAnswers | None:
    """Return the answers in the files with those of DNS servers, `None` if no resolver answers."""
    from acmrules.analysis.diagnoses import certificates_in
    from acmrules.cli.stages import progress_of
    from acmrules.errors import InvalidArgument, MissingPackage
    from acmrules.network.dns.ask import ask
    from acmrules.network.dns.errors import NoResolver

    progress = progress_of(options)
    try:
        return ask(
            certificates_in(inputs.inventory),
            inputs.inventory.account.dns,
            resolver=options.resolver,
            step=progress.answered,
        )
    except InvalidArgument as error:
        raise UsageError(f"option `--resolver`: {error}") from None
    except MissingPackage as error:
        raise UsageError(f"option `--dns`: {error}") from None
    except NoResolver as error:
        # What the files contain is still worth reading.
        print_problem(f"option `--dns`: {error}")
        return None
    finally:
        progress.clear()


def _nothing(inputs: InventoryInputs) -> str:
    """Return what to pass if the input has no certificate that exists."""
    declared = " that exists in ACM" if inputs.inventory.declarations else ""
    return f"nothing to diagnose: no certificate{declared} in these files; for example, `{_INPUT}`"


def _print_unwritable(options: DiagnoseOptions, found: Diagnoses) -> None:
    """Report the changes that the format for Route 53 cannot express."""
    from acmrules.writers.record_changes import unwritable

    suffixes = overrides.public_suffixes(options.suffix_list)
    for message in unwritable(found.changes, suffixes.base_domain_name):
        print_problem(message)


def _render(
    options: DiagnoseOptions, found: Diagnoses, answers: DnsAnswers, form: str, page: Page
) -> str:
    if form == "changes":
        from acmrules.writers import record_changes

        suffixes = overrides.public_suffixes(options.suffix_list)
        return record_changes.render(found.changes, answers, suffixes.base_domain_name)
    if form == "json":
        from acmrules.reports.diagnosis import json

        return json.render(found)
    if form == "markdown":
        from acmrules.reports.diagnosis import markdown

        return markdown.render(found, os.getcwd())
    from acmrules.reports.diagnosis import text
    from acmrules.reports.findings.layout import Layout

    size = page.width, page.height
    layout = Layout(*size, page.color, links=page.links, is_quiet=bool(options.quiet))
    return text.render(found, layout)


def _code(found: Diagnoses) -> int:
    """Return the exit code: it says who has to act."""
    from acmrules.diagnosis.model import State
    from acmrules.model.not_checked import FILE

    is_nothing = not found.certificates and not found.gaps
    if is_nothing or any(each.kind == FILE for each in found.not_checked):
        return UNREADABLE
    codes = {State.FINE: CLEAN, State.WAITING_FOR_AWS: WAITING}
    return codes.get(found.state, FOUND)
