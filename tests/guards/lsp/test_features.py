"""The messages of the protocol, in sessions with the real process."""

import json
from pathlib import Path

import pytest
from tests.support.guards.lsp import session
from tests.support.lsp_client import Client, span, uri_of

REQUEST = 'DomainName: "{name}"\nValidationMethod: DNS\n'
PULL = {"textDocument": {"diagnostic": {}}, "workspace": {"diagnostics": {"refreshSupport": True}}}
VERSIONED = {"workspace": {"workspaceEdit": {"documentChanges": True}}}
TERRAFORM = """\
resource "aws_acm_certificate" "site" {
  domain_name       = var.name
  validation_method = "DNS"
}
"""


@pytest.fixture
def start(tmp_path, monkeypatch):
    """Return a function that starts a session in the current folder.

    Sessions of clients with capabilities or options of their own are processes of their own.
    """
    monkeypatch.chdir(tmp_path)
    own, shared = [], []

    def started(*folders, **options):
        folders = folders or (tmp_path,)
        if options:
            own.append(Client(folders, **options))
            return own[-1]
        session().move(added=folders)
        shared.extend(folders)
        return session()

    yield started
    if shared:
        session().leave(*shared)
    for client in own:
        assert client.stop() == 0
        assert "Traceback" not in "".join(client.errors)


def codes(diagnostics):
    """Return the codes of diagnostics, sorted."""
    return sorted(each["code"] for each in diagnostics)


def site(name="localhost"):
    """Return the parameters that request a certificate for a name."""
    return REQUEST.format(name=name)


def test_a_diagnostic_has_its_rule_and_its_source(start):
    """The code is the id of the rule, with the link to its source; data identifies the finding."""
    client = start()
    Path("site.yaml").write_text(site())
    (found,) = client.published(client.open("site.yaml"))
    assert found["code"] == "ACM101"
    assert found["source"] == "acmrules"
    assert found["severity"] == 1
    assert found["codeDescription"]["href"].startswith("https://")
    assert found["range"] == span(0, 13, 0, 22)
    assert found["data"] == {"finding": 0}


@pytest.mark.parametrize(
    ("encoding", "wide", "accented"),
    [("utf-8", 4, 2), ("utf-16", 2, 1), ("utf-32", 1, 1), (None, 2, 1)],
)
def test_positions_are_in_the_encoding_of_the_client(start, encoding, wide, accented):
    """Characters outside of the basic plane have the length of that encoding."""
    general = {"general": {"positionEncodings": [encoding]}} if encoding else {}
    client = start(capabilities=general)
    assert client.initialized["capabilities"]["positionEncoding"] == (encoding or "utf-16")
    text = '{"IdempotencyToken": "😀😀é", "DomainName": "localhost"}'
    found = client.published(client.open("request.json", text))
    (place,) = [each["range"]["start"] for each in found if each["code"] == "ACM101"]
    others = text.index("localhost") - 3
    assert place == {"line": 0, "character": others + 2 * wide + accented}


def test_a_change_is_checked_in_the_version_that_it_makes(start):
    """Incremental changes and whole texts count; the diagnostics have the version."""
    client = start()
    uri = client.open("site.yaml", site())
    assert codes(client.published(uri, 1)) == ["ACM101"]
    client.change(uri, 2, (span(0, 13, 0, 22), "www.brightharbor.io"))
    assert client.published(uri, 2) == []
    client.change(uri, 3, site("a..b"))
    assert codes(client.published(uri, 3)) == ["ACM101"]


def test_the_unsaved_text_of_other_open_files_counts(start):
    """A Terraform variable that is edited in one file changes the findings of another one."""
    client = start()
    Path("main.tf").write_text(TERRAFORM)
    Path("names.tf").write_text('variable "name" {\n  default = "localhost"\n}\n')
    main, names = client.open("main.tf"), client.open("names.tf")
    while "ACM101" not in codes(client.published(main)):
        pass
    client.change(names, 2, 'variable "name" {\n  default = "www.brightharbor.io"\n}\n')
    while "ACM101" in codes(client.published(main)):
        pass


def test_a_closed_document_has_no_diagnostics_and_its_text_on_disk_again(start):
    """What was not saved counts no more for the other files."""
    client = start()
    Path("main.tf").write_text(TERRAFORM)
    Path("names.tf").write_text('variable "name" {\n  default = "www.brightharbor.io"\n}\n')
    main = client.open("main.tf")
    names = client.open("names.tf", 'variable "name" {\n  default = "localhost"\n}\n')
    while "ACM101" not in codes(client.published(main)):
        pass
    client.close(names)
    assert client.published(names) == []
    while "ACM101" in codes(client.published(main)):
        pass


