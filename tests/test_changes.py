"""What an edit costs: laws of comparison, the matrix of tools and days, and what is unknown."""

import doctest
from datetime import date

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from tests.support.strategies import days, meanings, unresolved_names

from acmrules import changes
from acmrules.changes import COSMETIC, ApproveAgain, Reason, Verdict, compare
from acmrules.errors import InvalidName
from acmrules.facts import sources
from acmrules.name_list import NameList
from acmrules.names import parse_name
from acmrules.request import CertificateRequest, Tag, Tool, ValidationOption
from acmrules.strategies import name_lists, related_names
from acmrules.unresolved import Unknown, Unresolved, UnresolvedNames, read_name

NOTHING, IN_PLACE, UNDECIDED = Verdict.NO_CHANGE, Verdict.IN_PLACE, Verdict.UNDECIDED
REPLACEMENT, IMPOSSIBLE = Verdict.REPLACEMENT, Verdict.IMPOSSIBLE
API, CLOUDFORMATION, TERRAFORM = Tool.API, Tool.CLOUDFORMATION, Tool.TERRAFORM

ARN = "arn:aws:acm-pca:us-east-1:111122223333:certificate-authority/x"
SECRET = Unresolved((Unknown("${Secret}"),))
OTHER = Unresolved((Unknown("${Other}"),))
OPTION = ValidationOption(parse_name("example.com"), hosted_zone_id="Z1")
OTHER_OPTION = ValidationOption(parse_name("www.example.com"), hosted_zone_id="Z1")


def request(*names, **fields):
    return CertificateRequest.of((names or ("example.com",)), **fields)


def texts(names):
    return [str(name) for name in names]


def requests():
    """Draw requests of related names, some unknown, with all that is compared."""
    fields = {
        "validation_method": ["EMAIL", "DNS", "HTTP", "CNAME", SECRET],
        "key_algorithm": ["RSA_2048", "RSA_4096", "EC_prime256v1", "P-256", SECRET],
        "certificate_authority_arn": [ARN, SECRET],
        "export": ["ENABLED", "DISABLED", SECRET],
        "transparency_logging": ["ENABLED", "DISABLED"],
        "tags": [(Tag("a", "b"),), (Tag("a", SECRET), Tag("c", "d"))],
        "validation_options": [(OPTION,), (OTHER_OPTION, OPTION), (SECRET,)],
        "region": ["us-east-1", "eu-west-1", SECRET],
        "managed_by": ["CLOUDFRONT"],
        "root_hierarchy": ["N2_AMAZON_MANAGED", "N2", SECRET],
        "certificate_usage": ["CLIENT_AUTH_ONLY", "CLIENT_AND_SERVER_AUTH", SECRET],
        "import_fields": [("certificate_body",)],
    }
    names = (
        related_names().map(str)
        | related_names().map(lambda n: str(n).upper())
        | unresolved_names()
    )
    drawn = st.fixed_dictionaries(
        {}, optional={field: st.sampled_from(values) for field, values in fields.items()}
    )
    listed = st.lists(names, min_size=1, max_size=4)
    return st.builds(lambda names, fields: request(*names, **fields), listed, drawn)


def test_the_number_of_a_verdict_is_its_severity():
    """Verdicts are numbers from 0, so that scripts can compare them."""
    assert [*map(int, Verdict)] == [0, 1, 2, 3, 4]
    assert sorted(Verdict) == [NOTHING, IN_PLACE, UNDECIDED, REPLACEMENT, IMPOSSIBLE]


