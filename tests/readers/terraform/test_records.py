"""The validation records that a Terraform configuration creates with Route 53."""

from textwrap import indent

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from tests.support.validation import validation_in, validations_in

NAMES = ("a.io", "*.a.io", "w.a.io", "b.io", "*.b.io")
OPTIONS = "aws_acm_certificate.site.domain_validation_options"
ZONES = {
    "aws_route53_zone.a.zone_id": ("a.io", "w.a.io"),
    "data.aws_route53_zone.b.zone_id": ("b.io",),
    "aws_route53_zone.inside.zone_id": (),
    "var.zone": ("a.io", "w.a.io", "b.io"),
}
"""Zones, and the names whose validation records ACM can find in them."""

HEAD = """
variable "zone" { type = string }
variable "create" { type = bool }
variable "only" { type = string }
resource "aws_route53_zone" "a" { name = "a.io" }
data "aws_route53_zone" "b" { name = "b.io." }
resource "aws_route53_zone" "inside" {
  name = "io"
  vpc { vpc_id = "vpc-1" }
}
"""


def stem_of(name):
    """Return a name without `*.`."""
    return name.removeprefix("*.")


def each(condition="", key="o.domain_name", grouped=""):
    """Return a `for_each` over the options that fulfill a condition."""
    return f"for_each = {{ for o in {OPTIONS} : {key} => o{grouped}{condition} }}"


class Kind:
    """A way to write records.

    `chosen` are the options for which there is certainly one, `None` if it is unknown for which,
    or whether there is any.
    """

    def __init__(self, text, option, chosen, *, grouped=False):
        self.text = text
        self.option = option
        self.chosen = chosen
        self.grouped = grouped


def everything(names):
    """Choose every option."""
    return names


ITEM = "each.value"
KINDS = {
    "all": Kind(each(), ITEM, everything),
    "local": Kind("for_each = local.options", ITEM, everything),
    "grouped": Kind(
        each(key='trimprefix(o.domain_name, "*.")', grouped="..."),
        "each.value[0]",
        everything,
        grouped=True,
    ),
    "count": Kind(f"count = length({OPTIONS})", f"tolist({OPTIONS})[count.index]", everything),
    "one name": Kind(
        each(' if o.domain_name == "w.a.io"'), ITEM, lambda names: {"w.a.io"} & {*names}
    ),
    "other names": Kind(
        each(' if o.domain_name != "a.io"'), ITEM, lambda names: {*names} - {"a.io"}
    ),
    "listed": Kind(
        each(' if contains(["b.io", "*.a.io"], o.domain_name)'),
        ITEM,
        lambda names: {"b.io", "*.a.io"} & {*names},
    ),
    "plain": Kind(
        each(' if !startswith(o.domain_name, "*.")'),
        ITEM,
        lambda names: {name for name in names if "*" not in name},
    ),
    "none": Kind("count = 0", f"tolist({OPTIONS})[count.index]", lambda _: ()),
    "first": Kind(
        "",
        f"tolist({OPTIONS})[0]",
        lambda names: names[:1] if len({*map(stem_of, names)}) == 1 else None,
    ),
    "open": Kind(
        f"for_each = var.create ? {{ for o in {OPTIONS} : o.domain_name => o }} : {{}}",
        ITEM,
        lambda _: None,
    ),
    "open name": Kind(each(" if o.domain_name == var.only"), ITEM, lambda _: None),
    "open count": Kind(
        f"count = var.create ? length({OPTIONS}) : 0",
        f"element(tolist({OPTIONS}), count.index)",
        lambda _: None,
    ),
}
COMMENTS = {
    "": lambda text: text,
    "#": lambda text: indent(text, "# ", lambda _: True),
    "//": lambda text: indent(text, "//", lambda _: True),
    "/*": lambda text: f"/*\n{text}*/\n",
}


class Block:
    """A block of records: its kind, its comment sign, its zone, and whether it overwrites."""

    def __init__(self, kind, comment, zone, overwrites):
        self.kind = kind
        self.comment = comment
        self.zone = zone
        self.overwrites = overwrites

    def __repr__(self):
        return f"Block({self.kind!r}, {self.comment!r}, {self.zone!r}, {self.overwrites!r})"

    def text(self, number):
        """Return the block as it is written."""
        kind = KINDS[self.kind]
        lines = [
            kind.text,
            f"zone_id = {self.zone}",
            f"name = {kind.option}.resource_record_name",
            f"type = {kind.option}.resource_record_type",
            "ttl = 60",
            f"records = [{kind.option}.resource_record_value]",
            "" if self.overwrites is None else f"allow_overwrite = {str(self.overwrites).lower()}",
        ]
        body = "".join(f"  {line}\n" for line in lines)
        return COMMENTS[self.comment](f'resource "aws_route53_record" "r{number}" {{\n{body}}}\n')

    def created(self, names):
        """Return the names of the records that are certainly created, once for each resource."""
        chosen = KINDS[self.kind].chosen(names)
        stems = [stem_of(name) for name in chosen or () if not self.comment]
        stems = [*dict.fromkeys(stems)] if KINDS[self.kind].grouped else stems
        return [stem for stem in stems if stem in ZONES[self.zone]]

    def is_open(self, names):
        """Return whether it may create other records."""
        return not self.comment and KINDS[self.kind].chosen(names) is None


BLOCKS = st.lists(
    st.builds(
        Block,
        st.sampled_from([*KINDS]),
        st.sampled_from(["", "", "", *COMMENTS]),
        st.sampled_from([*ZONES]),
        st.sampled_from([None, False, True]),
    ),
    max_size=3,
)
LISTED = st.lists(st.sampled_from(NAMES), min_size=1, unique=True)