def test_a_document_without_a_file_is_checked_alone(start):
    """Its language determines the format."""
    client = start()
    uri = client.open("untitled:Untitled-1", site(), language="yaml")
    assert codes(client.published(uri)) == ["ACM101"]
    uri = client.open(
        "untitled:Untitled-2", TERRAFORM.replace("var.name", '"localhost"'), language="terraform"
    )
    assert "ACM101" in codes(client.published(uri))


def test_a_file_outside_of_the_workspace_is_checked_too(start, tmp_path):
    """Without a workspace folder, each file is checked in its own folder."""
    (tmp_path / "workspace").mkdir()
    Path("elsewhere.yaml").write_text(site())
    client = start(tmp_path / "workspace")
    assert codes(client.published(client.open("elsewhere.yaml"))) == ["ACM101"]


def test_new_and_unnamed_files_are_checked_while_they_are_open(start):
    """A file that is not saved yet, a list of names, but no prose."""
    client = start()
    assert codes(client.published(client.open("new.yaml", site()))) == ["ACM101"]
    assert "ACM101" in codes(client.published(client.open("list.txt", "a_b.brightharbor.io\n")))
    assert client.published(client.open("notes.txt", "buy milk\n")) == []
    assert client.published(client.open("requirements.txt", "a\nb_c\n")) == []


def test_what_git_ignores_and_what_is_excluded_has_no_findings(start):
    """The command does not check these either."""
    Path(".git").mkdir()
    Path(".gitignore").write_text("build/\n")
    Path(".acmrules.toml").write_text('exclude = ["old.yaml"]\n')
    Path("build").mkdir()
    for name in ("build/site.yaml", "old.yaml"):
        Path(name).write_text(site())
    client = start()
    for name in ("build/site.yaml", "old.yaml"):
        assert client.published(client.open(name)) == []


def with_fixed_names(start):
    """Return a client with an open module whose other file was fixed on disk, and its URI."""
    client = start()
    Path("main.tf").write_text(TERRAFORM)
    Path("names.tf").write_text('variable "name" {\n  default = "localhost"\n}\n')
    main = client.open("main.tf")
    assert "ACM101" in codes(client.published(main))
    Path("names.tf").write_text('variable "name" {\n  default = "www.brightharbor.io"\n}\n')
    return client, main


def test_files_that_change_on_disk_are_read_again(start):
    """The client watches them, and sends the changes."""
    client, main = with_fixed_names(start)
    changes = [{"uri": uri_of("names.tf"), "type": 2}]
    client.notify("workspace/didChangeWatchedFiles", {"changes": changes})
    assert "ACM101" not in codes(client.published(main))


def test_without_watched_files_another_document_reads_them_again(start):
    """The client does not report the changes of other programs."""
    client, main = with_fixed_names(start)
    client.open("request.json", "{}")
    assert "ACM101" not in codes(client.published(main))


def test_without_watched_files_saving_reads_all_of_them_again(start):
    """What a file on disk ignores is checked after it ignores it no more."""
    client = start()
    Path(".gitignore").write_text("site.yaml\n")
    Path("site.yaml").write_text(site())
    uri = client.open("site.yaml")
    assert client.published(uri) == []
    Path(".gitignore").write_text("")
    client.notify("textDocument/didSave", {"textDocument": {"uri": uri}})
    assert codes(client.published(uri)) == ["ACM101"]


def test_a_new_file_is_checked_before_the_client_reports_it(start):
    """A client may report changes on disk later than it opens or saves a document."""
    watched = {"workspace": {"didChangeWatchedFiles": {"dynamicRegistration": True}}}
    client = start(capabilities=watched)
    client.wait(lambda each: each.get("method") == "client/registerCapability")
    Path("old.yaml").write_text(site("www.brightharbor.io"))
    client.published(client.open("old.yaml"))
    Path("site.yaml").write_text(site())
    uri = client.open("site.yaml")
    assert codes(client.published(uri)) == ["ACM101"]
    unsaved = client.open("unsaved.yaml", site())
    assert codes(client.published(unsaved)) == ["ACM101"]
    Path("unsaved.yaml").write_text(site())
    client.notify("textDocument/didSave", {"textDocument": {"uri": unsaved}})
    assert codes(client.published(unsaved)) == ["ACM101"]


def test_a_renamed_document_has_its_diagnostics_under_its_new_name(start):
    """The old one has none."""
    client = start()
    Path("old.yaml").write_text(site())
    old = client.open("old.yaml")
    assert codes(client.published(old)) == ["ACM101"]
    Path("old.yaml").rename("new.yaml")
    client.close(old)
    new = client.open("new.yaml")
    assert codes(client.published(new)) == ["ACM101"]
    assert client.diagnostics[old] == []


