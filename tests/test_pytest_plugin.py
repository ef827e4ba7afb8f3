"""The pytest plugin: tests that make bad certificate requests fail."""

import subprocess
import sys

import pytest

pytest_plugins = "pytester"

CLIENT = """
    import boto3, pytest
    from botocore.stub import Stubber

    acm = boto3.session.Session().client(
        "acm", region_name="eu-west-1", aws_access_key_id="a", aws_secret_access_key="b"
    )

    def request(domain, **params):
        with Stubber(acm) as stub:
            arn = "arn:aws:acm:eu-west-1:111122223333:certificate/2f1c"
            stub.add_response("request_certificate", {"CertificateArn": arn})
            return acm.request_certificate(DomainName=domain, ValidationMethod="DNS", **params)
"""
BOTOCORE = CLIENT.replace("boto3, ", "botocore.session, ").replace(
    "boto3.session.Session().client(", "botocore.session.Session().create_client("
)


@pytest.fixture
def run(pytester, monkeypatch):
    """Return a function that runs pytest on a file of tests, below a helper `request`."""
    monkeypatch.setenv("PYTEST_ADDOPTS", "--strict-markers -p no:cacheprovider")
    (pytester.path / ".git").mkdir()

    def call(tests, *options, helper=BOTOCORE):
        from textwrap import dedent

        pytester.makepyfile(dedent(helper) + dedent(tests))
        return pytester.runpytest(*options)

    return call


def test_a_test_that_makes_a_bad_request_fails(run):
    """Even if the code under test catches every exception; good requests pass."""
    result = run(
        """
        def test_good(acm_requests):
            request("www.brightharbor.io")

        def test_bad(acm_requests):
            try:
                request("localhost")
            except BaseException:
                pass

        def test_unwatched():
            request("localhost")
        """
    )
    result.assert_outcomes(passed=2, failed=1)
    result.stdout.fnmatch_lines(
        [
            "the test makes a bad certificate request",
            "request_certificate(DomainName='localhost', ValidationMethod='DNS')  # in eu-west-1",
            "error?ACM101?: `localhost` is a single label; at least two are needed",
            " --> test_a_test_that_makes_a_bad_request_fails.py:*",
            "  = help: request the full domain name, such as `host.brightharbor.io`",
            "  = docs: acmrules explain ACM101",
            "1 certificate request: 1 error",
            "FAILED *::test_bad - *",
        ]
    )


def test_a_request_that_aws_refuses_fails_too(run):
    """It is checked before the answer."""
    result = run(
        """
        def test_bad(acm_requests):
            with Stubber(acm) as stub:
                stub.add_client_error("request_certificate", "LimitExceededException")
                with pytest.raises(acm.exceptions.LimitExceededException):
                    acm.request_certificate(DomainName="a_b.com")
        """
    )
    result.assert_outcomes(failed=1)
    result.stdout.fnmatch_lines(["error?ACM101?: `a_b.com` *"])


def test_the_fixture_collects_requests_and_reports(run):
    """Assertions need no mock."""
    result = run(
        """
        from acmrules import CertificateRequest, DomainName

        def test_collected(acm_requests):
            request("www.brightharbor.io", SubjectAlternativeNames=["brightharbor.io"])
            request("*.brightharbor.io")
            assert len(acm_requests) == 2
            first, second = acm_requests.params
            assert first["SubjectAlternativeNames"] == ["brightharbor.io"]
            assert [f.rule.id for f in acm_requests.findings] == ["ACM203"]
            assert "request_certificate" in repr(acm_requests.made[0])
            own = CertificateRequest.of(["brightharbor.io"], validation_method="DNS")
            assert acm_requests.check(own).findings == ()
            assert len(acm_requests) == 3

        def test_values_fail_too(acm_requests):
            acm_requests.check(CertificateRequest.of(["localhost"], validation_method="DNS"))

        def test_mocks_fail_too(acm_requests):
            acm_requests.check_params({"DomainName": "localhost"}, region="eu-west-1")

        def test_unreadable_parameters_fail_too(acm_requests):
            acm_requests.check_params({"DomainName": 5})
        """
    )
    result.assert_outcomes(passed=1, failed=3)
    result.stdout.fnmatch_lines(["check(CertificateRequest for localhost)"])
    result.stdout.fnmatch_lines(["*`DomainName` must be a string, not a number*"])


