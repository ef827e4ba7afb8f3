"""The calendar: pages, changes, stopped renewals, and migrations to DNS."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.support.cloudformation import read
from tests.support.requests import certificate_requests, imported_certificates

from acmrules.analysis.calendar import FACTS, LAST_TURN, calendar, certificates
from acmrules.changes import Verdict
from acmrules.facts import sources
from acmrules.facts.fact import CHECKED, LAUNCH
from acmrules.model.declaration import Declaration, Variant
from acmrules.model.inventory import Inventory, Located, take_inventory
from acmrules.model.placed import Location
from acmrules.names import DomainName
from acmrules.renewal import Interval, foreseen_validity
from acmrules.request import (
    CertificateRequest,
    RootHierarchyType,
    Tool,
    ValidationMethod,
    ValidationOption,
)
from acmrules.resources import CaaRecordSet, Zone
from acmrules.syntax.source import Source
from acmrules.unresolved import Unknown, Unresolved, UnresolvedNames
from acmrules.workload import Workload, yearly_workload
from acmrules.x509 import Certificate, ImportedCertificate

SUNSET = date(2028, 3, 15)
END = date(2029, 3, 15)
NONE = Interval(0, 0)
X = Unresolved((Unknown("${X}"),))


def declaration(*choices, tool=Tool.API):
    return Declaration(
        None,
        tool,
        "Certificate",
        tuple(
            Variant(None, (), {}, imported=each)
            if isinstance(each, ImportedCertificate)
            else Variant(each, (), {})
            for each in choices
        ),
    )


def declarations():
    """Draw declarations with one certificate in one or two cases, or with none."""
    choice = st.none() | certificate_requests() | imported_certificates()
    return st.builds(
        lambda choices, tool: declaration(*choices, tool=tool),
        st.lists(choice, min_size=1, max_size=2),
        st.sampled_from(Tool),
    )


def calendar_of(*found, as_of=CHECKED, until=END, zones=()):
    return calendar(Inventory(found, zones), as_of, until)


def mailed(*names, **fields):
    return CertificateRequest.of(names, validation_method="EMAIL", **fields)


def imported(first, last, name="CN=a.io"):
    leaf = Certificate(name, "CN=CA", 1, 3, "RSA_2048", "RSA", first, last, 700)
    return ImportedCertificate(leaf=leaf)


def spells():
    """Draw pairs of dates since the launch of ACM, the earlier one first."""
    known = st.dates(LAUNCH, date(2030, 12, 31))
    return st.tuples(known, known).map(sorted)


class TestPages:
    """There is a page for the first date, and for each date with a change."""

    @given(st.lists(declarations(), max_size=2), spells())
    def test_by_day(self, found, spell):
        """The dates ascend, and each later page has changes."""
        as_of, until = spell
        pages = calendar_of(*found, as_of=as_of, until=until).pages
        days = [page.day for page in pages]
        assert days == sorted(set(days))
        assert days[0] == as_of
        assert days[-1] <= until
        assert not pages[0].changes
        assert all(page.changes for page in pages[1:])

    @given(st.lists(declarations(), max_size=2), spells())
    def test_sums(self, found, spell):
        """The total is the sum of the certificates' work."""
        drawn = calendar_of(*found, as_of=spell[0], until=spell[1])
        for page in drawn.pages:
            assert len(page.works) == len(drawn.certificates)
            for field in Workload._fields:
                parts = [getattr(work, field) for work in page.works]
                total = getattr(page.total, field)
                assert total.least == pytest.approx(sum(part.least for part in parts))
                assert (total.most is None) == (None in [part.most for part in parts])

    @given(declarations(), spells(), st.data())
    def test_nothing_changes_between_two_pages(self, found, spell, data):
        """The work on other dates is that of the previous page."""
        drawn = calendar_of(found, as_of=spell[0], until=spell[1])
        day = data.draw(st.dates(*spell))
        page = [page for page in drawn.pages if page.day <= day][-1]
        works = [each.workload(day) for each in drawn.certificates]
        assert list(page.works) == works
        assert page.stopped == tuple(
            place for place, each in enumerate(drawn.certificates) if each.refusal(day)
        )

    def test_known_days(self):
        """The known dates in the future are those of the CA/Browser Forum."""
        days = [str(page.day) for page in calendar_of(declaration(mailed("a.io"))).pages]
        assert days == ["2026-11-29", "2026-12-15", "2027-03-15", "2028-03-15", "2029-03-15"]
        assert max(e.start for fact in FACTS for e in fact.history) == LAST_TURN == END

    def test_sentences(self):
        """A change has the fact, the old value, and the source."""
        [_, perspectives, page, *_] = calendar_of(declaration(mailed("a.io"))).pages
        assert [change.sentence for change in perspectives.changes] == [
            "Minimum number of remote network perspectives from which a CA must check: 5 (was 4)"
        ]
        assert [change.sentence for change in page.changes] == [
            f"{what}: 100 (was 200)"
            for what in (
                "Maximum validity of a public certificate in days",
                "Maximum number of days for which a CA may reuse the validation of a name",
            )
        ]
        assert {change.source for change in page.changes} == {sources.BR}

    @pytest.mark.parametrize(
        ("one", "caa", "concerned"),
        [
            ({"validation_method": "DNS"}, "", {"perspectives", "validity", "reuse"}),
            ({"validation_method": "EMAIL"}, "", {"perspectives", "validity", "reuse", "mail"}),
            ({"validation_method": X}, "", {"perspectives", "validity", "reuse", "mail"}),
            ({"certificate_authority_arn": "x"}, "validationmethods=ca-tbr-7", set()),
            (
                {"validation_method": "DNS"},
                "ValidationMethods=ca-tbr-7",
                {"perspectives", "validity", "reuse", "parameters"},
            ),
            (
                {"validation_method": "DNS"},
                "accounturi=x",
                {"perspectives", "validity", "reuse", "parameters"},
            ),
            (
                {"validation_method": "DNS", "extended_key_usages": ("clientAuth",)},
                "policy=ev",
                {"perspectives", "validity", "reuse", "`clientAuth`"},
            ),
            (
                {"certificate_authority_arn": "x", "extended_key_usages": ("clientAuth",)},
                "",
                set(),
            ),
        ],
    )
    def test_rows_that_concern_no_certificate_are_left_out(self, one, caa, concerned):
        """A change is shown if it concerns a method, a usage or a CAA record in the files."""
        records = CaaRecordSet(DomainName("a.io"), (f'0 issue "amazon.com; {caa}"',), "Caa")
        request = declaration(CertificateRequest.of(["a.io"], **one))
        pages = calendar(Inventory((request,), (), (Located(None, records),)), CHECKED, END).pages
        sentences = {change.sentence.lower() for page in pages for change in page.changes}
        words = {"perspectives", "validity", "reuse", "mail", "parameters", "`clientauth`"}
        found = {word for word in words if any(word in sentence for sentence in sentences)}
        assert found == {word.lower() for word in concerned}
        if "parameters" in concerned or "`clientAuth`" in concerned:
            [page] = [page for page in pages if page.day == date(2027, 3, 15)]
            assert len(page.changes) == 3

    def test_imports_have_only_the_limit_of_public_cas(self):
        """An import is not validated by ACM, and its validity has the limit of public CAs."""
        pages = calendar_of(declaration(imported(date(2026, 1, 1), date(2026, 4, 1)))).pages
        changes = {(str(page.day), len(page.changes)) for page in pages[1:]}
        assert changes == {("2027-03-15", 1), ("2029-03-15", 1)}

    def test_no_value_before(self):
        """The first value of a fact has no old value."""
        pages = calendar_of(as_of=LAUNCH, until=date(2018, 3, 1)).pages
        assert all("(was " not in change.sentence for page in pages[:1] for change in page.changes)

    def test_own_days(self):
        """The dates of an imported certificate are changes without a source."""
        certificate = imported(date(2026, 12, 1), date(2026, 12, 31))
        pages = calendar_of(declaration(certificate), until=date(2027, 1, 1)).pages
        assert [(str(p.day), [(t.sentence, t.source) for t in p.changes]) for p in pages] == [
            ("2026-11-29", []),
            ("2026-12-01", [("`CN=a.io` becomes valid", None)]),
            ("2027-01-01", [("`CN=a.io` has expired", None)]),
        ]

    def test_before_acm(self):
        """A date before the launch of ACM raises an error."""
        with pytest.raises(ValueError, match="2016-01-21"):
            calendar_of(declaration(mailed("a.io")), as_of=date(2016, 1, 20))