def test_the_client_is_asked_to_watch_files_if_it_can(start):
    """The globs contain the files of all readers and of settings."""
    watching = {"didChangeWatchedFiles": {"dynamicRegistration": True}}
    client = start(capabilities={"workspace": watching})
    message = client.wait(lambda each: each.get("method") == "client/registerCapability")
    (registration,) = message["params"]["registrations"]
    globs = str(registration["registerOptions"]["watchers"])
    for word in ("yaml", "tf", "tfvars", ".acmrules.toml", "pyproject.toml", ".gitignore"):
        assert word in globs


def test_settings_are_read_again(start):
    """A rule that the settings turn off has no diagnostics from then on."""
    client = start()
    uri = client.open("site.yaml", site())
    assert codes(client.published(uri)) == ["ACM101"]
    Path(".acmrules.toml").write_text('ignore = ["ACM101"]\n')
    changes = [{"uri": uri_of(".acmrules.toml"), "type": 1}]
    client.notify("workspace/didChangeWatchedFiles", {"changes": changes})
    assert client.published(uri) == []


def test_wrong_settings_are_diagnostics_of_their_file(start):
    """If it is open, those of its text; they disappear when it is correct."""
    Path(".acmrules.toml").write_text('regio = "eu-west-1"\n')
    client = start()
    client.open("site.yaml", site())
    (found,) = client.published(uri_of(".acmrules.toml"))
    assert "regio" in found["message"]
    uri = client.open(".acmrules.toml")
    (found,) = client.published(uri)
    assert found["range"]["start"] == {"line": 0, "character": 0}
    client.change(uri, 2, '\nregio = "eu-west-1"\n')
    (found,) = client.published(uri, 2)
    assert found["range"]["start"]["line"] == 1
    client.change(uri, 3, 'region = "eu-west-1"\n')
    assert client.published(uri, 3) == []
    Path(".acmrules.toml").write_text('region = "eu-west-1"\n')
    client.notify("textDocument/didSave", {"textDocument": {"uri": uri}})
    client.close(uri)
    assert client.published(uri) == []


def test_a_file_that_cannot_be_read_has_one_diagnostic_at_the_place(start):
    """The next text that is valid has none."""
    client = start()
    text = site() + "Tags: [\n"
    uri = client.open("site.yaml", text)
    (found,) = client.published(uri)
    assert found["code"] == "unreadable"
    assert found["range"]["start"]["line"] >= 2
    client.change(uri, 2, site("www.brightharbor.io"))
    assert client.published(uri, 2) == []


def test_what_is_not_checked_is_information(start):
    """A remote module without its files, for example."""
    client = start()
    text = 'module "certificate" {\n  source = "example.com/acm/certificate/aws"\n}\n'
    (found,) = client.published(client.open("main.tf", text))
    assert found["code"].startswith("not-checked-")
    assert found["severity"] == 3


def test_a_repeated_name_is_marked_as_unnecessary(start):
    """The first occurrence is related information."""
    client = start()
    Path("list.txt").write_text("www.brightharbor.io\nwww.brightharbor.io\n")
    found = client.published(client.open("list.txt"))
    (repeated,) = [each for each in found if each["code"] == "ACM304"]
    assert repeated["tags"] == [1]


def test_diagnostics_are_pulled_if_the_client_can(start):
    """They are then not published, and a change of another file makes the client pull again."""
    client = start(capabilities=PULL)
    assert client.initialized["capabilities"]["diagnosticProvider"]["interFileDependencies"]
    Path("main.tf").write_text(TERRAFORM)
    names = client.open("names.tf", 'variable "name" {\n  default = "localhost"\n}\n')
    main = client.open("main.tf")

    def pulled():
        params = {"textDocument": {"uri": main}}
        return codes(client.request("textDocument/diagnostic", params)["items"])

    assert "ACM101" in pulled()
    client.change(names, 2, 'variable "name" {\n  default = "www.brightharbor.io"\n}\n')
    client.wait(lambda each: each.get("method") == "workspace/diagnostic/refresh")
    assert "ACM101" not in pulled()
    assert client.diagnostics == {}


def test_the_configuration_of_the_client_overrides_settings_files(start):
    """The Region and the date, from options at the start and from later changes."""
    text = json.dumps({"DomainName": "www.brightharbor.io", "ValidationMethod": "DNS"})
    options = {"asOf": "2016-06-01", "region": "eu-west-1"}
    client = start(options=options)
    early = codes(client.published(client.open("request.json", text)))
    client.notify(
        "workspace/didChangeConfiguration", {"settings": {"acmrules": {"asOf": "2028-06-01"}}}
    )
    assert codes(client.published(uri_of("request.json"))) != early


def test_the_client_is_asked_for_its_configuration(start):
    """A wrong value is shown once, and the others count."""
    answer = {"asOf": "tomorrow", "settings": "", "run": "onType"}
    client = start(capabilities={"workspace": {"configuration": True}}, configuration=answer)
    message = client.wait(lambda each: each.get("method") == "window/showMessage")
    assert "asOf" in message["params"]["message"]


