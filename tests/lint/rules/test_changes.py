"""ACM6xx: edits of an issued request."""

from datetime import date

import pytest
from tests.support.rules import check_rule, consumer, outcomes, part, request

from acmrules.request import Tag, Tool
from acmrules.x509 import ImportedCertificate

X = part("$X")
ISSUED = request("a.io", "b.io", validation_method="DNS")


@pytest.mark.parametrize(
    ("names", "fields", "names_found", "attributes", "cosmetics"),
    [
        (["a.io", "b.io"], {}, set(), set(), set()),
        (["a.io", "c.io"], {}, {"names: warning"}, set(), set()),
        (["b.io", "a.io"], {}, {"names: warning"}, set(), set()),
        (["a.io"], {}, {"names: warning"}, set(), set()),
        (["a.io", X], {}, {"names: skipped"}, set(), {"names: skipped"}),
        (["a.io", "B.io"], {}, set(), set(), {"names: note"}),
        (["a.io", "b.io", "b.io"], {}, set(), set(), {"names: note"}),
        (
            ["a.io", "b.io"],
            {"key_algorithm": "EC_prime256v1"},
            set(),
            {"key_algorithm: warning"},
            set(),
        ),
        (
            ["a.io", "b.io"],
            {"validation_method": "EMAIL"},
            set(),
            {"validation_method: warning"},
            set(),
        ),
        (["a.io", "b.io"], {"key_algorithm": X}, set(), {"key_algorithm: skipped"}, set()),
    ],
)
def test_each_rule_reports_its_own_kind_of_edit(names, fields, names_found, attributes, cosmetics):
    """ACM601 reports names, ACM602 other attributes, and ACM604 edits that ACM does not see."""
    fields = {"validation_method": "DNS", **fields}
    assert outcomes("ACM601", *names, issued=ISSUED, **fields) == names_found
    assert outcomes("ACM602", *names, issued=ISSUED, **fields) == attributes
    assert outcomes("ACM604", *names, issued=ISSUED, **fields) == cosmetics
    for rule in ("ACM601", "ACM602", "ACM604"):
        assert outcomes(rule, *names, **fields) == set()


def test_an_edit_that_terraform_tries_and_acm_rejects():
    """ACM602 is an error if the apply fails, and a warning if the certificate is replaced."""
    edit = {"issued": request("a.io"), "export": "ENABLED", "tool": Tool.TERRAFORM}
    [finding], _ = check_rule("ACM602", "a.io", **edit)
    assert str(finding.severity) == "error"
    assert finding.message == (
        "this edit fails: `export` is set to `ENABLED`; Terraform tries it in place, and ACM"
        " rejects it: the apply fails"
    )
    assert "replace the certificate" in finding.help
    assert outcomes("ACM602", "b.io", **edit) == {"export: warning"}
    assert outcomes("ACM602", "a.io", **edit | {"export": X}) == {"export: skipped"}


def test_an_edit_that_acm_ignores_needs_no_other_object():
    """ACK sends the preference to ACM, which ignores it since June 2026."""
    edit = {"issued": request("a.io"), "transparency_logging": "DISABLED"}
    assert outcomes("ACM602", "a.io", tool=Tool.KUBERNETES, **edit) == set()
    assert outcomes("ACM602", "b.io", tool=Tool.KUBERNETES, **edit) == set()


def test_a_change_of_names_lists_the_steps_of_its_validation():
    """With DNS, kept names keep their records and new ones need a record; email needs approvals."""
    [dns], _ = check_rule("ACM601", "a.io", "c.io", validation_method="DNS", issued=ISSUED)
    assert dns.message == (
        "this edit needs a new certificate (adds `c.io` and removes `b.io`):"
        " publish a new record for `c.io`, keep the record for `a.io`"
    )
    mail = ISSUED.__replace__(
        validation_method=request("a.io", validation_method="EMAIL").validation_method
    )
    names = [f"n{number}.io" for number in range(5)]
    [by_hand], _ = check_rule(
        "ACM601", *names, validation_method="EMAIL", issued=mail, consumers=(consumer("alb"),)
    )
    assert ": approve `n0.io`, `n1.io`, `n2.io` and 2 more, " in by_hand.message
    assert by_hand.message.endswith("then switch what uses the old certificate")


