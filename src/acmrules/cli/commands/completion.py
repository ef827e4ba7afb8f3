"""The command `completion`: the script that completes command lines in a shell."""

from __future__ import annotations

import sys

from acmrules.cli.parser import CLEAN, UsageError, unknown_choice

TYPE_CHECKING = False
if TYPE_CHECKING:
    from acmrules.cli.table import CompletionOptions

SHELLS = ("bash", "zsh", "fish")


def completion(options: CompletionOptions) -> int:
    """Print the script of a shell."""
    from acmrules.cli.table import COMMANDS

    [shell] = options.shells
    if shell not in SHELLS:
        raise UsageError(unknown_choice("shell", shell, SHELLS))
    module = __import__(f"acmrules.cli.completion.{shell}", fromlist=["script"])
    sys.stdout.write(module.script(COMMANDS))
    return CLEAN
