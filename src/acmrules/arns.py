"""The parts of Amazon Resource Names (ARNs)."""

from __future__ import annotations

from acmrules.values import Value

_PARTS = 6


class Arn(Value):
    """The parts of an ARN, `arn:PARTITION:SERVICE:REGION:ACCOUNT:RESOURCE`, each empty without it.

    A resource may contain colons.
    """

    partition: str = ""
    service: str = ""
    region: str = ""
    account: str = ""
    resource: str = ""


def arn_of(text: str) -> Arn:
    """Return the parts of an ARN; a string that is not one has few parts or none.

    >>> arn_of("arn:aws:acm:eu-west-1:123456789012:certificate/6f1d0c9e").region
    'eu-west-1'
    """
    return Arn(*text.split(":", _PARTS - 1)[1:])