def test_only_cloudformation_sees_a_change_of_the_order():
    """CloudFormation compares lists, and Terraform compares sets."""
    issued = request("a.io", "b.io", "c.io", validation_method="DNS")
    names = ["a.io", "c.io", "b.io"]
    fields = {"validation_method": "DNS", "issued": issued}
    [cloudformation], _ = check_rule("ACM604", *names, tool=Tool.CLOUDFORMATION, **fields)
    [terraform], _ = check_rule("ACM604", *names, tool=Tool.TERRAFORM, **fields)
    assert cloudformation.message.endswith("; CloudFormation replaces the certificate")
    assert terraform.message.endswith("; ACM sees no change")


@pytest.mark.parametrize(
    ("first", "used", "tool", "expected"),
    [
        (None, True, Tool.TERRAFORM, {"create_before_destroy: warning"}),
        (False, True, Tool.TERRAFORM, {"create_before_destroy: warning"}),
        (True, True, Tool.TERRAFORM, set()),
        (None, False, Tool.TERRAFORM, set()),
        (None, True, Tool.CLOUDFORMATION, set()),
    ],
)
def test_terraform_must_create_before_it_destroys(first, used, tool, expected):
    """ACM603 reports certificates in use, and imported ones only if a plan replaces them."""
    consumers = (consumer("alb"),) if used else ()
    got = outcomes("ACM603", "a.io", create_before_destroy=first, consumers=consumers, tool=tool)
    assert got == expected
    imported = ImportedCertificate(create_before_destroy=first)
    expected = expected if first is False else set()
    assert outcomes("ACM603", imported=imported, consumers=consumers, tool=tool) == expected
    assert outcomes("ACM603", consumers=consumers, tool=tool) == set()


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        (
            {"key_algorithm": "RSA_4096"},
            "this edit is not possible: `RSA_4096` cannot be requested on 2026-11-23",
        ),
        ({"tags": (Tag("a", "b"),)}, None),
        ({"transparency_logging": "DISABLED"}, None),
    ],
)
def test_an_edit_may_be_impossible_or_an_update(fields, message):
    """ACM602 reports a value that ACM rejects, and no edit that ACM makes in place."""
    edited = {"validation_method": "DNS", "issued": ISSUED, **fields}
    found, skips = check_rule("ACM602", "a.io", "b.io", as_of=date(2026, 11, 23), **edited)
    messages = [finding.message for finding in found]
    assert [each for each in messages if "new certificate" not in each] == [message] * bool(message)
    assert skips == []


@pytest.mark.parametrize(
    ("rule", "names", "fields", "reason"),
    [
        ("ACM601", [X, "b.io"], {}, "the value of `$X` is unknown"),
        ("ACM604", ["a.io", X], {}, "the value of `$X` is unknown"),
        ("ACM602", ["a.io", "b.io"], {"tags": (X,)}, "`tags` changes: `$X` is unknown"),
        (
            "ACM602",
            ["a.io", "b.io"],
            {"key_algorithm": part("RSA_", "$X")},
            "`key_algorithm` is set to `RSA_$X`",
        ),
    ],
)
def test_an_undecided_edit_names_the_unknown_value(rule, names, fields, reason):
    """The reason for an undecided edit contains each unknown value once."""
    issued = ISSUED.__replace__(tags=(Tag("a", "b"),))
    fields = {"validation_method": "DNS", "tags": issued.tags, **fields}
    _, [skip] = check_rule(rule, *names, issued=issued, **fields)
    assert skip.detail == reason


@pytest.mark.parametrize("rule", ["ACM601", "ACM602", "ACM604"])
def test_an_equal_unknown_value_is_no_edit(rule):
    """Equal expressions are equal values, so no rule is undecided on them."""
    fields = {"validation_method": X, "key_algorithm": X, "region": X, "tags": (X,), "export": X}
    same = request("a.io", X, **fields)
    assert outcomes(rule, "a.io", X, issued=same, **fields) == set()


def test_an_unknown_issued_value_leaves_the_edit_undecided():
    """ACM602 is undecided at the attribute that it cannot compare."""
    issued = request("a.io", validation_method="DNS", key_algorithm=X)
    fields = {"validation_method": "DNS", "key_algorithm": "RSA_2048", "issued": issued}
    assert outcomes("ACM602", "a.io", **fields) == {"key_algorithm: skipped"}