def test_checks_can_wait_until_a_file_is_saved(start):
    """With `onSave`, a change alone is not checked, but actions are those of its text."""
    client = start(options={"run": "onSave"})
    Path("site.yaml").write_text(site("www.brightharbor.io"))
    uri = client.open("site.yaml")
    assert client.published(uri) == []
    client.change(uri, 2, site())
    assert len(client.actions(uri, only=["quickfix"])) == 1
    assert client.diagnostics[uri] == []
    client.notify("textDocument/didSave", {"textDocument": {"uri": uri}})
    assert codes(client.published(uri)) == ["ACM101"]


def test_a_settings_file_of_the_client_that_is_missing_is_reported(start):
    """In each document, until it exists."""
    client = start(options={"settings": "absent.toml"})
    (found,) = client.published(client.open("site.yaml", site()))
    assert "absent.toml" in found["message"]
    assert client.actions(uri_of("site.yaml")) == []
    Path("absent.toml").write_text('ignore = ["ACM101"]\n')
    client.notify("textDocument/didSave", {"textDocument": {"uri": uri_of("site.yaml")}})
    assert client.published(uri_of("site.yaml")) == []


def test_workspace_folders_come_and_go(start, tmp_path):
    """Each folder has its own settings and modules."""
    for name in ("one", "two"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "site.yaml").write_text(site())
    (tmp_path / "two" / ".acmrules.toml").write_text('ignore = ["ACM101"]\n')
    client = start(tmp_path / "one")
    one, two = client.open("one/site.yaml"), client.open("two/site.yaml")
    assert codes(client.published(one)) == ["ACM101"]
    assert client.published(two) == []
    client.move(added=["two"], removed=["one"])
    assert codes(client.published(one)) == ["ACM101"]
    assert client.published(two) == []


def test_an_edit_has_the_versions_of_the_documents(start):
    """A file that is not open has none."""
    client = start(capabilities=VERSIONED)
    Path("names.tf").write_text('variable "name" {\n  default = "WWW.BRIGHTHARBOR.IO"\n}\n')
    Path("main.tf").write_text(TERRAFORM)
    uri = client.open("main.tf", version=7)
    actions = client.actions(uri, only=["quickfix"])
    documents = {
        change["textDocument"]["uri"]: change["textDocument"]["version"]
        for action in actions
        for change in action["edit"]["documentChanges"]
    }
    assert documents.pop(uri, 7) == 7
    assert set(documents.values()) <= {None}


def test_a_suppression_has_the_reason_of_the_configuration(start):
    """The finding is suppressed where the comment is added."""
    client = start(options={"suppressionReason": "internal name"})
    uri = client.open("site.yaml", site())
    (action,) = client.actions(uri, only=["quickfix"])
    assert action["title"] == "Suppress ACM101 here"
    (edits,) = action["edit"]["changes"].values()
    assert "acmrules: ignore[ACM101]: internal name" in edits[0]["newText"]
    client.change(uri, 2, *[(each["range"], each["newText"]) for each in edits])
    assert client.published(uri, 2) == []


def test_edits_are_made_when_the_client_requests_them(start):
    """If it can; after a change of the text, there is none."""
    resolving = {"dataSupport": True, "resolveSupport": {"properties": ["edit"]}}
    client = start(capabilities={"textDocument": {"codeAction": resolving}})
    uri = client.open("site.yaml", site("WWW.brightharbor.io"))
    actions = client.actions(uri)
    assert all("edit" not in action for action in actions)
    found = {action["title"]: action for action in actions}
    assert "Suppress ACM102 here" in found
    resolved = [client.request("codeAction/resolve", action) for action in actions]
    assert all(action["edit"] for action in resolved)
    client.change(uri, 2, site())
    late = client.request("codeAction/resolve", actions[0])
    assert not late.get("edit")
    assert not client.request("codeAction/resolve", {"title": "x", "data": 0}).get("edit")


def test_deep_nesting_does_not_end_the_session(start):
    """It is an error at its place, as it is for the command."""
    client = start()
    uri = client.open("deep.yaml", "DomainName: " + "[" * 9_000)
    (found,) = client.published(uri)
    assert found["code"] == "unreadable"
    client.change(uri, 2, "DomainName: " + "{a: " * 900 + "}" * 900)
    client.published(uri, 2)
    client.change(uri, 3, site())
    assert codes(client.published(uri, 3)) == ["ACM101"]


def test_an_unknown_document_has_no_answers(start):
    """The server does not fail."""
    client = start()
    assert client.actions("file:///absent.yaml") == []
    assert client.hover("file:///absent.yaml", 0, 0) is None
    client.change("file:///absent.yaml", 2, "text")
    client.close("file:///absent.yaml")
    assert codes(client.published(client.open("site.yaml", site()))) == ["ACM101"]
