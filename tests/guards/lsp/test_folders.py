"""Which documents are checked together."""

from datetime import date

import pytest

from acmrules.guards.lsp.configuration import Configuration
from acmrules.guards.lsp.documents import OpenDocument
from acmrules.guards.lsp.folders import folder_of, is_below
from acmrules.syntax.source import InputError
from acmrules.workspace.settings import SettingsError


def document(uri, path="", language="yaml", text=""):
    """Return an open document."""
    return OpenDocument.of(uri, path, language, 1, text)


@pytest.mark.parametrize(
    ("path", "root", "name"),
    [
        ("/work/infra/site.yaml", "/work/infra", "site.yaml"),
        ("/work/site.yaml", "/work", "site.yaml"),
        ("/work/infrared/a.yaml", "/work", "infrared/a.yaml"),
        ("/elsewhere/site.yaml", "/elsewhere", "site.yaml"),
    ],
)
def test_a_file_belongs_to_the_innermost_workspace_folder(path, root, name, monkeypatch):
    """A file elsewhere belongs to its own folder."""
    monkeypatch.setattr("os.path.isdir", lambda _: True)
    roots = ["/work", "/work/infra"]
    folder, found = folder_of(document(f"file://{path}", path), roots, Configuration())
    assert (folder.root, found) == (root, name)
    assert bool(folder.name) == (root == "/elsewhere")


def test_a_workspace_with_all_files_is_not_walked(monkeypatch):
    """Nor is the home directory; each file is checked in its own folder."""
    monkeypatch.setenv("HOME", "/home/ann")
    monkeypatch.setattr("os.path.isdir", lambda _: True)
    for root in ("/", "/home/ann"):
        own = document("file:///home/ann/a/site.yaml", "/home/ann/a/site.yaml")
        folder, name = folder_of(own, [root], Configuration())
        assert (folder.root, folder.name, name) == ("/home/ann/a", "site.yaml", "site.yaml")


def test_a_file_in_a_folder_that_does_not_exist_is_checked_alone(tmp_path, monkeypatch):
    """A workspace folder that is gone is an error of its documents."""
    monkeypatch.chdir(tmp_path)
    path = str(tmp_path / "new" / "a.yaml")
    own = document(f"file://{path}", path, text="DomainName: localhost\n")
    folder, name = folder_of(own, [], Configuration())
    assert name == "a.yaml"
    assert folder.check({name: own}).check.report.requests == 1
    folder, name = folder_of(own, [str(tmp_path / "new")], Configuration())
    with pytest.raises(InputError, match="no such file"):
        folder.check({name: own})


@pytest.mark.parametrize(
    ("uri", "language", "name"),
    [
        ("untitled:Untitled-1", "yaml", "Untitled-1.yaml"),
        ("untitled:site.yaml", "yaml", "site.yaml"),
        ("untitled:Untitled-1", "terraform", "Untitled-1.tf"),
        ("untitled:Untitled-1", "cloudformation-json", "Untitled-1.json"),
        ("untitled:", "plaintext", "untitled"),
    ],
)
def test_a_document_without_a_file_has_the_suffix_of_its_language(uri, language, name):
    """It is checked alone."""
    folder, found = folder_of(document(uri, language=language), ["/work"], Configuration())
    assert (folder.root, folder.name, found) == ("/work", name, name)


def test_a_folder_is_not_below_itself():
    """Nor below one whose name begins like its own."""
    assert is_below("/a/b", "/a")
    assert is_below("/a", "/")
    assert not is_below("/a", "/a")
    assert not is_below("/ab", "/a")


def test_the_configuration_overrides_settings(tmp_path, monkeypatch):
    """Its settings file has to exist."""
    monkeypatch.chdir(tmp_path)
    text = "DomainName: localhost\nValidationMethod: DNS\n"
    own = document("file:///a.yaml", str(tmp_path / "a.yaml"), text=text)
    configuration = Configuration(region="eu-west-1", as_of=date(2020, 1, 1))
    folder, name = folder_of(own, [str(tmp_path)], configuration)
    checked = folder.check({name: own})
    assert checked.check.report.as_of == date(2020, 1, 1)
    folder, name = folder_of(own, [str(tmp_path)], Configuration(settings="absent.toml"))
    with pytest.raises(SettingsError):
        folder.check({name: own})