class TestEdits:
    """No edit costs nothing; any other name needs a new certificate."""

    @given(requests(), st.sampled_from(Tool), days())
    def test_no_edit_costs_nothing(self, same, tool, day):
        """A request compared with itself needs nothing, whatever is wrong with it."""
        change = compare(same, same, tool=tool, as_of=day)
        assert change == compare(same.names[:0], same.names[:0], tool=tool, as_of=day)
        assert (change.verdict, change.reasons) == (NOTHING, ())

    @given(name_lists(), st.sampled_from(Tool), st.data())
    def test_every_edit_of_a_name_list_is_a_replacement(self, names, tool, data):
        """A name that is added, removed or moved to the front needs a new certificate."""
        edits = [lambda name: names.adding([name]), names.leading_with]
        if len(names) > 1:
            edits.append(lambda _: names.removing([data.draw(st.sampled_from(list(names)))]))
        edited = data.draw(st.sampled_from(edits))(data.draw(related_names()))
        assume(edited != names)
        change = compare(names, edited, tool=tool)
        is_ignored = tool is Tool.KUBERNETES
        assert change.verdict is (NOTHING if is_ignored else REPLACEMENT)
        assert change.needs_new_certificate is not is_ignored
        assert change.needs_new_object is is_ignored
        assert not change.is_cosmetic

    @given(name_lists(), st.randoms(), st.sampled_from(Tool))
    def test_acm_ignores_the_order(self, names, random, tool):
        """Only CloudFormation sees a permutation that keeps the first name."""
        first, *rest = names
        random.shuffle(rest)
        permuted = NameList([first, *rest])
        change = compare(names, permuted, tool=tool)
        assert (change.added, change.removed) == ((), ())
        if permuted == names:
            assert change.reasons == ()
        else:
            assert change.is_cosmetic
            assert [reason.attribute for reason in change.reasons] == ["order"]
            assert change.verdict is (REPLACEMENT if tool is CLOUDFORMATION else NOTHING)

    @given(requests(), requests(), st.sampled_from(Tool))
    def test_swapping_swaps_added_and_removed(self, one, other, tool):
        """The reverse edit removes what the edit adds."""
        there, back = compare(one, other, tool=tool), compare(other, one, tool=tool)
        assert (there.added, there.removed) == (back.removed, back.added)

    @given(requests(), requests(), st.sampled_from(Tool), days())
    def test_the_worst_reason_wins(self, one, other, tool, day):
        """The verdict is that of the worst reason, and every reason is of a known attribute."""
        assume(day >= date(2016, 1, 21))
        change = compare(one, other, tool=tool, as_of=day)
        assert change.verdict == max((r.verdict for r in change.reasons), default=NOTHING)
        known = {*CertificateRequest._fields, "domain_name", *COSMETIC}
        assert {reason.attribute for reason in change.reasons} <= known

    @given(requests(), requests(), st.sampled_from(Tool))
    def test_each_wanted_name_is_approved_in_one_way(self, one, other, tool):
        """Only a replacement validates names, and each of them in exactly one way."""
        change = compare(one, other, tool=tool)
        again = [getattr(change.approve_again, field) for field in ApproveAgain._fields]
        listed = [name for names in again for name in names]
        folded = {str(name).lower() for name in other.names}
        moved = any(reason.verdict is IN_PLACE for reason in change.reasons)
        if change.needs_new_certificate and not other.is_private:
            assert len(listed) == len(set(listed))
            assert {str(name).lower() for name in listed} == folded
        elif not moved:
            assert listed == []


class TestUnknownNames:
    """Results for partly known names are true for all values of the unknown parts."""

    @given(
        st.lists(related_names() | unresolved_names(), min_size=1, max_size=4),
        st.lists(related_names() | unresolved_names(), min_size=1, max_size=4),
        meanings(),
    )
    def test_all_values_agree(self, issued, wanted, meaning):
        """A decided result is that of the known lists, unless one repeats a name."""

        def known(listed):
            written = [
                "".join(meaning[p.label] if isinstance(p, Unknown) else p for p in name.parts)
                if isinstance(name, Unresolved)
                else str(name)
                for name in listed
            ]
            assume(len({text.lower() for text in written}) == len(set(listed)))
            return request(*written)

        in_part = compare(request(*issued), request(*wanted))
        in_full = compare(known(issued), known(wanted))
        if in_part.verdict is NOTHING:
            assert in_full.verdict is NOTHING
        elif in_part.verdict >= REPLACEMENT:
            assert in_full.verdict >= REPLACEMENT
        assert len(in_part.added) <= len(in_full.added)
        assert len(in_part.removed) <= len(in_full.removed)


X_COM = Unresolved((Unknown("${X}"), ".example.com"))
Y_COM = Unresolved((Unknown("${Y}"), ".example.com"))
MANY = UnresolvedNames(Unknown("${Names}"))


@pytest.mark.parametrize(
    ("issued", "wanted", "verdict", "added"),
    [
        (("a.io", X_COM), ("a.io", X_COM, "b.io"), REPLACEMENT, ["b.io"]),
        (("a.io", X_COM), ("a.io", "b.example.com"), UNDECIDED, []),
        (("a.io", X_COM), ("a.io", "b.example.org"), REPLACEMENT, ["b.example.org"]),
        (("a.io", X_COM), ("a.io", Y_COM), UNDECIDED, []),
        (("a.io", "b.io"), ("a.io", Y_COM), REPLACEMENT, ["${Y}.example.com"]),
        (("a.io", "b.example.com", "c.example.com"), ("a.io", X_COM), REPLACEMENT, []),
        (("a.io", "b.io"), ("a.io", MANY), UNDECIDED, []),
        (("a.io",), ("a.io", MANY), UNDECIDED, []),
        (("a.io", MANY), ("a.io", MANY), NOTHING, []),
        (("a.io", MANY), ("b.io", "a.io", MANY), REPLACEMENT, ["b.io"]),
        ((X_COM,), ("a.example.com",), UNDECIDED, []),
        ((X_COM, "a.io"), ("a.io", X_COM), REPLACEMENT, []),
        (("a.io", X_COM), (X_COM.lower(), "a.io"), REPLACEMENT, []),
    ],
)
def test_partly_known_names(issued, wanted, verdict, added):
    """Equal expressions are equal names; others are undecided unless their known parts differ."""
    change = compare(request(*issued), request(*wanted))
    assert (change.verdict, texts(change.added)) == (verdict, added)


