"""ACM3xx: lengths, counts, duplicates, tags, tokens, and ARNs."""

import pytest
from tests.support.rules import check_rule, consumer, names_of, outcomes, part, request

from acmrules.limits import Quotas
from acmrules.request import WITH_TERRAFORM_PROVIDER, Tag, Tool

X = part("$X")
LONG = "a." * 26 + "brightharbor.io"  # 67 octets
EXACT = "a." * 24 + "x" + "brightharbor.io"  # 64 octets


def test_the_primary_name_may_have_64_characters():
    """64 are valid, 67 are an error, and other names may be longer."""
    assert (len(EXACT), len(LONG)) == (64, 67)
    assert outcomes("ACM301", EXACT, LONG) == set()
    assert outcomes("ACM301", LONG, EXACT) == {"names 0: error"}


def test_the_wildcard_counts_towards_the_length_of_the_primary_name():
    """`*.` and 63 characters are 65."""
    assert outcomes("ACM301", f"*.b{EXACT[2:]}") == {"names 0: error"}


@pytest.mark.parametrize(
    ("first", "expected"),
    [
        (part("$X", "." + EXACT), {"names 0: error"}),
        (part("$X", EXACT), {"names 0: skipped"}),
        (names_of("$X"), {"names 0: skipped"}),
        (f"{LONG}.", set()),
    ],
)
def test_a_literal_tail_that_is_too_long_is_enough_for_a_finding(first, expected):
    """The minimum length counts; if it is within the limit, the rule is undecided."""
    assert outcomes("ACM301", first) == expected


def test_a_shorter_name_of_the_list_becomes_the_primary_name():
    """The fix swaps the primary name with the first name that is short enough."""
    [finding], _ = check_rule("ACM301", LONG, LONG[2:], "www.brightharbor.io")
    assert finding.message == "the primary name is 67 characters long; the limit is 64"
    assert finding.help == (
        "make `www.brightharbor.io` the primary name, and move this one to the alternative names"
    )
    edits = [(edit.path, edit.value, edit.insert) for edit in finding.fix.edits]
    assert edits == [
        (("names", 0), "www.brightharbor.io", False),
        (("names", 2), LONG, False),
    ]


def test_without_a_shorter_name_the_nearest_short_superdomain_is_suggested():
    """The fix makes the superdomain the primary name, and the long name an alternative name."""
    [finding], _ = check_rule("ACM301", LONG)
    edits = [(edit.path, edit.value, edit.insert) for edit in finding.fix.edits]
    assert edits == [(("names", 0), LONG[4:], False), (("names", 1), LONG, True)]
    assert not finding.fix.safe


@pytest.mark.parametrize(
    "first", [part("$X", "." + EXACT), f"{'a' * 63}.co.uk", f"{'a' * 62}.io", f"*.{'a' * 63}.uk"]
)
def test_no_public_suffix_is_suggested_as_primary_name(first):
    """If only a public suffix or an unknown name is short enough, there is no fix."""
    [finding], _ = check_rule("ACM301", first)
    assert finding.fix is None


def hosts(count):
    return [f"h{number}.brightharbor.io" for number in range(count)]


COUNTS = [
    (hosts(10), {}, set(), set()),
    (hosts(11), {}, {"names: warning"}, set()),
    ([*hosts(10), "H3.brightharbor.io", "h4.brightharbor.io"], {}, set(), set()),
    (hosts(11), {"quotas": Quotas(names=11)}, set(), set()),
    (hosts(12), {"quotas": Quotas(names=11)}, {"names: error"}, set()),
    (hosts(100), {"quotas": Quotas(names=100)}, set(), set()),
    (hosts(101), {"quotas": Quotas(names=100)}, {"names: error"}, {"names: error"}),
    (hosts(101), {}, {"names: warning"}, {"names: error"}),
    ([*hosts(9), X], {}, set(), set()),
    ([*hosts(10), X], {}, {"names: skipped"}, set()),
    ([*hosts(11), X], {}, {"names: warning"}, set()),
    ([*hosts(9), part("a.", "$X"), part("A.", "$X")], {}, set(), set()),
    ([*hosts(3), names_of("$More")], {}, {"names: skipped"}, {"names: skipped"}),
    ([*hosts(10), "a_b.io"], {}, {"names: warning"}, set()),
]


