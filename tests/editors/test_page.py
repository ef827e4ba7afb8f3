"""The page about editors: blocks that the editors can read, and the settings of the server."""

import json
import re
import shutil
import subprocess
import tomllib

import pytest
from tests.support.editors.page import PAGE, all_blocks, blocks

from acmrules.guards.lsp.configuration import Configuration, configuration_of
from acmrules.lint.suppressions.model import NO_REASON

SECTIONS = ("VS Code", "Neovim", "Emacs", "JetBrains", "Helix", "Zed", "Sublime Text")
VALUES = {
    "region": "eu-central-1",
    "asOf": "2027-03-15",
    "settings": "x.toml",
    "run": "onSave",
    "suppressionReason": "known",
}


def of_language(*languages):
    """Return the blocks of some languages."""
    found = [text for language, text in all_blocks() if language in languages]
    assert found
    return found


@pytest.mark.parametrize("text", of_language("json"))
def test_json_is_valid(text):
    """Each JSON block is an object."""
    assert isinstance(json.loads(text), dict)


@pytest.mark.parametrize("text", of_language("toml"))
def test_toml_is_valid(text):
    """Each language of Helix has the server that the block defines."""
    data = tomllib.loads(text)
    [name] = data["language-server"]
    assert all(name in each["language-servers"] for each in data["language"])


@pytest.mark.parametrize("heading", SECTIONS)
def test_each_editor_starts_the_server(heading):
    """The lines of an editor contain the command; those of VS Code install the extension."""
    languages = {"VS Code": "sh", "Neovim": "lua", "Emacs": "elisp", "Helix": "toml"}
    for text in blocks(heading, languages.get(heading, "json")):
        words = " ".join(re.findall(r"[\w.*-]+", text))
        assert re.search(r"\bacmrules( args)? lsp\b|acmrules arguments lsp|--install", words)


@pytest.mark.slow
def test_lua_is_valid(tmp_path):
    """Neovim can load the Lua blocks."""
    if shutil.which("nvim") is None:
        pytest.skip("Neovim is not installed (Debian: neovim)")
    for number, text in enumerate(of_language("lua")):
        path = tmp_path / f"{number}.lua"
        path.write_text(text)
        words = ["nvim", "--headless", "--clean", f"+lua assert(loadfile('{path}'))", "+quit"]
        done = subprocess.run(words, capture_output=True, text=True, check=True, timeout=30)
        assert done.stderr == ""


@pytest.mark.slow
def test_emacs_lisp_is_valid(tmp_path):
    """Emacs can read the Lisp blocks."""
    if shutil.which("emacs") is None:
        pytest.skip("Emacs is not installed (Debian: emacs-nox)")
    for number, text in enumerate(of_language("elisp")):
        path = tmp_path / f"{number}.el"
        path.write_text(text)
        words = ["emacs", "-Q", "--batch", "--load", str(path)]
        subprocess.run(words, capture_output=True, check=True, timeout=30)


def test_the_page_lists_the_settings_of_the_server():
    """Each setting of the table is one that the server reads, and there are no others."""
    section = PAGE.read_text("utf-8").partition("\n## Settings\n")[2].partition("\n## ")[0]
    listed = re.findall(r"^\| `(\w+)` \|", section, re.MULTILINE)
    assert listed == [*VALUES]
    configuration, faults = configuration_of(VALUES)
    assert faults == []
    default = Configuration()
    read = {name: getattr(configuration, name) for name in Configuration.__annotations__}
    assert all(value != getattr(default, name) for name, value in read.items())
    assert f"`{NO_REASON}`" in section


def test_the_settings_in_the_lines_of_editors_are_known():
    """The example of each editor is a setting of the server."""
    section = PAGE.read_text("utf-8").partition("\n## Settings\n")[2]
    rows = re.findall(
        r"^\| (?:Neovim|Emacs|JetBrains|Helix|Zed|Sublime Text) .*", section, re.MULTILINE
    )
    assert len(rows) == len(SECTIONS) - 1
    for row in rows:
        [(name, value)] = re.findall(r"(region)\W+['\"]?([\w-]+)", row)
        assert configuration_of({name: value})[1] == []