@pytest.mark.parametrize(
    ("issued", "wanted", "kinds", "api", "cloudformation", "terraform"),
    [
        (["a.io", "b.io", "c.io"], ["a.io", "c.io", "b.io"], {"order"}, 0, 3, 0),
        (["a.io", "b.io"], ["a.io", "B.io"], {"spelling"}, 0, 3, 3),
        (["A.io", "b.io"], ["a.io", "b.io"], {"spelling"}, 0, 3, 0),
        (["A.io", "B.io"], ["A.io", "b.io"], {"spelling"}, 0, 3, 0),
        (["a.io", "b.io"], ["a.io", "a.io", "b.io"], {"repeats"}, 0, 3, 0),
        (["a.io", "b.io", "a.io"], ["a.io", "a.io", "b.io"], {"order"}, 0, 3, 0),
        (["a.io", "b.io", "c.io"], ["a.io", "C.io", "b.io"], {"order", "spelling"}, 0, 3, 3),
    ],
)
def test_what_only_the_tool_sees(issued, wanted, kinds, api, cloudformation, terraform):
    """Order, spelling and repeats are distinct from edits, and their result depends on the tool."""
    one, other = (request(*names, validation_method="DNS") for names in (issued, wanted))
    for tool, verdict in [
        (API, api),
        (Tool.KUBERNETES, api),
        (Tool.NAMES, api),
        (CLOUDFORMATION, cloudformation),
        (TERRAFORM, terraform),
        (Tool.PULUMI, terraform),
        (Tool.CROSSPLANE, terraform),
        (Tool.SERVERLESS, api),
    ]:
        change = compare(one, other, tool=tool)
        assert {reason.attribute for reason in change.reasons} == kinds
        assert change.verdict == verdict
        assert change.is_cosmetic == (kinds <= COSMETIC)
        assert (change.added, change.removed) == ((), ())


def test_the_first_name_needs_a_new_certificate():
    """Another primary name is a replacement, except for ACK, which ignores it."""
    one, other = request("a.io", "b.io"), request("b.io", "a.io")
    for tool in Tool:
        change = compare(one, other, tool=tool)
        assert [reason.attribute for reason in change.reasons] == ["domain_name"]
        assert change.verdict is (NOTHING if tool is Tool.KUBERNETES else REPLACEMENT)
        assert change.is_cosmetic is False


REFERENCES = [Unresolved((Unknown(f"ARN of {name}"),)) for name in ("one", "other")]


def test_edits_of_an_ack_certificate():
    """ACK refuses most edits, and ignores those of names and of a reference to a CA."""
    one = request("a.io", key_algorithm="RSA_2048", certificate_authority_arn=REFERENCES[0])
    other = request("b.io", key_algorithm="EC_prime256v1", certificate_authority_arn=REFERENCES[1])
    change = compare(one, other, tool=Tool.KUBERNETES)
    ignored = "; ACK accepts the edit, but the certificate stays as it is"
    assert [(reason.verdict, reason.sentence) for reason in change.reasons] == [
        (NOTHING, f"adds `b.io` and removes `a.io`{ignored}"),
        (NOTHING, f"the primary name changes from `a.io` to `b.io`{ignored}"),
        (
            IMPOSSIBLE,
            "`key_algorithm` changes from `RSA_2048` to `EC_prime256v1`; ACK refuses the edit",
        ),
        (
            NOTHING,
            "`certificate_authority_arn` changes from `ARN of one` to `ARN of other`" + ignored,
        ),
    ]
    assert {reason.source for reason in change.reasons} == {sources.ACK_GENERATOR}
    assert change.approve_again == ApproveAgain()
    replaced = (Reason("address", REPLACEMENT, "the object changes", None),)
    moved = compare(one, other, tool=Tool.KUBERNETES, extra_reasons=replaced)
    assert (moved.verdict, moved.needs_new_object) == (REPLACEMENT, False)


@pytest.mark.parametrize(
    ("edit", "tool", "expected"),
    [
        ({"tags": (Tag("a", "b"),)}, Tool.KUBERNETES, False),
        ({"key_algorithm": "EC_prime256v1"}, Tool.KUBERNETES, True),
        ({"key_algorithm": "RSA_4096"}, API, False),
        ({"region": "us-east-1"}, Tool.KUBERNETES, False),
    ],
)
def test_ack_needs_a_new_object_for_what_it_does_not_edit(edit, tool, expected):
    """An edit that ACK makes in place, or that ACM rejects, needs no other object."""
    assert compare(request(), request(**edit), tool=tool).needs_new_object is expected


@pytest.mark.parametrize(
    ("tool", "remark"),
    [
        (API, "; sources disagree on the effect"),
        (CLOUDFORMATION, ""),
        (TERRAFORM, "; Terraform tries it in place, and ACM rejects it: the apply fails"),
        (Tool.PULUMI, "; Pulumi tries it in place, and ACM rejects it: the update fails"),
        (Tool.KUBERNETES, "; ACK refuses the edit"),
    ],
)
def test_a_dispute_is_reported_where_no_tool_decides(tool, remark):
    """The schema or the code of a tool decides the effect; the pages on the API disagree."""
    (reason,) = compare(request(), request(export="ENABLED"), tool=tool).reasons
    assert reason.sentence == f"`export` is set to `ENABLED`{remark}"


