"""What to ask DNS next: the rounds end, and each query has a reason."""

from hypothesis import given, settings
from hypothesis import strategies as st
from tests.support.dns_certificates import certificate, validation

from acmrules.diagnosis import (
    AnswerStatus,
    DnsAnswer,
    DnsAnswers,
    DnsQuery,
    DnsRecord,
    ValidationStatus,
)
from acmrules.diagnosis.dns.queries import next_queries
from acmrules.request import ValidationMethod

MOST_ROUNDS = 24
NAMES = ("example.com", "*.example.com", "www.example.com", "a.b.shop.example.co.uk")


def asked(query, status=AnswerStatus.NOERROR, records=(), zone="example.com"):
    """Return an answer to a query, from whom it asks."""
    servers = () if query.to_resolver else ("ns1.example.net",)
    return DnsAnswer(
        query.name,
        query.type,
        status,
        records,
        server="192.0.2.53" if query.to_resolver else "ns1.example.net",
        checks_dnssec=query.checks_dnssec,
        zone="" if query.to_resolver else zone,
        zone_servers=servers,
    )


validations = st.builds(
    validation,
    st.sampled_from(NAMES),
    st.sampled_from(ValidationMethod),
    st.sampled_from(ValidationStatus),
)
certificates = st.lists(validations, min_size=1, max_size=4).map(lambda v: certificate(*v))
owners = st.sampled_from(
    ("_x1.example.com", "example.com", "t1.example.net", "t2.example.net", "t3.example.net", "com")
)
records = st.lists(
    st.builds(DnsRecord, owners, st.sampled_from(("CNAME", "A", "CAA")), owners), max_size=3
).map(tuple)


@settings(max_examples=100, deadline=None)
@given(certificates, st.data())
def test_the_rounds_end_whatever_the_answers_are(one, data):
    """After a few rounds nothing is left to ask, if each query has an answer."""
    known = ()
    for _ in range(MOST_ROUNDS):
        queries = next_queries([one], DnsAnswers(known))
        if not queries:
            return
        known += tuple(
            asked(
                query,
                data.draw(st.sampled_from(AnswerStatus)),
                data.draw(records),
                data.draw(st.sampled_from(("example.com", "com", "b.shop.example.co.uk", ""))),
            )
            for query in queries
        )
    raise AssertionError(queries)


@given(certificates, st.data())
def test_no_query_is_asked_twice(one, data):
    """A query that has an answer does not come again, and no round contains a query twice."""
    known, seen = (), []
    for _ in range(MOST_ROUNDS):
        queries = next_queries([one], DnsAnswers(known))
        seen += queries
        known += tuple(asked(query, records=data.draw(records)) for query in queries)
    assert len(seen) == len({*seen})


@given(certificates)
def test_a_validated_name_is_never_asked_about(one):
    """A certificate without the names that are validated has the same queries."""
    left = tuple(v for v in one.validations if v.status is not ValidationStatus.SUCCESS)
    rest = one.__replace__(validations=left)
    assert next_queries([one], DnsAnswers()) == next_queries([rest], DnsAnswers())


def test_the_first_round_asks_for_the_record_and_the_climb_of_caa():
    """The servers of the zone, the resolver, and each name up to the top-level domain."""
    assert next_queries([certificate(validation("*.www.example.com"))], DnsAnswers()) == (
        DnsQuery("_x1.www.example.com", "CNAME", to_all=True),
        DnsQuery("_x1.www.example.com", "CNAME", to_resolver=True),
        DnsQuery("www.example.com", "CAA", to_resolver=True),
        DnsQuery("www.example.com", "CAA"),
        DnsQuery("example.com", "CAA"),
        DnsQuery("com", "CAA"),
    )


def test_a_name_and_its_wildcard_have_the_queries_of_one():
    """They share their validation record."""
    both = certificate(validation("example.com"), validation("*.example.com"))
    one = certificate(validation("example.com"))
    assert next_queries([both], DnsAnswers()) == next_queries([one], DnsAnswers())


def second_round(first, certificate_, **answer):
    """Return what is asked after one query of the first round has a given answer."""
    queries = next_queries([certificate_], DnsAnswers())
    known = tuple(
        asked(query, **answer) if query == first else asked(query, AnswerStatus.NOERROR)
        for query in queries
        if query == first or query.type != first.type
    )
    return [q for q in next_queries([certificate_], DnsAnswers(known)) if q not in queries]


RECORD = DnsQuery("_x1.www.example.com", "CNAME", to_all=True)


def test_an_absent_record_is_sought_where_it_is_written_by_mistake():
    """Doubled domains, a dropped underscore, dropped labels, and other types at the name."""
    found = second_round(
        RECORD, certificate(validation("www.example.com")), status=AnswerStatus.NXDOMAIN
    )
    assert {(q.name, q.type) for q in found} == {
        ("_x1.www.example.com", "A"),
        ("_x1.www.example.com", "AAAA"),
        ("_x1.www.example.com", "TXT"),
        ("_x1.www.example.com.example.com", "CNAME"),
        ("_x1.www.example.com.www.example.com", "CNAME"),
        ("x1.www.example.com", "CNAME"),
        ("_x1.example.com", "CNAME"),
        ("example.com", "NS"),
        ("example.com", "DS"),
    }


def test_a_failure_is_asked_again_without_dnssec():
    """The difference shows whether DNSSEC is the reason."""
    query = DnsQuery("_x1.www.example.com", "CNAME", to_resolver=True)
    one = certificate(validation("www.example.com"))
    found = second_round(query, one, status=AnswerStatus.SERVFAIL)
    assert query.__replace__(checks_dnssec=False) in found


def test_another_target_is_followed_and_its_wildcard_sought():
    """A chain of aliases is followed to its end; a wildcard may be where it begins."""
    alias = (DnsRecord("_x1.www.example.com", "CNAME", "elsewhere.example.net"),)
    found = second_round(RECORD, certificate(validation("www.example.com")), records=alias)
    assert DnsQuery("elsewhere.example.net", "CNAME") in found
    assert DnsQuery("*.www.example.com", "CNAME") in found
    assert DnsQuery("*.example.com", "CNAME") in found


def test_the_caa_records_of_an_alias_are_those_of_its_target():
    """The target is asked too, but not the names above it (RFC 8659)."""
    query = DnsQuery("www.example.com", "CAA")
    alias = (DnsRecord("www.example.com", "CNAME", "shop.example.net"),)
    found = second_round(query, certificate(validation("www.example.com")), records=alias)
    assert [q for q in found if "net" in q.name] == [DnsQuery("shop.example.net", "CAA")]


def test_email_validation_asks_for_the_mail_servers_of_the_domain_that_acm_writes_to():
    """ACM removes one `www.`, and reads the validation domain."""
    one = certificate(validation("www.example.com", ValidationMethod.EMAIL))
    assert DnsQuery("example.com", "MX") in next_queries([one], DnsAnswers())


def test_http_validation_asks_for_addresses_up_to_cloudfront():
    """An alias of CloudFront is not followed."""
    one = certificate(validation("www.example.com", ValidationMethod.HTTP))
    query = DnsQuery("www.example.com", "A")
    assert query in next_queries([one], DnsAnswers())
    alias = (DnsRecord("www.example.com", "CNAME", "d111111abcdef8.cloudfront.net"),)
    found = second_round(query, one, records=alias)
    assert DnsQuery("d111111abcdef8.cloudfront.net", "A") not in found