class TestCertificates:
    """The certificates and their properties."""

    def test_others(self):
        """Consumers and certificate chains are not certificates."""
        chain = ImportedCertificate(chain=imported(CHECKED, CHECKED).certificates)
        assert certificates([declaration(None), declaration(chain)]) == ()
        assert len(certificates([declaration(ImportedCertificate())])) == 1

    @pytest.mark.parametrize(
        ("choices", "methods"),
        [
            ((mailed("a.io"),), ("EMAIL",)),
            ((CertificateRequest.of(["a.io"]),), ("EMAIL",)),
            ((mailed("a.io").__replace__(validation_method=X),), ("not known",)),
            ((mailed("a.io", certificate_authority_arn="x"),), ("private CA",)),
            ((ImportedCertificate(),), ("imported",)),
            ((mailed("a.io"), None, ImportedCertificate()), ("EMAIL", "imported")),
            ((mailed("a.io"), mailed("b.io")), ("EMAIL",)),
        ],
    )
    def test_methods(self, choices, methods):
        """There is a method for each distinct choice."""
        [found] = certificates([declaration(*choices)])
        assert found.methods == methods

    def test_names_and_regions(self):
        """Several choices have a range of names, and possibly an unknown Region."""
        [found] = certificates(
            [
                declaration(
                    mailed("a.io", region="eu-west-1"), mailed("a.io", "b.io", region=X), None
                )
            ]
        )
        assert found.names == Interval(1, 2)
        assert found.regions == ("eu-west-1", None)
        [other] = certificates([declaration(ImportedCertificate())])
        assert (other.names, other.regions) == (None, (None,))

    def test_choices(self):
        """A certificate that may not exist may cause no work."""
        [found] = certificates([declaration(mailed("a.io"), None)])
        work = yearly_workload(mailed("a.io"), as_of=CHECKED)
        assert found.workload(CHECKED) == work | Workload()

    def test_places(self):
        """A certificate without a source has no location."""
        text = (
            "Resources:\n  Certificate:\n    Type: AWS::CertificateManager::Certificate\n"
            "    Properties: {DomainName: a.io, ValidationMethod: EMAIL}\n"
        )
        [found] = certificates(read(text))
        assert (found.file, found.line, found.address) == ("template.yaml", 2, "Certificate")
        [other] = certificates([declaration(mailed("a.io"))])
        assert (other.file, other.line) == ("", None)