@pytest.mark.parametrize(("names", "context", "quota", "limit"), COUNTS)
def test_distinct_names_are_counted_after_folding(names, context, quota, limit):
    """302 compares them with the quota of the account, 303 with the limit of all accounts."""
    assert outcomes("ACM302", *names, **context) == quota
    assert outcomes("ACM303", *names, **context) == limit


@pytest.mark.parametrize("quotas", [None, Quotas(names=11)])
def test_names_over_the_limit_are_reported_once(quotas):
    """302 yields to 303."""
    findings, _ = check_rule("ACM302 ACM303", *hosts(101), quotas=quotas)
    assert [finding.rule.id for finding in findings] == ["ACM303"]
    assert findings[0].message == "101 names, but ACM allows 100 per certificate"


def test_the_message_distinguishes_the_default_quota_from_a_stated_one():
    """With a stated quota, the help does not suggest to state it."""
    [default], _ = check_rule("ACM302", *hosts(11))
    [stated], _ = check_rule("ACM302", *hosts(12), quotas=Quotas(names=11))
    assert default.message == "11 names, but a new account allows 10 per certificate"
    assert stated.message == "12 names, but your account allows 11 per certificate"
    assert "--quota" in default.help
    assert "--quota" not in stated.help


def test_a_skip_has_the_bounds_of_the_number_of_names():
    """Without an upper bound, the detail says "at least"."""
    _, [truncated] = check_rule("ACM302", *hosts(10), X)
    _, [open_ended] = check_rule("ACM302", *hosts(3), names_of("$More"))
    assert truncated.detail.endswith("10 to 11")
    assert open_ended.detail.endswith("at least 3")


REPEATS = [
    (["a.io", "b.io", "B.io"], {"names 2: warning"}),
    (["a.io", "b.io", "a.io"], {"names 2: note"}),
    (["a.io", "b_.io", "B_.io"], {"names 2: warning"}),
    ([X, X], {"names 1: note"}),
    (["a.io", part("b.", "$X"), part("B.", "$X")], {"names 2: warning"}),
    ([X, part("www.", "$X")], set()),
    (["a.io", X], {"names 1: skipped"}),
    (["a.io", names_of("$More")], {"names 1: skipped"}),
    ([names_of("$More"), "a.io"], {"names 0: skipped"}),
]


@pytest.mark.parametrize(("names", "expected"), REPEATS)
def test_repeated_names_are_found_after_folding(names, expected):
    """A duplicate of the primary name is only a note."""
    assert outcomes("ACM304", *names) == expected


@pytest.mark.parametrize("tool", sorted(WITH_TERRAFORM_PROVIDER, key=str))
def test_terraform_repeats_the_primary_name_automatically(tool):
    """With its provider, a duplicate of the primary name is valid, and other duplicates are not."""
    names = ["a.io", "a.io", "b.io", "b.io"]
    assert outcomes("ACM304", *names, tool=tool) == {"names 3: warning"}


def test_a_duplicate_with_uppercase_letters_is_reported_once():
    """102 yields to 304, but not if the duplicate is only a note."""
    both = "ACM102 ACM304"
    findings, _ = check_rule(both, "a.io", "b.io", "B.io")
    assert [finding.rule.id for finding in findings] == ["ACM304"]
    findings, _ = check_rule(both, "a.io", "A.io")
    assert {finding.rule.id for finding in findings} == {"ACM102", "ACM304"}


def test_a_duplicate_is_removed_by_a_safe_fix():
    """Without the duplicate, the certificate has the same names."""
    [finding], _ = check_rule("ACM304", "a.io", "b.io", "b.io")
    assert finding.message == "`b.io` is listed twice"
    assert finding.help == "remove the duplicate"
    [edit] = finding.fix.edits
    assert (edit.path, edit.value, finding.fix.safe) == (("names", 2), None, True)


