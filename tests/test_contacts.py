"""The recipients of validation mail: laws of the addresses, and the table of stripped labels."""

import doctest
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.support.strategies import days

from acmrules import contacts
from acmrules.contacts import (
    Contact,
    ContactOrigin,
    WhoisContacts,
    mail_domain,
    validation_contacts,
)
from acmrules.errors import InvalidArgument, InvalidName
from acmrules.facts import sources
from acmrules.facts.background import FACTS
from acmrules.facts.fact import LAUNCH
from acmrules.names import DomainName, WildcardDomainName
from acmrules.strategies import domain_names, names

WHOIS = WhoisContacts("owner@example.org", "ops@example.org", "legal@example.org")
LAST_DAY_OF_MAIL = date(2028, 3, 14)


def acm_days():
    """Draw days after the launch of ACM."""
    return days().filter(lambda day: day >= LAUNCH)


def mailed(found):
    return tuple(str(contact) for contact in found if contact.mailed)


class TestConstructedAddresses:
    """A validation domain has five constructed addresses, each at that domain."""

    @given(names(), acm_days(), st.booleans())
    def test_five_at_a_domain_that_contains_the_name(self, name, day, renewal):
        """There are five contacts, at one domain, and the name is within it."""
        found = validation_contacts(name, as_of=day, renewal=renewal)
        local_parts, domains = zip(*(str(c).split("@") for c in found), strict=True)
        assert local_parts == ("admin", "administrator", "hostmaster", "postmaster", "webmaster")
        assert len(set(domains)) == 1
        assert name.is_within(DomainName(domains[0]))

    @given(
        domain_names(), st.lists(st.sampled_from(["a", "www", "x-1"]), max_size=3), st.booleans()
    )
    def test_at_the_validation_domain(self, domain, below, is_wildcard):
        """A validation domain gets the mail itself, whatever labels the name has below it."""
        name = DomainName(".".join([*below, str(domain)]))
        listed_name = WildcardDomainName(name) if is_wildcard else name
        found = validation_contacts(listed_name, validation_domain=domain)
        assert {str(contact).partition("@")[2] for contact in found} == {str(domain)}

    @given(names(), acm_days())
    def test_mailed_until_the_end_of_email_validation(self, name, day):
        """All five get mail until 2028-03-15, and none from that day on."""
        found = validation_contacts(name, as_of=day)
        assert {contact.mailed for contact in found} == {day <= LAST_DAY_OF_MAIL}


class TestWhoisContacts:
    """A WHOIS contact gets no mail on or after the day on which ACM stopped using them."""

    @given(names(), acm_days(), st.booleans())
    def test_listed_always_mailed_until_the_end(self, name, day, renewal):
        """All three are always listed, and get mail until the end for this kind of request."""
        end = date(2024, 10, 1) if renewal else date(2024, 6, 1)
        listed = validation_contacts(name, whois=WHOIS, as_of=day, renewal=renewal)[5:]
        assert [contact.origin.value for contact in listed] == list(WhoisContacts._fields)
        assert {contact.mailed for contact in listed} == {day < end}
        assert {contact.since for contact in listed} == {None if day < end else end}

    @given(names(), acm_days())
    def test_only_contacts_that_get_no_mail_are_cited(self, name, day):
        """A contact has a day and a citation exactly if it gets no mail."""
        for contact in validation_contacts(name, whois=WHOIS, as_of=day):
            assert contact.mailed == (contact.since is None) == (contact.source is None)


@pytest.mark.parametrize(
    ("day", "renewal", "count"),
    [
        (date(2018, 1, 1), False, 8),
        (date(2024, 5, 31), False, 8),
        (date(2024, 6, 1), False, 5),
        (date(2024, 6, 1), True, 8),
        (date(2024, 9, 30), True, 8),
        (date(2024, 10, 1), True, 5),
        (LAST_DAY_OF_MAIL, False, 5),
        (LAST_DAY_OF_MAIL + timedelta(1), False, 0),
        (LAST_DAY_OF_MAIL + timedelta(1), True, 0),
    ],
)
def test_how_many_are_mailed(day, renewal, count):
    """Eight contacts get mail in the WHOIS days, five since then, and none in the end."""
    found = validation_contacts("www.example.com", whois=WHOIS, as_of=day, renewal=renewal)
    assert len(mailed(found)) == count
    assert len(found) == 8


def test_a_retired_contact_names_its_end():
    """A WHOIS contact is listed as retired, with the day and the source at AWS."""
    assert validation_contacts("example.com", whois=WhoisContacts(technical="ops@example.org"))[
        5:
    ] == (
        Contact(
            "ops@example.org",
            ContactOrigin.TECHNICAL,
            mailed=False,
            since=date(2024, 6, 1),
            source=sources.BLOG_WHOIS,
        ),
    )
    constructed = validation_contacts("example.com", as_of=date(2028, 3, 15))[0]
    assert (constructed.since, constructed.source) == (date(2028, 3, 15), sources.BR)


@pytest.mark.parametrize(
    ("name", "domain"),
    [
        ("example.com", "example.com"),
        ("www.example.com", "example.com"),
        ("WWW.example.com", "example.com"),
        ("*.example.com", "example.com"),
        ("*.www.example.com", "www.example.com"),
        ("www.www.example.com", "www.example.com"),
        ("www.com", "www.com"),
        ("*.www.com", "www.com"),
        ("www2.example.com", "www2.example.com"),
        ("a.b.example.com", "a.b.example.com"),
        ("a.www.example.com", "a.www.example.com"),
    ],
)
def test_what_is_stripped(name, domain):
    """One leading `*.` or `www.` is removed if the rest is a name."""
    assert str(mail_domain(name)) == domain
    assert set(FACTS["acm.STRIPPED_PREFIXES"].value) == {"www.", "*."}


@pytest.mark.parametrize(
    ("name", "validation_domain"),
    [
        ("example.com", "www.example.com"),
        ("notexample.com", "example.com"),
        ("*.example.com", "a.example.com"),
        ("www.example.com", "example.org"),
    ],
)
def test_a_validation_domain_must_contain_the_name(name, validation_domain):
    """A validation domain that does not contain the name is rejected; the error names both."""
    with pytest.raises(InvalidArgument, match="is neither") as caught:
        validation_contacts(name, validation_domain=validation_domain)
    assert f"`{validation_domain}`" in str(caught.value)
    assert f"`{name}`" in str(caught.value)


def test_invalid_names_are_rejected():
    """An invalid name, or a wildcard as validation domain, raises `InvalidName`."""
    for name, domain in [("localhost", None), ("a.example.com", "*.example.com")]:
        with pytest.raises(InvalidName):
            validation_contacts(name, validation_domain=domain)


def test_there_are_no_contacts_before_the_launch():
    """A day before the launch raises `InvalidArgument`."""
    with pytest.raises(InvalidArgument, match="2016-01-21"):
        validation_contacts("example.com", as_of=LAUNCH - timedelta(1))


def test_the_examples_run():
    """The examples in the docstrings are correct."""
    failed, attempted = doctest.testmod(contacts)
    assert attempted
    assert not failed


def test_whois_contacts_may_be_a_mapping():
    """A mapping has the fields of the value; another key is rejected."""
    contacts = validation_contacts(
        "a.io", whois={"registrant": "owner@b.io"}, as_of=date(2018, 1, 1)
    )
    assert contacts[-1].address == "owner@b.io"
    with pytest.raises(TypeError, match="has no field 'owner'"):
        validation_contacts("a.io", whois={"owner": "owner@b.io"})
