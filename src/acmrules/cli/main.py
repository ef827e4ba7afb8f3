"""The command line of a process: its arguments, exit codes and errors."""

from __future__ import annotations

import gc
import os
import sys
from io import TextIOWrapper

from acmrules.cli.parser import BUG, CLEAN, FOUND, UNREADABLE, Command, UsageError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from typing import NoReturn

    from acmrules.values import Value

__all__ = ["BUG", "CLEAN", "FOUND", "UNREADABLE", "main", "program"]

_INTERRUPTED = 130


def program() -> NoReturn:
    """Run the command line of this process, and end the process."""
    # A run creates hardly any reference cycles, and searching for them costs a tenth of its time.
    gc.disable()
    code = main(sys.argv[1:])
    sys.stdout.flush()
    sys.stderr.flush()
    # A regular exit would destroy each object, which costs a sixth of the whole run.
    os._exit(code)


def main(words: Sequence[str]) -> int:
    """Run a command and return its exit code, after all output is flushed."""
    try:
        code = _run(words)
        sys.stdout.flush()
    except UsageError as error:
        print(f"acmrules: {error}", file=sys.stderr)
        return UNREADABLE
    except BrokenPipeError:
        # The reader of the output closed it, so the interpreter must not flush into it again.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return CLEAN
    except KeyboardInterrupt:
        return _INTERRUPTED
    except Exception as error:  # noqa: BLE001  (users get a line to report, not a traceback)
        from acmrules.suffix_lists import NoSuffixList
        from acmrules.workspace.errors import describe_crash

        is_bug = not isinstance(error, NoSuffixList)
        print(f"acmrules: {describe_crash(error) if is_bug else error}", file=sys.stderr)
        return BUG if is_bug else UNREADABLE
    return code


def _run(words: Sequence[str]) -> int:
    if [*words] in (["--version"], ["-V"]):
        from acmrules import __version__

        print(f"acmrules {__version__}")
        return CLEAN
    from acmrules.cli import parser

    if not words:
        _print_help([])
        return UNREADABLE
    if words[0] in _HELP:
        _print_help(words[1:])
        return CLEAN
    command = _command(words[0])
    if "--help" in words[1:] or "-h" in words[1:]:
        _print_help([command.name])
        return CLEAN
    if isinstance(sys.stdout, TextIOWrapper):
        sys.stdout.reconfigure(errors="backslashreplace")
    options = parser.parse(command, words[1:])
    return action(command.name)(options)


def _command(name: str) -> Command:
    """Return the command of a name; raises `UsageError`."""
    from acmrules.cli.options import CHECK

    # Most runs are checks, and do not need the other commands.
    if name == CHECK.name:
        return CHECK
    from acmrules.cli import parser
    from acmrules.cli.table import COMMANDS

    return parser.choose(COMMANDS, name)


_MODULES = {"rules": "explain"}
"""The commands whose function is in the module of another command."""


def action(name: str) -> Callable[[Value], int]:
    """Return the function of a command; its module is loaded when it is needed."""
    path = f"acmrules.cli.commands.{_MODULES.get(name, name)}"
    run: Callable[[Value], int] = getattr(__import__(path, fromlist=[name]), name)
    return run


_HELP = frozenset({"-h", "--help", "help"})


def _print_help(names: Sequence[str]) -> None:
    """Print the help page of the program or of a command."""
    from acmrules.cli import help as pages
    from acmrules.cli import parser
    from acmrules.cli.output import terminal_width
    from acmrules.cli.table import COMMANDS

    if len(names) > 1:
        raise UsageError("`help` accepts at most one command")
    if names:
        page = pages.command_page(parser.choose(COMMANDS, names[0]), terminal_width())
    else:
        page = pages.main_page(COMMANDS, terminal_width())
    print(page, end="")