def test_a_certificate_from_a_private_ca_needs_no_validation():
    """A private CA issues the new certificate without approvals."""
    authority = {"certificate_authority_arn": "arn:aws:acm-pca:eu-west-1:111122223333:ca/x"}
    issued = request("a.io", **authority)
    [finding], _ = check_rule("ACM601", "b.io", issued=issued, **authority)
    assert finding.message.endswith(": no name needs validation")


FORCED = [
    (["a.io", "c.io"], {}, "adds `c.io` and removes `b.io`"),
    (
        ["a.io", "b.io"],
        {"key_algorithm": "EC_prime256v1"},
        "`key_algorithm` is set to `EC_prime256v1`",
    ),
    (["a.io", "B.io"], {}, "the spelling of names changes, but ACM ignores case"),
]


@pytest.mark.parametrize(("names", "fields", "edit"), FORCED)
def test_a_replacement_that_fails_is_reported_once(names, fields, edit):
    """ACM601, ACM602 and ACM604 yield to ACM603, whose message names the edit."""
    edited = {"validation_method": "DNS", "tool": Tool.TERRAFORM, "issued": ISSUED, **fields}
    used = {"consumers": (consumer("alb"),)}
    rules = "ACM601 ACM602 ACM603 ACM604"
    [finding], _ = check_rule(rules, *names, **edited, **used)
    assert finding.rule.id == "ACM603"
    assert finding.message.endswith(f": this edit will fail ({edit})")
    [safe], _ = check_rule(rules, *names, **edited, **used, create_before_destroy=True)
    assert safe.rule.id != "ACM603"


def test_a_value_that_cannot_be_requested_is_reported_once():
    """ACM602 yields to the rule on the value itself."""
    found, _ = check_rule("ACM410 ACM602", "a.io", "b.io", validation_method="dns", issued=ISSUED)
    assert [finding.message.partition(":")[0] for finding in found] == [
        "unknown validation method `dns`",
        "this edit needs a new certificate",
    ]


@pytest.mark.parametrize(
    ("users", "clause"),
    [
        (("aws_lb_listener.a in app",), " by aws_lb_listener.a in app, which looks it up"),
        (
            ("aws_lb_listener.a in app", "aws_lb_listener.b in app", "aws_lb_listener.c in web"),
            " by aws_lb_listener.a in app and 2 more, which look it up",
        ),
    ],
)
def test_a_user_of_another_root_module_counts(users, clause):
    """ACM603 names the first resource that looks the certificate up, and counts the others."""
    fields = {"looked_up_by": users, "tool": Tool.TERRAFORM}
    [finding], _ = check_rule("ACM603", "a.io", **fields)
    assert finding.message == (
        f"the certificate is in use{clause}, and `create_before_destroy` is not set:"
        " replacing it will fail"
    )
    assert outcomes("ACM603", "a.io", create_before_destroy=True, **fields) == set()


def test_the_fix_adds_an_absent_argument():
    """ACM603 inserts the argument, and does not change one that is set."""
    used = {"consumers": (consumer("alb"),), "tool": Tool.TERRAFORM}
    [absent], _ = check_rule("ACM603", "a.io", **used)
    [edit] = absent.fix.edits
    assert (edit.path, edit.value, edit.insert) == (("create_before_destroy",), "true", True)
    assert absent.fix.safe
    [disabled], _ = check_rule("ACM603", "a.io", create_before_destroy=False, **used)
    assert disabled.fix is None


def test_ack_does_not_update_a_certificate():
    """In Kubernetes an edit of the names has no effect, and others are refused."""
    fields = {"validation_method": "DNS", "issued": ISSUED, "tool": Tool.KUBERNETES}
    [names], _ = check_rule("ACM601", "a.io", "c.io", **fields)
    assert names.message == (
        "this edit has no effect: adds `c.io` and removes `b.io`; ACK accepts the edit, but the"
        " certificate stays as it is"
    )
    assert names.help == "undo the edit, and add an object with another name and the new values"
    [key], _ = check_rule("ACM602", "a.io", "b.io", key_algorithm="EC_prime256v1", **fields)
    assert key.message.startswith("this edit is not possible: `key_algorithm` is set")
    fields |= {"certificate_authority_arn": part("$ARN of other")}
    issued = ISSUED.__replace__(certificate_authority_arn=part("$ARN of one"))
    [authority], _ = check_rule("ACM602", "a.io", "b.io", **(fields | {"issued": issued}))
    assert authority.message.startswith("this edit has no effect: `certificate_authority_arn`")
