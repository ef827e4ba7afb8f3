"""ACM3xx: lengths, counts, repetitions, tags, tokens, ARNs."""

import pytest
from tests.support.rules import consumer, judge, names_of, part, request, verdict

from acmrules.limits import Quotas
from acmrules.request import Tag, Tool

X = part("$X")
LONG = "a." * 26 + "brightharbor.io"  # 67 octets
EXACT = "a." * 24 + "x" + "brightharbor.io"  # 64 octets


def test_the_first_name_may_have_64_octets():
    """At 64 nothing is found, at 67 an error; other names may be longer."""
    assert (len(EXACT), len(LONG)) == (64, 67)
    assert verdict("ACM301", EXACT, LONG) == set()
    assert verdict("ACM301", LONG, EXACT) == {"names 0: error"}


def test_the_wildcard_counts_to_the_first_name():
    """`*.` and 63 octets are 65."""
    assert verdict("ACM301", f"*.b{EXACT[2:]}") == {"names 0: error"}


@pytest.mark.parametrize(
    ("first", "expected"),
    [
        (part("$X", "." + EXACT), {"names 0: error"}),
        (part("$X", EXACT), {"names 0: skipped"}),
        (names_of("$X"), {"names 0: skipped"}),
        (f"{LONG}.", set()),
    ],
)
def test_a_literal_tail_that_is_too_long_decides_whatever_the_variable_holds(first, expected):
    """The least length counts; where it is short enough the rule cannot decide."""
    assert verdict("ACM301", first) == expected


def test_a_shorter_name_of_the_list_is_put_first():
    """The fix swaps the first name with the first that is short enough."""
    [finding], _ = judge("ACM301", LONG, LONG[2:], "www.brightharbor.io")
    edits = [(edit.path, edit.value, edit.insert) for edit in finding.fix.edits]
    assert edits == [
        (("names", 0), "www.brightharbor.io", False),
        (("names", 2), LONG, False),
    ]


def test_without_a_shorter_name_the_nearest_short_superdomain_is_offered():
    """The fix requests a superdomain first and lists the long name behind it."""
    [finding], _ = judge("ACM301", LONG)
    edits = [(edit.path, edit.value, edit.insert) for edit in finding.fix.edits]
    assert edits == [(("names", 0), LONG[4:], False), (("names", 1), LONG, True)]
    assert not finding.fix.safe


@pytest.mark.parametrize(
    "first", [part("$X", "." + EXACT), f"{'a' * 63}.co.uk", f"{'a' * 62}.io", f"*.{'a' * 63}.uk"]
)
def test_no_public_suffix_is_offered_as_first_name(first):
    """Where only a public suffix, or nothing known, is left the fix is silent."""
    [finding], _ = judge("ACM301", first)
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
    (hosts(101), {"quotas": Quotas(names=100)}, set(), {"names: error"}),
    (hosts(101), {}, set(), {"names: error"}),
    ([*hosts(9), X], {}, set(), set()),
    ([*hosts(10), X], {}, {"names: skipped"}, set()),
    ([*hosts(11), X], {}, {"names: warning"}, set()),
    ([*hosts(9), part("a.", "$X"), part("A.", "$X")], {}, set(), set()),
    ([*hosts(3), names_of("$More")], {}, {"names: skipped"}, {"names: skipped"}),
    ([*hosts(10), "a_b.io"], {}, {"names: warning"}, set()),
]


@pytest.mark.parametrize(("names", "around", "quota", "limit"), COUNTS)
def test_distinct_names_are_counted_after_folding(names, around, quota, limit):
    """302 holds them against the account's quota, 303 against the limit of all accounts."""
    assert verdict("ACM302", *names, **around) == quota
    assert verdict("ACM303", *names, **around) == limit


def test_the_message_says_whose_quota_it_is():
    """A stated quota is the account's, any other the default."""
    [default], _ = judge("ACM302", *hosts(11))
    [stated], _ = judge("ACM302", *hosts(12), quotas=Quotas(names=11))
    assert default.message == "11 distinct names; the default quota is 10"
    assert stated.message == "12 distinct names; the quota of the account is 11"