class TestStops:
    """Renewals stop at the end of email validation."""

    def test_sunset(self):
        """Renewals stop on the date, and the last certificate expires later."""
        drawn = calendar_of(
            declaration(mailed("a.io")), declaration(CertificateRequest.of(["b.io"]))
        )
        dns = declaration(CertificateRequest.of(["c.io"], validation_method="DNS"))
        private = declaration(mailed("d.io", certificate_authority_arn="x"))
        assert [page.stopped for page in drawn.pages] == [(), (), (), (0, 1), (0, 1)]
        assert drawn.pages[3].day == SUNSET
        assert drawn.pages[3].last_end == date(2028, 6, 22)
        assert all(not page.stopped for page in calendar_of(dns, private).pages)

    @given(st.dates(LAUNCH + timedelta(1), date(2030, 1, 1)))
    def test_last_end(self, day):
        """A certificate that is renewed the day before has its whole validity."""
        [page] = calendar_of(as_of=day, until=day).pages
        before = day - timedelta(1)
        assert (page.last_end - before).days == foreseen_validity(as_of=before).days


class TestMoves:
    """The migration to DNS validation."""

    @pytest.mark.parametrize(
        ("tool", "as_of", "verdict"),
        [
            (Tool.API, CHECKED, Verdict.IN_PLACE),
            (Tool.CLOUDFORMATION, CHECKED, Verdict.IN_PLACE),
            (Tool.TERRAFORM, CHECKED, Verdict.REPLACEMENT),
            (Tool.API, date(2026, 7, 8), Verdict.REPLACEMENT),
            (Tool.CLOUDFORMATION, date(2026, 7, 8), Verdict.REPLACEMENT),
        ],
    )
    def test_tools(self, tool, as_of, verdict):
        """The migration is in place if ACM and the tool support it."""
        [move] = calendar_of(declaration(mailed("a.io"), tool=tool), as_of=as_of).moves
        assert move.change.verdict is verdict
        assert move.may_stay is (as_of == CHECKED)

    def test_validation_domains(self):
        """In CloudFormation, removing validation domains requires a new certificate."""
        option = ValidationOption(DomainName("a.b.io"), DomainName("b.io"))
        requested = mailed("a.b.io", validation_options=(option,))
        for tool, verdict in (
            (Tool.CLOUDFORMATION, Verdict.REPLACEMENT),
            (Tool.API, Verdict.IN_PLACE),
        ):
            [move] = calendar_of(declaration(requested, tool=tool)).moves
            assert move.change.verdict is verdict
        kept = mailed("a.b.io", validation_options=(ValidationOption(DomainName("a.b.io")), X))
        [move] = calendar_of(declaration(kept, tool=Tool.CLOUDFORMATION)).moves
        assert move.change.verdict is Verdict.IN_PLACE

    def test_records(self):
        """A name and its wildcard share a record, and unknown names need more."""
        names = mailed("a.io", "*.a.io", "www.a.io").names
        open_names = (*names, X, UnresolvedNames(Unknown("${Y}")))
        [move] = calendar_of(declaration(CertificateRequest(open_names))).moves
        assert [(record.name, record.names) for record in move.records] == [
            ("_<token>.a.io", ("a.io", "*.a.io")),
            ("_<token>.www.a.io", ("www.a.io",)),
            ("_<token>.${X}", ("${X}",)),
        ]
        assert not move.is_complete
        [whole] = calendar_of(declaration(mailed("a.io"))).moves
        assert whole.is_complete

    def test_zones(self):
        """The most specific public zone is used, unless another one is unknown."""
        zones = tuple(
            Located(Location(Source("zones.yaml", ""), 0, 0), Zone(name, "Z1", str(name), private))
            for name, private in (
                (DomainName("a.io"), False),
                (DomainName("b.a.io"), True),
            )
        )
        [move] = calendar_of(declaration(mailed("x.b.a.io", "c.io")), zones=zones).moves
        first, second = move.records
        assert ([str(zone.thing.name) for zone in first.zones], first.is_sure) == (["a.io"], True)
        assert (second.zones, second.is_sure) == ((), True)
        unknown = Located(Location(Source("zones.yaml", ""), 0, 0), Zone(X, "Z1", "Zone"))
        [move] = calendar_of(declaration(mailed("c.io")), zones=(unknown,)).moves
        assert not move.records[0].is_sure

    @given(declarations())
    def test_certificates_with_email_validation_move(self, found):
        """Exactly the certificates with email validation have a migration."""
        drawn = calendar_of(found)
        by_mail = [each for each in drawn.certificates if "EMAIL" in each.methods]
        assert [move.certificate for move in drawn.moves] == by_mail


