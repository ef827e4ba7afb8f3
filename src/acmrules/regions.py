"""The AWS Regions and partitions in which ACM is available."""

from __future__ import annotations

from acmrules.facts import services
from acmrules.messages import near
from acmrules.values import Value


class Region(Value):
    """A Region with an ACM endpoint, and its partition."""

    name: str
    partition: str

    def __str__(self) -> str:
        return self.name


PARTITIONS: tuple[str, ...] = tuple(partition for partition, _ in services.REGIONS.value)
"""The partitions with ACM (fact 5.4)."""

REGIONS: dict[str, Region] = {
    name: Region(name, partition) for partition, names in services.REGIONS.value for name in names
}
"""The Regions with ACM, by name (fact 5.4)."""

_WORDS = range(2, 4)
_AREA_LETTERS = range(2, 5)
_MAX_NUMBER_DIGITS = 2


def partition_of(region: str) -> str | None:
    """Return the partition of a Region, or `None` if the Region is unknown (fact 5.4).

    >>> partition_of("eusc-de-east-1")
    'aws-eusc'
    """
    known = REGIONS.get(region)
    return known.partition if known else None


def has_acm(region: str) -> bool:
    """Return whether a Region is known to have an ACM endpoint (fact 5.4)."""
    return region in REGIONS


def looks_like_region(text: str) -> bool:
    """Return whether a string has the form of a Region name; it may be a new Region.

    >>> looks_like_region("eu-west-9"), looks_like_region("eu-west1")
    (True, False)
    """
    *words, number = text.split("-")
    return (
        text.isascii()
        and len(words) in _WORDS
        and len(words[0]) in _AREA_LETTERS
        and all(word.isalpha() and word.islower() for word in words)
        and len(number) <= _MAX_NUMBER_DIGITS
        and number.isdigit()
    )


def near_regions(text: str) -> tuple[str, ...]:
    """Return the Regions with a similar name, the closest first.

    >>> near_regions("US-EAST1")[0]
    'us-east-1'
    """
    return near(text, REGIONS)
