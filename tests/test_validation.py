"""The steps of validation: laws of the counts, and the tables of methods and days."""

import doctest
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.support.strategies import days

from acmrules import validation
from acmrules.contacts import WhoisContacts
from acmrules.errors import InvalidArgument, InvalidName
from acmrules.facts import sources
from acmrules.names import DomainName
from acmrules.request import ValidationMethod
from acmrules.strategies import domain_names, name_lists
from acmrules.validation import method_refusal, validation_plan, validation_record

WHOIS = WhoisContacts("owner@example.org", "ops@example.org", "legal@example.org")
FORTY_TWO = ["example.com", *(f"host{number}.example.com" for number in range(41))]
AN_APPROVAL_PER_NAME = date(2020, 11, 1)


def mail_days():
    """Draw days on which ACM validates by mail."""
    return days().filter(lambda day: date(2016, 1, 21) <= day < date(2028, 3, 15))


class TestMail:
    """Each listed name has one approval, and five mails, or eight in the WHOIS days."""

    @given(name_lists(), mail_days(), st.booleans())
    def test_mails_go_out_for_each_name(self, names, day, has_whois):
        """Every name has its own mails, however many mailboxes receive them."""
        plan = validation_plan(names, "EMAIL", as_of=day, whois=WHOIS if has_whois else None)
        listed_mails = 3 if has_whois and day < date(2024, 6, 1) else 0
        assert plan.mails == (5 + listed_mails) * len(names)
        assert len(plan.mailboxes) <= plan.mails
        assert tuple(step.name for step in plan.steps) == tuple(names)
        assert (plan.records, plan.urls) == (0, 0)

    @given(name_lists(), mail_days())
    def test_approvals(self, names, day):
        """Each name is approved; until 2020-11 the approval of a domain covers its subdomains."""
        plan = validation_plan(names, "EMAIL", as_of=day)
        if day >= AN_APPROVAL_PER_NAME:
            assert plan.approvals == len(names)
        own = {step.name for step in plan.steps if step.approved_with is None}
        assert plan.approvals == len(own) >= 1
        for step in plan.steps:
            if step.approved_with is not None:
                assert step.approved_with in own
                assert step.name != step.approved_with
                assert step.name.is_within(step.approved_with)
            elif day < AN_APPROVAL_PER_NAME:
                assert not any(
                    step.name != other
                    and isinstance(other, DomainName)
                    and step.name.is_within(other)
                    for other in names
                )

    @given(name_lists(), mail_days())
    def test_a_renewal_takes_the_same_approvals(self, names, day):
        """At a renewal every name is approved again."""
        plan = validation_plan(names, "EMAIL", as_of=day)
        assert plan.at_renewal.approvals == plan.approvals


class TestRecords:
    """Each distinct name has one record, which it shares with its wildcard."""

    @given(name_lists())
    def test_wildcards_cost_nothing(self, names):
        """There are as many records as names without their `*.`, and no work at a renewal."""
        plan = validation_plan(names, "DNS")
        assert plan.records == len({str(name).removeprefix("*.") for name in names})
        assert (plan.approvals, plan.mails, plan.urls) == (0, 0, 0)
        assert plan.at_renewal.steps == ()

    @given(domain_names())
    def test_the_record_is_directly_under_the_name(self, name):
        """The record is one label below the name, including a leading `www.`."""
        token, _, at = validation_record(name).partition(".")
        assert (token, at) == ("_<token>", str(name))


class TestHttp:
    """Each plain name has one URL, and a wildcard has none."""

    @given(st.lists(domain_names(), min_size=1, max_size=4))
    def test_a_url_for_each_name(self, names):
        """Every name serves content under its own URL."""
        plan = validation_plan(names, "HTTP")
        assert (plan.urls, plan.records, plan.mails) == (len(set(names)), 0, 0)
        assert plan.steps[0].url == f"http://{names[0]}/.well-known/pki-validation/<token>.txt"
        assert plan.at_renewal.steps == ()

    def test_a_wildcard_has_no_url(self):
        """A wildcard is rejected by name."""
        with pytest.raises(InvalidArgument, match=r"`\*\.example\.com` is a wildcard"):
            validation_plan(["example.com", "*.example.com"], "HTTP")


@given(name_lists(), st.sampled_from(["EMAIL", "DNS"]), st.randoms())
def test_spelling_and_repeats_cost_nothing(names, method, random):
    """Case and repeats change no count and no step."""
    texts = [random.choice([str.upper, str.lower])(str(name)) for name in [*names, *names]]
    assert validation_plan(texts, method) == validation_plan(names, method)


