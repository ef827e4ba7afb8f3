"""The yearly work for a certificate: laws for any request and day, and figures for examples."""

import doctest
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.support.requests import certificate_requests, imported_certificates, listed_names
from tests.support.strategies import meanings, unresolved_names

from acmrules import workload as module
from acmrules.errors import InvalidArgument
from acmrules.facts import sources
from acmrules.facts.fact import LAUNCH
from acmrules.names import parse_name
from acmrules.renewal import Interval, max_validity_days, renewal_pace
from acmrules.request import (
    WITH_TERRAFORM_PROVIDER,
    CertificateRequest,
    RootHierarchyType,
    Tool,
    ValidationMethod,
)
from acmrules.strategies import name_lists
from acmrules.unresolved import Malformed, Unknown, Unresolved, UnresolvedNames, read_name
from acmrules.validation import validation_plan
from acmrules.workload import (
    Workload,
    imported_days,
    number_of_names,
    stated_method,
    yearly_workload,
)
from acmrules.x509 import Certificate, ImportedCertificate

NONE = Interval(0, 0)
TODAY = date(2026, 11, 23)
SUNSET = date(2028, 3, 15)
NO_PROBES = sources.COPY_26Q3
X = Unresolved((Unknown("${X}"),))


def since_launch():
    return st.dates(LAUNCH, date(2030, 12, 31))


def mailed(*names, **fields):
    return CertificateRequest.of(names, validation_method="EMAIL", **fields)


def lasting(first, last, *, issuer="CN=CA"):
    """Return an import of a certificate that is valid between two days."""
    return ImportedCertificate(
        leaf=Certificate("CN=a.io", issuer, 1, 3, "RSA_2048", "RSA", first, last, 700)
    )


def holds(amount, number):
    return amount.least <= number and (amount.most is None or number <= amount.most + 1e-9)


def is_within(work, wider):
    """Return whether a workload is within the bounds of another one."""
    return all(
        getattr(wider, field).least <= getattr(work, field).least + 1e-9
        and (
            getattr(wider, field).most is None
            or (
                getattr(work, field).most is not None
                and getattr(work, field).most <= getattr(wider, field).most + 1e-9
            )
        )
        for field in Workload._fields
    )


class TestAnyRequest:
    """Any request, on any day."""

    @given(certificate_requests(), st.sampled_from(Tool), since_launch())
    def test_bounds(self, request, tool, day):
        """No bound is negative, and the lower one is not above the other."""
        work = yearly_workload(request, tool=tool, as_of=day)
        for field in Workload._fields:
            amount = getattr(work, field)
            assert amount.least >= 0
            assert amount.most is None or amount.least <= amount.most

    @given(certificate_requests(), st.sampled_from(Tool), since_launch())
    def test_parts_and_sum(self, request, tool, day):
        """Manual work is the sum of approvals, imports and exports."""
        work = yearly_workload(request, tool=tool, as_of=day)
        assert work.by_hand == work.approvals + work.imports + work.exports
        assert work + Workload() == work
        assert (work + work).by_hand.least == pytest.approx(2 * work.by_hand.least)

    @given(certificate_requests(), since_launch())
    def test_records_and_content_need_no_approval(self, request, day):
        """Validation by DNS or HTTP needs no approval and sends no mail."""
        for method in ("DNS", "HTTP"):
            requested = request.__replace__(validation_method=ValidationMethod(method))
            work = yearly_workload(requested, as_of=day)
            assert work.approvals == work.mails == work.imports == NONE

    @given(certificate_requests(), listed_names(), st.sampled_from(Tool), since_launch())
    def test_more_names_are_not_less_work(self, request, name, tool, day):
        """One more name never means less work, except while an approval was for a domain."""
        day = max(day, date(2020, 11, 1))
        more = request.__replace__(names=(*request.names, name))
        less, work = (yearly_workload(each, tool=tool, as_of=day) for each in (request, more))
        for field in Workload._fields:
            before, after = getattr(less, field), getattr(work, field)
            assert before.least <= after.least
            assert after.most is None or (before.most is not None and before.most <= after.most)

    @given(certificate_requests(), since_launch(), st.sampled_from(ValidationMethod))
    def test_unknown_methods(self, request, day, method):
        """Bounds for an unknown method contain the work of each method."""
        open_one = request.__replace__(validation_method=X)
        if method.value in module.acm.VALIDATION_METHODS.era(day).value:
            known = yearly_workload(request.__replace__(validation_method=method), as_of=day)
            assert is_within(known, yearly_workload(open_one, as_of=day))

    @given(certificate_requests(), since_launch(), st.sampled_from(RootHierarchyType))
    def test_unknown_hierarchies(self, request, day, hierarchy):
        """Bounds for an unknown root hierarchy contain the work of each hierarchy."""
        known = yearly_workload(request.__replace__(root_hierarchy=hierarchy), as_of=day)
        open_one = yearly_workload(request.__replace__(root_hierarchy=X), as_of=day)
        assert is_within(known, open_one)

    def test_the_pace_is_that_of_all_hierarchies(self):
        """With DNS, the renewals a year are those of the slowest to the fastest hierarchy."""
        requested = CertificateRequest.of(["a.io"], validation_method="DNS", root_hierarchy=X)
        paces = [
            renewal_pace(as_of=TODAY, root_hierarchy=each) for each in (None, *RootHierarchyType)
        ]
        expected = paces[0] | paces[1] | paces[2]
        assert expected != paces[0]
        assert yearly_workload(requested, as_of=TODAY).renewals == expected

    @given(certificate_requests(), since_launch(), st.sampled_from(RootHierarchyType))
    def test_n2_certificates(self, request, day, hierarchy):
        """An N2 certificate is renewed at its own pace, a standard one before N2 existed."""
        fields = {"root_hierarchy": hierarchy, "certificate_authority_arn": None}
        wanted = request.__replace__(**fields, validation_method=ValidationMethod.DNS)
        exists = day >= date(2026, 11, 19)
        pace = renewal_pace(as_of=day, root_hierarchy=hierarchy if exists else None)
        refused = day < date(2017, 11, 21)
        assert yearly_workload(wanted, as_of=day).renewals == (NONE if refused else pace)

    @given(certificate_requests(), since_launch())
    def test_private_authorities(self, request, day):
        """The rules of public CAs do not apply to a private one: all years are alike."""
        private = request.__replace__(certificate_authority_arn="arn:aws:acm-pca:x")
        work = yearly_workload(private, as_of=day)
        assert work == yearly_workload(private, as_of=TODAY)
        assert work.approvals == work.mails == NONE
        assert work.renewals == renewal_pace(private=True)


