"""Versions of known modules that a call may use."""

import pytest
from tests.support.terraform import declarations, request

from acmrules.readers.terraform.known_modules.build import meant_by, ranges, text_of
from acmrules.readers.terraform.known_modules.table import KnownModule, ModuleArgument
from acmrules.unresolved import Unresolved, UnresolvedNames

CALL = """
module "acm" {{
  source  = "terraform-aws-modules/acm/aws"
  {version}
  domain_name = "brightharbor.io"
  {more}
}}
"""


def method(version, more=""):
    """Return the validation method of a call that does not set one."""
    stated = f'version = "{version}"' if version else ""
    return method_of(CALL.format(version=stated, more=more))


def method_of(text):
    """Return the validation method of the only request of a file."""
    found = request(text).validation_method
    return "unknown" if isinstance(found, Unresolved) else found and found.name


@pytest.mark.parametrize(
    ("version", "expected"),
    [
        ("2.14.0", "DNS"),
        ("~> 3.0", "DNS"),
        ("~> 4.0", "DNS"),
        (">= 3, < 5", "DNS"),
        ("~> 5.0", None),
        ("6.0.0", None),
        (">= 4.0", "unknown"),
        ("", "unknown"),
    ],
)
def test_the_version_selects_the_default(version, expected):
    """If the constraint allows versions that differ, what differs is unknown."""
    assert method(version) == expected


@pytest.mark.parametrize(
    ("more", "expected"),
    [
        ("zones = {}", None),
        ("zone_id = null", "unknown"),
        ('key_algorithm = "EC_prime256v1"', "unknown"),
        ('private_authority_arn = "arn:aws:acm-pca:eu-west-1:1:certificate-authority/x"', None),
    ],
)
def test_an_argument_excludes_the_versions_without_it(more, expected):
    """A call is valid, so a version without one of its arguments is not used."""
    assert method("", more) == expected


@pytest.mark.parametrize("version", ["1.0.0", "< 2.0", ">= 7.0", "latest", "${var.v}"])
def test_other_versions_are_not_read(version):
    """A version that no table covers, and a constraint that is not understood, are not guessed."""
    assert declarations(CALL.format(version=f'version = "{version}"', more="")) == ()


@pytest.mark.parametrize(("ref", "expected"), [("v4.3.2", "DNS"), ("v5.0.1", None)])
def test_a_tag_of_git_is_a_version(ref, expected):
    """A tag selects the version, and any other reference may be any version."""
    git = "git::https://github.com/terraform-aws-modules/terraform-aws-acm.git"
    text = CALL.format(version="", more="").replace(
        "terraform-aws-modules/acm/aws", f"{git}?ref={ref}"
    )
    assert method_of(text) == expected
    for other in ("main", "20240101120000"):
        assert method_of(text.replace(ref, other)) == "unknown"


def test_a_misspelled_argument_is_unknown():
    """What a misspelled argument may mean is unknown, rather than its default."""
    text = CALL.format(version='version = "~> 5.0"', more="MORE")
    wrong = 'subject_alternate_names = ["a.io"]\n  validation_metod = "DNS"'
    found = request(text.replace("MORE", wrong))
    assert isinstance(found.validation_method, Unresolved)
    assert isinstance(found.names[-1], UnresolvedNames)
    other = request(text.replace("MORE", "dns_ttl = 60\n  putin_khuylo = true"))
    assert other.validation_method is None
    assert not any(isinstance(name, UnresolvedNames) for name in other.names)


TABLE = KnownModule(
    "x/y/aws",
    "1.0.0",
    "2.0.0",
    (),
    (ModuleArgument("zones", "{}"), ModuleArgument("zone", "null"), ModuleArgument("domain", None)),
    "",
)


def test_the_text_of_a_module_lists_what_the_call_sets():
    """An argument that the call sets has no default, and is in the list of the body."""
    text = text_of(TABLE, TABLE.segments(), {"zones", "other"})
    assert 'given = ["zones"]' in text
    assert 'variable "zones" {}' in text
    assert 'variable "zone" { default = null }' in text


@pytest.mark.parametrize(
    ("unlisted", "meant"),
    [
        (["zonse"], ["zones"]),
        (["zonez"], ["zones"]),
        (["zoness"], ["zones"]),
        (["zonn"], ["zones"]),
        (["donaim"], ["domain"]),
        (["dxxxin"], []),
        (["zon"], ["zones"]),
    ],
)
def test_arguments_that_a_call_may_mean(unlisted, meant):
    """A word of at least five letters may have two mistakes; a shorter one resembles too much."""
    assert meant_by(TABLE, set(), unlisted) == meant
    assert meant_by(TABLE, {"zones", "domain"}, unlisted) == []


def test_a_constraint_that_is_not_understood_allows_no_range():
    """It is not guessed."""
    assert ranges(TABLE, "latest") == []
    assert ranges(TABLE, ">= 1.0") == TABLE.segments()
