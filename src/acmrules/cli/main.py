"""The command line: arguments, files, the clock, exit codes; the only impure module but `files`."""

from __future__ import annotations

import gc
import os
import sys
from io import TextIOWrapper

from acmrules.cli.options import ACTIONS, COMMANDS
from acmrules.cli.parser import CLEAN, DEFECT, FOUND, UNREADABLE, UsageError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from typing import NoReturn

    from acmrules.cli.parser import Arguments

__all__ = ["CLEAN", "COMMANDS", "DEFECT", "FOUND", "UNREADABLE", "main", "program"]


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
        from acmrules.suffix_lists import NoSuffixList
        from acmrules.workspace.errors import describe_crash

        is_ours = not isinstance(error, NoSuffixList)
        print(f"acmrules: {describe_crash(error) if is_ours else error}", file=sys.stderr)
        return DEFECT if is_ours else UNREADABLE
    return code


def _run(words: Sequence[str]) -> int:
    if list(words) in (["--version"], ["-V"]):
        from acmrules import __version__

        print(f"acmrules {__version__}")
        return CLEAN
    from acmrules.cli import parser

    if not words or words[0] in {"-h", "--help", "help"}:
        print(parser.usage(COMMANDS), end="")
        return CLEAN if words else UNREADABLE
    command = parser.choose(COMMANDS, words[0])
    if "--help" in words[1:] or "-h" in words[1:]:
        print(parser.command_usage(command), end="")
        return CLEAN
    if isinstance(sys.stdout, TextIOWrapper):
        sys.stdout.reconfigure(errors="backslashreplace")
    given = parser.read(command, words[1:])
    module = __import__(ACTIONS[command.name], fromlist=[command.name])
    act: Callable[[Arguments], int] = getattr(module, command.name)
    return act(given)
