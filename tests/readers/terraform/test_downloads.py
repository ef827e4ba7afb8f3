"""The list of the modules that Terraform has downloaded."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from acmrules.readers.terraform.downloads import Download, Downloads

FOLDER = ".terraform/modules/acm"
SOURCE = "registry.terraform.io/x/acm/aws"


def listed(root, *entries):
    """Return the downloads of a root module, from its list on disk."""
    paths = []

    def read(path):
        paths.append(path)
        return json.dumps({"Modules": entries})

    found = Downloads.read(root, read)
    assert paths == [f"{root}/.terraform/modules/modules.json".lstrip("/")]
    return found


@pytest.mark.parametrize("root", ["", "live/prod", "../up"])
def test_directories_are_relative_to_the_root(root):
    """The directory of an entry is below its root module."""
    found = listed(root, {"Key": "site.acm", "Source": SOURCE, "Version": "1.0.0", "Dir": FOLDER})
    expected = f"{root}/{FOLDER}".lstrip("/")
    assert found.of(["site", "acm"]) == Download(SOURCE, "1.0.0", expected)
    assert found.of(["acm"]) is None
    assert found.folders() == [expected]


@pytest.mark.parametrize(
    ("source", "constraint", "fits"),
    [
        ("x/acm/aws", "", True),
        ("x/acm/aws", "~> 1.0", True),
        ("x/acm/aws", "~> 2.0", False),
        ("x/alb/aws", "", False),
        ("x/acm/aws//modules/y", "", False),
    ],
)
def test_a_download_is_for_a_call(source, constraint, fits):
    """Its source and its version have to be what the call means."""
    assert Download(SOURCE, "1.2.0", "d").is_for(source, constraint) is fits


def test_a_missing_list():
    """A list that cannot be read is no list."""
    assert Downloads.read("", lambda _: None) is None


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.sampled_from(["Modules", "Key", "Source", "Dir", "Version"]), inner)
    ),
    max_leaves=10,
)


@given(JSON)
def test_any_list_is_read_or_ignored(data):
    """No content of the file raises an error or leads outside of the downloads."""
    found = Downloads.read("", lambda _: json.dumps(data))
    assert found is None or all(each.startswith(".terraform/") for each in found.folders())


@pytest.mark.parametrize("member", ["Key", "Source", "Dir", "Version"])
@pytest.mark.parametrize("wrong", [1, None, [], {"x": "y"}])
def test_an_entry_with_a_member_of_another_type_is_left_out(member, wrong):
    """The other entries are still valid."""
    entry = {"Key": "acm", "Source": SOURCE, "Version": "1.0.0", "Dir": FOLDER}
    found = listed("", entry | {member: wrong}, entry | {"Key": "other"})
    assert found.of(["acm"]) is None
    assert found.of(["other"]) == Download(SOURCE, "1.0.0", FOLDER)


def test_a_version_that_is_not_a_number_fits_no_call():
    """Such a list was not written by Terraform; without a version, any call fits."""
    assert not Download(SOURCE, "latest", "d").is_for("x/acm/aws", "")
    assert Download(SOURCE, "", "d").is_for("x/acm/aws", "~> 2.0")