LONGEST = "a." * 102 + "brightharbor.io"  # 219 octets

RECORDS = [
    ([LONGEST], "DNS", set()),
    ([f"a{LONGEST}"], "DNS", {"names 0: warning"}),
    ([f"*.{LONGEST}"], "DNS", set()),
    ([f"*.a{LONGEST}"], "DNS", {"names 0: warning"}),
    ([f"a{LONGEST}"], "EMAIL", set()),
    ([f"a{LONGEST}"], None, set()),
    ([f"a{LONGEST}"], X, {"validation_method: skipped"}),
    ([part("$X", f".a{LONGEST}")], "DNS", {"names 0: warning"}),
    ([part("$X", f".{LONGEST}")], "DNS", {"names 0: skipped"}),
    ([part("*.", "$X", LONGEST)], "DNS", {"names 0: skipped"}),
    ([part("$X", f".{LONGEST}")], "EMAIL", set()),
    ([names_of("$X"), "a_b.io"], "DNS", {"names 0: skipped"}),
]


@pytest.mark.parametrize(("names", "method", "expected"), RECORDS)
def test_a_validation_record_must_have_a_valid_name(names, method, expected):
    """DNS validation allows 219 characters, without the `*.` of a wildcard."""
    assert len(LONGEST) == 219
    assert outcomes("ACM305", *names, validation_method=method) == expected


TAGS = [
    ((Tag("Name", "Bücher 1_.:/=+-@"),), set()),
    ((Tag("Name", "*.brightharbor.io"),), {"tags 0 value: error"}),
    ((Tag("a" * 127, "b" * 255),), set()),
    ((Tag("a" * 128, "b" * 256),), {"tags 0 key: note", "tags 0 value: note"}),
    ((Tag("a" * 129, "b" * 257),), {"tags 0 key: error", "tags 0 value: error"}),
    ((Tag("", ""),), {"tags 0 key: error"}),
    ((Tag("AWS:x", "y"),), {"tags 0 key: error"}),
    (tuple(Tag(f"k{n}", "v") for n in range(50)), set()),
    (tuple(Tag(f"k{n}", "v") for n in range(51)), {"tags: error"}),
    ((*(Tag(f"k{n}", "v") for n in range(50)), Tag("aws:x", "")), {"tags 50 key: error"}),
    ((Tag("Name", part("*", "$X")),), {"tags 0 value: error"}),
    ((Tag(part("aws:", "$X"), part("$Y")),), {"tags 0 key: error", "tags 0 value: skipped"}),
    ((part("$Tag"),), {"tags 0: skipped"}),
]


@pytest.mark.parametrize(("tags", "expected"), TAGS)
def test_tags_have_limits_and_allowed_characters(tags, expected):
    """Only known characters count; AWS's pages disagree on the limits by one."""
    assert outcomes("ACM306", "brightharbor.io", tags=tags) == expected


@pytest.mark.parametrize("tool", [*Tool])
def test_only_cloudformation_requires_the_value_of_a_tag(tool):
    """The API accepts a tag without a value; the schema of CloudFormation does not."""
    expected = {"tags 0: error"} if tool is Tool.CLOUDFORMATION else set()
    tags = (Tag("Owner"), Tag("Name", ""))
    assert outcomes("ACM306", "brightharbor.io", tags=tags, tool=tool) == expected


@pytest.mark.parametrize(
    ("value", "fixed"), [("*.a.io", "_.a.io"), ("*,", None), ("a,b", None), (part("*", "$X"), None)]
)
def test_an_asterisk_in_a_tag_is_replaced_if_nothing_else_is_wrong(value, fixed):
    """Only `*` has an obvious replacement."""
    [finding], _ = check_rule("ACM306", "brightharbor.io", tags=(Tag("Name", value),))
    assert finding.message.endswith("is not allowed in a tag value")
    assert (finding.fix.edits[0].value if finding.fix else None) == fixed