BEFORE, SINCE, SEEN = date(2026, 7, 8), date(2026, 7, 9), date(2026, 8, 31)
READ = date(2026, 11, 23)


@pytest.mark.parametrize(
    ("issued", "wanted", "day", "api", "cloudformation", "terraform", "ack"),
    [
        ({"validation_method": "EMAIL"}, {"validation_method": "DNS"}, BEFORE, 3, 3, 3, 0),
        ({"validation_method": "EMAIL"}, {"validation_method": "DNS"}, SINCE, 1, 3, 3, 0),
        ({"validation_method": "EMAIL"}, {"validation_method": "DNS"}, SEEN, 1, 1, 3, 0),
        ({}, {"validation_method": "DNS"}, SEEN, 1, 1, 3, 0),
        ({"validation_method": "DNS"}, {"validation_method": "EMAIL"}, SEEN, 3, 3, 3, 0),
        ({"validation_method": "EMAIL"}, {"validation_method": "HTTP"}, SEEN, 3, 3, 3, 0),
        ({"validation_method": "DNS"}, {}, SEEN, 3, 3, 0, 0),
        ({"key_algorithm": "EC_prime256v1"}, {}, READ, 3, 3, 0, 4),
        ({"export": "ENABLED"}, {}, READ, 3, 3, 0, 4),
        ({}, {"validation_method": "EMAIL"}, READ, 0, 0, 0, 0),
        ({}, {"validation_method": "EMAIL"}, date(2026, 8, 30), 0, 2, 0, 0),
        ({}, {"key_algorithm": "EC_prime256v1"}, READ, 3, 3, 3, 4),
        ({}, {"key_algorithm": "RSA_2048"}, READ, 0, 2, 0, 0),
        ({}, {"certificate_authority_arn": ARN}, READ, 3, 3, 3, 4),
        ({}, {"validation_options": (OPTION,)}, READ, 3, 3, 3, 4),
        (
            {"validation_options": (OPTION, OTHER_OPTION)},
            {"validation_options": (OTHER_OPTION, OPTION)},
            READ,
            0,
            3,
            0,
            0,
        ),
        ({}, {"export": "ENABLED"}, date(2026, 8, 10), 3, 4, 4, 4),
        ({}, {"export": "ENABLED"}, date(2026, 8, 11), 3, 3, 4, 4),
        ({}, {"export": "DISABLED"}, date(2026, 4, 13), 0, 0, 0, 0),
        ({}, {"transparency_logging": "DISABLED"}, date(2026, 5, 31), 1, 1, 1, 1),
        ({}, {"transparency_logging": "DISABLED"}, date(2026, 6, 1), 0, 0, 0, 0),
        ({}, {"transparency_logging": "DISABLED"}, date(2016, 2, 1), 1, 1, 1, 1),
        ({}, {"tags": (Tag("a", "b"),)}, READ, 1, 1, 1, 1),
        ({"tags": (Tag("a"),)}, {"tags": (Tag("a", SECRET),)}, READ, 1, 1, 1, 1),
        ({"tags": (Tag("a"),)}, {"tags": (Tag("a", None),)}, READ, 0, 0, 0, 0),
        (
            {"tags": (Tag("a", "b"), Tag("c", "d"))},
            {"tags": (Tag("c", "d"), Tag("a", "b"))},
            READ,
            0,
            0,
            0,
            0,
        ),
        ({"region": "us-east-1"}, {"region": "eu-west-1"}, READ, 3, 3, 3, 3),
        ({}, {"region": "eu-west-1"}, READ, 2, 2, 2, 2),
        ({}, {"managed_by": "CLOUDFRONT"}, READ, 2, 2, 2, 2),
        ({"import_fields": ("certificate_body",)}, {}, READ, 2, 2, 2, 2),
        ({}, {"idempotency_token": "x"}, READ, 0, 0, 0, 0),
        ({}, {"root_hierarchy": "N2_AMAZON_MANAGED"}, READ, 3, 3, 3, 3),
        ({}, {"certificate_usage": "CLIENT_AUTH_ONLY"}, READ, 3, 3, 3, 3),
        ({}, {"certificate_usage": "CLIENT_AND_SERVER_AUTH"}, READ, 0, 0, 0, 0),
    ],
)
def test_attributes(issued, wanted, day, api, cloudformation, terraform, ack):
    """The cost of an edited attribute is that of the matrix in section D, by tool and day."""
    for tool, verdict in [
        (API, api),
        (CLOUDFORMATION, cloudformation),
        (TERRAFORM, terraform),
        (Tool.KUBERNETES, ack),
    ]:
        assert (
            compare(request(**issued), request(**wanted), tool=tool, as_of=day).verdict == verdict
        )


