"""How far a bulk run is."""

from __future__ import annotations

from acmrules.values import Value


class BulkProgress(Value):
    """How far a run is: rows, and bytes of the input files.

    `rows` and `position` count all finished parts in order. `earlier_rows` and `earlier_position`
    count those that an earlier run had finished. `size` is the number of bytes of all files.
    """

    rows: int = 0
    position: int = 0
    size: int = 0
    earlier_rows: int = 0
    earlier_position: int = 0

    def with_part(self, rows: int, position: int, *, is_earlier: bool) -> BulkProgress:
        """Return the progress after a part with more rows, from more bytes."""
        return BulkProgress(
            self.rows + rows,
            self.position + position,
            self.size,
            self.earlier_rows + rows * is_earlier,
            self.earlier_position + position * is_earlier,
        )