@pytest.mark.parametrize(
    ("day", "whois", "approvals", "mails", "mails_at_renewal"),
    [
        (date(2026, 11, 23), WHOIS, 42, 210, 210),
        (date(2024, 7, 1), WHOIS, 42, 210, 336),
        (date(2021, 1, 1), WHOIS, 42, 336, 336),
        (date(2021, 1, 1), None, 42, 210, 210),
        (date(2018, 1, 1), WHOIS, 1, 336, 336),
    ],
)
def test_forty_two_names_by_mail(day, whois, approvals, mails, mails_at_renewal):
    """42 names need 42 approvals and 210 mails, or 336 in the WHOIS days."""
    plan = validation_plan(FORTY_TWO, "EMAIL", as_of=day, whois=whois)
    assert (plan.approvals, plan.mails, plan.at_renewal.mails) == (
        approvals,
        mails,
        mails_at_renewal,
    )
    assert plan.hours == 72


@pytest.mark.parametrize(
    ("method", "needs"),
    [
        ("EMAIL", ("approval of every name",)),
        ("DNS", ("the certificate is in use", "the records stay published")),
        (
            ValidationMethod.HTTP,
            ("CloudFront uses the certificate", "the content stays in place"),
        ),
    ],
)
def test_what_a_renewal_needs(method, needs):
    """Each method has a sentence about the needs of its renewals, with a source."""
    at_renewal = validation_plan(["example.com"], method).at_renewal
    assert at_renewal.needs == needs
    assert at_renewal.source in vars(sources).values()


def test_www_and_its_parent_share_mailboxes_but_not_approvals():
    """Two names with the same five mailboxes need two approvals and ten mails."""
    plan = validation_plan(["example.com", "www.example.com"], "EMAIL")
    assert (plan.approvals, plan.mails, len(plan.mailboxes)) == (2, 10, 5)
    assert plan.mailboxes[0] == "admin@example.com"


def test_validation_domains_get_the_mail():
    """A validation domain receives the mail for its own name, and for no other."""
    names = ["a.b.example.com", "c.example.com"]
    plan = validation_plan(names, "EMAIL", validation_domains={"A.b.example.com": "example.com"})
    assert {box.partition("@")[2] for box in plan.mailboxes} == {"example.com", "c.example.com"}
    with pytest.raises(InvalidArgument, match=r"`d\.example\.com` has a validation domain"):
        validation_plan(names, "EMAIL", validation_domains={"d.example.com": "example.com"})
    with pytest.raises(InvalidArgument, match="nor a superdomain"):
        validation_plan(names, "EMAIL", validation_domains={"c.example.com": "example.org"})


def test_whois_contacts_belong_to_domains():
    """Contacts of a domain apply to the names whose nearest domain it is."""
    whois = {
        "example.com": WhoisContacts(registrant="owner@example.com"),
        "shop.example.com": WhoisContacts(registrant="shop@example.com"),
        "example.org": WhoisContacts(registrant="owner@example.org"),
    }
    names = ["*.example.com", "a.shop.example.com", "shop.example.net"]
    plan = validation_plan(names, "EMAIL", whois=whois, as_of=date(2018, 1, 1))
    assert [[str(contact) for contact in step.contacts[5:]] for step in plan.steps] == [
        ["owner@example.com"],
        ["shop@example.com"],
        [],
    ]


@pytest.mark.parametrize(
    ("method", "day", "refusal"),
    [
        ("EMAIL", date(2016, 1, 21), None),
        ("DNS", date(2017, 11, 20), "2017-11-20; it starts on 2017-11-21"),
        ("DNS", date(2017, 11, 21), None),
        ("HTTP", date(2025, 4, 23), "2025-04-23; it starts on 2025-04-24"),
        ("HTTP", date(2025, 4, 24), None),
        ("EMAIL", date(2028, 3, 14), None),
        ("EMAIL", date(2028, 3, 15), "2028-03-15; it ends on 2028-03-15"),
        ("DNS", date(2030, 1, 1), None),
    ],
)
def test_methods_by_day(method, day, refusal):
    """Each method is available on certain days only."""
    found = method_refusal(ValidationMethod(method), day)
    if refusal is None:
        assert found is None
        assert validation_plan(["example.com"], method, as_of=day).steps
    else:
        assert found[0] == f"`{method}` validation is not available on {refusal}"
        with pytest.raises(InvalidArgument, match=refusal):
            validation_plan(["example.com"], method, as_of=day)


def test_invalid_arguments():
    """An unknown method, an invalid name, and a day before the launch are rejected."""
    with pytest.raises(InvalidArgument, match="CNAME"):
        validation_plan(["example.com"], "CNAME")
    with pytest.raises(InvalidName):
        validation_plan(["localhost"], "DNS")
    with pytest.raises(InvalidArgument, match="2016-01-21"):
        validation_plan(["example.com"], "EMAIL", as_of=date(2016, 1, 20))


def test_the_examples_run():
    """The examples in the docstrings are correct."""
    failed, attempted = doctest.testmod(validation)
    assert attempted
    assert not failed
