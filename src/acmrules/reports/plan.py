"""The report of `plan`: text by Region, and data (`docs/pages/json.md`)."""

from __future__ import annotations

from acmrules.coverage import CoverageIndex
from acmrules.messages import counted, printable, quoted_list
from acmrules.model.positions import line_and_column
from acmrules.reports import BOLD, RED, YELLOW, paint
from acmrules.reports.tables import position
from acmrules.values import Value

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from acmrules.analysis.demands import UnknownDemand
    from acmrules.analysis.existing_demands import CoveredDemand
    from acmrules.names import Name
    from acmrules.planner.demands import Unplannable
    from acmrules.planner.plan import Plan
    from acmrules.planner.regional import PlannedCertificate
    from acmrules.request import CertificateRequest

_WIDTH = 100
_MARGIN = " " * 4
_MOST_REFUSED = 10


class Planned(Value):
    """A plan with its API requests, the unknown demands, and those that are met already."""

    plan: Plan
    as_of: date
    requests: tuple[CertificateRequest, ...]
    unknown: tuple[UnknownDemand, ...] = ()
    covered: tuple[CoveredDemand, ...] = ()

    @property
    def is_whole(self) -> bool:
        """Whether the plan includes all known hosts."""
        return not self.plan.refused and not any(each.is_no_name for each in self.unknown)


def render(planned: Planned, *, is_colored: bool = False) -> str:
    """Return a plan as text: the certificates by Region, and the hosts that it leaves out."""
    plan = planned.plan
    blocks = []
    for region in dict.fromkeys(each.region for each in plan.certificates):
        here = [each for each in plan.certificates if each.region == region]
        blocks.append([paint(_heading(region, here), BOLD, is_colored=is_colored)])
        blocks += [[*certificate(each)] for each in here]
    if plan.certificates:
        blocks.append([summary(plan), *map(printable, plan.notes)])
    elif not plan.refused:
        blocks.append(["no host to request a certificate for"])
    if planned.covered:
        met = [f"  {line}" for line in covered(planned)]
        blocks.append(["covered by certificates that exist:", *met])
    for title, color, lines in (
        ("not possible:", RED, [*refusals(planned)]),
        ("left out, because unknown:", YELLOW, [*unknowns(planned)]),
    ):
        if lines:
            head = paint(title, color, is_colored=is_colored)
            blocks.append([head, *(f"  {line}" for line in lines)])
    return "\n\n".join("\n".join(lines) for lines in blocks) + "\n"


def covered(planned: Planned) -> Iterator[str]:
    """Yield the hosts that need no certificate, with the one that covers them."""
    for each in planned.covered:
        hosts = ", ".join(map(str, each.hosts))
        consumer = f" of {each.address}" if each.address else ""
        yield printable(f"{hosts}{consumer}: {each.certificate.arn}")


def _heading(region: str | None, certificates: list[PlannedCertificate]) -> str:
    names = sum(len(each.names) for each in certificates)
    where = printable(region) if region else "unknown Region"
    return f"{where}: {counted(len(certificates), 'certificate')}, {counted(names, 'name')}"


def certificate(planned: PlannedCertificate) -> Iterator[str]:
    """Yield the names, the hosts that each covers, the consumers, and the reasons."""
    covered = by_name(planned)
    width = max(map(len, map(str, planned.names)))
    size = counted(len(planned.names), "name")
    yield f"  {planned.names.domain_name} ({size}, {planned.key_algorithm.value})"
    for name in planned.names:
        hosts = [str(host) for host in covered[name] if host != name]
        lead = f"{_MARGIN}{name!s:{width}}"
        yield from _wrapped(f"{lead}  covers " if hosts else lead, hosts)
    if planned.consumers:
        yield from _wrapped(f"{_MARGIN}for ", [printable(each) for each in planned.consumers])
    yield from (f"{_MARGIN}{printable(reason)}" for reason in planned.reasons)


def by_name(certificate: PlannedCertificate) -> dict[Name, list[Name]]:
    """Return the hosts by the name that covers them, each host once."""
    index = CoverageIndex(certificate.names)
    covered: dict[Name, list[Name]] = {name: [] for name in certificate.names}
    for host in certificate.hosts:
        covering = host if host in covered else index.covering(host)
        assert covering is not None, host  # noqa: S101  (a plan serves its hosts)
        covered[covering].append(host)
    return covered


def _wrapped(lead: str, items: list[str]) -> Iterator[str]:
    """Yield items after a lead, wrapped into lines."""
    line = lead
    for index, item in enumerate(items):
        text = item + "," * (index + 1 < len(items))
        if line.strip() and line != lead and len(line) + len(text) >= _WIDTH:
            yield line.rstrip()
            line = " " * len(lead)
        line += f"{text} "
    yield line.rstrip()


def summary(plan: Plan) -> str:
    """Return a line with the size of a plan, and how close it is to the minimum."""
    hosts = len({host for each in plan.certificates for host in each.hosts})
    size = (
        f"{counted(len(plan.certificates), 'certificate')} with {counted(plan.names, 'name')}"
        f" for {counted(hosts, 'host')}"
    )
    if plan.is_exact:
        return f"{size}: this is the minimum"
    if plan.gap == 0:
        saving = counted(plan.names_gap, "name")
        return f"{size}: the fewest certificates; a better plan could save at most {saving}"
    return f"{size}: the minimum is at least {counted(plan.bound, 'certificate')}"


def refusals(planned: Planned) -> Iterator[str]:
    """Yield a line for each invalid name, and for the hosts that no plan can serve."""
    for each in planned.unknown:
        if each.is_no_name:
            yield _sentence(each)
    for refused in planned.plan.refused:
        hosts = quoted_list(refused.hosts, _MOST_REFUSED)
        yield f"{_consumer(refused)}{hosts}: {printable(refused.reason)}"


def unknowns(planned: Planned) -> Iterator[str]:
    """Yield a line for each unknown demand, with its location."""
    for each in planned.unknown:
        if not each.is_no_name:
            yield _sentence(each)


def _sentence(each: UnknownDemand) -> str:
    return ": ".join(filter(None, (position(each.location), each.message)))


def _consumer(refused: Unplannable) -> str:
    return f"{printable(refused.address)}: " if refused.address else ""


def as_data(planned: Planned) -> dict[str, object]:
    """Return a plan as plain data."""
    from acmrules import __version__

    plan = planned.plan.to_dict()
    certificates = zip(
        plan["certificates"], planned.plan.certificates, planned.requests, strict=True
    )
    return {
        "version": 1,
        "acmrules": __version__,
        "as_of": planned.as_of.isoformat(),
        **plan,
        "certificates": [
            {**data, "covered_by": _covered_by(each), "request": request.to_api()}
            for data, each, request in certificates
        ],
        "covered": [
            {
                "hosts": [*map(str, each.hosts)],
                "address": each.address,
                "arn": each.certificate.arn,
            }
            for each in planned.covered
        ],
        "unknown": [_unknown_data(each) for each in planned.unknown],
    }


def _covered_by(certificate: PlannedCertificate) -> dict[str, str]:
    """Return the name that covers each host."""
    return {str(host): str(name) for name, hosts in by_name(certificate).items() for host in hosts}


def _unknown_data(each: UnknownDemand) -> dict[str, object]:
    return {
        "message": each.message,
        "is_no_name": each.is_no_name,
        "file": each.file,
        **line_and_column(each.position),
    }
