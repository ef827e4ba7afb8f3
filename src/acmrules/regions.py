"""The AWS Regions and partitions in which ACM is available."""

from __future__ import annotations

from acmrules.errors import InvalidArgument, require_string
from acmrules.facts import services
from acmrules.messages import did_you_mean, distance, near, quoted
from acmrules.values import Value


class Region(Value):
    """A Region with an ACM endpoint, such as `eu-west-1`, and its partition, such as `aws`."""

    name: str
    partition: str

    @classmethod
    def of(cls, name: str) -> Region:
        """Return the Region with a name; raises `InvalidArgument` if ACM is not known to be there.

        >>> Region.of("eu-west-1").partition
        'aws'
        """
        require_string(name, "name")
        if name not in REGIONS:
            meant = did_you_mean(name, REGIONS)
            raise InvalidArgument(f"unknown Region {quoted(name)}{meant}")
        return REGIONS[name]

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
    require_string(region, "region")
    known = REGIONS.get(region)
    return known.partition if known else None


def has_acm(region: str) -> bool:
    """Return whether a Region is known to have an ACM endpoint (fact 5.4)."""
    require_string(region, "region")
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


def may_be_region(text: str) -> bool:
    """Return whether a string is a Region, or may be a new one.

    It is a misspelled Region if the word before its number is one typing mistake away from that of
    a known Region.

    >>> may_be_region("eu-west-9"), may_be_region("us-midwest-1"), may_be_region("us-eat-1")
    (True, True, False)
    """
    if not looks_like_region(text):
        return False
    word = text.split("-")[-2]
    directions = {name.split("-")[-2] for name in REGIONS}
    return word in directions or all(distance(word, known) > 1 for known in directions)


def region_fault(text: str) -> str:
    """Return why a string cannot be a Region, with suggestions; empty if it may be one.

    Options, settings and arguments with a Region are checked by this function.

    >>> region_fault("us-eat-1")
    'unknown Region `us-eat-1`; did you mean `us-east-1` or `us-east-2`?'
    """
    if may_be_region(text):
        return ""
    if not text:
        return "the Region is empty; use a name such as `us-east-1`"
    hint = did_you_mean(text, REGIONS) or "; use a name such as `us-east-1`"
    return f"unknown Region {quoted(text)}{hint}"


def check_region(region: str) -> None:
    """Raise `InvalidArgument` if a string cannot be a Region; the facts may lack a new one."""
    require_string(region, "region")
    if fault := region_fault(region):
        raise InvalidArgument(fault)


def near_regions(text: str) -> tuple[str, ...]:
    """Return the Regions with a similar name, the closest first.

    >>> near_regions("US-EAST1")[0]
    'us-east-1'
    """
    require_string(text, "text")
    return near(text, REGIONS)
