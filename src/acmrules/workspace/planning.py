"""The plan for demands, within the policy and the quotas of settings, and its requests."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from acmrules.analysis.account_quotas import WithAccountQuotas
    from acmrules.limits import Quotas
    from acmrules.lint.policy import Policy
    from acmrules.model.account import Account
    from acmrules.model.inventory import Inventory
    from acmrules.planner.demands import Demand, Unplannable
    from acmrules.planner.plan import Plan
    from acmrules.workspace.file_settings import FileSettings
    from acmrules.writers.plan_requests import RequestDefaults


def planned(
    demands: list[Demand],
    settings: FileSettings,
    *,
    has_wildcards: bool = True,
    account: Account | None = None,
) -> Plan:
    """Return the plan for demands, within the quotas of an account if files show them.

    Without wildcards, the plan has a note on what the wildcards of the policy would save.
    """
    policy, quotas = settings.linter.policy, _Quotas(settings, account)
    if has_wildcards:
        return _plan(demands, settings, policy, quotas)
    return _without_wildcards(demands, settings, quotas)


class _Quotas:
    """The quotas in each Region: those of settings, or of an account if files show them."""

    def __init__(self, settings: FileSettings, account: Account | None) -> None:
        from acmrules.limits import Quotas

        linter = settings.linter
        self._settings = settings
        self._default = linter.quotas or Quotas.on(as_of=settings.as_of)
        self._regional = linter.regional_quotas
        self._real: WithAccountQuotas | None = None
        if account is not None and account.quotas:
            from acmrules.analysis.account_quotas import WithAccountQuotas

            self._real = WithAccountQuotas(self, account, settings.as_of)

    def of(self, region: str | None) -> Quotas:
        """Return the quotas in a Region."""
        found = self._real.quotas_of("", region) if self._real else None
        return found or self._regional.get(region or "", self._default)

    def account_of(self, file: str) -> str | None:
        """Return the account in the settings, or `None`; all files have the same."""
        del file
        stated = self._settings.stated.get(("account",))
        return stated.value if stated else None

    def quotas_of(self, file: str, region: str | None) -> Quotas | None:
        """Return the quotas of the settings in a Region; all files have the same."""
        del file
        return self._regional.get(region or "", self._default)


def _plan(demands: list[Demand], settings: FileSettings, policy: Policy, quotas: _Quotas) -> Plan:
    """Return the plan that satisfies the policy and the quotas of each Region."""
    from acmrules.analysis.plan_policy import plan_policy, split_permitted, with_algorithms
    from acmrules.planner.plan import plan

    linter, as_of = settings.linter, settings.as_of
    permitted, refused = split_permitted(demands, policy, as_of)
    by_quotas: dict[Quotas, list[Demand]] = {}
    for demand in permitted:
        by_quotas.setdefault(quotas.of(demand.certificate_region), []).append(demand)
    limits = plan_policy(policy)
    plans = [
        plan(demands=each, quotas=own, policy=limits, as_of=as_of, suffixes=linter.suffixes)
        for own, each in by_quotas.items()
    ]
    return with_algorithms(_merged(plans, refused), permitted, policy, as_of)


def _without_wildcards(demands: list[Demand], settings: FileSettings, quotas: _Quotas) -> Plan:
    """Return the plan without wildcards, with a note on what the policy's wildcards would save."""
    from acmrules.analysis.plan_policy import wildcard_savings

    policy = settings.linter.policy
    strict = _plan(demands, settings, policy.__replace__(wildcard_zones=()), quotas)
    savings = wildcard_savings(strict, _plan(demands, settings, policy, quotas))
    return strict.__replace__(notes=(*strict.notes, *savings))


def _merged(plans: list[Plan], refused: list[Unplannable]) -> Plan:
    """Return plans as one, with the demands that the policy does not permit."""
    from acmrules.planner.plan import Plan

    certificates = [each for plan in plans for each in plan.certificates]
    return Plan(
        tuple(sorted(certificates, key=lambda each: (each.region is None, each.region or ""))),
        sum(plan.bound for plan in plans),
        sum(plan.names_bound for plan in plans),
        (*refused, *(each for plan in plans for each in plan.refused)),
        tuple(dict.fromkeys(note for plan in plans for note in plan.notes)),
    )


def request_defaults(inventory: Inventory, settings: FileSettings) -> RequestDefaults:
    """Return the values that all requests have in common."""
    from acmrules.analysis.plan_policy import validation_method
    from acmrules.resources import Zone
    from acmrules.writers.plan_requests import RequestDefaults

    policy = settings.linter.policy
    return RequestDefaults(
        settings.linter.suffixes,
        tuple(each.thing for each in inventory.zones if isinstance(each.thing, Zone)),
        validation_method(policy),
        policy.required_tags or (),
    )
