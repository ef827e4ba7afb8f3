"""The playground: the checks of texts in a web page, in an interpreter without a disk.

`answers` has the only function that the page calls. It takes and returns JSON.
"""

from __future__ import annotations

from acmrules.guards.playground.answers import answer

__all__ = ["answer"]
