"""The parameters that leave checks undecided."""

import pytest

from acmrules.lint.findings import Skip, SkipReason
from acmrules.lint.parameters import merged, missing_parameters, with_parameters
from acmrules.model.declaration import Declaration, Variant
from acmrules.model.not_checked import MODULE, NotChecked, whole_file
from acmrules.model.placed import Location
from acmrules.request import Tool
from acmrules.syntax.source import Source

SITE = Source("site.yaml", "x\n" * 9)


def skips(*details, reason=SkipReason.UNDECIDED, source=SITE):
    """Return skips with these reasons, one on each line."""
    return [
        Skip(Location(source, 2 * line, 2 * line + 1), None, reason, detail, "Cert", ())
        for line, detail in enumerate(details)
    ]


def missing(tool, known, *details):
    """Return the names and numbers of checks of the parameters that are missing."""
    declaration = Declaration(SITE, tool, "", (Variant(None, (), {}),), parameters=frozenset(known))
    found = with_parameters(declaration, skips(*details))
    return [(each.how, each.checks) for each in missing_parameters(declaration, found)]


@pytest.mark.parametrize(
    ("tool", "known", "detail", "name"),
    [
        (Tool.CLOUDFORMATION, {"Name"}, "`${Name}` is unknown", "Name"),
        (Tool.CLOUDFORMATION, {"Name"}, "`${Zone}` is unknown", None),
        (Tool.CLOUDFORMATION, {"Stack"}, "`!ImportValue ${Stack}-x` is unknown", None),
        (Tool.TERRAFORM, {"name"}, "`${var.name}` is unknown", "name"),
        (Tool.TERRAFORM, {"names"}, "`${slice(var.names, 1, 2)}` is unknown", "names"),
        (Tool.TERRAFORM, {"name"}, "`${module.m.var.name}` is unknown", None),
        (Tool.TERRAFORM, {"name"}, "`${local.name}` is unknown", None),
        (
            Tool.TERRAFORM,
            {"terraform.workspace"},
            "`${local.names[terraform.workspace]}` is unknown",
            "terraform.workspace",
        ),
        (Tool.TERRAFORM, {"name"}, "`${local.names[terraform.workspace]}` is unknown", None),
        (Tool.TERRAFORM, {"name"}, "`${names[var.name]}` is unknown", "name"),
        (Tool.KUBERNETES, (), "`$NAME` is unknown", "NAME"),
        (Tool.KUBERNETES, (), "`${NAME:-}` is unknown", "NAME"),
        (Tool.KUBERNETES, (), "`{{ .Values.host }}` is unknown", ".Values.host"),
        (Tool.API, (), "`x` is unknown", None),
    ],
)
def test_the_name_is_in_the_label_of_the_unknown_value(tool, known, detail, name):
    """Only what the user can set is a parameter; each check counts."""
    expected = [(f"`--param {name}=VALUE`", 2)] if name else []
    assert missing(tool, known, detail, detail) == expected


def test_other_reasons_do_not_count():
    """A rule that is not in force depends on no parameter."""
    declaration = Declaration(SITE, Tool.CLOUDFORMATION, "", (), parameters=frozenset({"Name"}))
    later = skips("`${Name}` is unknown", reason=SkipReason.NOT_IN_FORCE)
    assert list(with_parameters(declaration, later)) == later
    assert list(missing_parameters(declaration, later)) == []


def test_a_parameter_of_a_folder_is_listed_once():
    """A Terraform module has its variables in common, a template has its own."""
    found = []
    for file, tool, label in (
        ("a/x.tf", Tool.TERRAFORM, "${var.n}"),
        ("a/y.tf", Tool.TERRAFORM, "${var.n}"),
        ("b/x.tf", Tool.TERRAFORM, "${var.n}"),
        ("a.yaml", Tool.CLOUDFORMATION, "${n}"),
        ("a.yaml", Tool.CLOUDFORMATION, "${n}"),
        ("a.yaml", Tool.CLOUDFORMATION, "${n}"),
    ):
        source = Source(file, "x\n")
        declaration = Declaration(source, tool, "", (), parameters=frozenset({"n"}))
        undecided = with_parameters(declaration, skips(f"`{label}` is unknown", source=source))
        found += missing_parameters(declaration, undecided)
    module = NotChecked(whole_file("z.tf"), MODULE, "module `m`", "calls `x`", "check the plan")
    listed = merged([*found, module])
    assert [(each.file, each.checks) for each in listed] == [
        ("z.tf", 0),
        ("a.yaml", 3),
        ("a/x.tf", 2),
        ("b/x.tf", 1),
    ]
    assert str(listed[1]) == ("parameter `n` has no value (3 checks undecided): `--param n=VALUE`")
