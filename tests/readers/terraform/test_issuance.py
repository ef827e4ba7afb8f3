"""Whether Terraform waits until ACM issues a certificate before it creates what uses it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.support.fixes import FilesRun, fixed_text
from tests.support.terraform import declarations

from acmrules.lint import fixes
from acmrules.lint.linter import Linter
from acmrules.lint.pipeline import check_declarations

CERTIFICATE = """
resource "aws_acm_certificate" "c" {
  domain_name       = "a.io"
  validation_method = "DNS"
}
"""
VALIDATION = """
resource "aws_acm_certificate_validation" "v" {
  certificate_arn = aws_acm_certificate.c.arn
}
"""
RECORD = """
resource "aws_route53_record" "r" {
  for_each = { for o in aws_acm_certificate.c.domain_validation_options : o.domain_name => o }
  name     = each.value.resource_record_name
  type     = "CNAME"
  records  = [each.value.resource_record_value]
  zone_id  = "Z0123456789ABCDEFGHIJ"
}
"""
TAKEN = "aws_acm_certificate.c.arn"
AWAITED = "aws_acm_certificate_validation.v.certificate_arn"


def listener(arn=TAKEN, more=""):
    """Return a listener that takes a certificate."""
    return f'resource "aws_lb_listener" "l" {{\n  certificate_arn = {arn}\n  {more}\n}}\n'


def found(files, **known):
    """Return the severities of ACM515 by line, and the words for undecided checks."""
    report = check_declarations(declarations(files, **known), Linter())
    skips = [f"skipped: {each.detail}" for each in report.skips if _is_early(each)]
    return [str(each.severity) for each in report.findings if _is_early(each)] + skips


def _is_early(entry):
    return entry.rule is not None and entry.rule.id == "ACM515"


# What waits


@pytest.mark.parametrize(
    ("files", "expected"),
    [
        (CERTIFICATE + VALIDATION + listener(), ["error"]),
        (CERTIFICATE + VALIDATION + RECORD + listener(), ["error"]),
        (CERTIFICATE + VALIDATION + listener(f'"${{{TAKEN}}}"'), ["error"]),
        (CERTIFICATE + VALIDATION + listener("aws_acm_certificate.c.id"), ["error"]),
        (CERTIFICATE + VALIDATION + listener(AWAITED), []),
        (CERTIFICATE + VALIDATION + listener(f'"${{{AWAITED}}}"'), []),
        (CERTIFICATE + listener(), ["warning"]),
        (CERTIFICATE + RECORD + listener(), ["warning"]),
        (CERTIFICATE + RECORD + listener(more="depends_on = [aws_route53_record.r]"), ["warning"]),
        (CERTIFICATE + 'output "arn" {\n  value = aws_acm_certificate.c.arn\n}\n', []),
    ],
)
def test_only_the_validation_waits(files, expected):
    """Neither the certificate nor its records wait until ACM issues it; an output needs nothing."""
    assert found(files) == expected


LOCAL = "locals {\n  arn = %s\n}\n"
SLEEP = 'resource "time_sleep" "s" {\n  depends_on = [%s]\n}\n'


@pytest.mark.parametrize(
    ("more", "others"),
    [
        ("depends_on = [aws_acm_certificate_validation.v]", ""),
        ('depends_on = ["aws_acm_certificate_validation.v"]', ""),
        ("tags = { id = aws_acm_certificate_validation.v.id }", ""),
        ("depends_on = [time_sleep.s]", SLEEP % "aws_acm_certificate_validation.v"),
        ("depends_on = [time_sleep.s]", SLEEP % "aws_acm_certificate.c"),
        ("depends_on = [time_sleep.s]", RECORD + SLEEP % "aws_route53_record.r"),
        ("port = local.arn", LOCAL % AWAITED),
        (
            "load_balancer_arn = aws_lb.b.arn",
            'resource "aws_lb" "b" {\n  depends_on = [aws_acm_certificate_validation.v]\n}\n',
        ),
        (
            "depends_on = [module.wait]",
            'module "wait" {\n  source = "acme/wait/aws"\n  arn = aws_acm_certificate.c.arn\n}\n',
        ),
        (
            "depends_on = [data.external.w]",
            'data "external" "w" {\n  query = { arn = aws_acm_certificate.c.arn }\n}\n',
        ),
    ],
)
def test_a_resource_waits_for_all_that_it_depends_on(more, others):
    """It may depend on the validation indirectly, or on something else that may wait."""
    assert found(CERTIFICATE + VALIDATION + listener(more=more) + others) == []


def test_another_dependency_does_not_wait():
    """What does not depend on the certificate cannot wait for it."""
    other = 'module "vpc" {\n  source = "acme/vpc/aws"\n}\n' + SLEEP % "module.vpc"
    text = listener(more="depends_on = [time_sleep.s, module.vpc]")
    assert found(CERTIFICATE + VALIDATION + other + text) == ["error"]
    validation_of_another = CERTIFICATE.replace('"c"', '"d"') + VALIDATION.replace(".c.", ".d.")
    text = listener(more="depends_on = [aws_acm_certificate_validation.v]")
    assert found(CERTIFICATE + validation_of_another + text) == ["warning"]


def test_a_comment_is_not_a_dependency():
    """A resource whose `depends_on` is commented out does not wait."""
    text = listener(more="# depends_on = [aws_acm_certificate_validation.v]")
    assert found(CERTIFICATE + VALIDATION + text) == ["error"]


def test_both_branches_of_an_expression():
    """A resource that takes the validated certificate under a condition decides so itself."""
    validation = VALIDATION.replace("{\n", "{\n  count = var.wait ? 1 : 0\n", 1)
    taken = "var.wait ? aws_acm_certificate_validation.v[0].certificate_arn : " + TAKEN
    text = CERTIFICATE + validation + 'variable "wait" {}\n' + listener(taken)
    assert found(text) == []


# Whether there is something to wait for


def test_an_imported_certificate_is_never_pending():
    """Neither one with a key nor one that an `import` block adds to the state is pending."""
    with_key = 'resource "aws_acm_certificate" "c" {\n  private_key = "k"\n}\n'
    assert found(with_key + listener()) == []
    existing = 'import {\n  to = aws_acm_certificate.c\n  id = "arn:aws:acm:x"\n}\n'
    assert found(CERTIFICATE + VALIDATION + existing + listener()) == []
    moved = "moved {\n  from = aws_acm_certificate.old\n  to   = aws_acm_certificate.c\n}\n"
    assert found(CERTIFICATE + VALIDATION + moved + listener()) == []
    assert found(CERTIFICATE + VALIDATION + moved.replace(".c", ".d") + listener()) == ["error"]
    named = "locals {\n  from = 1\n  to = aws_acm_certificate.c\n}\n"
    assert found(CERTIFICATE + VALIDATION + named + listener()) == ["error"]


@pytest.mark.parametrize(
    ("own", "certificate", "expected"),
    [
        ("count = var.ready ? 1 : 0", "", ["note"]),
        ("count = var.ready ? 1 : 0", "count = var.ready ? 1 : 0", ["warning"]),
        ("count = 1", "", ["warning"]),
    ],
)
def test_a_consumer_may_be_left_out_of_the_first_apply(own, certificate, expected):
    """With a condition of its own, it may be added after ACM issued the certificate."""
    key = "[0]" if certificate else ""
    text = CERTIFICATE.replace("{\n", f"{{\n  {certificate}\n", 1)
    text += 'variable "ready" {}\n' + listener(f"aws_acm_certificate.c{key}.arn", own)
    assert found(text) == expected


def test_a_private_certificate_is_never_pending():
    """A private CA issues at once; whether there is one may be unknown."""
    arn = "arn:aws:acm-pca:eu-west-1:111122223333:certificate-authority/2f"
    ca = f'certificate_authority_arn = "{arn}"'
    private = CERTIFICATE.replace('validation_method = "DNS"', ca)
    assert found(private + listener()) == []
    maybe = CERTIFICATE.replace(
        "validation_method", "certificate_authority_arn = var.ca\n  validation_method"
    )
    assert found('variable "ca" {}\n' + maybe + listener()) == ["skipped: `${var.ca}` is unknown"]


@pytest.mark.parametrize(
    ("count", "given", "expected"),
    [
        ("var.wait ? 1 : 0", {}, ["warning"]),
        ("var.wait ? 1 : 0", {"wait": "true"}, ["error"]),
        ("var.wait ? 1 : 0", {"wait": "false"}, []),
        ("1", {}, ["error"]),
        ("0", {}, []),
    ],
)
def test_a_condition_of_the_validation(count, given, expected):
    """Without an answer, it may not exist; if it is excluded, nothing is meant to wait."""
    validation = VALIDATION.replace("{\n", f"{{\n  count = {count}\n", 1)
    text = CERTIFICATE + validation + 'variable "wait" {\n  type = bool\n}\n' + listener()
    assert found(text, **given) == expected


def test_an_unknown_number_of_validations():
    """There may be none."""
    validation = VALIDATION.replace("{\n", "{\n  for_each = var.waits\n", 1)
    text = CERTIFICATE + validation + 'variable "waits" {}\n' + listener()
    assert found(text) == ["warning"]


def test_a_validation_without_a_certificate_waits_for_none():
    """Terraform rejects it."""
    assert found(CERTIFICATE + VALIDATION.replace("certificate_arn", "arn") + listener()) == [
        "warning"
    ]


def test_a_certificate_may_refer_to_another_one():
    """What waits for the first does not wait for the other."""
    tagged = CERTIFICATE.replace('"c"', '"d"').replace(
        "validation_method", f"tags = {{ other = {TAKEN} }}\n  validation_method"
    )
    validation = VALIDATION.replace(".c.", ".d.")
    assert found(CERTIFICATE + tagged + validation + listener()) == ["warning"]


def test_a_condition_of_the_validation_makes_no_variants():
    """Conditions of other resources do not multiply the variants of a certificate."""
    validation = VALIDATION.replace("{\n", "{\n  count = var.wait ? 1 : 0\n", 1)
    text = CERTIFICATE + validation + 'variable "wait" {}\n' + listener()
    assert [len(each.variants) for each in declarations(text)] == [1]


@pytest.mark.parametrize(
    "other",
    [
        'module "v" {\n  source = "acme/validation/aws"\n  arn = aws_acm_certificate.c.arn\n}\n',
        "locals {\n  all = { c = aws_acm_certificate.c.arn, d = aws_acm_certificate.d.arn }\n}\n"
        + CERTIFICATE.replace('"c"', '"d"')
        + VALIDATION.replace(TAKEN, 'local.all["c"]'),
    ],
)
def test_it_is_unknown_what_waits(other):
    """A module that is not local may validate what it gets, and a map has several certificates."""
    reason = "skipped: what waits until ACM issues the certificate is unknown"
    assert found(CERTIFICATE + other + listener()) == [reason]


def test_a_module_does_not_hide_the_validation():
    """If a resource waits, it does not matter what a module gets."""
    other = 'module "cdn" {\n  source = "acme/cdn/aws"\n  arn = aws_acm_certificate.c.arn\n}\n'
    assert found(CERTIFICATE + VALIDATION + other + listener()) == ["error"]


# Modules


def module(outputs="aws_acm_certificate.c.arn", more="", inside=CERTIFICATE + VALIDATION):
    """Return a configuration whose certificate is in a module with an output."""
    return {
        "main.tf": f'module "m" {{\n  source = "./m"\n  {more}\n}}\n' + listener("module.m.arn"),
        "m/main.tf": inside + f'output "arn" {{\n  value = {outputs}\n}}\n',
    }


@pytest.mark.parametrize(
    ("files", "expected"),
    [
        (module(), ["error"]),
        (module(AWAITED), []),
        (module(f"{TAKEN}\n  depends_on = [aws_acm_certificate_validation.v]"), []),
        (module(inside=CERTIFICATE), ["warning"]),
        (module() | {"other.tf": VALIDATION.replace(TAKEN, "module.m.arn")}, ["error"]),
        (
            module(inside=CERTIFICATE) | {"o.tf": VALIDATION.replace(TAKEN, "module.m.arn")},
            ["error"],
        ),
    ],
)
def test_outputs_of_modules_are_followed(files, expected):
    """An output waits if its value or its `depends_on` does."""
    assert found(files) == expected


def test_the_name_of_an_output_does_not_count():
    """An output may have the name of what a validation exports."""
    files = module()
    renamed = {
        "main.tf": files["main.tf"].replace("module.m.arn", "module.m.certificate_arn"),
        "m/main.tf": files["m/main.tf"].replace('output "arn"', 'output "certificate_arn"'),
    }
    assert found(renamed) == ["error"]


def in_module(call):
    """Return a configuration whose consumer is in a module that gets the certificate."""
    return {
        "main.tf": CERTIFICATE + VALIDATION + f'module "m" {{\n  source = "./m"\n  {call}\n}}\n',
        "m/main.tf": 'variable "arn" {}\nvariable "x" {\n  default = ""\n}\n' + listener("var.arn"),
    }


@pytest.mark.parametrize(
    ("call", "expected"),
    [
        (f"arn = {TAKEN}", ["error"]),
        (f"arn = {AWAITED}", []),
        (f"arn = {TAKEN}\n  depends_on = [aws_acm_certificate_validation.v]", []),
        (f"arn = {TAKEN}\n  x = {AWAITED}", ["error"]),
    ],
)
def test_arguments_of_modules_are_followed(call, expected):
    """What is in a module depends on the `depends_on` of its call, and on the variables it uses."""
    assert found(in_module(call)) == expected


def test_a_module_that_another_resource_depends_on():
    """`depends_on` a module waits for everything in it, also in the modules that it calls."""
    files = {
        "main.tf": CERTIFICATE
        + 'module "v" {\n  source = "./v"\n  arn = aws_acm_certificate.c.arn\n}\n'
        + listener(more="depends_on = [module.v]"),
        "v/main.tf": 'variable "arn" {}\nmodule "w" {\n  source = "../w"\n  arn = var.arn\n}\n',
        "w/main.tf": 'variable "arn" {}\n' + VALIDATION.replace(TAKEN, "var.arn"),
    }
    assert found(files) == []
    assert found(files | {"main.tf": files["main.tf"].replace("depends_on", "# ")}) == ["error"]


# Fixes


def fixed(text, name="main.tf"):
    """Return a file with the safe fixes of ACM515."""
    return fixed_text(text, name, rules=["ACM515"])


def have_fixes(files):
    """Return whether each finding of ACM515 has a fix."""
    report = check_declarations(declarations(files), Linter())
    return [each.fix is not None for each in report.findings if _is_early(each)]


def several(repeat, key, validated, taken):
    """Return a certificate and a validation with several instances, and a listener."""
    return (
        CERTIFICATE.replace("{\n", f"{{\n  {repeat}\n", 1)
        + VALIDATION.replace("{\n", f"{{\n  {key}\n", 1).replace(TAKEN, validated)
        + listener(taken, "for_each = local.all" if "each." in taken else "")
        + 'locals {\n  all = toset(["a", "b"])\n}\n'
    )


EACH = "for_each = local.all"
FIXES = [
    (CERTIFICATE + VALIDATION + listener(), TAKEN, AWAITED),
    (CERTIFICATE + VALIDATION + listener(f'"${{{TAKEN}}}"'), TAKEN, AWAITED),
    (
        several(
            "count = 1", "count = 1", "aws_acm_certificate.c[0].arn", "aws_acm_certificate.c[0].arn"
        ),
        "aws_acm_certificate.c[0].arn",
        "aws_acm_certificate_validation.v[0].certificate_arn",
    ),
    (
        several("count = 1", "", "aws_acm_certificate.c[0].arn", "aws_acm_certificate.c[0].arn"),
        "aws_acm_certificate.c[0].arn",
        AWAITED,
    ),
    (
        several(
            EACH, EACH, "aws_acm_certificate.c[each.key].arn", 'aws_acm_certificate.c["a"].arn'
        ),
        'aws_acm_certificate.c["a"].arn',
        'aws_acm_certificate_validation.v["a"].certificate_arn',
    ),
    (
        several(
            EACH,
            "for_each = aws_acm_certificate.c",
            "each.value.arn",
            "aws_acm_certificate.c[each.key].arn",
        ),
        "aws_acm_certificate.c[each.key].arn",
        "aws_acm_certificate_validation.v[each.key].certificate_arn",
    ),
]


@pytest.mark.parametrize(("text", "taken", "awaited"), FIXES)
def test_the_fix_takes_the_validated_certificate(text, taken, awaited):
    """Only the reference of the consumer changes, and nothing is left to fix."""
    before, user, after = text.partition('resource "aws_lb_listener"')
    expected = before + user + after.replace(taken, awaited, 1)
    assert fixed(text) == expected
    assert found(expected) == []


UNCERTAIN = [
    CERTIFICATE + VALIDATION.replace("{\n", "{\n  count = 1\n", 1) + listener(),
    several(EACH, "", 'aws_acm_certificate.c["b"].arn', 'aws_acm_certificate.c["a"].arn'),
    several(
        EACH,
        'for_each = toset(["a"])',
        "aws_acm_certificate.c[each.key].arn",
        'aws_acm_certificate.c["a"].arn',
    ),
    several(
        EACH,
        "for_each = aws_acm_certificate.c",
        'aws_acm_certificate.c["b"].arn',
        'aws_acm_certificate.c["a"].arn',
    ),
]


@pytest.mark.parametrize(
    "text",
    [
        CERTIFICATE + VALIDATION + LOCAL % TAKEN + listener("local.arn"),
        CERTIFICATE + VALIDATION + listener(f"try({TAKEN}, null)"),
        *UNCERTAIN,
    ],
)
def test_what_is_not_certain_is_not_fixed(text):
    """If the instance that waits is uncertain, the finding has no fix."""
    assert fixed(text) == text


@pytest.mark.parametrize(
    ("value", "is_fixed"),
    [
        (AWAITED, True),
        (f'try({AWAITED}, "")', True),
        (f"one({AWAITED.replace('.v.', '.v[*].')})", True),
        (f'join("", {AWAITED.replace(".v.", ".v.*.")})', True),
        (f"{AWAITED} == null", False),
        (f"upper({AWAITED})", False),
        (AWAITED.replace(".v.", ".other."), False),
        (TAKEN, False),
    ],
)
def test_the_fix_takes_the_output_that_waits(value, is_fixed):
    """The finding names the output of a module that waits, and the fix takes it."""
    files = {
        "main.tf": 'module "m" {\n  source = "./m"\n}\n' + listener("module.m.arn"),
        "m/main.tf": CERTIFICATE
        + VALIDATION
        + f'output "arn" {{\n  value = {TAKEN}\n}}\noutput "issued" {{\n  value = {value}\n}}\n',
    }
    assert found(files) == ["error"]
    outcome = fixes.apply_until_stable(FilesRun(files, rules=["ACM515"]))
    fixed_main = files["main.tf"].replace("module.m.arn", "module.m.issued")
    assert outcome.texts == ({"main.tf": fixed_main} if is_fixed else {})
    if is_fixed:
        assert found(files | outcome.texts) == []


@pytest.mark.parametrize("text", UNCERTAIN)
def test_an_uncertain_instance_is_not_offered_as_a_fix(text):
    """The finding says only what to do."""
    assert have_fixes(text) == [False]


def test_a_validation_in_another_module_is_no_fix():
    """A consumer cannot refer to it."""
    inside = CERTIFICATE + listener() + f'output "arn" {{\n  value = {TAKEN}\n}}\n'
    call = 'module "m" {\n  source = "./m"\n}\n'
    files = {"main.tf": call + VALIDATION.replace(TAKEN, "module.m.arn"), "m/main.tf": inside}
    assert found(files) == ["error"]
    assert have_fixes(files) == [False]


def test_the_fix_in_json():
    """In JSON, the reference is in a string."""
    text = """{
  "resource": {
    "aws_acm_certificate": {"c": {"domain_name": "a.io", "validation_method": "DNS"}},
    "aws_acm_certificate_validation": {"v": {"certificate_arn": "${aws_acm_certificate.c.arn}"}},
    "aws_lb_listener": {"l": {"certificate_arn": "${aws_acm_certificate.c.arn}"}}
  }
}
"""
    head, _, tail = text.rpartition(TAKEN)
    assert fixed(text, "main.tf.json") == head + AWAITED + tail


# Laws


@given(st.permutations(range(4)), st.integers(1, 6))
def test_the_order_of_blocks_does_not_matter(order, length):
    """A chain of dependencies of any length is followed, whatever the order of the blocks."""
    chain = [
        f'resource "aws_sns_topic" "t{number}" {{\n  depends_on = [{before}]\n}}\n'
        for number in range(length)
        for before in [
            f"aws_sns_topic.t{number - 1}" if number else "aws_acm_certificate_validation.v"
        ]
    ]
    user = listener(more=f"depends_on = [aws_sns_topic.t{length - 1}]")
    blocks = [CERTIFICATE, VALIDATION, user, "".join(chain)]
    assert found("".join(blocks[index] for index in order)) == []
    broken = "".join(chain).replace("depends_on", "# ", 1)
    blocks[3] = broken
    assert found("".join(blocks[index] for index in order)) == ["error"]


def test_resources_that_depend_on_each_other():
    """Terraform rejects a cycle; acmrules reads on."""
    cycle = (
        'resource "aws_sns_topic" "a" {\n  name = aws_sns_topic.b.name\n}\n'
        'resource "aws_sns_topic" "b" {\n  name = aws_sns_topic.a.name\n}\n'
    )
    text = listener(more="depends_on = [aws_sns_topic.a]")
    assert found(CERTIFICATE + VALIDATION + cycle + text) == ["error"]
