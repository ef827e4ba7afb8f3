"""The use of quotas by certificates and their edits."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from acmrules.analysis.calendar import certificates
from acmrules.analysis.issuance import IssuanceRate, IssuedCertificate
from acmrules.analysis.quotas import IN_A_YEAR, IN_PLACE, QuotaScope, usage, uses
from acmrules.limits import Quotas
from acmrules.model.declaration import Declaration, Variant
from acmrules.renewal import Interval
from acmrules.request import CertificateRequest, Tool
from acmrules.suffix_lists import default_suffixes
from acmrules.syntax.source import Source
from acmrules.unresolved import Unknown, Unresolved
from acmrules.workspace.resolver import SettingsResolver
from acmrules.workspace.settings import Setting, Settings
from acmrules.x509 import ImportedCertificate

TODAY = date(2026, 11, 23)
NOWHERE = QuotaScope(None, None)


def lookup(**stated):
    settings = {tuple(key.split("__")): Setting(value, "here") for key, value in stated.items()}
    return SettingsResolver(Settings(settings), TODAY, default_suffixes)


def declared(*choices, tool=Tool.API, name="site.yaml"):
    variants = tuple(
        Variant(None, (), {}, imported=each)
        if isinstance(each, ImportedCertificate)
        else Variant(each, (), {})
        for each in choices
    )
    [found] = certificates([Declaration(Source(name, ""), tool, "Certificate", variants)])
    return found


def request_in(region=None, **fields):
    return CertificateRequest.of(["a.io"], region=region, **fields)


def counted(*known, quotas=IN_PLACE, **stated):
    found = uses([(each, True) for each in known], lookup(**stated), TODAY, quotas)
    return {(use.scope.region, use.quota): use.number for use in found}


ONE, MAYBE = Interval(1, 1), Interval(0, 1)
PRIVATE = request_in(certificate_authority_arn="arn:aws:acm-pca:x")


@pytest.mark.parametrize(
    ("certificate", "numbers"),
    [
        (declared(request_in()), {(None, "certificates"): ONE}),
        (declared(request_in("eu-west-1")), {("eu-west-1", "certificates"): ONE}),
        (declared(request_in(Unresolved((Unknown("${R}"),)))), {(None, "certificates"): ONE}),
        (declared(PRIVATE), {}),
        (declared(ImportedCertificate()), {(None, "imported_certificates"): ONE}),
        (declared(request_in(), None), {(None, "certificates"): MAYBE}),
        (declared(request_in(), PRIVATE), {(None, "certificates"): MAYBE}),
        (declared(request_in(), tool=Tool.NAMES), {(None, "certificates"): MAYBE}),
        (
            declared(request_in("eu-west-1"), request_in("us-east-1")),
            {("eu-west-1", "certificates"): MAYBE, ("us-east-1", "certificates"): MAYBE},
        ),
        (
            declared(request_in(), ImportedCertificate()),
            {(None, "certificates"): MAYBE, (None, "imported_certificates"): MAYBE},
        ),
    ],
)
def test_what_counts(certificate, numbers):
    """Public and imported certificates count, and uncertain ones possibly."""
    assert counted(certificate) == numbers


@given(st.lists(st.sampled_from(["eu-west-1", "us-east-1", None]), max_size=6))
def test_sums(regions):
    """Certificates count by Region."""
    found = counted(*(declared(request_in(region)) for region in regions))
    expected = {(r, "certificates"): Interval(regions.count(r), regions.count(r)) for r in regions}
    assert found == expected


def test_requests_and_imports():
    """The yearly quotas count requests and imports."""
    found = counted(declared(request_in()), declared(ImportedCertificate()), quotas=IN_A_YEAR)
    assert found == {(None, "yearly_requests"): ONE, (None, "yearly_imports"): ONE}


def test_unsure_edits():
    """Uncertain certificates possibly count."""
    [use] = uses([(declared(request_in()), False)], lookup(), TODAY, IN_A_YEAR)
    assert use.number == MAYBE


class TestBounds:
    """The quota is that of the settings, or else the default."""

    @pytest.mark.parametrize(
        ("stated", "bound"),
        [
            ({}, (2_500, False)),
            ({"quotas__certificates": 7}, (7, True)),
            ({"quotas__certificates__eu-west-1": 8}, (8, True)),
            ({"quotas__certificates__us-east-1": 8}, (2_500, False)),
            ({"quotas__certificates__111122223333": 9, "account": "111122223333"}, (9, True)),
            ({"quotas__certificates__111122223333": 9, "account": "444455556666"}, (2_500, False)),
            ({"quotas__names": 50}, (2_500, False)),
        ],
    )
    def test_quotas_of_settings(self, stated, bound):
        """The most specific setting applies."""
        [use] = uses([(declared(request_in("eu-west-1")), True)], lookup(**stated), TODAY, IN_PLACE)
        assert (use.bound, use.is_stated) == bound
        assert use.scope == QuotaScope(stated.get("account"), "eu-west-1")

    def test_of_the_day(self):
        """The default depends on the date."""
        [use] = uses([(declared(request_in()), True)], lookup(), date(2019, 1, 1), IN_A_YEAR)
        assert use.bound == Quotas.on(as_of=date(2019, 1, 1)).yearly_requests == 2_000

    def test_wrong_settings(self, tmp_path):
        """With invalid settings, the defaults apply."""
        (tmp_path / ".acmrules.toml").write_text("no = ")
        certificate = declared(request_in(), name=str(tmp_path / "a.yaml"))
        [use] = uses([(certificate, True)], lookup(), TODAY, IN_PLACE)
        assert (use.scope, use.bound) == (NOWHERE, 2_500)

    @pytest.mark.parametrize(("bound", "exceeded"), [(1, True), (2, False)])
    def test_exceeded(self, bound, exceeded):
        """A number above the quota exceeds it."""
        known = [(declared(request_in()), True)] * 2
        [use] = uses(known, lookup(quotas__certificates=bound), TODAY, IN_PLACE)
        assert use.is_exceeded is exceeded
        assert use.share == Interval(2 / bound, 2 / bound)

    def test_maybe_exceeded(self):
        """Uncertain certificates do not exceed a quota."""
        known = [(declared(request_in(), None), True)] * 2
        [use] = uses(known, lookup(quotas__certificates=1), TODAY, IN_PLACE)
        assert not use.is_exceeded


def issued(days, *firsts, sure=True):
    begin = date.fromordinal(TODAY.toordinal() - days + 1)
    made = tuple(
        IssuedCertificate("c", TODAY, declared(request_in()), sure, first) for first in firsts
    )
    return IssuanceRate(begin, TODAY, len(firsts), made, 0)


class TestPaces:
    """The estimate for a year."""

    @given(st.integers(30, 400), st.lists(st.booleans(), max_size=5))
    def test_in_proportion(self, days, firsts):
        """The estimate is proportional to the days, without the first commit."""
        found = usage([], issued(days, *firsts), lookup(), TODAY)
        assert sum(use.number.least for use in found.made) == len(firsts)
        later = firsts.count(False)
        assert sum(use.number.least for use in found.yearly) == pytest.approx(later * 365 / days)

    @pytest.mark.parametrize(("days", "has_pace"), [(29, False), (30, True)])
    def test_too_few_days(self, days, has_pace):
        """Few days allow no estimate."""
        found = usage([], issued(days, False), lookup(), TODAY)
        assert found.has_pace is has_pace
        assert bool(found.yearly) is has_pace

    def test_unknown_history(self):
        """Without a history, only the files count."""
        found = usage([declared(request_in())], "no git", lookup(), TODAY)
        assert (len(found.in_place), found.made, found.yearly) == (1, (), ())
        assert (found.issuance, found.unknown, found.has_pace) == (None, "no git", False)

    @pytest.mark.parametrize(
        ("stated", "exceeded"),
        [
            ({"quotas__yearly-requests": 1}, True),
            ({"quotas__yearly-requests": 2}, False),
            ({"quotas__certificates": 1}, True),
        ],
    )
    def test_exceeded(self, stated, exceeded):
        """Only counted certificates exceed a quota, not estimates."""
        known = [declared(request_in())] * 2
        found = usage(known, issued(30, False, False), lookup(**stated), TODAY)
        assert found.is_exceeded is exceeded