class TestEmail:
    """Each name is approved at each renewal."""

    @given(name_lists(), st.dates(NO_PROBES, SUNSET - timedelta(1)))
    def test_names_times_renewals(self, names, day):
        """There is one approval for each name and renewal, with five mails."""
        work = yearly_workload(mailed(*names), as_of=day)
        number = Interval(len(names), len(names))
        assert work.renewals == renewal_pace(as_of=day)
        assert work.approvals == number * renewal_pace(as_of=day)
        assert work.mails == number * Interval(5, 5) * renewal_pace(as_of=day)

    @given(name_lists(), st.dates(LAUNCH, SUNSET - timedelta(1)))
    def test_as_planned(self, names, day):
        """The upper bound is the plan for a renewal, with or without WHOIS contacts."""
        plan = validation_plan(names, "EMAIL", as_of=day).at_renewal
        work, pace = yearly_workload(mailed(*names), as_of=day), renewal_pace(as_of=day)
        if pace.most is not None:
            assert work.approvals.most == pytest.approx(plan.approvals * pace.most)
            assert holds(work.mails, plan.mails * pace.most)

    @given(name_lists(), st.dates(SUNSET, date(2030, 12, 31)))
    def test_after_the_sunset(self, names, day):
        """Without a renewal there is no work for it."""
        assert yearly_workload(mailed(*names), as_of=day) == Workload()

    @given(name_lists(), st.dates(LAUNCH, NO_PROBES - timedelta(1)))
    def test_probes(self, names, day):
        """While ACM probed the names itself, a renewal may have needed no approval."""
        assert yearly_workload(mailed(*names), as_of=day).approvals.least == 0

    def test_parents_approved_once(self):
        """Until November 2020 the approval of a domain covered its subdomains."""
        requested = mailed("a.io", "b.a.io", "c.a.io")
        before = yearly_workload(requested, as_of=date(2020, 10, 31)).approvals.most
        after = yearly_workload(requested, as_of=date(2020, 11, 1)).approvals.most
        assert after == pytest.approx(3 * before)

    def test_parents_among_unknown_names(self):
        """An unknown name may be the domain whose approval covered all others."""
        requested = mailed("b.a.io", "c.a.io")
        requested = requested.__replace__(names=(*requested.names, X))
        day = date(2020, 10, 31)
        assert yearly_workload(requested, as_of=day).approvals.most == pytest.approx(
            3 * renewal_pace(as_of=day).most
        )


class TestNames:
    """Distinct names are counted if their known parts differ."""

    @given(st.lists(unresolved_names(), min_size=1, max_size=4), meanings())
    def test_all_values(self, names, values):
        """The number is between the bounds for all values of the unknown parts."""
        written = [
            "".join(values[p.label] if isinstance(p, Unknown) else p for p in name.parts)
            for name in names
        ]
        assert holds(number_of_names(CertificateRequest(tuple(names))), len(set(written)))

    @pytest.mark.parametrize(
        ("names", "number"),
        [
            (("a.io", "A.io", "*.a.io"), Interval(2, 2)),
            ((X, Unresolved(("*.", *X.parts))), Interval(2, 2)),
            ((X, "a.io"), Interval(1, 2)),
            ((X, UnresolvedNames(Unknown("${Y}"))), Interval(1)),
            ((UnresolvedNames(Unknown("${Y}")),), Interval(1)),
            ((), Interval(1, 1)),
        ],
    )
    def test_examples(self, names, number):
        """An expression is one name, and an unknown list any number of names, at least one."""
        listed = tuple(read_name(name) if isinstance(name, str) else name for name in names)
        assert number_of_names(CertificateRequest(listed)) == number


