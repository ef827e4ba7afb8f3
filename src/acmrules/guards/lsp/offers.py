"""Actions whose edits are made when a client requests them."""

from __future__ import annotations

from lsprotocol import types

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

Edit = types.WorkspaceEdit | None
"""The edit of an action, `None` if it cannot be made."""

MOST_OFFERS = 256
"""Maximum number of actions whose edits a client can still request."""


class Offers:
    """The actions whose edits are made when the client requests them, the latest ones."""

    def __init__(self) -> None:
        self._made = 0
        self._edits: dict[int, tuple[Callable[[], bool], Callable[[], Awaitable[Edit]]]] = {}

    def add(self, is_current: Callable[[], bool], edit: Callable[[], Awaitable[Edit]]) -> int:
        """Add an action, and return the number that identifies it.

        Actions whose texts have changed are forgotten: each one keeps a whole check in memory.
        """
        self._edits = {number: each for number, each in self._edits.items() if each[0]()}
        self._made += 1
        self._edits[self._made] = is_current, edit
        self._edits.pop(self._made - MOST_OFFERS, None)
        return self._made

    async def edit(self, number: object) -> Edit:
        """Return the edit of an action, `None` if its texts have changed since."""
        _, make = self._edits.get(number, (None, None)) if isinstance(number, int) else (None, None)
        return await make() if make else None
