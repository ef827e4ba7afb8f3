"""The stages from declarations to a report, each of them a function of values."""

from contextlib import nullcontext
from datetime import date

import pytest
from tests.support import terraform
from tests.support.rules import request as names_request
from tests.support.x509 import csr, text

from acmrules import lint
from acmrules.lint.baseline import Baseline
from acmrules.lint.linter import Linter
from acmrules.lint.pipeline import (
    FixedSettings,
    apply_baselines,
    check_batches,
    check_declarations,
    report,
    suppress,
)
from acmrules.lint.rule import Severity
from acmrules.lint.rules import CATALOGUE
from acmrules.model.batches import Batch
from acmrules.readers import registry
from acmrules.syntax.source import Source
from acmrules.workspace.errors import Troubles

DAY = date(2026, 11, 23)
LINTER = Linter(as_of=DAY)
STRICT = FixedSettings(Linter(as_of=DAY), fail_on=Severity.NOTE)
BAD = "a_b.io\n"


def settings_of(_):
    return FixedSettings(LINTER)


def guard(_):
    return nullcontext()


def batch(name, text, reported=None):
    """Return the declarations of a list of names, as a file or as a module."""
    source = Source(name, text)
    declarations = registry.read(source)
    annotated = ((source, declarations[0].tool),) if "acmrules" in text else ()
    return Batch(name, declarations, frozenset((name,)), reported, annotated)


def checked(*batches, settings_of=settings_of):
    return check_batches(batches, settings_of, guard)


def found(results):
    return [(each.file, each.rule.id, each.value) for each in results.findings]


def test_batches_are_checked_one_by_one():
    """A batch can be read after the one before it is checked."""
    done = []

    def batches():
        for name in ("b.txt", "a.txt"):
            done.append(name)
            yield batch(name, BAD)

    def guard(name):
        assert done[-1] == name
        return nullcontext()

    results = check_batches(batches(), settings_of, guard)
    assert found(results) == [(name, "ACM101", "a_b.io") for name in ("b.txt", "a.txt")]
    assert (results.requests, results.files) == (2, 2)
    assert results.linters == (LINTER,)


def test_an_empty_run():
    """Without declarations the report has the given date, and no suffix list."""
    whole = report(checked(), DAY)
    assert (whole.as_of, whole.suffix_list, whole.findings, whole.files) == (DAY, "", (), 0)


def test_an_error_in_one_batch_leaves_the_others(monkeypatch):
    """The error is recorded with the name of its batch."""

    def broken(self, declaration, check=Linter.check):
        if declaration.file == "a.txt":
            raise ZeroDivisionError
        return check(self, declaration)

    monkeypatch.setattr(Linter, "check", broken)
    troubles = Troubles()
    batches = batch("a.txt", BAD), batch("b.txt", BAD)
    results = check_batches(batches, settings_of, troubles.guard)
    assert {file for file, _, _ in found(results)} == {"b.txt"}
    assert [bug.name for bug in troubles.bugs] == ["a.txt"]


def test_files_of_several_modules_are_reported_once():
    """Shared files and their findings are counted once."""
    reported = frozenset({"m.txt"})
    twice = batch("m.txt", BAD, reported)
    other = batch("n.txt", BAD, reported)
    results = checked(twice, other, twice)
    assert found(results) == [("m.txt", "ACM101", "a_b.io")]
    assert results.requests == 2
    assert {each.file for each in results.skips} <= reported


def test_findings_fail_by_the_settings_of_their_file():
    """A lower bar in one folder does not affect others."""
    results = checked(
        batch("a.txt", "localhost\nA.io\n"),
        batch("b.txt", "A.io\n"),
        settings_of=lambda file: STRICT if file == "b.txt" else settings_of(file),
    )
    done = report(results, DAY)
    fails = zip(done.findings, done.failing(), strict=True)
    failed = [(each.file, each.rule.id) for each, is_failure in fails if is_failure]
    assert ("a.txt", "ACM101") in failed
    assert ("b.txt", "ACM102") in failed
    assert ("a.txt", "ACM102") not in failed


@pytest.mark.parametrize("reported", [(), ("a.txt",)])
def test_suppressed_findings_are_set_aside(reported):
    """Rules about suppressions check the files that are reported."""
    text = "a_b.io # acmrules: ignore[ACM101]: x\nb.io # acmrules: ignore[ACM101]: y\n"
    results = suppress(checked(batch("a.txt", text)), settings_of, guard, reported)
    assert [each.reason for each in results.suppressed] == ["x"]
    assert [each.rule.id for each in results.findings] == ["ACM901"] * len(reported)
    plain = checked(batch("a.txt", BAD))
    assert suppress(plain, settings_of, guard, reported) is plain