def test_other_operations_are_checked_without_their_secrets(run):
    """An import too; an operation without rules is not collected."""
    result = run(
        """
        def test_import(acm_requests):
            with Stubber(acm) as stub:
                stub.add_response("list_certificates", {"CertificateSummaryList": []})
                acm.list_certificates()
                assert len(acm_requests) == 0
                arn = "arn:aws:acm:eu-west-1:1:x"
                stub.add_response("import_certificate", {"CertificateArn": arn})
                acm.import_certificate(Certificate=b"none", PrivateKey=b"my secret")
            assert acm_requests.made[0].operation == "ImportCertificate"
            assert "my secret" not in str(acm_requests.params)
        """
    )
    result.assert_outcomes(failed=1)
    result.stdout.fnmatch_lines(["import_certificate(Certificate=b'none', PrivateKey='…')  # in *"])


@pytest.mark.parametrize(
    ("options", "setting", "outcomes"),
    [
        ((), "", {"passed": 2}),
        (("--acm-fail-on=warning",), "", {"passed": 1, "failed": 1}),
        (("--acm-fail-on=note",), "", {"failed": 2}),
        ((), "acm_fail_on = warning", {"passed": 1, "failed": 1}),
        (("--acm-fail-on=error",), "acm_fail_on = note", {"passed": 2}),
    ],
)
def test_the_severity_is_an_option_and_a_setting(run, pytester, options, setting, outcomes):
    """The option overrides the setting, and errors alone fail by default."""
    pytester.makeini(f"[pytest]\n{setting}")
    result = run(
        """
        def test_warning(acm_requests):
            acm_requests.check_params(
                {"DomainName": "brightharbor.io", "ValidationMethod": "EMAIL"}
            )

        def test_note(acm_requests):
            request("*.brightharbor.io")
        """,
        *options,
    )
    result.assert_outcomes(**outcomes)


def test_a_test_allows_bad_requests(run):
    """By a mark, or by the fixture itself."""
    result = run(
        """
        @pytest.mark.acm_requests(fail_on="never")
        def test_never():
            request("localhost")

        @pytest.mark.acm_requests(ignore=["ACM101"])
        def test_ignored(acm_requests):
            request("localhost")
            assert acm_requests.findings

        def test_expected(acm_requests):
            acm_requests.fail_on = "never"
            request("localhost")

        @pytest.mark.xfail(strict=True)
        def test_known(acm_requests):
            request("localhost")
        """
    )
    result.assert_outcomes(passed=3, xfailed=1)


def test_the_date_and_the_region_are_settable(run, pytester):
    """Today's rules apply by default."""
    pytester.makeini("[pytest]\nacm_as_of = 2026-11-01")
    tests = """
        from datetime import date

        def test_setting(acm_requests):
            assert acm_requests.as_of == date(2026, 11, 1)

        @pytest.mark.acm_requests(as_of=date(2027, 3, 15), region="cn-north-1")
        def test_mark(acm_requests):
            assert acm_requests.as_of == date(2027, 3, 15)
            assert acm_requests.region == "cn-north-1"
            request("brightharbor.io")
            assert acm_requests.made[0].report.as_of == date(2027, 3, 15)
        """
    run(tests).assert_outcomes(passed=2)
    run(tests, "--acm-as-of=2026-11-02").assert_outcomes(passed=1, failed=1)
    run(tests, "-k", "setting", "--acm-as-of=soon").stdout.fnmatch_lines(
        ["*`soon` must be a date, such as 2027-03-15*"]
    )
    pytester.makeini("[pytest]")
    today = "\ndef test_today(acm_requests):\n    assert acm_requests.as_of == date.today()\n"
    run("from datetime import date\n" + today).assert_outcomes(passed=1)


@pytest.mark.parametrize(
    ("mark", "message"),
    [
        ("severity='error'", "mark `acm_requests` has no argument `severity`"),
        ("fail_on='fatal'", "unknown severity `fatal` (choose from error, warning, note, never)"),
    ],
)
def test_a_misspelled_mark_is_an_error(run, mark, message):
    """A check that is off by mistake would go unnoticed."""
    result = run(f"@pytest.mark.acm_requests({mark})\ndef test_it():\n    pass\n")
    result.assert_outcomes(errors=1)
    assert message in result.stdout.str()


def test_unittest_classes_and_all_tests(run, pytester):
    """A mark works on a class, and a setting uses the fixture in every test."""
    tests = """
        import unittest

        @pytest.mark.acm_requests
        class TestMarked(unittest.TestCase):
            def test_bad(self):
                request("localhost")

            def test_good(self):
                request("brightharbor.io")

        class TestUnmarked(unittest.TestCase):
            def test_bad(self):
                request("localhost")

        @pytest.mark.parametrize("name", ["localhost", "brightharbor.io"])
        def test_function(name):
            request(name)
        """
    run(tests).assert_outcomes(passed=4, failed=1)
    pytester.makeini("[pytest]\nacm_requests_autouse = true")
    run(tests).assert_outcomes(passed=2, failed=3)


