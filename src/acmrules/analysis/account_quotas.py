"""The use of quotas by certificates that exist, next to those that files declare."""

from __future__ import annotations

from datetime import date, timedelta

from acmrules.analysis.inventory.quotas import AccountQuotas, quota_uses
from acmrules.diagnosis.times import midnight
from acmrules.limits import Quotas
from acmrules.renewal import Interval

TYPE_CHECKING = False
if TYPE_CHECKING:
    from acmrules.analysis.quotas import Accounts, QuotaUse
    from acmrules.model.account import Account

_OPEN = Interval(0)


def account_uses(account: Account, as_of: date) -> tuple[QuotaUse, ...]:
    """Return the use of the quotas of accounts by their certificates at the end of a date.

    The numbers are minimums where the files do not list all certificates of a Region. Those of a
    year are minimums anyway, because certificates that were deleted count too.
    """
    moment = midnight(as_of + timedelta(days=1))
    complete = {(each.account, each.region) for each in account.listed if not each.hides}
    return tuple(
        use
        if (use.scope.account or "", use.scope.region or "") in complete
        else use.__replace__(number=use.number + _OPEN)
        for use in quota_uses(account.certificates, AccountQuotas(account.quotas, moment), moment)
    )


class WithAccountQuotas:
    """The accounts and quotas of settings, with the quotas that Service Quotas reports.

    Without an account in the settings of a file, it is the only one with a quota in the Region.
    """

    def __init__(self, settings: Accounts, account: Account, as_of: date) -> None:
        self._settings = settings
        self._as_of = as_of
        self._quotas = AccountQuotas(account.quotas, midnight(as_of))
        self._accounts: dict[str, set[str]] = {}
        for each in account.quotas:
            self._accounts.setdefault(each.region, set()).add(each.account)

    def account_of(self, file: str) -> str | None:
        """Return the account of a file, or `None` if it is not set."""
        return self._settings.account_of(file)

    def quotas_of(self, file: str, region: str | None) -> Quotas | None:
        """Return the quotas in a Region, or `None` if none is known."""
        stated = self._settings.quotas_of(file, region)
        known = self._accounts.get(region or "", set())
        account = self.account_of(file)
        if account is None and len(known) == 1:
            [account] = known
        if region is None or account is None or account not in known:
            return stated
        quotas = stated or Quotas.on(as_of=self._as_of)
        real = self._quotas.of(account, region)
        return quotas.__replace__(
            **{
                field: getattr(real, field)
                for field in Quotas._fields
                if self._quotas.is_stated(account, region, field)
            }
        )
