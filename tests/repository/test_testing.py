"""The pages about fields and about tests: their examples, their tables."""

import doctest
import re
from pathlib import Path

import pytest

from acmrules import pytest_plugin, strategies

pytest_plugins = "pytester"

DOCS = Path(__file__).parents[2] / "docs" / "pages"
TESTING = (DOCS / "testing.md").read_text("utf-8")

SITES = """
import botocore.session
from botocore.stub import Stubber

acm = botocore.session.Session().create_client(
    "acm", region_name="eu-west-1", aws_access_key_id="a", aws_secret_access_key="b"
)

def create_site(domain):
    with Stubber(acm) as stub:
        stub.add_response("request_certificate", {})
        acm.request_certificate(DomainName=domain, ValidationMethod="DNS")
"""


def blocks(page, language):
    """Return the code blocks of a page in a language."""
    text = (DOCS / page).read_text("utf-8")
    return re.findall(rf"(?ms)^```{language}\n(.*?)^```$", text)


@pytest.mark.parametrize("page", ["fields.md", "testing.md"])
def test_the_examples_run(page):
    """The examples of the page print what it shows."""
    outcome = doctest.testfile(str(DOCS / page), module_relative=False)
    assert (outcome.failed, outcome.attempted > 5) == (0, True)


def test_the_programs_run():
    """The service of the page is a program."""
    for code in blocks("fields.md", "python"):
        compile(code, "fields.md", "exec", dont_inherit=True)
        exec(code, {"__name__": "service"})


def test_the_tests_of_the_page_pass(pytester):
    """With the settings of the page."""
    pytester.makepyfile(sites=SITES)
    code = "\n\n".join(["from sites import create_site", *blocks("testing.md", "python")])
    pytester.makepyfile(code)
    pytester.makepyprojecttoml(blocks("testing.md", "toml")[0])
    pytester.syspathinsert()
    pytester.runpytest("--strict-markers", "--strict-config").assert_outcomes(passed=3)


def test_the_failure_of_the_page_is_the_real_one(pytester):
    """Except for the line of the call."""
    pytester.makepyfile(sites=SITES)
    pytester.makepyfile(
        "from sites import create_site\ndef test_it(acm_requests): create_site('localhost')"
    )
    pytester.syspathinsert()
    result = pytester.runpytest()
    expected = re.sub(r"sites\.py:\d+", "sites.py:N", blocks("testing.md", "text")[0])
    assert expected in re.sub(r"sites\.py:\d+", "sites.py:N", result.stdout.str())


def test_every_strategy_and_option_has_a_row():
    """The tables list them."""
    cells = " ".join(re.findall(r"^\| (.*?) \|", TESTING, re.MULTILINE))
    named = set(re.findall(r"`([\w-]+)", cells + TESTING.partition("`rules_of")[1]))
    assert {*strategies.__all__} - {"rules_of_requests"} <= named
    assert {"--acm-fail-on", "--acm-as-of"} <= named
    members = {name for name in vars(pytest_plugin.AcmRequests) if name[0] != "_"}
    assert members - {"failure"} <= named
