"""A monitoring script for certificates that ACM does not renew."""

import json
from datetime import date

from tests.support.programs import program

monitoring = program("monitoring")
TODAY = date(2026, 11, 30)
SITE = {
    "DomainName": "brightharbor.io",
    "SubjectAlternativeNames": ["brightharbor.io"],
    "Status": "ISSUED",
    "Type": "AMAZON_ISSUED",
    "NotAfter": "2026-12-20T23:59:59+00:00",
    "InUseBy": ["arn:aws:cloudfront::111122223333:distribution/E1"],
}


def test_a_certificate_in_use_needs_no_attention():
    """ACM renews a certificate that is in use."""
    assert monitoring.warning(SITE, TODAY) is None


def test_an_unused_certificate_that_expires_soon_does():
    """The reason says why ACM does not renew it."""
    found = monitoring.warning({**SITE, "InUseBy": []}, TODAY)
    assert found.startswith("20 days left, and ACM does not renew it: neither")


def test_a_certificate_that_was_never_issued_is_reported():
    """A pending certificate has no last day."""
    pending = {key: value for key, value in SITE.items() if key != "NotAfter"}
    found = monitoring.warning({**pending, "Status": "PENDING_VALIDATION"}, TODAY)
    assert found == "PENDING_VALIDATION: it is not issued"


def test_the_exit_code_says_whether_a_line_was_printed(tmp_path, capsys):
    """A scheduler sees a failure only if there is something to do."""
    files = []
    for number, certificate in enumerate([SITE, {**SITE, "Type": "IMPORTED"}]):
        file = tmp_path / f"{number}.json"
        file.write_text(json.dumps({"Certificate": certificate}))
        files.append(str(file))
    assert monitoring.main(files[:1], TODAY) == 0
    assert monitoring.main(files, TODAY) == 1
    assert "imported" in capsys.readouterr().out
