"""ACM6xx: edits of an issued request."""

import pytest
from tests.support.rules import consumer, judge, part, request, verdict

from acmrules.request import Tool
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
def test_edits_of_an_issued_request_are_told_apart(
    names, fields, names_found, attributes, cosmetics
):
    """601 is for names, 602 for other attributes, 604 for what ACM does not see."""
    fields = {"validation_method": "DNS", **fields}

    def without_literal_skips(rule):
        got = verdict(rule, *names, issued=ISSUED, **fields)
        return {line for line in got if not line.startswith("names ")} - (
            {"key_algorithm: skipped"} if rule != "ACM602" else set()
        )

    assert without_literal_skips("ACM601") == names_found
    assert without_literal_skips("ACM602") == attributes
    assert without_literal_skips("ACM604") == cosmetics
    for rule in ("ACM601", "ACM602", "ACM604"):
        assert verdict(rule, *names, **fields) == set()


def test_names_that_change_are_told_with_what_has_to_be_validated_again():
    """By DNS the kept names go by their records, added ones by a new record, mail by hand."""
    [dns], _ = judge("ACM601", "a.io", "c.io", validation_method="DNS", issued=ISSUED)
    assert "`c.io` by a new record, `a.io` again by the record in place" in dns.message
    mail = ISSUED.__replace__(
        validation_method=request("a.io", validation_method="EMAIL").validation_method
    )
    names = [f"n{number}.io" for number in range(5)]
    [hand], _ = judge(
        "ACM601", *names, validation_method="EMAIL", issued=mail, consumers=(consumer("alb"),)
    )
    assert "`n0.io`, `n1.io`, `n2.io` and 2 more to approve by hand" in hand.message
    assert hand.message.endswith("what uses the old one has to be moved")


def test_order_is_a_change_to_some_tools_only():
    """CloudFormation compares lists, Terraform sets."""
    issued = request("a.io", "b.io", "c.io", validation_method="DNS")
    names = ["a.io", "c.io", "b.io"]
    fields = {"validation_method": "DNS", "issued": issued}
    [cloudformation], _ = judge("ACM604", *names, tool=Tool.CLOUDFORMATION, **fields)
    [terraform], _ = judge("ACM604", *names, tool=Tool.TERRAFORM, **fields)
    assert "cloudformation sees a replacement" in cloudformation.message
    assert "no change to ACM" in terraform.message


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
    """603 is for certificates in use."""
    consumers = (consumer("alb"),) if used else ()
    got = verdict("ACM603", "a.io", create_before_destroy=first, consumers=consumers, tool=tool)
    assert got == expected
    brought = ImportedCertificate(create_before_destroy=first)
    assert verdict("ACM603", imported=brought, consumers=consumers, tool=tool) == expected
    assert verdict("ACM603", consumers=consumers, tool=tool) == set()


def test_an_issued_value_that_is_not_known_leaves_the_edit_undecided():
    """602 says which attribute it cannot compare."""
    issued = request("a.io", validation_method="DNS", key_algorithm=X)
    fields = {"validation_method": "DNS", "key_algorithm": "RSA_2048", "issued": issued}
    assert verdict("ACM602", "a.io", **fields) == {"key_algorithm: skipped"}


def test_a_private_ca_validates_nothing_again():
    """A new private certificate is issued without anybody's approval."""
    authority = {"certificate_authority_arn": "arn:aws:acm-pca:eu-west-1:111122223333:ca/x"}
    issued = request("a.io", **authority)
    [finding], _ = judge("ACM601", "b.io", issued=issued, **authority)
    assert "; nothing has to be validated" in finding.message
