"""Sources of modules in their canonical form."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from acmrules.readers.terraform.known_modules.sources import parsed_source

ACM = "terraform-aws-modules/acm/aws"


@pytest.mark.parametrize(
    ("source", "folder", "tag"),
    [
        (ACM, "", ""),
        (f"registry.terraform.io/{ACM}", "", ""),
        (f"registry.opentofu.org/{ACM}", "", ""),
        (f"{ACM}//modules/x", "modules/x", ""),
        ("github.com/terraform-aws-modules/terraform-aws-acm", "", ""),
        ("github.com/terraform-aws-modules/terraform-aws-acm?ref=v4.3.2", "", "v4.3.2"),
        (
            "git::https://github.com/terraform-aws-modules/terraform-aws-acm.git?ref=v4.3.2",
            *("", "v4.3.2"),
        ),
        (
            "git::ssh://git@github.com/terraform-aws-modules/terraform-aws-acm.git?depth=1&ref=4.3.2",
            *("", "4.3.2"),
        ),
        ("git@github.com:terraform-aws-modules/terraform-aws-acm.git?ref=tags/4.3.2", "", "4.3.2"),
        ("git::https://github.com/terraform-aws-modules/terraform-aws-acm.git?ref=main", "", ""),
        (
            "git::https://github.com/terraform-aws-modules/terraform-aws-acm.git//wrappers?ref=v5.0.0",
            *("wrappers", "v5.0.0"),
        ),
    ],
)
def test_sources_of_one_module_are_equal(source, folder, tag):
    """The registry, Git over any protocol, and the short form of GitHub mean the same module."""
    found = parsed_source(source)
    assert (found.name, found.folder, found.tag) == (ACM, folder, tag)


@pytest.mark.parametrize(
    "source",
    [
        "x/acm/aws",
        "app.terraform.io/x/acm/aws",
        "git::https://gitlab.com/terraform-aws-modules/terraform-aws-acm.git",
        "github.com/x/terraform-aws-acm",
        "github.com/terraform-aws-modules/acm",
        "s3::https://s3.amazonaws.com/x/terraform-aws-modules/acm/aws",
        "../terraform-aws-modules/acm/aws",
    ],
)
def test_other_sources_differ(source):
    """Another host, owner or repository is another module."""
    assert parsed_source(source).name != ACM


@given(st.text(st.sampled_from("abc/.:?@=&-_ git"), max_size=40))
def test_any_string_has_a_form(source):
    """No source raises an error, and equal strings have equal forms."""
    assert parsed_source(source) == parsed_source(f" {source} ")
