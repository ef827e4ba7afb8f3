"""Diagnoses as JSON (`docs/pages/json.md`)."""

from __future__ import annotations

from acmrules.lint.report_data import not_checked
from acmrules.reports.json_text import in_lines

TYPE_CHECKING = False
if TYPE_CHECKING:
    from acmrules.analysis.diagnoses import Diagnoses, PlacedDiagnosis
    from acmrules.analysis.drift import Drift
    from acmrules.diagnosis.model import Deadline, Obstacle, RecordChange
    from acmrules.facts.timeline import Citation

_VERSION = 1


def render(found: Diagnoses) -> str:
    """Return the diagnoses as one JSON object, with a certificate per line."""
    from acmrules import __version__

    numbers: dict[str, int] = {}
    for each in found.certificates:
        state = each.diagnosis.state.value
        numbers[state] = numbers.get(state, 0) + 1
    data = {
        "version": _VERSION,
        "acmrules": __version__,
        "as_of": found.as_of.isoformat(),
        "state": found.state.value,
        "certificates": [_certificate(each) for each in found.certificates],
        "drift": [*map(_drift, found.drifts)],
        "not_read": [each.to_dict() for each in found.gaps],
        "not_checked": [*map(not_checked, found.not_checked)],
        "summary": {"certificates": len(found.certificates), "states": numbers},
    }
    return in_lines(data) + "\n"


def _certificate(each: PlacedDiagnosis) -> dict[str, object]:
    diagnosis = each.diagnosis
    certificate = diagnosis.certificate
    return {
        "state": diagnosis.state.value,
        "actor": diagnosis.actor.value if diagnosis.actor else None,
        "title": diagnosis.title,
        "arn": certificate.arn,
        "account": certificate.account or None,
        "region": certificate.region or None,
        "file": each.file or None,
        "line": each.line,
        "described": certificate.described,
        "status": None if certificate.status is None else str(certificate.status),
        "names": [*map(str, certificate.names)],
        "names_known": certificate.names_known,
        "in_use": certificate.in_use,
        "in_use_by": None if certificate.in_use_by is None else [*certificate.in_use_by],
        "expires": certificate.not_after.isoformat() if certificate.not_after else None,
        "deadlines": [*map(_deadline, diagnosis.deadlines)],
        "causes": [*map(_cause, diagnosis.obstacles)],
        "not_validated": [
            {
                "name": str(name.name),
                "validated": name.is_validated,
                "causes": [*map(_cause, name.obstacles)],
            }
            for name in diagnosis.names
        ],
        "changes": [*map(_change, diagnosis.changes)],
        "commands": [*diagnosis.commands],
        "declared": [
            {"address": pair.address, "file": pair.file, "line": pair.line}
            for pair in each.declared
        ],
        "drift": [*map(_drift, each.drifts)],
    }


def _drift(drift: Drift) -> dict[str, object]:
    return {
        "kind": drift.kind.value,
        "text": drift.text,
        "address": drift.address or None,
        "file": drift.file or None,
        "line": drift.line,
        "field": drift.field or None,
        "declared": drift.declared,
        "existing": drift.existing,
        "certain": drift.is_certain,
    }


def _deadline(deadline: Deadline) -> dict[str, object]:
    return {"at": deadline.at.isoformat(), "text": deadline.text}


def _cause(obstacle: Obstacle) -> dict[str, object]:
    return {
        "cause": obstacle.cause.value,
        "certainty": obstacle.certainty.value,
        "actor": obstacle.actor.value,
        "text": obstacle.text,
        "proof": obstacle.proof,
        "remedy": obstacle.remedy,
        "changes": [*map(_change, obstacle.changes)],
        "commands": [*obstacle.commands],
        "source": _source(obstacle.source),
    }


def _change(change: RecordChange) -> dict[str, object]:
    return {
        "action": change.action.value,
        "name": change.name,
        "type": change.type,
        "values": [*change.values],
        "zone": change.zone_name or None,
        "zone_id": change.zone_id or None,
    }


def _source(source: Citation | None) -> dict[str, object] | None:
    return source.to_dict() if source else None
