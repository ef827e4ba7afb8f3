"""Maps with an unknown key: a variant for each entry."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.support.terraform import names, only

MODULE = """
variable "env" %s
locals {
  domains = { dev = "dev.a.io", prod = "a.io" }
  more    = { prod = ["www.a.io"], qa = ["qa.a.io"] }
}
resource "aws_acm_certificate" "x" {
  domain_name               = %s
  subject_alternative_names = %s
  validation_method         = "DNS"
}
"""
MANY = str({f"k{n}": f"a{n}.io" for n in range(17)}).replace("'", '"').replace(": ", " = ")
DEV, PROD, QA = (f'when `var.env == "{env}"` is true' for env in ("dev", "prod", "qa"))


def variants(domain, more="[]", variable="{}", **values):
    """Return the names of the certificate by condition."""
    found = names(MODULE % (variable, domain, more), **values)
    return {key.removeprefix("aws_acm_certificate.x").strip(): text for key, text in found.items()}


@pytest.mark.parametrize(
    "domain",
    [
        "local.domains[var.env]",
        "lookup(local.domains, var.env)",
        '{ dev = "dev.a.io", prod = "a.io" }[var.env]',
        '"${local.domains[var.env]}"',
        "lower(local.domains[var.env])",
    ],
)
def test_each_entry_is_a_variant(domain):
    """The key is one of the map, because Terraform rejects another one."""
    assert variants(domain) == {DEV: "dev.a.io", PROD: "a.io"}


@pytest.mark.parametrize(
    "domain",
    [
        'lookup(local.domains, var.env, "z.io")',
        'try(local.domains[var.env], "z.io")',
        'contains(keys(local.domains), var.env) ? local.domains[var.env] : "z.io"',
    ],
)
def test_a_default_is_another_variant(domain):
    """It applies to all other keys."""
    found = variants(domain)
    assert sorted(found.values()) == ["a.io", "dev.a.io", "z.io"]


def test_the_same_key_has_the_same_value_everywhere():
    """Maps with different entries agree, and conditions do."""
    with_error = {DEV: 'dev.a.io ${local.more["dev"]}', PROD: "a.io www.a.io"}
    assert variants("local.domains[var.env]", "local.more[var.env]") == with_error
    assert variants("local.domains[var.env]", 'lookup(local.more, var.env, ["z.io"])') == {
        DEV: "dev.a.io z.io",
        PROD: "a.io www.a.io",
    }
    assert variants('lookup(local.domains, var.env, "z.io")', "local.more[var.env]") == {
        **with_error,
        QA: "z.io qa.a.io",
    }
    assert variants("local.domains[var.env]", 'var.env == "dev" ? ["x.io"] : []') == {
        DEV: "dev.a.io x.io",
        PROD: "a.io",
    }
    assert variants("local.domains[var.env]", '["${var.env}.io"]') == {
        DEV: "dev.a.io dev.io",
        PROD: "a.io prod.io",
    }


def test_a_known_key_has_one_value():
    """It is given, or a default."""
    assert variants("local.domains[var.env]", env="prod") == {"": "a.io"}
    assert variants("local.domains[var.env]", variable='{ default = "dev" }') == {"": "dev.a.io"}


def test_the_workspace_is_a_key():
    """It is the same in all modules."""
    text = MODULE % ("{}", "local.domains[terraform.workspace]", "[terraform.workspace]")
    assert [v.request.spellings for v in only(text).variants] == [
        ("dev.a.io", "dev"),
        ("a.io", "prod"),
    ]


@pytest.mark.parametrize(
    "domain",
    [
        "local.domains[data.aws_region.here.name]",
        "local.domains[random_pet.x.id]",
        'local.domains["${var.env}-x"]',
        f"{MANY}[var.env]",
        "merge(local.domains, var.more)[var.env]",
    ],
)
def test_other_keys_and_maps_are_unknown(domain):
    """A key has to be the same wherever it is written, and the map has at most 16 entries."""
    [text] = variants(domain).values()
    assert "${" in text


KEYS = st.lists(st.sampled_from("abcdef"), unique=True, min_size=1, max_size=5)


def entry(key, suffix):
    """Return an entry of a map."""
    return f'{key} = "{key}.{suffix}"'


@given(KEYS, KEYS)
def test_variants_are_those_of_the_given_keys(first, second):
    """Each variant is what the module has with that key."""

    def written(keys, suffix):
        return f"{{{', '.join(entry(key, suffix) for key in keys)}}}"

    domain = f"{written(first, 'io')}[var.env]"
    more = f'[lookup({written(second, "com")}, var.env, "z.com")]'
    expected = {
        f'when `var.env == "{key}"` is true' if len(first) > 1 else "": text
        for key in first
        for text in variants(domain, more, env=key).values()
    }
    assert variants(domain, more) == expected
