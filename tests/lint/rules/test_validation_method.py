"""ACM401, ACM402, ACM409, ACM410 and ACM414: the validation method and its consequences."""

from datetime import date

import pytest
from tests.support.rules import RULES, check_rule, option, outcomes, part

from acmrules.facts import acm, cabf
from acmrules.request import Tool

X, Y = part("$X"), part("$Y")
STAR_X = part("*.", "$X")
PRIVATE = {"certificate_authority_arn": "arn:aws:acm-pca:x"}


@pytest.mark.parametrize(
    ("tool", "expected"),
    [
        (Tool.API, {"validation_method: note"}),
        (Tool.KUBERNETES, {"validation_method: note"}),
        (Tool.CLOUDFORMATION, {"validation_method: warning"}),
        (Tool.TERRAFORM, {"validation_method: error"}),
        (Tool.PULUMI, {"validation_method: error"}),
        (Tool.CROSSPLANE, {"validation_method: error"}),
        (Tool.NAMES, {"validation_method: skipped"}),
    ],
)
def test_what_a_missing_method_means_depends_on_the_tool(tool, expected):
    """CloudFormation waits, Terraform rejects the resource, and a list of names has no method."""
    assert outcomes("ACM401", "a.io", tool=tool) == expected
    assert outcomes("ACM401", "a.io", tool=tool, **PRIVATE) == set()
    assert outcomes("ACM401", "a.io", tool=tool, validation_method="DNS") == set()
    unknown = outcomes("ACM401", "a.io", tool=tool, validation_method=X)
    assert unknown == ({"validation_method: skipped"} if tool is Tool.TERRAFORM else set())


@pytest.mark.parametrize(
    ("day", "severity"),
    [
        (date(2016, 1, 21), "note"),
        (date(2026, 3, 14), "note"),
        (date(2026, 3, 15), "warning"),
        (date(2028, 3, 14), "warning"),
        (date(2028, 3, 15), "error"),
        (date(2029, 6, 1), "error"),
    ],
)
def test_email_validation_becomes_more_severe_as_it_is_phased_out(day, severity):
    """ACM402 is a note, from 2026-03-15 a warning, and from 2028-03-15 an error."""
    expected = {f"validation_method: {severity}"}
    assert outcomes("ACM402", "a.io", validation_method="EMAIL", as_of=day) == expected


@pytest.mark.parametrize(
    ("names", "fields", "expected"),
    [
        (["a.io"], {}, "mail goes to 5 addresses such as `admin@a.io`"),
        (["a.io", "*.a.io", "A.io"], {}, "approve 2 names now and at every renewal"),
        (["b.a.io", "a.io"], {}, "mail goes to 10 addresses"),
        (["b.a.io"], {"validation_options": (option("b.a.io", "a.io"),)}, "such as `admin@a.io`"),
        (["b.a.io"], {"validation_options": (option("b.a.io", "c.io"),)}, "`admin@b.a.io`"),
        (["a.io", X], {}, "approve at least 1 name now"),
        ([X], {}, "approve each name now and at every renewal (every 153 to 198 days)"),
    ],
)
def test_email_validation_is_reported_with_its_work(names, fields, expected):
    """ACM402 counts the approvals and the addresses, and reports the interval."""
    [finding], skips = check_rule("ACM402", *names, validation_method="EMAIL", **fields)
    assert expected in finding.message
    assert skips == []


def test_the_interval_of_approvals_follows_the_validity_on_the_date():
    """In 2018, certificates were valid for 395 days and renewed 60 days before they expired."""
    day = date(2018, 1, 1)
    [finding], _ = check_rule("ACM402", "a.io", validation_method="EMAIL", as_of=day)
    assert "(every 335 to 395 days)" in finding.message
    assert outcomes("ACM402", "a.io", validation_method="DNS") == set()
    assert outcomes("ACM402", "a.io") == set()
    assert outcomes("ACM402", "a.io", validation_method=X) == {"validation_method: skipped"}


O = "validation_options"  # noqa: E741  (short for the rows below)


@pytest.mark.parametrize(
    ("names", "expected"),
    [
        (["a.io"], {"validation_method: warning"}),
        (["a.io", "*.a.io"], {"validation_method: error"}),
        ([STAR_X], {"validation_method: error"}),
        ([X], {"validation_method: warning"}),
    ],
)
def test_only_cloudfront_can_start_http_validation(names, expected):
    """ACM409 is an error if a wildcard makes HTTP validation impossible."""
    assert outcomes("ACM409", *names, validation_method="HTTP") == expected
    assert outcomes("ACM409", *names, validation_method="DNS") == set()


