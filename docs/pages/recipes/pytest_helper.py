"""A helper for tests: the requests that a program makes have no errors.

In a test, call `assert_accepted(site_certificate(), region="us-east-1")`.
"""

from acmrules import CertificateRequest, lint


def assert_accepted(*requests: CertificateRequest, region: str | None = None) -> None:
    """Raise `AssertionError` with all findings if ACM would refuse one of the requests."""
    __tracebackhide__ = True
    report = lint.check(*requests, region=region)
    errors = [each for each in report.findings if each.severity is lint.Severity.ERROR]
    if errors:
        raise AssertionError("\n".join(f"{each.rule.id}: {each.message}" for each in errors))
