"""Regions and partitions."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.drift import committed

from acmrules.messages import distance
from acmrules.regions import (
    PARTITIONS,
    REGIONS,
    Region,
    has_acm,
    looks_like_region,
    may_be_region,
    near_regions,
    partition_of,
    region_fault,
)

regions = st.sampled_from(sorted(REGIONS))
region_like_texts = st.from_regex(r"[a-zA-Zé]{1,5}(-[a-z1]{0,6}){0,3}-?[0-9]{0,3}", fullmatch=True)

NOT_IN_BOTOCORE: frozenset[str] = frozenset()
NOT_IN_FACTS: frozenset[str] = frozenset()


@given(st.one_of(region_like_texts, regions, st.text()))
def test_the_shape_of_a_region(text):
    """A Region's name is an area, one or two words, and a number."""
    shape = re.fullmatch(r"[a-z]{2,4}(-[a-z]+){1,2}-[0-9]{1,2}", text)
    assert looks_like_region(text) == bool(shape)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("eu-west-9", True),
        ("e-west-9", False),
        ("eusc-west-9", True),
        ("euscx-west-9", False),
        ("eu-9", False),
        ("us-gov-west-9", True),
        ("us-gov-west-west-9", False),
        ("eu-west-19", True),
        ("eu-west-199", False),
        ("eu-west-", False),
        ("eu-west-x", False),
        ("eu-w3st-9", False),
        ("eu-West-9", False),
        ("eu--9", False),
        ("eu-ouest\u00e9-9", False),
        ("eu-west-\u0661", False),
    ],
)
def test_the_limits_of_the_shape(text, expected):
    """An area has two to four letters, a name one or two words, and a number one or two digits."""
    assert looks_like_region(text) == expected


@given(regions)
def test_a_region_belongs_to_one_partition(name):
    """Each Region is known by its name, its shape, and its partition."""
    assert has_acm(name)
    assert looks_like_region(name)
    assert REGIONS[name] == Region(name, partition_of(name))
    assert str(REGIONS[name]) == name
    assert partition_of(name) in PARTITIONS


@given(regions, st.data())
def test_one_slip_still_finds_the_region(name, data):
    """A Region without one hyphen, or in capitals, still finds the Region that was meant."""
    locations = [place for place, character in enumerate(name) if character == "-"]
    place = data.draw(st.sampled_from(locations))
    assert name in near_regions(name[:place] + name[place + 1 :])
    assert near_regions(name.upper())[0] == name


@pytest.mark.parametrize(
    ("text", "nearest"),
    [
        ("us-east1", "us-east-1"),
        ("eu-west1", "eu-west-1"),
        ("US-EAST-1", "us-east-1"),
        ("useast-1", "us-east-1"),
        ("us_east_1", "us-east-1"),
        ("us-esat-1", "us-east-1"),
        ("eu-central-1a", "eu-central-1"),
    ],
)
def test_near_misses(text, nearest):
    """Common typing errors find the Region that was meant."""
    assert near_regions(text)[0] == nearest
    assert not has_acm(text)


@pytest.mark.parametrize("text", ["", "mars", "London", "x" * 1000])
def test_a_string_unlike_any_region_has_no_near_miss(text):
    """A string unlike any Region has no near miss and no partition."""
    assert near_regions(text) == ()
    assert partition_of(text) is None
    assert not looks_like_region(text)


def test_a_new_region_has_the_shape_only():
    """A Region that is not listed may be new: it has the shape, but no partition yet."""
    assert looks_like_region("eu-west-9")
    assert not has_acm("eu-west-9")
    assert partition_of("eu-west-9") is None


def test_partitions():
    """ACM exists in eight partitions, each with its own Regions."""
    assert PARTITIONS == (
        "aws",
        "aws-cn",
        "aws-us-gov",
        "aws-iso",
        "aws-iso-b",
        "aws-iso-e",
        "aws-iso-f",
        "aws-eusc",
    )
    counts = [sum(each.partition == name for each in REGIONS.values()) for name in PARTITIONS]
    assert counts == [34, 2, 2, 2, 2, 1, 2, 1]


def test_regions_agree_with_the_endpoints_of_botocore():
    """The Regions are those of botocore, except for the listed differences."""
    listed = {
        (region, partition)
        for partition, regions in committed()["botocore"]["regions"].items()
        for region in regions
    }
    ours = {(region.name, region.partition) for region in REGIONS.values()}
    assert {region for region, _ in listed - ours} == NOT_IN_FACTS
    assert {region for region, _ in ours - listed} == NOT_IN_BOTOCORE


@given(regions, st.integers(0, 99))
def test_a_new_number_is_no_mistake(name, number):
    """A Region with the words of a known one may be new."""
    assert may_be_region(name)
    assert region_fault(f"{name.rpartition('-')[0]}-{number}") == ""


@given(regions, st.data())
def test_a_slip_in_the_direction_is_a_mistake(name, data):
    """A Region whose direction lacks a letter is misspelled, and the Region is suggested."""
    *words, direction, number = name.split("-")
    place = data.draw(st.integers(0, len(direction) - 1))
    slip = direction[:place] + direction[place + 1 :]
    text = "-".join([*words, slip, number])
    assert not may_be_region(text)
    assert region_fault(text).startswith(f"unknown Region `{text}`; did you mean `")
    assert distance(text, near_regions(text)[0]) == 1


@pytest.mark.parametrize("text", ["us-midwest-1", "eu-isox-west-1", "xx-coast-1", "me-north-1"])
def test_a_new_word_may_be_of_a_new_region(text):
    """A word unlike the known directions is no reason to reject a Region."""
    assert region_fault(text) == ""


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("us-eat-1", "unknown Region `us-eat-1`; did you mean `us-east-1`"),
        ("us-east1", "unknown Region `us-east1`; did you mean `us-east-1`"),
        ("", "the Region is empty; use a name such as `us-east-1`"),
        ("mars", "unknown Region `mars`; use a name such as `us-east-1`"),
        ("\x1b[31m", "unknown Region `\\x1b[31m`; use"),
    ],
)
def test_the_fault_of_a_region(text, fault):
    """It has the value, and the Regions that may be meant."""
    assert region_fault(text).startswith(fault)