def test_baselines_remove_their_findings():
    """A baseline applies to its own files, and its unused entries are stale."""
    linter = FixedSettings(LINTER, baseline="known.json")
    results = checked(
        batch("a.txt", "a_b.io\nc_d.io\n"),
        batch("b.txt", BAD),
        settings_of=lambda file: linter if file == "a.txt" else settings_of(file),
    )
    counts = Baseline({}, str).count(results.findings[:1])
    [entry] = counts
    known = Baseline(counts | {entry.__replace__(value="gone.io"): 1}, str, "known.json")
    after = apply_baselines(results, {"known.json": known}.get, lambda *_: True)
    assert found(after) == found(results)[1:]
    assert [each.finding for each in after.suppressed] == [results.findings[0]]
    assert [(each.value, each.baseline) for each in after.stale] == [("gone.io", "known.json")]
    unread = apply_baselines(results, {}.get, lambda *_: True)
    assert found(unread) == found(results)
    plain = checked(batch("b.txt", BAD))
    assert apply_baselines(plain, {}.get, lambda *_: True) is plain


def test_a_report_has_the_files_in_the_given_order():
    """Findings are sorted by location in each file; the date is that of all settings."""
    results = checked(batch("a.txt", "a_b.io\nc_d.io\n"), batch("b.txt", BAD))
    whole = report(results, date(2020, 1, 1), {"b.txt": 0, "a.txt": 1})
    assert [(each.file, each.value) for each in whole.findings] == [
        ("b.txt", "a_b.io"),
        ("a.txt", "a_b.io"),
        ("a.txt", "c_d.io"),
    ]
    assert whole.as_of == DAY
    old = FixedSettings(Linter(as_of=date(2025, 1, 1)))
    mixed = checked(
        batch("a.txt", BAD),
        batch("b.txt", BAD),
        settings_of=lambda file: old if file == "b.txt" else settings_of(file),
    )
    assert report(mixed, date(2020, 1, 1)).as_of == date(2020, 1, 1)


def test_declarations_can_be_checked_by_one_linter():
    """Declarations without a file are checked, too, without suppressions."""
    text = "a_b.io # acmrules: ignore[ACM101]: x\n"
    whole = check_declarations(registry.read(Source("a.txt", text)), LINTER)
    assert [each.rule.id for each in whole.findings] == ["ACM101"]
    assert (whole.requests, whole.files, whole.as_of) == (1, 0, DAY)
    assert check_declarations((), LINTER).suffix_list == LINTER.suffixes.version


def test_the_linter_checks_suppressions():
    """The rules for suppressions have the configured severities."""
    from acmrules.lint.suppressions.parse import parse_entry

    linter = Linter(as_of=DAY, severities={"ACM902": Severity.NOTE})
    malformed = linter.check_suppressions(
        [parse_entry("ignore[ACM301]"), parse_entry("ignore[ACM301]: x")]
    )
    assert [(each.rule.id, each.severity) for each in malformed] == [("ACM902", Severity.NOTE)]
    other = Linter(as_of=DAY, rules=[rule for rule in CATALOGUE if rule.on != "suppression"])
    assert other.check_suppressions([parse_entry("ignore[ACM301]")]) == []


CERTIFICATE = """
resource "aws_acm_certificate" "c" {
  domain_name       = "a.io"
  validation_method = "DNS"
}
"""

# Merge --------------------------------------------------------------------------------------------


def test_findings_of_one_kind_at_one_location_are_one_finding():
    """Instances, branches and calls with the same mistake are one finding with the others in it."""
    files = {
        "main.tf": """
            module "a" {
              source   = "./m"
              for_each = toset(["a", "b"])
              name     = each.key
            }
            module "c" {
              source = "./m"
              name   = var.on ? "c" : "cc"
            }
            variable "on" {}
            """,
        "m/main.tf": """
            variable "name" {}
            resource "aws_acm_certificate" "c" {
              domain_name       = "${var.name}.a_b.io"
              validation_method = "DNS"
            }
            """,
    }
    [finding] = check_declarations(terraform.declarations(files), LINTER).findings
    assert [each.value for each in finding.all()] == [f"{n}.a_b.io" for n in ["a", "b", "c", "cc"]]
    assert finding.message.endswith("(and 3 more here)")
    assert [each.others for each in finding.others] == [()] * 3


def test_findings_of_other_kinds_or_locations_remain():
    """Each location has its own finding, and so has each kind of mistake at a location."""
    text = """
        resource "aws_acm_certificate" "c" {
          for_each          = { "1" = "-x.io", "2" = "x-.io", "3" = "y_.io", "4" = "y-.io" }
          domain_name       = each.value
          validation_method = "DNS"
        }
        resource "aws_acm_certificate" "d" {
          domain_name       = "x_.io"
          validation_method = "DNS"
        }
        """
    found = check_declarations(terraform.declarations(text), LINTER).findings
    kinds = [[each.value for each in finding.all()] for finding in found]
    assert sorted(kinds) == [["-x.io", "x-.io", "y-.io"], ["x_.io"], ["y_.io"]]