@pytest.mark.parametrize(
    ("method", "day", "expected", "fixed"),
    [
        ("DNS", date(2026, 1, 1), set(), None),
        ("dns", date(2026, 1, 1), {"validation_method: error"}, "DNS"),
        (" Email ", date(2026, 1, 1), {"validation_method: error"}, "EMAIL"),
        ("CNAME", date(2026, 1, 1), {"validation_method: error"}, None),
        ("DNS", date(2017, 11, 20), {"validation_method: error"}, None),
        ("DNS", date(2017, 11, 21), set(), None),
        ("HTTP", date(2025, 4, 23), {"validation_method: error"}, None),
        ("http", date(2017, 1, 1), {"validation_method: error"}, None),
    ],
)
def test_a_method_is_one_of_those_of_the_day(method, day, expected, fixed):
    """ACM410 checks the date of each method, and its fix changes the case only."""
    fields = {"validation_method": method, "as_of": day}
    assert outcomes("ACM410", "a.io", **fields) == expected
    findings, _ = check_rule("ACM410", "a.io", **fields)
    fixes = [f.fix.edits[0].value for f in findings if f.fix]
    assert fixes == ([fixed] if fixed else [])


def test_a_later_method_is_reported_with_the_date_of_its_launch():
    """The help of ACM410 lists the methods of the date."""
    day = date(2017, 1, 1)
    [finding], _ = check_rule("ACM410", "a.io", validation_method="DNS", as_of=day)
    assert finding.message == "ACM introduced `DNS` validation on 2017-11-21"
    assert finding.help == "use `EMAIL`"


METHODS = [
    ("dns", "change it to `DNS`", True),
    (" Email", "change it to `EMAIL`", True),
    ("CNAME", "use `EMAIL`, `DNS` or `HTTP`", False),
    (part("CN", "$X"), "use `EMAIL`, `DNS` or `HTTP`", False),
]


@pytest.mark.parametrize(("method", "remedy", "is_fixed"), METHODS)
def test_an_unknown_method_has_a_help(method, remedy, is_fixed):
    """ACM410 fixes case and blanks safely, and lists the methods otherwise."""
    [finding], _ = check_rule("ACM410", "a.io", validation_method=method)
    assert finding.message == f"unknown validation method `{method}`"
    assert finding.help == remedy
    assert (finding.fix is not None and finding.fix.safe) == is_fixed


def test_a_partly_known_method_may_be_valid():
    """ACM410 is undecided if a value of the unknown part makes a method."""
    fields = {"validation_method": part("D", "$X")}
    assert outcomes("ACM410", "a.io", **fields) == {"validation_method: skipped"}


DEEP = [
    (["a.io", "www.a.io", "*.a.io"], [], set()),
    (["b.a.io", "*.b.a.io"], [], {"names 0: warning", "names 1: warning"}),
    (["b.a.io"], [option("b.a.io", "a.io")], set()),
    (["b.a.io"], [option("B.a.io", X)], set()),
    (["b.a.io"], [option("b.a.io")], {"names 0: warning"}),
    (["b.a.io"], [option(X, "a.io")], {"names 0: skipped"}),
    (["b.a.io"], [X], {"names 0: skipped"}),
    (["a.io"], [X], set()),
    (["co.uk"], [], set()),
    ([X], [], {"names 0: skipped"}),
]


@pytest.mark.parametrize(("names", "options", "expected"), DEEP)
def test_a_deep_name_without_a_validation_domain_is_reported(names, options, expected):
    """ACM414 reports names below their base domain name."""
    fields = {"validation_method": "EMAIL", "validation_options": tuple(options)}
    assert outcomes("ACM414", *names, **fields) == expected
    fields["validation_method"] = "DNS"
    assert outcomes("ACM414", *names, **fields) == set()


def test_the_fix_sets_the_validation_domain_of_a_deep_name():
    """The fix of ACM414 appends an option with both members."""
    options = (option("c.a.io", "a.io"),)
    fields = {"validation_method": "EMAIL", "validation_options": options}
    [finding], _ = check_rule("ACM414", "b.a.io", "c.a.io", **fields)
    assert [(e.path, e.value, e.insert) for e in finding.fix.edits] == [
        ((O, 1, "domain_name"), "b.a.io", True),
        ((O, 1, "validation_domain"), "a.io", True),
    ]


@pytest.mark.parametrize(
    ("rule", "fact"),
    [("ACM402", acm.VALIDITY_DAYS), ("ACM413", acm.CAA_CHECKED), ("ACM413", cabf.CAA_CHECKED)],
)
def test_a_rule_lists_its_facts(rule, fact):
    """The interval of approvals and the date of the first CAA checks have a source."""
    assert fact in RULES[rule].facts