@pytest.mark.parametrize(
    ("issued", "wanted", "verdict"),
    [
        ({"validation_method": SECRET}, {"validation_method": SECRET}, NOTHING),
        ({"validation_method": SECRET}, {"validation_method": OTHER}, UNDECIDED),
        ({"validation_method": SECRET}, {"validation_method": "DNS"}, UNDECIDED),
        (
            {"validation_method": Unresolved(("EM", Unknown("x")))},
            {"validation_method": "DNS"},
            UNDECIDED,
        ),
        (
            {"validation_method": Unresolved(("HT", Unknown("x")))},
            {"validation_method": "DNS"},
            REPLACEMENT,
        ),
        (
            {"validation_method": "EMAIL"},
            {"validation_method": Unresolved(("D", Unknown("x")))},
            UNDECIDED,
        ),
        (
            {"validation_method": "EMAIL"},
            {"validation_method": Unresolved(("HT", Unknown("x")))},
            REPLACEMENT,
        ),
        (
            {"validation_method": Unresolved(("EM", Unknown("x")))},
            {"validation_method": Unresolved(("D", Unknown("y")))},
            UNDECIDED,
        ),
        ({"key_algorithm": SECRET}, {}, UNDECIDED),
        ({"key_algorithm": Unresolved(("EC_", Unknown("x")))}, {}, REPLACEMENT),
        ({"certificate_authority_arn": SECRET}, {}, REPLACEMENT),
        ({"certificate_authority_arn": SECRET}, {"certificate_authority_arn": ARN}, UNDECIDED),
        ({"root_hierarchy": SECRET}, {"root_hierarchy": "N2_AMAZON_MANAGED"}, UNDECIDED),
        ({"root_hierarchy": SECRET}, {}, REPLACEMENT),
        ({"transparency_logging": SECRET}, {}, NOTHING),
        ({"tags": (Tag("a", SECRET),)}, {"tags": (Tag("a", "b"),)}, UNDECIDED),
        ({"tags": (Tag("a", SECRET),)}, {"tags": (Tag("b", SECRET),)}, IN_PLACE),
        ({"tags": (Tag("a", SECRET),)}, {"tags": (SECRET,)}, UNDECIDED),
        ({"tags": (Tag("a", SECRET),)}, {}, IN_PLACE),
        (
            {"validation_options": (ValidationOption(parse_name("example.com"), None, SECRET),)},
            {"validation_options": (OPTION,)},
            UNDECIDED,
        ),
        ({"validation_options": (SECRET,)}, {"validation_options": (OPTION,)}, UNDECIDED),
        (
            {"validation_options": (ValidationOption(MANY, None, "Z1"),)},
            {"validation_options": (OPTION,)},
            UNDECIDED,
        ),
        ({"region": SECRET}, {"region": "us-east-1"}, UNDECIDED),
        ({"region": Unresolved(("eu-", Unknown("x")))}, {"region": "us-east-1"}, REPLACEMENT),
    ],
)
def test_partly_known_attributes(issued, wanted, verdict):
    """An equal expression is unchanged; another one is undecided unless its known parts differ."""
    assert compare(request(**issued), request(**wanted)).verdict is verdict


@pytest.mark.parametrize(
    ("names", "fields", "day", "sentence"),
    [
        ([f"a{n}.io" for n in range(101)], {}, READ, "there are 101 names; the maximum is 100"),
        ([f"a{n}.io" for n in range(100)], {}, READ, None),
        ([f"{'a' * 62}.io"], {}, READ, "the primary name is 65 bytes long; the maximum is 64"),
        ([f"{'a' * 61}.io"], {}, READ, None),
        (["b.io", f"{'a' * 62}.io"], {}, READ, None),
        ([f"*.{'a' * 60}.io"], {}, READ, "the primary name is 65 bytes long; the maximum is 64"),
        (
            [Unresolved((Unknown("x"), "a" * 65))],
            {},
            READ,
            "the primary name is 65 bytes long; the maximum is 64",
        ),
        ([Unresolved((Unknown("x"), "a" * 64))], {}, READ, None),
        (["b.io", "a_b.io"], {}, READ, "`a_b.io` is not a name that ACM accepts"),
        ([], {}, READ, "there are no names"),
        (["b.io"], {"validation_method": "dns"}, READ, "`dns` is not a validation method"),
        (
            ["b.io"],
            {"validation_method": "DNS"},
            date(2017, 1, 1),
            "`DNS` validation is not available on 2017-01-01; it starts on 2017-11-21",
        ),
        (
            ["b.io"],
            {},
            date(2028, 3, 15),
            "`EMAIL` validation is not available on 2028-03-15; it ends on 2028-03-15",
        ),
        (
            ["b.io", "*.b.io"],
            {"validation_method": "HTTP"},
            READ,
            "HTTP validation does not support wildcards such as `*.b.io`",
        ),
        (
            ["*.b.io", "*.c.io"],
            {"validation_method": "HTTP"},
            READ,
            "HTTP validation does not support wildcards such as `*.b.io`",
        ),
        (["b.io"], {"validation_method": "HTTP"}, READ, None),
        (["b.io"], {"key_algorithm": "P-256"}, READ, "`P-256` is not a key algorithm"),
        (
            ["b.io"],
            {"key_algorithm": "RSA_4096"},
            READ,
            "`RSA_4096` cannot be requested on 2026-11-23",
        ),
        (
            ["b.io"],
            {"key_algorithm": "EC_prime256v1"},
            date(2022, 11, 7),
            "`EC_prime256v1` cannot be requested on 2022-11-07",
        ),
        (
            ["b.io"],
            {"certificate_authority_arn": ARN, "key_algorithm": "RSA_4096"},
            READ,
            "`RSA_4096` cannot be requested on 2026-11-23",
        ),
        (["b.io"], {"certificate_authority_arn": ARN}, date(2028, 3, 15), None),
    ],
)
def test_impossible(names, fields, day, sentence):
    """A request that ACM rejects is impossible, with a reason."""
    change = compare(request("example.com"), CertificateRequest.of(names, **fields), as_of=day)
    sentences = [reason.sentence for reason in change.reasons if reason.verdict is IMPOSSIBLE]
    assert sentences == ([sentence] if sentence else [])
    assert change.verdict is (IMPOSSIBLE if sentence else REPLACEMENT)
    assert change.needs_new_certificate == (sentence is None)
    if sentence:
        assert change.approve_again == ApproveAgain()