def test_what_is_not_known_of_the_number_is_said():
    """A skip names the bounds that are known."""
    _, [truncated] = judge("ACM302", *hosts(10), X)
    _, [open_ended] = judge("ACM302", *hosts(3), names_of("$More"))
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
    """The first name repeated among the others is only a note."""
    assert verdict("ACM304", *names) == expected


def test_terraform_repeats_the_first_name_by_itself():
    """There the first name among the others is silent, other repetitions are not."""
    names = ["a.io", "a.io", "b.io", "b.io"]
    assert verdict("ACM304", *names, tool=Tool.TERRAFORM) == {"names 3: warning"}


def test_a_repetition_is_taken_out_by_a_safe_fix():
    """Dropping a repeated name changes nothing for ACM."""
    [finding], _ = judge("ACM304", "a.io", "b.io", "b.io")
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
def test_a_validation_record_must_have_a_legal_name(names, method, expected):
    """219 octets are possible with DNS validation; the `*.` is free."""
    assert len(LONGEST) == 219
    assert verdict("ACM305", *names, validation_method=method) == expected


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
def test_tags_have_bounds_and_an_alphabet(tags, expected):
    """Characters and lengths are judged as far as they are known; sources differ by one."""
    assert verdict("ACM306", "brightharbor.io", tags=tags) == expected


@pytest.mark.parametrize(
    ("value", "fixed"), [("*.a.io", "_.a.io"), ("*,", None), ("a,b", None), (part("*", "$X"), None)]
)
def test_an_asterisk_in_a_tag_is_replaced_where_nothing_else_is_wrong(value, fixed):
    """Only a `*` has an obvious replacement."""
    [finding], _ = judge("ACM306", "brightharbor.io", tags=(Tag("Name", value),))
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
def test_an_idempotency_token_is_a_short_word(token, expected):
    """1 to 32 letters, digits and underscores."""
    assert verdict("ACM307", "brightharbor.io", idempotency_token=token) == expected


GOOD = "arn:aws:acm-pca:eu-west-1:111122223333:certificate-authority/2f1c"


@pytest.mark.parametrize(
    ("arn", "fault"),
    [
        (GOOD, None),
        (GOOD.replace("eu-west-1", "eu-west-9"), None),
        (GOOD.replace("aws:", "aws-cn:", 1), "`eu-west-1` is in partition `aws`"),
        (GOOD.replace("acm-pca", "acm"), "its service is `acm`"),
        (GOOD.replace("eu-west-1", ""), "it has no Region"),
        (GOOD.replace("111122223333", "1111"), "`1111` is no account number"),
        (GOOD.replace("111122223333", "\u0660" * 12), "is no account number"),
        (GOOD.replace("certificate-authority", "certificate"), "its resource does not begin"),
        (GOOD.removesuffix("2f1c"), "its resource does not begin"),
        ("brightharbor.io/some/authority", "six parts"),
        ("arn:aws:acm-pca:eu-west-1:111122223333", "six parts"),
        ("arm" + GOOD.removeprefix("arn"), "six parts"),
        ("arn:aws", "it has 7 characters"),
        (GOOD + "x" * 2048, "characters; 20 to 2048"),
    ],
)
def test_the_arn_of_a_private_ca_is_judged_part_by_part(arn, fault):
    """The message names the first part that is wrong."""
    findings, _ = judge("ACM308", "brightharbor.io", certificate_authority_arn=arn)
    assert bool(findings) == (fault is not None)
    assert all(fault in finding.message for finding in findings)


def test_the_arn_of_a_certificate_is_judged_at_its_consumer():
    """A consumer alone is judged too; what is not literal is not."""
    wrong = consumer("alb", certificate=GOOD)
    open_ended = consumer("alb", certificate=part("$Arn"))
    assert verdict("ACM308", consumers=(wrong, consumer("alb"), open_ended)) == {
        "consumers 0 certificate: error",
        "consumers 2 certificate: skipped",
    }
    unknown = part("arn:", "$Arn")
    assert verdict("ACM308", "a.io", certificate_authority_arn=unknown) == {
        "certificate_authority_arn: skipped"
    }


def test_requests_of_these_tests_are_read_like_those_of_files():
    """The helper keeps what is malformed or partly known as it is."""
    assert [str(n) for n in request("A.io", "a_b.io", X).names] == ["a.io", "a_b.io", "$X"]
