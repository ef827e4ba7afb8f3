"""The use of quotas by certificates that exist, and the quotas in force."""

from datetime import date, timedelta
from types import SimpleNamespace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.support.shown_accounts import ACCOUNT, NOW, REGION, account_of, detail, listed

from acmrules.analysis.account_quotas import WithAccountQuotas, account_uses
from acmrules.diagnosis.certificate import CertificateType
from acmrules.limits import Quotas
from acmrules.model.account import ServiceQuota
from acmrules.renewal import Interval

TODAY = NOW.date()
QUOTA = ServiceQuota("L-F141DD1D", "ACM certificates", 20.0, ACCOUNT, REGION)
NAMES = ServiceQuota("L-FB94F0B0", "Domain names per ACM certificate", 50.0, ACCOUNT, REGION)


def uses(*details, **fields):
    account = account_of(*details, **fields)
    return {each.quota: each for each in account_uses(account, TODAY)}


def test_certificates_are_counted_where_they_are():
    """With a list of all certificates, the number is exact; the quota is the real one."""
    found = uses(detail(), detail(number=2), listed=(listed(),), quotas=(QUOTA,))
    use = found["certificates"]
    assert (use.number, use.bound, use.is_stated) == (Interval(2, 2), 20, True)
    assert (use.scope.account, use.scope.region) == (ACCOUNT, REGION)
    partly = uses(detail(), detail(number=2))["certificates"]
    assert (partly.number, partly.is_stated) == (Interval(2), False)


@pytest.mark.parametrize(("days", "expected"), [(0, True), (363, True), (366, False)])
def test_requests_of_the_last_year_are_counted(days, expected):
    """They are a minimum, because deleted certificates count too."""
    created = NOW - timedelta(days=days)
    found = uses(detail(created_at=created), listed=(listed(),))
    assert ("yearly_requests" in found) is expected
    if expected:
        assert found["yearly_requests"].number == Interval(1)


def test_imports_have_quotas_of_their_own():
    """The date is that of the last import."""
    found = uses(detail(type=CertificateType.IMPORTED, imported_at=NOW), listed=(listed(),))
    assert {*found} == {"imported_certificates", "yearly_imports"}


@given(st.integers(0, 5), st.integers(0, 5))
def test_each_certificate_counts_once(here, there):
    """Regions have quotas of their own."""
    details = [detail(number=n) for n in range(here)]
    details += [detail(number=n, region="us-east-1") for n in range(there)]
    account = account_of(*details, listed=(listed(), listed("us-east-1")))
    found = {
        each.scope.region: each.number.least
        for each in account_uses(account, TODAY)
        if each.quota == "certificates"
    }
    assert found == {k: v for k, v in {REGION: here, "us-east-1": there}.items() if v}


def settings_of(account=None, quotas=None):
    """Return settings with an account and quotas, the same for all files."""
    return SimpleNamespace(account_of=lambda _: account, quotas_of=lambda *_: quotas)


def quotas(settings, *found, region=REGION):
    account = account_of(quotas=found)
    return WithAccountQuotas(settings, account, date(2026, 11, 30)).quotas_of("a.yaml", region)


def test_quotas_in_force_replace_those_of_settings():
    """The others stay as they are."""
    stated = Quotas(names=30, certificates=7)
    assert quotas(settings_of(), QUOTA) == Quotas(certificates=20)
    assert quotas(settings_of(quotas=stated), QUOTA) == Quotas(names=30, certificates=20)
    assert quotas(settings_of(quotas=stated), QUOTA, NAMES) == Quotas(names=50, certificates=20)


def test_quotas_of_other_accounts_and_regions_do_not_apply():
    """With several accounts, the settings have to say which it is."""
    stated = Quotas(names=30)
    other = QUOTA.__replace__(account="210987654321", value=9.0)
    assert quotas(settings_of("210987654321", stated), QUOTA) == stated
    assert quotas(settings_of(None, stated), QUOTA, region="us-east-1") == stated
    assert quotas(settings_of(None, stated), QUOTA, region=None) == stated
    assert quotas(settings_of(None, stated), QUOTA, other) == stated
    assert quotas(settings_of(ACCOUNT), QUOTA, other) == Quotas(certificates=20)
