"""The report on an inventory as JSON (`docs/pages/json.md`)."""

from __future__ import annotations

from acmrules.diagnosis.model import State
from acmrules.reports.json_text import in_lines
from acmrules.reports.quotas import use_data

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping

    from acmrules.analysis.inventory.outlook import Expiry
    from acmrules.analysis.inventory.overlaps import Merger
    from acmrules.analysis.inventory.report import InventoryReport, RegionCount
    from acmrules.diagnosis.model import Diagnosis

_VERSION = 1


def render(report: InventoryReport, collected: Mapping[str, object] | None = None) -> str:
    """Return the report as one JSON object, with what AWS answered if that is given."""
    from acmrules import __version__

    head = collected or {"version": _VERSION, "acmrules": __version__}
    return in_lines({**head, "report": as_data(report)}) + "\n"


def as_data(report: InventoryReport) -> dict[str, object]:
    """Return the report as plain data; certificates are their ARNs."""
    return {
        "as_of": report.as_of.isoformat(),
        "read_at": report.read_at and report.read_at.isoformat(),
        "complete": report.is_complete,
        "accounts": [*report.accounts],
        "certificates": len(report.diagnoses),
        "states": {state.value: report.number(state) for state in State},
        "regions": [*map(_region, report.regions)],
        "pending": [*map(_diagnosis, report.pending)],
        "failed": [*map(_diagnosis, report.failed)],
        "expiring": [*map(_expiry, report.expiries)],
        "not_renewed": [
            {
                "arn": each.diagnosis.certificate.arn,
                "cause": str(each.cause),
                "text": each.text,
                "remedy": each.remedy,
            }
            for each in report.not_renewed
        ],
        "unused": [each.arn for each in report.unused],
        "validated_by_email": [each.arn for each in report.emails],
        "redundant": [
            {"arn": each.certificate.arn, "covered_by": each.covered_by.arn}
            for each in report.redundant
        ],
        "mergeable": [*map(_merger, report.mergeable)],
        "quotas": [*map(use_data, report.quotas)],
        "not_read": [each.to_dict() for each in report.gaps],
    }


def _region(count: RegionCount) -> dict[str, object]:
    numbers = zip(State, count.states, strict=True)
    return {
        "account": count.account,
        "region": count.region,
        "read": count.is_read,
        "states": {state.value: number for state, number in numbers},
    }


def _diagnosis(diagnosis: Diagnosis) -> dict[str, object]:
    deadline = diagnosis.deadline
    return {
        "arn": diagnosis.certificate.arn,
        "status": str(diagnosis.certificate.status),
        "state": diagnosis.state.value,
        "title": diagnosis.title,
        "deadline": deadline and deadline.at.isoformat(),
        "causes": [str(each.cause) for each in diagnosis.all_obstacles],
    }


def _expiry(expiry: Expiry) -> dict[str, object]:
    return {
        "arn": expiry.diagnosis.certificate.arn,
        "expires": expiry.at.isoformat(),
        "days": expiry.days,
        "renewal": expiry.outlook.value,
        "renewal_from": expiry.renewal and expiry.renewal.isoformat(),
    }


def _merger(merger: Merger) -> dict[str, object]:
    return {
        "arns": [each.arn for each in merger.certificates],
        "planned": [[*map(str, names)] for names in merger.planned],
    }
