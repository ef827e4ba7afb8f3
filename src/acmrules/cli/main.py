"""The command line of a process: its arguments, exit codes and errors."""

from __future__ import annotations

import gc
import os
import sys
from io import TextIOWrapper

from acmrules.cli.parser import (
    BUG,
    CLEAN,
    FOUND,
    INTERRUPTED,
    UNREADABLE,
    WAITING,
    Command,
    UsageError,
)

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from typing import NoReturn

    from acmrules.values import Value

__all__ = ["BUG", "CLEAN", "FOUND", "UNREADABLE", "WAITING", "main", "program"]

_FINDINGS = (FOUND, WAITING)
"""The exit codes that `--exit-zero` replaces."""


def program() -> NoReturn:
    """Run the command line of this process, and end the process."""
    # A run creates hardly any reference cycles, and searching for them costs a tenth of its time.
    gc.disable()
    _replace_closed_streams()
    code = main(sys.argv[1:])
    # `main` has flushed the output, or has reported why it cannot.
    _attempt(sys.stdout.flush)
    _attempt(sys.stderr.flush)
    # A regular exit would destroy each object, which costs a sixth of the whole run.
    os._exit(code)


def _replace_closed_streams() -> None:
    """Open the standard streams that are closed, so that using one fails like a closed file.

    No other file gets the number of a stream: a file that is read as standard input, or is written
    as standard output, could be any file.
    """
    if None not in (sys.stdin, sys.stdout, sys.stderr):
        return
    if sys.stdin is None:
        sys.stdin = open(os.open(os.devnull, os.O_WRONLY))  # noqa: SIM115  (until the end)
    if sys.stdout is None:
        sys.stdout = open(os.open(os.devnull, os.O_RDONLY), "w")  # noqa: SIM115  (as above)
    if sys.stderr is None:
        sys.stderr = open(os.devnull, "w")  # noqa: SIM115  (as above)


def main(words: Sequence[str]) -> int:
    """Run a command and return its exit code, after all output is flushed."""
    try:
        code = _run(words)
        sys.stdout.flush()
    except UsageError as error:
        return _failed(str(error), UNREADABLE)
    except BrokenPipeError:
        _discard_output()
        return CLEAN
    except KeyboardInterrupt:
        from acmrules.cli.output import clear_progress

        _attempt(clear_progress)
        return INTERRUPTED
    except Exception as error:  # noqa: BLE001  (users get a line to report, not a traceback)
        from acmrules.errors import NoSuffixList
        from acmrules.workspace.errors import describe_crash
        from acmrules.workspace.settings import SettingsError

        if isinstance(error, NoSuffixList):
            return _failed(str(error), UNREADABLE)
        if isinstance(error, SettingsError):
            return max(_failed(str(mistake), UNREADABLE) for mistake in error.mistakes)
        if isinstance(error, OSError) and _is_of_stream(error):
            _discard_output()
            return _failed(f"cannot write the output: {str(error.strerror).lower()}", UNREADABLE)
        return _failed(describe_crash(error), BUG)
    return code


def _is_of_stream(error: OSError) -> bool:
    """Return whether writing failed; an error that names a file is a bug, and reported as one."""
    import errno

    faults = ("EAGAIN", "EBADF", "EDQUOT", "EFBIG", "EIO", "ENOSPC", "ENXIO")
    return error.filename is None and errno.errorcode.get(error.errno or 0) in faults


def _failed(reason: str, code: int) -> int:
    """Print the reason of a failure on standard error, if possible, and return the exit code."""
    from acmrules.cli.output import print_problem

    _attempt(lambda: print_problem(reason))
    return code


def _discard_output() -> None:
    """Discard what was not written yet, so that the interpreter does not try it again."""
    _attempt(lambda: os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno()))


def _attempt(action: Callable[[], object]) -> None:
    """Run an action, and ignore errors of the system; loading `contextlib` would take 2 ms."""
    try:
        action()
    except OSError:
        return


def _run(words: Sequence[str]) -> int:
    if isinstance(sys.stdout, TextIOWrapper):
        sys.stdout.reconfigure(errors="backslashreplace")
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
    options = parser.parse(command, words[1:])
    try:
        os.getcwd()
    except OSError as error:
        fault = str(error.strerror).lower()
        raise UsageError(f"cannot read the current directory: {fault}") from None
    if getattr(options, "formats", ()) or getattr(options, "output", None):
        from acmrules.cli.targets import require_targets

        require_targets(options)
    code = action(command.name)(options)
    return CLEAN if code in _FINDINGS and getattr(options, "exit_zero", False) else code


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