def test_an_issued_certificate_may_remain_impossible():
    """An issued certificate that could not be requested today remains while it is not replaced."""
    old = request("example.com", key_algorithm="RSA_4096", validation_method="EMAIL")
    tagged = old.__replace__(tags=(Tag("a", "b"),))
    assert compare(old, tagged, as_of=date(2028, 4, 1)).verdict is IN_PLACE


@pytest.mark.parametrize(
    ("issued", "wanted", "by_hand", "automatically", "by_new_record", "undecided"),
    [
        ("EMAIL", "EMAIL", ["a.io", "*.a.io", "c.io"], [], [], []),
        (None, None, ["a.io", "*.a.io", "c.io"], [], [], []),
        ("DNS", "DNS", [], ["a.io", "*.a.io"], ["c.io"], []),
        ("EMAIL", "DNS", [], [], ["a.io", "*.a.io", "c.io"], []),
        ("DNS", "EMAIL", ["a.io", "*.a.io", "c.io"], [], [], []),
        ("DNS", SECRET, [], [], [], ["a.io", "*.a.io", "c.io"]),
        (SECRET, "DNS", [], [], ["a.io", "*.a.io", "c.io"], []),
    ],
)
def test_approve_again(issued, wanted, by_hand, automatically, by_new_record, undecided):
    """By email, every name is approved by hand; by DNS, an existing record is used again."""
    change = compare(
        request("a.io", "b.io", validation_method=issued),
        request("a.io", "*.a.io", "c.io", validation_method=wanted),
    )
    again = change.approve_again
    assert texts(again.by_hand) == by_hand
    assert texts(again.automatically) == automatically
    assert texts(again.by_new_record) == by_new_record
    assert texts(again.undecided) == undecided


def test_a_move_to_dns_publishes_every_record():
    """The move in place needs a record for every name, and no new certificate."""
    names = ["a.io", "*.a.io"]
    change = compare(
        request(*names, validation_method="EMAIL"), request(*names, validation_method="DNS")
    )
    assert (change.verdict, texts(change.approve_again.by_new_record)) == (IN_PLACE, names)
    assert change.reasons[0].source == sources.CFN_CERT
    assert change.reasons[0].sentence == ("`validation_method` changes from `EMAIL` to `DNS`")


@pytest.mark.parametrize("side", ["issued", "wanted", "both"])
def test_a_private_certificate_is_not_validated(side):
    """With a private CA, nothing is validated, and no method is compared."""
    private = request("b.io", certificate_authority_arn=ARN)
    public = request("a.io", validation_method="DNS")
    one = public if side == "wanted" else private.__replace__(names=(parse_name("a.io"),))
    change = compare(one, public.__replace__(region="us-east-1") if side == "issued" else private)
    assert change.verdict is REPLACEMENT
    assert "validation_method" not in {reason.attribute for reason in change.reasons}
    again = change.approve_again
    assert texts(again.by_new_record) == (["a.io"] if side == "issued" else [])
    assert again.by_hand == again.automatically == again.undecided == ()


def test_a_list_is_compared_with_the_names_of_a_request():
    """A list edits only the names of a request; between two lists the method is unknown."""
    requested = request("a.io", validation_method="DNS", key_algorithm="EC_prime256v1")
    assert compare(["A.io"], requested).verdict is NOTHING
    there = compare(requested, NameList(["a.io", "b.io"]))
    assert {reason.attribute for reason in there.reasons} == {"names"}
    assert texts(there.approve_again.automatically) == ["a.io"]
    back = compare(NameList(["a.io", "b.io"]), requested)
    assert texts(back.removed) == ["b.io"]
    between = compare(["a.io"], ["a.io", "b.io"], tool=TERRAFORM)
    assert texts(between.approve_again.undecided) == ["a.io", "b.io"]
    with pytest.raises(InvalidName):
        compare(requested, ["localhost"])