class TestMethods:
    """The method is the requested one, or the default of the tool."""

    @pytest.mark.parametrize("tool", Tool)
    def test_defaults(self, tool):
        """Without a method, mail is sent; Terraform's provider and lists have no default."""
        is_open = tool in WITH_TERRAFORM_PROVIDER or tool is Tool.NAMES
        expected = None if is_open else ValidationMethod.EMAIL
        assert stated_method(CertificateRequest.of(["a.io"]), tool) is expected

    @pytest.mark.parametrize("method", [X, Malformed("dns")])
    def test_unknown_method(self, method):
        """An unknown or malformed method is not replaced by the default."""
        assert stated_method(CertificateRequest((), validation_method=method)) is None

    def test_unknown_on_a_day(self):
        """An unknown method may need no work, the work of email, or, later, no renewal at all."""
        requested = CertificateRequest((parse_name("a.io"),), validation_method=X)
        today, later = (yearly_workload(requested, as_of=day) for day in (TODAY, SUNSET))
        assert today.approvals == Interval(0, renewal_pace(as_of=TODAY).most)
        assert today.renewals == renewal_pace(as_of=TODAY)
        assert later.approvals == NONE
        assert later.renewals == Interval(0)


class TestExports:
    """A renewal creates a new key pair, so an exported certificate is exported again."""

    @pytest.mark.parametrize(
        ("export", "times"),
        [("ENABLED", Interval(1, 1)), ("DISABLED", NONE), (None, NONE), (X, Interval(0, 1))],
    )
    def test_once_for_each_renewal(self, export, times):
        """An exported certificate is exported again at each renewal."""
        requested = CertificateRequest.of(["a.io"], validation_method="DNS", export=export)
        assert yearly_workload(requested).exports == times * renewal_pace()


class TestImports:
    """ACM does not renew an imported certificate; its owner imports the next one."""

    @given(imported_certificates(), since_launch())
    def test_by_hand_only(self, certificate, day):
        """All work is manual imports, whose number has only a lower bound."""
        work = yearly_workload(certificate, as_of=day)
        assert work == Workload(imports=work.imports)
        assert work.imports.most is None
        assert work.imports.least * imported_days(certificate, day) == pytest.approx(365)

    @given(imported_certificates(), since_launch(), since_launch())
    def test_never_less_often(self, certificate, one, other):
        """The bounds only fall, so no later day needs fewer imports."""
        early, late = sorted((one, other))
        assert imported_days(certificate, late) <= imported_days(certificate, early)

    @pytest.mark.parametrize(
        ("certificate", "by_day"),
        [
            (ImportedCertificate(), (200, 100, 47)),
            (lasting(date(2026, 8, 1), date(2027, 2, 16)), (200, 100, 47)),
            (lasting(date(2026, 10, 1), date(2026, 12, 29)), (90, 90, 47)),
            (lasting(date(2026, 8, 1), date(2027, 2, 17)), (201, 201, 201)),
            (lasting(date(2014, 1, 1), date(2024, 1, 1)), (200, 100, 47)),
            (lasting(date(2026, 8, 1), date(2026, 8, 2), issuer="CN=a.io"), (2, 2, 2)),
            (lasting(date(2026, 8, 2), date(2026, 8, 1)), (1, 1, 1)),
        ],
    )
    def test_days(self, certificate, by_day):
        """An import lasts as long as the one before, or as the bound of public CAs allows."""
        days = (TODAY, date(2027, 3, 15), date(2029, 3, 15))
        assert tuple(imported_days(certificate, day) for day in days) == by_day

    def test_the_bound_of_the_first_day(self):
        """The first day of a certificate decides whether it can be from a public CA."""
        first = date(2026, 3, 14)
        whole = first + timedelta(max_validity_days(as_of=first) - 1)
        assert imported_days(lasting(first, whole), TODAY) == 200
        assert imported_days(lasting(first, whole + timedelta(1)), TODAY) == 399


def test_either_of_two():
    """If either of two requests may exist, the bounds are those of both."""
    assert Workload(Interval(1, 2)) | Workload() == Workload(Interval(0, 2))


def test_before_acm():
    """A day before the launch raises `InvalidArgument`."""
    for certificate in (mailed("a.io"), CertificateRequest.of(["a.io"], validation_method="DNS")):
        with pytest.raises(InvalidArgument, match="2016-01-21"):
            yearly_workload(certificate, as_of=date(2016, 1, 20))


def test_the_examples_run():
    """The examples in the docstrings are correct."""
    failed, attempted = doctest.testmod(module)
    assert attempted
    assert not failed
