"""What a call reads: its paths or texts, its settings, and an inventory of them."""

from __future__ import annotations

from datetime import date

from acmrules.errors import InvalidArgument
from acmrules.guards.mcp.bounds import BoundedFiles, Refused, Roots, require_small
from acmrules.messages import did_you_mean, quoted
from acmrules.values import Value
from acmrules.workspace import BUG, CLEAN, UNREADABLE, arguments
from acmrules.workspace.checks import CheckRun, inputs_of
from acmrules.workspace.discover import discover
from acmrules.workspace.errors import Troubles
from acmrules.workspace.load import Loader
from acmrules.workspace.other_texts import OnlyTexts

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from typing import Any

    from acmrules.model.declaration import Declaration
    from acmrules.model.inventory import Inventory
    from acmrules.workspace.discover import Inputs
    from acmrules.workspace.files import Files
    from acmrules.workspace.resolver import SettingsResolver


NOTHING = "no certificate request was found, so nothing was checked"
"""What was not checked if nothing declares a request: no finding would look like a pass."""


class ToolCall(Value):
    """A call of a tool: its arguments, whose types the schema has checked, and where it applies.

    `step` is called with each file that is read; it raises an error to end the call.
    """

    given: dict[str, Any]
    roots: Roots
    today: date
    step: Callable[[str], None]

    @property
    def as_of(self) -> date:
        """The date of the call without one in settings; raises `InvalidArgument`."""
        return self._stated_date or self.today

    @property
    def _stated_date(self) -> date | None:
        text = self.given.get("as_of")
        if text is None:
            return None
        try:
            return date.fromisoformat(text)
        except ValueError:
            raise InvalidArgument(f"{quoted(text)} is not a date such as `2026-03-15`") from None

    @property
    def paths(self) -> tuple[str, ...]:
        """The paths; raises `Refused` for one outside the directories of the server."""
        return tuple(map(self.roots.require, self.given.get("paths", ())))

    def texts(self, name: str = "texts") -> dict[str, str]:
        """Return the texts of an argument; raises `Refused`."""
        texts: dict[str, str] = self.given.get(name, {})
        require_small(texts)
        for file in texts:
            self.roots.require(file)
        return texts

    def resolver(self) -> SettingsResolver:
        """Return the resolver of settings; raises `Refused`, and as `arguments.resolver` does."""
        given = self.given
        self.roots.require_settings(given.get("settings"))
        stated, parameters = self._stated_date, given.get("parameters")
        return arguments.resolver(
            given.get("settings"), given.get("region"), stated, self.today, parameters=parameters
        )

    def require_known(self, inputs: Inputs, *files: Files) -> None:
        """Raise `Refused` for a parameter that no input declares."""
        names = self.given.get("parameters")
        if not names:
            return
        from acmrules.workspace.parameters import unknown_parameters

        unknown = unknown_parameters(names, inputs, files)
        if unknown is not None:
            name = unknown.names[0]
            meant = did_you_mean(name, unknown.declared) or ", which no input declares"
            meant = "; use `region`" if name == "AWS::Region" else meant
            raise Refused(f"unknown parameter or variable {quoted(name)}{meant}")

    def run(self) -> tuple[CheckRun, tuple[str, ...]]:
        """Return the run over the paths or texts, and their names; raises `Refused`."""
        if ("paths" in self.given) is ("texts" in self.given):
            raise Refused("give either `paths` or `texts`")
        resolver = self.resolver()
        if "texts" in self.given:
            texts = self.texts()
            inputs, files, named = inputs_of(texts), OnlyTexts(texts), tuple(texts)
            run = CheckRun(inputs, files, resolver, self.as_of, is_alone=True, step=self.step)
        else:
            named = self.paths
            run = CheckRun(
                discover(named), BoundedFiles(self.roots), resolver, self.as_of, step=self.step
            )
        self.require_known(run.inputs, run.files)
        return run, named


class Read(Value):
    """The inventory of a call, the exit code if nothing else is wrong, and what was not checked."""

    inventory: Inventory
    resolver: SettingsResolver
    code: int
    unchecked: tuple[str, ...]


def read_inventory(call: ToolCall, *, finds_environments: bool = False) -> Read:
    """Return what the files or texts of a call declare, as the commands read it."""
    from acmrules.model.gaps import missing
    from acmrules.model.inventory import inventory_of
    from acmrules.readers.options import ReadScope

    run, _ = call.run()
    loader = Loader(
        run.resolver.settings_of, run.files, Troubles(), None, ReadScope.EVERYTHING, step=call.step
    )
    loader.is_alone = run.is_alone
    loader.finds_environments = finds_environments and not run.is_alone
    loader.names_environments = not finds_environments and not run.is_alone

    def join(declarations: tuple[Declaration, ...]) -> tuple[Declaration, ...]:
        from acmrules.analysis.existing import with_existing

        return with_existing(declarations, run.resolver.account_of)

    inventory, not_checked = inventory_of(loader.batches(run.inputs), join)
    unchecked = (
        *sentences(loader.troubles),
        *(each.located for each in not_checked),
        *loader.remarks,
        *(f"not read: {each}" for each in missing(inventory.account)),
    )
    unchecked = (*unchecked, *outside(run.files, unchecked))
    return Read(inventory, run.resolver, code_of(loader.troubles), unchecked)


def outside(files: Files, said: Sequence[str]) -> Iterator[str]:
    """Yield a sentence for each path outside the directories that no other sentence names."""
    if isinstance(files, BoundedFiles):
        yield from files.missing(said)


def sentences(troubles: Troubles) -> tuple[str, ...]:
    """Return a sentence for each input that cannot be read, each notice, and each bug."""
    return (
        *(f"cannot read {error}" for error in troubles.unreadable),
        *troubles.notices,
        *map(str, troubles.bugs),
    )


def code_of(troubles: Troubles) -> int:
    """Return the exit code for problems with inputs."""
    if troubles.bugs:
        return BUG
    return UNREADABLE if troubles.fails else CLEAN