def test_equal_skips_at_one_location_are_one_skip():
    """Two calls of a module leave the same check undecided in it."""
    files = {
        "main.tf": 'module "a" {\n  source = "./m"\n}\nmodule "b" {\n  source = "./m"\n}\n',
        "m/main.tf": CERTIFICATE,
    }
    module = Batch("", terraform.declarations(files), frozenset(("m/main.tf",)))
    results = checked(module)
    assert len(results.skips) == 2 * len(report(results, DAY).skips)


def test_findings_without_a_location_are_not_merged():
    """Requests of a program are checked one by one, even equal ones."""
    request = names_request("a_b.io", validation_method="DNS")
    assert len(lint.check(request, request).findings) == 2


def test_only_a_report_merges_findings():
    """A baseline and a suppression count each instance, so that a new one is not accepted."""
    text = """
        resource "aws_acm_certificate" "c" {
          for_each          = toset(["a_.io", "b_.io"])
          domain_name       = each.key
          validation_method = "DNS"
        }
        """
    module = Batch("main.tf", terraform.declarations(text), frozenset(("main.tf",)))
    results = checked(module)
    assert [each.value for each in results.findings] == ["a_.io", "b_.io"]
    assert len(report(results, DAY).findings) == 1


ACME = """
Resources:
  Validation:
    Type: AWS::CertificateManager::AcmeDomainValidation
    Properties:
      AcmeEndpointArn: arn
      DomainName: brightharbor.io
      PrevalidationOptions:
        DnsPrevalidation:
          DomainScope: {ExactDomain: ENABLED, Subdomains: DISABLED, Wildcards: DISABLED}
"""


@pytest.mark.parametrize("is_first", [True, False])
def test_a_signing_request_is_checked_with_the_acme_resources_of_all_files(is_first):
    """A name that no ACME validation allows is found in either order; results keep their order."""
    request = batch("site.csr", text(csr("www.brightharbor.io")))
    listed = batch("names.txt", "www.brightharbor.io\na_b.io\n")
    files = [request, listed, batch("acme.yaml", ACME)]
    results = checked(*(files if is_first else files[::-1]))
    of_acme = [each for each in found(results) if each[1] == "ACM511"]
    assert of_acme == [("site.csr", "ACM511", "www.brightharbor.io")]
    order = list(dict.fromkeys(each[0] for each in found(results)))
    assert order == (
        [*dict.fromkeys(["site.csr", "names.txt"])] if is_first else ["names.txt", "site.csr"]
    )
    assert not any(each[1] == "ACM511" for each in found(checked(request, listed)))


def test_each_request_is_counted_before_it_is_checked():
    """The numbers are those of one batch; a batch without requests counts none."""
    calls = []
    names = "\n\n".join(f"{n}.brightharbor.io" for n in range(3))
    batches = [batch("a.txt", names), batch("b.txt", "b.brightharbor.io\n")]
    check_batches(batches, settings_of, guard, lambda *numbers: calls.append(numbers))
    total = len(batches[0].declarations)
    assert calls == [*((number, total) for number in range(total)), (0, 1)]


@pytest.mark.parametrize("bar", Severity)
def test_a_report_knows_which_findings_fail_the_run(bar):
    """It agrees with the settings of each file."""
    strict = FixedSettings(LINTER, fail_on=bar)
    results = check_batches(
        [batch("a.txt", BAD), batch("b.txt", "A.io\n")],
        lambda name: strict if name == "b.txt" else settings_of(name),
        guard,
    )
    done = report(results, DAY)
    bars = {"a.txt": settings_of("a.txt").fail_on, "b.txt": bar}
    assert done.failing() == [each.severity >= bars[each.file] for each in done.findings]
    assert {file for file, _ in done.fail_on} <= {"b.txt"}


@pytest.mark.parametrize("least", Severity)
def test_a_report_from_a_severity_counts_what_it_hides(least):
    """The findings that remain have the same result for the run."""
    results = check_batches([batch("a.txt", f"{BAD}A.io\n*.b.io\n")], settings_of, guard)
    whole = report(results, DAY)
    part = whole.from_severity(least)
    assert [each for each in whole.findings if each.severity >= least] == [*part.findings]
    assert part.hidden == len(whole.findings) - len(part.findings)
    assert part.from_severity(least) == part
    assert set(zip(part.findings, part.failing(), strict=True)) <= set(
        zip(whole.findings, whole.failing(), strict=True)
    )
