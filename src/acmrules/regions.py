"""The AWS Regions and partitions in which ACM is available."""

from __future__ import annotations

from acmrules.errors import InvalidArgument
from acmrules.facts import services
from acmrules.messages import did_you_mean, near, quoted
from acmrules.names import refuse_other_types
from acmrules.values import Value


class Region(Value):
    """A Region with an ACM endpoint, and its partition."""

    name: str
    partition: str

    @classmethod
    def of(cls, name: str) -> Region:
        """Return the Region with a name; raises `InvalidArgument` if ACM is not known to be there.

        >>> Region.of("eu-west-1").partition
        'aws'
        """
        refuse_other_types(name, "Region")
        if name not in REGIONS:
            raise _unknown(name)
        return REGIONS[name]

    def __str__(self) -> str:
        return self.name


PARTITIONS: tuple[str, ...] = tuple(partition for partition, _ in services.REGIONS.value)
"""The partitions with ACM (fact 5.4)."""

REGIONS: dict[str, Region] = {
    name: Region(name, partition) for partition, names in services.REGIONS.value for name in names
}
"""The Regions with ACM, by name (fact 5.4)."""

_DIRECTIONS = frozenset(name.split("-")[-2] for name in REGIONS)
_WORDS = range(2, 4)
_AREA_LETTERS = range(2, 5)
_MAX_NUMBER_DIGITS = 2


def partition_of(region: str) -> str | None:
    """Return the partition of a Region, or `None` if the Region is unknown (fact 5.4).

    >>> partition_of("eusc-de-east-1")
    'aws-eusc'
    """
    refuse_other_types(region, "Region")
    known = REGIONS.get(region)
    return known.partition if known else None


def has_acm(region: str) -> bool:
    """Return whether a Region is known to have an ACM endpoint (fact 5.4)."""
    refuse_other_types(region, "Region")
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


def check_region(region: str) -> None:
    """Raise `InvalidArgument` if a string cannot be a Region.

    The facts may lack a new Region, so its form is enough, with a direction that other Regions
    have: `eu-west-9` is accepted, `eu-wst-1` is not.
    """
    refuse_other_types(region, "Region")
    if region in REGIONS:
        return
    if not looks_like_region(region) or region.split("-")[-2] not in _DIRECTIONS:
        raise _unknown(region)


def _unknown(region: str) -> InvalidArgument:
    return InvalidArgument(f"unknown Region {quoted(region)}{did_you_mean(region, REGIONS)}")


def near_regions(text: str) -> tuple[str, ...]:
    """Return the Regions with a similar name, the closest first.

    >>> near_regions("US-EAST1")[0]
    'us-east-1'
    """
    refuse_other_types(text, "Region")
    return near(text, REGIONS)
