"""The workflows: valid, pinned, with few permissions, and with the steps of a release."""

import re
from pathlib import Path

import pytest
import yaml
from tests.support.schemas import refusal_by_schema

ROOT = Path(__file__).parents[2]
GITHUB = ROOT / ".github"
WORKFLOWS = {path.stem: path for path in (GITHUB / "workflows").glob("*.yml")}
ACTIONS = [*GITHUB.glob("actions/*/action.yml")]
USES = re.compile(r"^ *(?:- )?uses: (.*)$", re.MULTILINE)
PINNED = re.compile(r"[\w.-]+(?:/[\w.-]+)+@[0-9a-f]{40} # v\d+\.\d+\.\d+")
WRITES = {
    "attest": {"attestations", "id-token"},
    "publish": {"id-token"},
    "announce": {"contents"},
    "pages": {"id-token", "pages"},
}
"""The jobs that may write, and what."""


def workflow(name):
    """Return a workflow as data. YAML 1.1 reads the key `on` as true."""
    return yaml.safe_load(WORKFLOWS[name].read_text("utf-8"))


def jobs(name):
    """Return the jobs of a workflow by their ids."""
    return workflow(name)["jobs"]


@pytest.mark.slow
@pytest.mark.parametrize(
    ("schema", "path"),
    [
        *(("github-workflows", path) for path in WORKFLOWS.values()),
        *(("github-actions", path) for path in ACTIONS),
        ("dependabot", GITHUB / "dependabot.yml"),
        ("github-issue-config", GITHUB / "ISSUE_TEMPLATE" / "config.yml"),
        ("github-issue-forms", GITHUB / "ISSUE_TEMPLATE" / "result.yml"),
    ],
    ids=str,
)
def test_schemas(schema, path):
    """Each file is valid by the schema of its kind."""
    assert not refusal_by_schema(schema, path)


@pytest.mark.parametrize("path", [*WORKFLOWS.values(), *ACTIONS], ids=lambda path: path.stem)
def test_actions_of_others_are_pinned(path):
    """Each action of another repository has the hash of a commit, and its version as a comment."""
    used = USES.findall(path.read_text("utf-8"))
    assert used
    assert [each for each in used if not each.startswith("$/") and not PINNED.fullmatch(each)] == []


def test_an_action_has_one_version():
    """All files use the same commit of an action."""
    texts = [path.read_text("utf-8") for path in (*WORKFLOWS.values(), *ACTIONS)]
    pinned = {each for text in texts for each in USES.findall(text) if "@" in each}
    assert len(pinned) == len({each.partition("@")[0] for each in pinned})


@pytest.mark.parametrize("name", WORKFLOWS)
def test_permissions(name):
    """A workflow grants nothing; a job grants reading, and writing to the jobs that need it."""
    assert workflow(name)["permissions"] == {}
    for key, job in jobs(name).items():
        granted = job.get("permissions", {})
        assert {scope for scope in granted if granted[scope] == "write"} == WRITES.get(key, set())
        assert set(granted.values()) <= {"read", "write"}


@pytest.mark.parametrize("name", WORKFLOWS)
def test_checkouts_keep_no_credentials(name):
    """No later step can read the token of the checkout."""
    steps = [step for job in jobs(name).values() for step in job.get("steps", [])]
    for step in steps:
        if step.get("uses", "").startswith("actions/checkout@"):
            assert step["with"]["persist-credentials"] is False


@pytest.mark.parametrize("name", WORKFLOWS)
def test_scripts_contain_no_expressions(name):
    """What comes from outside reaches a script as a variable."""
    scripts = [step.get("run", "") for job in jobs(name).values() for step in job.get("steps", [])]
    assert not any("${{" in script for script in scripts)


def test_ci_runs_every_part():
    """The jobs run all parts of `.ci/run`, the tests on each Python, and two parts on their own."""
    parts = re.findall(r"(?m)^    parts ([a-z ]+\b)", (ROOT / ".ci" / "run").read_text("utf-8"))
    run = " ".join(jobs("ci")["checks"]["strategy"]["matrix"]["parts"]).split()
    assert {*run, "wheel"} == {*" ".join(parts).split()}
    for name in ("newest", "suite"):
        assert jobs("ci")[name]["steps"][-1]["run"] == f".ci/run {name}"
        assert f"\npart_{name}()" in (ROOT / ".ci" / "run").read_text("utf-8")
    metadata = (ROOT / "pyproject.toml").read_text("utf-8")
    supported = re.findall(r'"Programming Language :: Python :: (3\.\d+)"', metadata)
    assert jobs("ci")["tests"]["strategy"]["matrix"]["python"] == supported
    assert supported[0] == re.findall(r'requires-python = ">=(.*)"', metadata)[0]


def before(job):
    """Return all jobs of the release that must succeed before one."""
    needs = jobs("release")[job].get("needs", [])
    direct = {needs} if isinstance(needs, str) else set(needs)
    return direct.union(*map(before, direct))


def test_nothing_is_published_untested():
    """PyPI receives files that passed the rehearsal, after all checks, with attestations."""
    assert before("publish") == {"ci", "build", "rehearse", "attest"}
    assert before("announce") == {*before("publish"), "publish"}
    assert jobs("release")["publish"]["environment"]["name"] == "pypi"


def test_releases_do_not_overlap():
    """A second tag waits for the first, and stops nothing."""
    assert workflow("release")["concurrency"] == {"group": "release", "cancel-in-progress": False}
    assert workflow("release")[True] == {"push": {"tags": ["v*"]}}


def test_the_site_is_published_as_it_is_built():
    """From `main` only: the playground, then the site with it, strictly."""
    assert workflow("pages")[True] == {"push": {"branches": ["main"]}, "workflow_dispatch": None}
    assert workflow("pages")["concurrency"] == {"group": "pages", "cancel-in-progress": False}
    site, pages = jobs("pages").values()
    scripts = "\n".join(step.get("run", "") for step in site["steps"])
    assert scripts.index("npm run build") < scripts.index("zensical build --strict")
    [upload] = [step for step in site["steps"] if "upload-pages" in step.get("uses", "")]
    assert upload["with"] == {"path": "docs/site"}
    assert pages["needs"] == "site"
    assert pages["environment"]["name"] == "github-pages"


def test_jobs_end():
    """Each job that runs steps has a limit of time."""
    for name in WORKFLOWS:
        assert all("timeout-minutes" in job for job in jobs(name).values() if "steps" in job)