def test_an_edit_with_a_cosmetic_one():
    """A change is no longer cosmetic if anything else is edited too."""
    change = compare(request("a.io", "b.io"), request("a.io", "B.io", tags=(Tag("a", "b"),)))
    assert {reason.attribute for reason in change.reasons} == {"spelling", "tags"}
    assert not change.is_cosmetic


@pytest.mark.parametrize(
    ("issued", "wanted", "sentence"),
    [
        (["a.io"], ["a.io", "b.io"], "adds `b.io`"),
        (["a.io", "b.io", "c.io", "d.io"], ["a.io"], "removes `b.io`, `c.io`, `d.io`"),
        (["a.io", "b.io"], ["a.io", "c.io"], "adds `c.io` and removes `b.io`"),
        (
            ["a.io", X_COM],
            ["a.io", "b.example.com"],
            "the value of `${X}.example.com` is unknown",
        ),
    ],
)
def test_the_reason_of_edited_names(issued, wanted, sentence):
    """The reason lists what is added and what is removed, or what is unknown."""
    (reason,) = compare(request(*issued), request(*wanted)).reasons
    assert reason.sentence == sentence


def test_sentences():
    """A reason has the new value, then the old one, and at most as many names as fit a line."""
    change = compare(
        request("a.io", "b.io"), request("c.io", "d.io", "e.io", "f.io", key_algorithm="P-256")
    )
    assert [reason.sentence for reason in change.reasons] == [
        "adds `c.io`, `d.io`, `e.io` and 1 more and removes `a.io`, `b.io`",
        "the primary name changes from `a.io` to `c.io`",
        "`key_algorithm` is set to `P-256`",
        "`P-256` is not a key algorithm",
    ]
    assert change.reasons[0].source == sources.UG_BEST
    assert str(change.verdict) == "impossible"
    tags = compare(request(), request(tags=(Tag("a", "b"),)))
    assert tags.reasons[0].sentence == "`tags` changes"


def test_malformed_names():
    """A malformed name is compared by its text."""
    one, other = request("a_b.io", "c.io"), request("a_b.io", "d.io")
    assert compare(one, one).verdict is NOTHING
    assert compare(one, other).removed == (read_name("c.io"),)


def test_the_examples_run():
    """The examples in the docstrings are correct."""
    failed, attempted = doctest.testmod(changes)
    assert attempted
    assert not failed


# What others say ----------------------------------------------------------------------------------

CREATE_ONLY = {
    # cfn-lint 1.51.0, its schema of AWS::CertificateManager::Certificate, `createOnlyProperties`;
    # as facts.md, section D, has it.
    date(2026, 4, 30): {
        "DomainName",
        "SubjectAlternativeNames",
        "DomainValidationOptions",
        "ValidationMethod",
        "KeyAlgorithm",
        "CertificateAuthorityArn",
    },
    # cfn-lint 1.58.0, data/schemas/resources/7cfcf2c9acbd65d3.json, lines 3 to 10; the schemas are
    # of 2026-10-20.
    date(2026, 10, 20): {
        "DomainName",
        "SubjectAlternativeNames",
        "DomainValidationOptions",
        "KeyAlgorithm",
        "CertificateAuthorityArn",
        "CertificateExport",
    },
}
"""What CloudFormation makes a new certificate for, by the schema that cfn-lint bundles."""

FORCE_NEW = {
    "domain_name",
    "subject_alternative_names",
    "validation_option",
    "validation_method",
    "key_algorithm",
    "certificate_authority_arn",
}
"""What the provider of Terraform marks as `ForceNew`: facts.md, section D, its last column."""

EDITS = {
    "DomainName": {"names": ("www.example.com", "example.com")},
    "SubjectAlternativeNames": {"names": ("example.com", "api.example.com")},
    "DomainValidationOptions": {"validation_options": (OPTION,)},
    "ValidationMethod": {"validation_method": "DNS"},
    "KeyAlgorithm": {"key_algorithm": "EC_prime256v1"},
    "CertificateAuthorityArn": {"certificate_authority_arn": ARN},
    "CertificateExport": {"export": "ENABLED"},
    "CertificateTransparencyLoggingPreference": {"transparency_logging": "DISABLED"},
    "Tags": {"tags": (Tag("a", "b"),)},
}
IN_TERRAFORM = {
    "DomainName": "domain_name",
    "SubjectAlternativeNames": "subject_alternative_names",
    "DomainValidationOptions": "validation_option",
    "ValidationMethod": "validation_method",
    "KeyAlgorithm": "key_algorithm",
    "CertificateAuthorityArn": "certificate_authority_arn",
    "CertificateExport": "options",
    "CertificateTransparencyLoggingPreference": "options",
    "Tags": "tags",
}


def edited(member, tool, as_of):
    """Return the verdict of an edit of one property."""
    names = ("example.com", "www.example.com")
    fields = {"validation_method": "EMAIL"} | EDITS[member]
    after = fields.pop("names", names)
    wanted = CertificateRequest.of(after, **fields)
    before = CertificateRequest.of(names, validation_method="EMAIL")
    return compare(before, wanted, tool=tool, as_of=as_of).verdict