def test_requests_of_fixtures_count(run):
    """Those before the test fail it; those after it are an error of its end."""
    result = run(
        """
        @pytest.fixture
        def early(acm_requests):
            request("localhost")

        @pytest.fixture
        def late(acm_requests):
            yield
            request("localhost")

        def test_early(early):
            pass

        def test_late(late):
            pass
        """
    )
    result.assert_outcomes(passed=1, failed=1, errors=1)


def test_a_failing_test_shows_its_requests_too(run):
    """The failure is that of the test."""
    result = run(
        """
        def test_it(acm_requests):
            request("localhost")
            assert not "reached"
        """
    )
    result.assert_outcomes(failed=1)
    result.stdout.fnmatch_lines(["*assert not*", "*certificate requests*", "error?ACM101?:*"])


def test_settings_of_the_project_apply(run, pytester):
    """As for the command: a rule that is off fails no test."""
    pytester.makepyprojecttoml('[tool.acmrules]\nignore = ["ACM101"]\n')
    result = run(
        """
        def test_it(acm_requests):
            request("localhost")
        """
    )
    result.assert_outcomes(passed=1)


def test_workers_of_xdist_check_requests(run):
    """Options and failures pass between processes."""
    result = run(
        """
        @pytest.mark.parametrize("name", ["localhost", "brightharbor.io"])
        def test_it(acm_requests, name):
            request(name)
        """,
        "-n1",
    )
    result.assert_outcomes(passed=1, failed=1)
    result.stdout.fnmatch_lines(["error?ACM101?: `localhost` *"])


def test_boto3_and_mocks_of_aws(run):
    """Moto answers after the check."""
    pytest.importorskip("boto3")
    pytest.importorskip("moto")
    result = run(
        """
        import boto3
        from moto import mock_aws

        @mock_aws
        def test_moto(acm_requests):
            acm = boto3.client("acm", region_name="eu-west-1")
            acm.request_certificate(DomainName="a_b.brightharbor.io", ValidationMethod="DNS")

        def test_stub(acm_requests):
            request("localhost")
        """,
        helper=CLIENT,
    )
    result.assert_outcomes(failed=2)


def test_asynchronous_clients(run):
    """They emit the same event."""
    # `tests/guards/test_boto3_versions.py` has the versions of these clients.
    pytest.importorskip("aiobotocore")
    result = run(
        """
        import asyncio
        from aiobotocore.session import get_session

        async def ask(name):
            keys = {"aws_access_key_id": "a", "aws_secret_access_key": "b"}
            async with get_session().create_client("acm", region_name="eu-west-1", **keys) as acm:
                acm.meta.events.register("before-send", lambda **_: 1 / 0)
                with pytest.raises(ZeroDivisionError):
                    await acm.request_certificate(DomainName=name, ValidationMethod="DNS")

        @pytest.mark.parametrize("name", ["localhost", "brightharbor.io"])
        def test_it(acm_requests, name):
            asyncio.run(ask(name))
            assert len(acm_requests) == 1
        """
    )
    result.assert_outcomes(passed=1, failed=1)
    result.stdout.fnmatch_lines([" --> test_asynchronous_clients.py:*"])


def test_the_plugin_works_without_botocore(run, monkeypatch):
    """A project may check values alone."""
    monkeypatch.setitem(sys.modules, "botocore.hooks", None)
    result = run(
        """
        from acmrules import CertificateRequest

        def test_it(acm_requests):
            acm_requests.check(CertificateRequest.of(["localhost"]))
        """,
        helper="",
    )
    result.assert_outcomes(failed=1)


def test_clients_are_restored(run):
    """After a test, botocore emits events as before."""
    from botocore.hooks import HierarchicalEmitter

    emit = HierarchicalEmitter.emit
    code = """
        from botocore.hooks import HierarchicalEmitter

        def test_it(acm_requests):
            assert HierarchicalEmitter.emit.__name__ == "emit_checked"
        """
    run(code, helper="").assert_outcomes(passed=1)
    assert HierarchicalEmitter.emit is emit


def test_loading_the_plugin_loads_nothing_of_the_library():
    """Every run of pytest pays for it."""
    code = (
        "import sys, pytest\nbefore = set(sys.modules)\nimport acmrules.pytest_plugin\n"
        "print(sorted(set(sys.modules) - before))"
    )
    run = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=60
    )
    assert run.stdout.strip() == "['acmrules', 'acmrules.pytest_plugin']"


def test_pytest_finds_the_plugin(pytester):
    """The options and the fixture have descriptions."""
    pytester.runpytest("--help").stdout.fnmatch_lines(["*--acm-fail-on=*", "*acm_fail_on*"])
    pytester.runpytest("--fixtures").stdout.fnmatch_lines(["acm_requests*"])
    pytester.runpytest("--markers").stdout.fnmatch_lines(["*acm_requests(fail_on, as_of,*"])
