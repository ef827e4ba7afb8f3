"""The server reads nothing outside of its directories."""

import os

import pytest

from acmrules.guards.mcp.bounds import MOST_BYTES, BoundedFiles, Refused, Roots, require_small
from acmrules.syntax.source import InputError


@pytest.fixture
def roots(tmp_path, monkeypatch):
    """Change to a directory, and return the roots with it alone."""
    inside = tmp_path / "project"
    inside.mkdir()
    (inside / "a.tf").write_text("# a\n")
    (tmp_path / "secret.tf").write_text("# secret\n")
    (tmp_path / "project-2").mkdir()
    (inside / "link.tf").symlink_to(tmp_path / "secret.tf")
    (inside / "up").symlink_to(tmp_path)
    monkeypatch.chdir(inside)
    return Roots([os.curdir])


OUTSIDE = ["..", "../secret.tf", "../project-2", "/etc/passwd", "link.tf", "up", "up/secret.tf"]


@pytest.mark.parametrize("path", [".", "a.tf", "./a.tf", "new/site.yaml", "../project/a.tf"])
def test_paths_inside(roots, path):
    """A path below a directory is accepted as it is written, whether it exists or not."""
    assert roots.require(path) == path
    assert roots.require(os.path.abspath(path)) == os.path.abspath(path)


@pytest.mark.parametrize("path", [*OUTSIDE, "a\0b", "-"])
def test_paths_outside(roots, path):
    """Any other path is refused with one sentence, also one through a link."""
    with pytest.raises(Refused) as caught:
        roots.require(path)
    assert "\n" not in str(caught.value)
    assert "\0" not in str(caught.value)


@pytest.mark.parametrize("path", [*OUTSIDE, "-"])
def test_files_outside_are_not_read(roots, path):
    """What a file inside refers to is not read either."""
    with pytest.raises(InputError, match="outside the directories of the server"):
        BoundedFiles(roots).read(path)


def test_modules(roots):
    """The files of a module are read, except the target of a link; a module above is not."""
    files = BoundedFiles(roots)
    link, own = sorted(files.module("."), key=str, reverse=False)
    if isinstance(own, InputError):
        link, own = own, link
    assert (own.name, own.text) == ("./a.tf", "# a\n")
    assert "outside" in str(link)
    [refused] = files.module("..")
    assert isinstance(refused, InputError)
    [absent] = files.module("absent")
    assert "no such file" in str(absent)


@pytest.mark.usefixtures("roots")
def test_several_directories(tmp_path):
    """Each directory of the server is read."""
    both = Roots([os.curdir, str(tmp_path / "project-2")])
    assert both.includes("../project-2/a.yaml")
    assert not both.includes("../secret.tf")


@pytest.mark.parametrize(
    "settings",
    [
        {"baseline": "../secret.tf"},
        {"var-files": ["a.tf", "/etc/passwd"]},
        {"var-files": {"a/**": ["../secret.tf"]}},
    ],
)
def test_settings_that_name_files_outside(roots, settings):
    """The files that settings name are inside, too."""
    with pytest.raises(Refused, match="outside the directories"):
        roots.require_settings(settings)
    roots.require_settings({"baseline": "a.json", "quotas": {"names": 50}, "ignore": ["/etc"]})
    roots.require_settings(None)


def test_settings_that_are_too_deep(roots):
    """Hostile nesting is refused with a sentence."""
    settings = {}
    for _ in range(100):
        settings = {"a": settings}
    with pytest.raises(Refused, match="nested too deeply"):
        roots.require_settings(settings)


def test_texts_are_bounded():
    """Texts have a limit together, and names of files."""
    require_small({"a.yaml": "x" * 1000, "b/c.tf": ""})
    half = "x" * (MOST_BYTES // 2 + 1)
    with pytest.raises(Refused, match="at most 10 MiB are read"):
        require_small({"a.yaml": half, "b.yaml": half})
    for name in ("", "a/", "a\0.tf"):
        with pytest.raises(Refused, match="is not the name of a file"):
            require_small({name: ""})
