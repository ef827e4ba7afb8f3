"""A monitoring script: the certificates that expire soon and that ACM does not renew.

Run `aws acm describe-certificate --certificate-arn ARN > certificates/site.json` for each
certificate, and then `python monitoring.py certificates/*.json`.
"""

import json
import sys
from collections.abc import Mapping
from datetime import date, datetime
from pathlib import Path
from typing import Any

import acmrules as acm


def warning(certificate: Mapping[str, Any], today: date) -> str | None:
    """Return what to do about a described certificate, or `None` if ACM takes care of it."""
    if "NotAfter" not in certificate:
        return f"{certificate['Status']}: it is not issued"
    days = (datetime.fromisoformat(certificate["NotAfter"]).date() - today).days
    renewal = acm.renewal_eligibility(
        acm.CertificateOrigin.IMPORTED
        if certificate["Type"] == "IMPORTED"
        else acm.CertificateOrigin.REQUESTED,
        in_use=bool(certificate.get("InUseBy")),
        expired=days < 0,
        names=certificate.get("SubjectAlternativeNames", ()),
    )
    if renewal.eligible or days > max(acm.failure_notice_days(as_of=today)):
        return None
    return f"{days} days left, and ACM does not renew it: {', '.join(renewal.reasons)}"


def main(files: list[str], today: date) -> int:
    """Print a line for each certificate that needs attention, and return the exit code."""
    code = 0
    for file in files:
        certificate = json.loads(Path(file).read_text(encoding="utf-8"))["Certificate"]
        found = warning(certificate, today)
        if found:
            print(f"{certificate['DomainName']}: {found}")
            code = 1
    return code


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:], date.today()))