def test_dns_needs_no_manual_work():
    """DNS validation needs no manual work."""
    requested = CertificateRequest.of(["a.io", "*.a.io"], validation_method="DNS")
    for page in calendar_of(declaration(requested)).pages:
        assert page.total.by_hand == page.total.mails == NONE
        assert page.total.renewals.least > 0


def test_n2_certificates():
    """The calendar has the day on which N2 certificates came, if files request one."""
    first = date(2026, 11, 19)
    standard = CertificateRequest.of(["a.io"], validation_method="DNS")
    wanted = standard.__replace__(root_hierarchy=RootHierarchyType.N2_AMAZON_MANAGED)
    for request, expected in ((standard, False), (wanted, True)):
        drawn = calendar_of(declaration(request), as_of=date(2026, 11, 1))
        assert (first in [page.day for page in drawn.pages]) == expected
        [certificate] = drawn.certificates
        assert certificate.hierarchies(date(2026, 11, 18)) == {None}
        assert certificate.hierarchies(first) == {request.root_hierarchy}


def test_the_validity_of_others_does_not_concern_n2_certificates():
    """The limit for public certificates is left out unless a certificate has it."""
    standard = CertificateRequest.of(["a.io"], validation_method="DNS")
    managed = standard.__replace__(root_hierarchy=RootHierarchyType.N2_AMAZON_MANAGED)
    signed = standard.__replace__(root_hierarchy=RootHierarchyType.N2_SFG2_AMAZON_MANAGED)
    for requests, expected in (
        ((managed,), False),
        ((signed,), True),
        ((managed, standard), True),
    ):
        drawn = calendar_of(*map(declaration, requests))
        said = [change.sentence for page in drawn.pages for change in page.changes]
        assert any("Maximum validity of a public" in text for text in said) == expected
        assert any("network perspectives" in text for text in said)


def test_inventories():
    """The calendar of files is that of their inventory."""
    text = (
        "Resources:\n  Zone:\n    Type: AWS::Route53::HostedZone\n    Properties: {Name: a.io}\n"
        "  Certificate:\n    Type: AWS::CertificateManager::Certificate\n"
        "    Properties: {DomainName: a.io, ValidationMethod: EMAIL}\n"
    )
    [move] = calendar(take_inventory(read(text)), CHECKED, END).moves
    assert move.change.verdict is Verdict.IN_PLACE
    assert move.certificate.requests[0].validation_method is ValidationMethod.EMAIL