def module(names, blocks):
    """Return a module with a certificate and blocks of records."""
    first, *others = names
    listed = ", ".join(f'"{name}"' for name in others)
    return (
        HEAD
        + f"""
resource "aws_acm_certificate" "site" {{
  domain_name = "{first}"
  subject_alternative_names = [{listed}]
  validation_method = "DNS"
}}
locals {{ options = {{ for o in {OPTIONS} : o.domain_name => o }} }}
"""
        + "".join(block.text(number) for number, block in enumerate(blocks))
    )


ALL_IN_A = Block("all", "", "aws_route53_zone.a.zone_id", None)


@given(LISTED, BLOCKS)
@example(["a.io", "*.a.io"], [ALL_IN_A])
@example(["a.io", "*.a.io"], [Block("first", "", "var.zone", None)])
@example(["a.io", "b.io"], [Block("first", "", "var.zone", None)])
@example(["a.io", "w.a.io"], [Block(kind, "", "var.zone", None) for kind in ("local", "first")])
@example(["a.io"], [Block("all", "/*", "var.zone", None)])
@example(["a.io"], [Block("all", "", "aws_route53_zone.inside.zone_id", None)])
def test_written_are_exactly_the_records_that_are_certainly_created(names, blocks):
    """A record is written exactly if a resource certainly creates it where ACM can find it."""
    one = validation_in(main_tf=module(names, blocks))
    created = [stem for block in blocks for stem in block.created(names)]
    refused = [stem for block in blocks if not block.overwrites for stem in block.created(names)]
    is_open = any(block.is_open(names) for block in blocks)
    assert {str(cname.stem) for cname in one.cnames} == {*map(stem_of, names)}
    for cname in one.cnames:
        stem = str(cname.stem)
        assert (cname.written is True) is (stem in created)
        assert cname.is_repeated is (refused.count(stem) > 1)
        # The local passes the options on, so whether others are created is unknown.
        if is_open:
            assert cname.written is not False


def test_a_commented_record_is_created_by_hand():
    """A commented-out record does not exist."""
    text = module(["a.io"], [Block("all", "#", "var.zone", None)]).replace("locals", "# locals")
    one = validation_in(main_tf=text)
    assert (one.cnames[0].written, one.records, one.left) == (False, (), one.cnames)


@pytest.mark.parametrize(
    ("zone", "obstacle"),
    [
        ("data.aws_route53_zone.b.zone_id", "`a.io` is not in its hosted zone `b.io`"),
        ("aws_route53_zone.inside.zone_id", "the hosted zone `io` of `a.io` is private"),
    ],
)
def test_a_record_in_the_wrong_zone_blocks_the_validation(zone, obstacle):
    """A record in a zone that ACM does not query has no effect, and the zone is named."""
    one = validation_in(main_tf=module(["a.io"], [Block("all", "", zone, None)]))
    assert one.obstacles == (obstacle,)


TWO_MODULES = """
module "{name}" {{
  source = "./site"
  create = {create}
}}
"""
SITE = f"""
variable "create" {{ type = bool }}
resource "aws_acm_certificate" "site" {{
  count             = var.create ? 1 : 0
  domain_name       = "a.io"
  validation_method = "DNS"
}}
resource "aws_route53_record" "proof" {{
  for_each = var.create ? {{
    for o in {OPTIONS.replace("site.", "site[0].")} : o.domain_name => o
  }} : {{}}
  zone_id = "Z1"
  name    = each.value.resource_record_name
  type    = "CNAME"
  records = [each.value.resource_record_value]
}}
"""


def test_a_condition_that_creates_the_certificate_creates_its_records():
    """A record under the condition of its certificate is certain wherever that exists."""
    one = validation_in(main_tf=SITE)
    assert [cname.written for cname in one.cnames] == [True]


def test_options_that_pass_through_locals():
    """Options that locals transform are still those of their certificate."""
    text = (
        module(["a.io", "*.a.io", "b.io"], [])
        + """
locals {
  distinct = distinct([
    for o in aws_acm_certificate.site.domain_validation_options :
    merge(o, { domain_name = replace(o.domain_name, "*.", "") }) if o.domain_name != "*.a.io"
  ])
}
resource "aws_route53_record" "proof" {
  count   = length(local.distinct)
  zone_id = var.zone
  name    = element(local.distinct, count.index)["resource_record_name"]
  type    = "CNAME"
  records = [element(local.distinct, count.index)["resource_record_value"]]
}
"""
    )
    one = validation_in(main_tf=text)
    assert [cname.written for cname in one.cnames] == [True, True]


def test_certificates_of_one_provider_share_their_records():
    """A record for a name also validates other certificates with this provider."""
    other = """
resource "aws_acm_certificate" "other" {{
  {provider}
  domain_name       = "a.io"
  validation_method = "DNS"
}}
"""
    base = module(["a.io"], [ALL_IN_A])
    for provider, written in [("", True), ("provider = aws.elsewhere", None)]:
        _, two = validations_in(main_tf=base + other.format(provider=provider))
        assert [(c.written, c.refused) for c in two.cnames] == [(written, 1)]


@pytest.mark.parametrize("other", ['name = "x"', 'records = ["x"]', 'type = "TXT"'])
def test_other_records_do_not_validate(other):
    """A record with another name, value or type does not validate a certificate."""
    text = ALL_IN_A.text(0)
    member = other.split()[0]
    lines = [f"  {other}" if line.split()[:1] == [member] else line for line in text.splitlines()]
    one = validation_in(main_tf=module(["a.io"], []) + "\n".join(lines) + "\n")
    assert one.cnames[0].written is not True