TOKENS = [
    ("release_42", set()),
    ("a" * 32, set()),
    ("a" * 33, {"idempotency_token: error"}),
    ("", {"idempotency_token: error"}),
    ("a-b", {"idempotency_token: error"}),
    ("ü", {"idempotency_token: error"}),
    (part("a-", "$X"), {"idempotency_token: error"}),
    (part("a", "$X"), {"idempotency_token: skipped"}),
    (None, set()),
]


@pytest.mark.parametrize(("token", "expected"), TOKENS)
def test_an_idempotency_token_has_1_to_32_letters_digits_and_underscores(token, expected):
    """ACM rejects every other token."""
    assert outcomes("ACM307", "brightharbor.io", idempotency_token=token) == expected


GOOD = "arn:aws:acm-pca:eu-west-1:111122223333:certificate-authority/2f1c"


@pytest.mark.parametrize(
    ("arn", "fault"),
    [
        (GOOD, None),
        (GOOD.replace("eu-west-1", "eu-west-9"), None),
        (
            GOOD.replace("aws:", "aws-cn:", 1),
            "`eu-west-1` is in the partition `aws`, not in `aws-cn`",
        ),
        (GOOD.replace("acm-pca", "acm"), "the service is `acm`, not `acm-pca`"),
        (GOOD.replace("eu-west-1", ""), "the Region is missing"),
        (GOOD.replace("111122223333", "1111"), "the account `1111` does not have 12 digits"),
        (GOOD.replace("111122223333", "\u0660" * 12), "does not have 12 digits"),
        (GOOD.replace("certificate-authority", "certificate"), "the resource does not start"),
        (GOOD.removesuffix("2f1c"), "the resource does not start"),
        ("brightharbor.io/some/authority", "six parts"),
        ("arn:aws:acm-pca:eu-west-1:111122223333", "six parts"),
        ("arm" + GOOD.removeprefix("arn"), "six parts"),
        ("arn:aws", "it is 7 characters long, but an ARN has 20 to 2048"),
        (GOOD + "x" * 2048, "characters long, but an ARN has 20 to 2048"),
    ],
)
def test_the_arn_of_a_private_ca_is_checked_part_by_part(arn, fault):
    """The message names the first part that is wrong."""
    findings, _ = check_rule("ACM308", "brightharbor.io", certificate_authority_arn=arn)
    assert bool(findings) == (fault is not None)
    for finding in findings:
        assert finding.message.startswith("not a private CA ARN: ")
        assert fault in finding.message


@pytest.mark.parametrize(
    ("tool", "member"),
    [
        (Tool.API, "CertificateAuthorityArn"),
        (Tool.TERRAFORM, "certificate_authority_arn"),
        (Tool.KUBERNETES, "certificateAuthorityARN"),
    ],
)
def test_an_empty_arn_of_a_private_ca_should_be_left_out(tool, member):
    """The message has the name that the tool uses for the member."""
    [finding], _ = check_rule("ACM308", "a.io", certificate_authority_arn="", tool=tool)
    assert finding.message == f"`{member}` is empty"
    assert finding.help == "leave it out for a public certificate"


def test_the_arn_of_a_certificate_is_checked_at_its_consumer():
    """A consumer needs no request, and an unknown ARN is undecided."""
    wrong = consumer("alb", certificate=GOOD)
    open_ended = consumer("alb", certificate=part("$Arn"))
    assert outcomes("ACM308", consumers=(wrong, consumer("alb"), open_ended)) == {
        "consumers 0 certificate: error",
        "consumers 2 certificate: skipped",
    }
    unknown = part("arn:", "$Arn")
    assert outcomes("ACM308", "a.io", certificate_authority_arn=unknown) == {
        "certificate_authority_arn: skipped"
    }


def test_requests_of_these_tests_are_read_like_those_of_files():
    """The helper keeps malformed and partly known names."""
    assert [str(n) for n in request("A.io", "a_b.io", X).names] == ["a.io", "a_b.io", "$X"]
