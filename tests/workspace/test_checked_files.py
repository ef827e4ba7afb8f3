"""The files of a run, which are read again with new texts."""

from datetime import date
from pathlib import Path

from acmrules.workspace import arguments
from acmrules.workspace.open_folder import OpenFolder

REQUEST = '{{"DomainName": "{}", "ValidationMethod": "DNS"}}'


def test_new_texts_replace_findings_until_the_run_is_used_anew(tmp_path, monkeypatch):
    """A fix reads them, and another fix begins with the texts of the run."""
    monkeypatch.chdir(tmp_path)
    Path("request.json").write_text(REQUEST.format("localhost"))
    folder = OpenFolder(lambda day: arguments.resolver({}, None, None, day))
    files = folder.check({}, date(2026, 11, 23)).files

    def ids(found):
        return {finding.rule.id for finding in found}

    before = ids(files.findings({}))
    good = {"request.json": REQUEST.format("www.brightharbor.io")}
    assert "ACM101" in before
    assert "ACM101" not in ids(files.findings(good))
    assert "ACM101" not in ids(files.findings({}))
    (declaration,) = files.declarations(good)
    assert declaration.request.spellings == ("www.brightharbor.io",)
    assert "ACM101" not in ids(files.findings_of(declaration))
    assert ids(files.anew().findings({})) == before
    (declaration,) = files.anew().declarations({})
    assert declaration.request.spellings == ("localhost",)
