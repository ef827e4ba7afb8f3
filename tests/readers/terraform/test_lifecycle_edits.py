"""Fixes that add `create_before_destroy = true` to the `lifecycle` block of a resource."""

import json
from textwrap import dedent, indent

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.support.fixes import findings, fixed_text, rejections

RULES = ["ACM603"]
LISTENER = """
resource "aws_lb_listener" "https" {
  certificate_arn = aws_acm_certificate.site.arn
}
"""


def module(body):
    """Return a certificate in use with a body."""
    body = indent(dedent(body).strip("\n"), "  ", str.strip)
    return f'resource "aws_acm_certificate" "site" {{\n{body}\n}}\n{LISTENER}'


def fixed(text, name="main.tf", **options):
    """Return a file with the fixes of ACM603."""
    return fixed_text(text, name, rules=RULES, **options)


def found(text):
    """Return the findings of ACM603."""
    return [each for each in findings(text, "main.tf") if each.rule.id in RULES]


BLOCK = "\nlifecycle {\n  create_before_destroy = true\n}\n"
LAYOUTS = [
    ('domain_name = "a.io" # c\n', f'domain_name = "a.io" # c\n{BLOCK}'),
    (
        'domain_name = "a.io"\n\ntags = {\n  A = "b"\n}\n# end\n',
        f'domain_name = "a.io"\n\ntags = {{\n  A = "b"\n}}\n# end\n{BLOCK}',
    ),
    ("\nlifecycle {}\n", BLOCK),
    ("\nlifecycle {\n}\n", BLOCK),
    ("lifecycle {\n  # c\n}\n", "lifecycle {\n  # c\n  create_before_destroy = true\n}\n"),
    (
        "lifecycle { prevent_destroy = true }\n",
        "lifecycle {\n  prevent_destroy       = true\n  create_before_destroy = true\n}\n",
    ),
    (
        "lifecycle {\n  prevent_destroy = true # c\n}\n",
        "lifecycle {\n  prevent_destroy       = true # c\n  create_before_destroy = true\n}\n",
    ),
    (
        """
        lifecycle {
          prevent_destroy = true
          ignore_changes  = [tags]
        }
        """,
        """
        lifecycle {
          prevent_destroy       = true
          ignore_changes        = [tags]
          create_before_destroy = true
        }
        """,
    ),
    (
        """
        lifecycle {
          prevent_destroy = true
          ignore_changes = [
            tags,
          ]
        }
        """,
        """
        lifecycle {
          prevent_destroy = true
          ignore_changes = [
            tags,
          ]
          create_before_destroy = true
        }
        """,
    ),
    (
        """
        lifecycle {
          precondition {
            condition     = true
            error_message = "x"
          }
        }
        """,
        """
        lifecycle {
          precondition {
            condition     = true
            error_message = "x"
          }
          create_before_destroy = true
        }
        """,
    ),
]


@pytest.mark.parametrize(("before", "after"), LAYOUTS)
def test_layouts(before, after):
    """The setting is added to the block, or with a new block, in the layout of `terraform fmt`."""
    head = "" if "domain_name" in before else 'domain_name = "a.io"\n'
    assert fixed(module(head + dedent(before))) == module(head + dedent(after))


@given(
    st.permutations(
        [
            'domain_name       = "a.io"',
            'validation_method = "DNS"',
            'tags = {\n    A = "}"\n  }',
            "options {\n    export = var.e\n  }",
            "count = 2",
            "# a comment with {",
            "/* } */",
            "",
        ]
    ),
    st.sampled_from(
        [
            "",
            "lifecycle {}",
            "lifecycle { ignore_changes = [tags] }",
            "lifecycle {\n    ignore_changes = [tags]\n  }",
            "lifecycle {\n    # c\n    prevent_destroy = true // d\n\n  }",
        ]
    ),
    st.integers(0, 8),
    st.sampled_from(["\n", "\r\n"]),
)
def test_the_fix_resolves_the_finding_and_changes_nothing_else(parts, lifecycle, index, newline):
    """After the fix, ACM603 reports nothing, and all other words are where they were."""
    parts = [*parts[:index], *filter(None, [lifecycle]), *parts[index:]]
    text = "".join(f"  {part}\n" for part in parts)
    arn = "aws_acm_certificate.site[0].arn" if "count" in text else "aws_acm_certificate.site.arn"
    text = f'resource "aws_acm_certificate" "site" {{\n{text}}}\n{LISTENER}'
    text = text.replace("aws_acm_certificate.site.arn", arn).replace("\n", newline)
    after = fixed(text)
    assert after != text
    assert not found(after)
    added = "create_before_destroy=true"
    added = added if lifecycle else f"lifecycle{{{added}}}"
    assert "".join(after.split()).replace(added, "", 1) == "".join(text.split())
    assert after.count("\n") == after.count(newline)
    assert fixed(after) == after


@pytest.mark.parametrize(
    ("lifecycle", "expected"),
    [
        (None, {"create_before_destroy": True}),
        ({"prevent_destroy": True}, {"prevent_destroy": True, "create_before_destroy": True}),
    ],
)
def test_json_syntax(lifecycle, expected):
    """The setting is added to a configuration in JSON syntax."""
    body = {"domain_name": "a.io"} | ({"lifecycle": lifecycle} if lifecycle else {})
    resources = {
        "aws_acm_certificate": {"site": body},
        "aws_lb_listener": {"x": {"certificate_arn": "${aws_acm_certificate.site.arn}"}},
    }
    after = fixed(json.dumps({"resource": resources}, indent=2), "main.tf.json")
    found = json.loads(after)["resource"]["aws_acm_certificate"]["site"]
    assert found == body | {"lifecycle": expected}


def test_a_block_on_one_line_is_not_fixed():
    """A resource on one line has no place for a block."""
    text = 'resource "aws_acm_certificate" "site" { domain_name = "a.io" }\n' + LISTENER
    assert rejections(text, "main.tf", rules=RULES) == {"ACM603": "the block is on one line"}


def test_an_explicit_setting_is_not_changed():
    """A setting that is `false` is reported without a fix."""
    text = module('domain_name = "a.io"\nlifecycle {\n  create_before_destroy = false\n}\n')
    [finding] = found(text)
    assert finding.fix is None


def test_imported_certificates_are_not_reported():
    """Terraform imports a certificate again in place, so it needs no setting."""
    for body in ("", "lifecycle {\n  create_before_destroy = false\n}\n"):
        text = module(f"private_key = var.key\ncertificate_body = var.body\n{body}")
        assert not found(text)