@pytest.mark.parametrize("day", CREATE_ONLY)
@pytest.mark.parametrize("member", EDITS)
def test_cloudformation_replaces_create_only_properties(member, day):
    """The results on both days are those of the schemas of cfn-lint on that day."""
    is_replaced = edited(member, CLOUDFORMATION, day) is REPLACEMENT
    assert is_replaced == (member in CREATE_ONLY[day])


@pytest.mark.parametrize("day", CREATE_ONLY)
@pytest.mark.parametrize("member", EDITS)
def test_terraform_replaces_what_it_forces_new(member, day):
    """The results are those of the source of the provider, on every day."""
    is_replaced = edited(member, TERRAFORM, day) is REPLACEMENT
    assert is_replaced == (IN_TERRAFORM[member] in FORCE_NEW)


def test_differences_from_the_schemas():
    """A schema has no direction: email becomes DNS in place, and DNS never becomes email."""
    day = date(2026, 10, 20)
    by_mail = request(validation_method="EMAIL")
    by_record = request(validation_method="DNS")
    assert compare(by_mail, by_record, tool=CLOUDFORMATION, as_of=day).verdict is IN_PLACE
    assert compare(by_record, by_mail, tool=CLOUDFORMATION, as_of=day).verdict is REPLACEMENT


# What the caller knows ----------------------------------------------------------------------------


def test_reasons_of_the_caller():
    """A reason of the caller is combined with the others, and determines the approvals."""
    extra = (Reason("address", REPLACEMENT, "the logical id becomes `B`, it was `A`", None),)
    issued = request(validation_method="DNS")
    change = compare(issued, issued, tool=CLOUDFORMATION, extra_reasons=extra)
    assert (change.verdict, change.reasons) == (REPLACEMENT, extra)
    assert texts(change.approve_again.automatically) == ["example.com"]
    assert not change.is_cosmetic


def test_impossible_values_with_reasons_of_the_caller():
    """A certificate that the caller replaces is impossible with values that ACM rejects."""
    extra = (Reason("address", REPLACEMENT, "is new", None),)
    wanted = request("a.example.com", validation_method="HTTP", key_algorithm="RSA_9999")
    assert compare(wanted, wanted, extra_reasons=extra).verdict is IMPOSSIBLE
    assert compare(wanted, wanted).verdict is NOTHING


@pytest.mark.parametrize(
    ("tool", "source"),
    [
        (TERRAFORM, sources.TF_CERT),
        (Tool.PULUMI, sources.TF_CERT),
        (CLOUDFORMATION, sources.CFN_CERT),
    ],
)
def test_the_source_of_a_reason(tool, source):
    """The behavior of a tool is cited from its own source."""
    edited = request(key_algorithm="EC_prime256v1")
    [reason] = compare(request(), edited, tool=tool).reasons
    assert reason.source is source


# What the tool tries, and what ACM allows ---------------------------------------------------------


@pytest.mark.parametrize(
    ("other", "verdict", "fails"),
    [
        ({}, IMPOSSIBLE, True),
        ({"tags": (Tag("a", "b"),)}, IMPOSSIBLE, True),
        ({"key_algorithm": "EC_prime256v1"}, REPLACEMENT, False),
        ({"key_algorithm": SECRET}, UNDECIDED, False),
        ({"region": "eu-west-1"}, UNDECIDED, False),
    ],
)
def test_the_apply_fails_if_acm_rejects_what_terraform_tries(other, verdict, fails):
    """Terraform edits `export` in place, unless another edit replaces the certificate."""
    change = compare(request(), request(export="ENABLED", **other), tool=TERRAFORM)
    [reason] = [each for each in change.reasons if each.attribute == "export"]
    assert (change.verdict, reason.verdict, reason.fails) == (verdict, verdict, fails)
    assert ("the apply fails" in reason.sentence) is fails
    assert (reason.source == sources.TF_46030) is True


@pytest.mark.parametrize(
    ("request_", "attribute"),
    [
        (request("localhost"), "names"),
        (request("a.*.example.com"), "names"),
        (request(*(f"a{n}.example.com" for n in range(101))), "names"),
        (request(f"{'a' * 62}.io"), "domain_name"),
        (request("*.b.io", validation_method="HTTP"), "validation_method"),
        (request(validation_method="dns"), "validation_method"),
        (request(key_algorithm="P-256"), "key_algorithm"),
        (request(), None),
        (request(*(f"a{n}.example.com" for n in range(100))), None),
        (request(key_algorithm="RSA_4096"), None),
        (request(SECRET, validation_method=SECRET, key_algorithm=SECRET), None),
        (request("*.b.io", validation_method="HTTP", certificate_authority_arn=ARN), None),
        (CertificateRequest((), import_fields=("certificate_body",)), None),
    ],
)
def test_a_request_that_acm_rejects_was_never_issued(request_, attribute):
    """Only what ACM rejects on every date counts, and no unknown value."""
    found = changes.rejection(request_)
    assert (found and found.attribute) == attribute
