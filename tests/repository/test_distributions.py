"""The distributions: metadata, contents, and equal bytes from equal sources."""

import hashlib
import os
import re
import shutil
import subprocess
import sys
import tarfile
import tomllib
import zipfile
from pathlib import Path

import pytest

import acmrules

ROOT = Path(__file__).parents[2]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
HOME = PROJECT["urls"]["Homepage"]
PAGES = [
    *ROOT.glob("*.md"),
    *(ROOT / "docs" / "pages").glob("*.md"),
    *(ROOT / ".github").rglob("*.yml"),
    ROOT / "pyproject.toml",
]


def tracked():
    """Return the paths of the files in the repository."""
    done = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=True)
    return sorted(filter(None, os.fsdecode(done.stdout).split("\0")))


def build(source, target, *kinds, **variables):
    """Build distributions of a directory, by default a wheel from a source distribution."""
    command = [sys.executable, "-m", "build", "--no-isolation", "-o", target, *kinds, source]
    environment = os.environ | {"SOURCE_DATE_EPOCH": "1700000000"} | variables
    subprocess.run(command, env=environment, capture_output=True, check=True)
    return target


def digests(folder):
    """Return the hashes of the files in a folder by name."""
    return {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in folder.iterdir()}


@pytest.fixture(scope="module")
def copies(tmp_path_factory):
    """Return two copies of the tracked files, with other permissions, times and names."""
    made = []
    for name, umask, moment in (("one", 0o022, 1_000_000_000), ("other", 0o077, 1_700_000_000)):
        folder = tmp_path_factory.mktemp(name)
        for path in tracked():
            target = folder / path
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(ROOT / path, target)
            target.chmod((0o777 if os.access(ROOT / path, os.X_OK) else 0o666) & ~umask)
            os.utime(target, (moment, moment))
        made.append(folder)
    return made


@pytest.fixture(scope="module")
def built(copies, tmp_path_factory):
    """Return the folder with the distributions of the first copy."""
    return build(copies[0], tmp_path_factory.mktemp("dist"))


@pytest.mark.slow
def test_equal_sources_result_in_equal_bytes(copies, built, tmp_path):
    """Neither the folder, nor permissions, times, zone or the hash seed change a distribution."""
    again = build(copies[1], tmp_path, TZ="Asia/Tokyo", PYTHONHASHSEED="7")
    assert len(digests(built)) == 2
    assert digests(again) == digests(built)


@pytest.mark.slow
def test_the_wheel_of_the_tree_is_that_of_the_source_distribution(copies, built, tmp_path):
    """The source distribution has all that the wheel is built from."""
    [wheel] = digests(build(copies[0], tmp_path, "--wheel")).items()
    assert wheel in digests(built).items()


@pytest.mark.slow
def test_the_source_distribution_is_complete(built):
    """It contains each tracked file, so the tests can run from it, and nothing else."""
    [path] = built.glob("*.tar.gz")
    with tarfile.open(path) as archive:
        names = {name.partition("/")[2] for name in archive.getnames()}
    assert names == {*tracked(), "PKG-INFO"}


@pytest.mark.slow
def test_the_page_on_pypi_has_no_relative_link(built):
    """Links and pictures of the README are those of the release."""
    [path] = built.glob("*.whl")
    with zipfile.ZipFile(path) as wheel:
        [metadata] = [name for name in wheel.namelist() if name.endswith("/METADATA")]
        page = wheel.read(metadata).decode()
    page = re.sub(r"(?ms)^ *```.*?^ *```$", "", page)
    targets = re.findall(r"\]\(([^)]+)\)", page)
    assert len(targets) > 10
    assert [target for target in targets if not re.match("https://|#", target)] == []
    pictures = re.findall(r"!\[[^]]*\]\(([^)]+)\)", page)
    raw = HOME.replace("//github.com", "//raw.githubusercontent.com")
    assert pictures
    for target in pictures:
        assert (ROOT / target.removeprefix(f"{raw}/v{acmrules.__version__}/")).is_file()


def test_urls():
    """All pages name one public home."""
    home = re.compile(r"https://(?:raw\.githubusercontent|github)\.com/[\w.-]+/acmrules\b")
    found = {match for page in PAGES for match in home.findall(page.read_text("utf-8"))}
    assert found == {HOME, HOME.replace("//github.com", "//raw.githubusercontent.com")}
    assert set(PROJECT["urls"]) == {"Homepage", "Documentation", "Changelog", "Issues", "Source"}


def test_the_linked_pages_exist():
    """The URLs of files in the metadata name files of the repository."""
    files = [url.partition("/blob/main/")[2] for url in PROJECT["urls"].values()]
    assert [file for file in files if file and not (ROOT / file).is_file()] == []


def test_the_changelog_begins_with_this_version():
    """Its first section is about this version, with a date."""
    headings = re.findall(r"(?m)^## (.*)$", (ROOT / "CHANGELOG.md").read_text("utf-8"))
    assert re.fullmatch(rf"{re.escape(acmrules.__version__)} \(\d{{4}}-\d\d-\d\d\)", headings[0])


def test_the_examples_use_this_version():
    """The hook, the action and the package in examples have the version of the repository."""
    pages = [
        path.read_text("utf-8")
        for path in (ROOT / "README.md", *sorted((ROOT / "docs" / "pages").rglob("*.md")))
        if path.name != "changelog.md"
    ]
    form = r"(?:/acmrules\b.*\n *rev: v|/check@v|\bacmrules(?:\[\w+\])?==)([\d.]+\d)"
    stated = re.findall(form, "\n".join(pages))
    assert len(stated) > 7
    assert set(stated) == {acmrules.__version__}


def test_classifiers():
    """The classifiers are in the order in which PyPI shows them, each once."""
    assert PROJECT["classifiers"] == sorted(set(PROJECT["classifiers"]))
