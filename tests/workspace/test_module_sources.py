"""Calls of local modules that cannot be read."""

import pytest
from tests.workspace.test_load import check_files, module

CERTIFICATE = """
resource "aws_acm_certificate" "site" {
  domain_name       = "bad_a.io"
  validation_method = "DNS"
}
"""


def call(source, name="m"):
    """Return a call of a module, whose source begins at line 3, column 12."""
    return f'\nmodule "{name}" {{\n  source = "{source}"\n}}\n'


@pytest.mark.parametrize(
    ("source", "files", "fault"),
    [
        ("./gone", {}, "module `./gone` cannot be read: no such file or directory"),
        ("./docs", {"docs__a_md": ""}, "module `./docs` contains no Terraform files"),
        ("./docs/a.md", {"docs__a_md": ""}, "module `./docs/a.md` cannot be read: not a directory"),
        (
            "./m",
            {"m__x_tf": 'variable "a" {\n'},
            "module `./m` cannot be read: m/x.tf:1:1: not valid HCL: unterminated block",
        ),
        (
            "./m",
            {"m__x_tf": CERTIFICATE + "\0\ud800"},
            "module `./m` cannot be read: m/x.tf:6:2: is not UTF-8: byte 0xed",
        ),
    ],
)
def test_a_bad_source_is_reported_at_the_call(tmp_path, monkeypatch, source, files, fault):
    """The error names the file of the call and its `source`, and all other files are checked."""
    texts = {"main_tf": CERTIFICATE + call(source).lstrip("\n")}
    module(tmp_path, monkeypatch, **texts, z__a_tf=CERTIFICATE)
    for name, text in files.items():
        path = tmp_path / name.replace("__", "/").replace("_", ".")
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(text.encode("utf-8", "surrogatepass"))
    found, errors = check_files("main.tf", "z/a.tf")
    assert found == ["main.tf ACM101 bad_a.io", "z/a.tf ACM101 bad_a.io"]
    assert errors == [f"main.tf:7:13: {fault}"]


def test_a_source_that_is_a_file(tmp_path, monkeypatch):
    """Only the call is wrong: the file that it names is checked."""
    module(tmp_path, monkeypatch, main_tf=CERTIFICATE + call("./other.tf"), other_tf="locals {}\n")
    found, errors = check_files(".")
    assert found == ["main.tf ACM101 bad_a.io"]
    fault = "module `./other.tf` cannot be read: not a directory"
    assert errors == [f"main.tf:8:13: {fault}"]


def test_several_bad_sources(tmp_path, monkeypatch):
    """Each call is reported, and a module that can be read is read."""
    text = call("./one", "a") + call("./two", "b") + call("./m", "c")
    module(tmp_path, monkeypatch, main_tf=text, m__a_tf=CERTIFICATE)
    found, errors = check_files(".")
    assert found == ["m/a.tf ACM101 bad_a.io"]
    assert [each.partition(" cannot")[0] for each in errors] == [
        "main.tf:3:13: module `./one`",
        "main.tf:7:13: module `./two`",
    ]


def test_an_unreadable_file_is_reported_once(tmp_path, monkeypatch):
    """A file that is checked itself is not reported at a call too."""
    module(tmp_path, monkeypatch, main_tf=CERTIFICATE + call("./m"), m__x_tf="{")
    _, errors = check_files(".")
    assert [each.partition(":")[0] for each in errors] == ["m/x.tf"]


def test_an_excluded_file_may_be_unreadable(tmp_path, monkeypatch):
    """A file of a module that the settings leave out is not reported."""
    module(tmp_path, monkeypatch, main_tf=CERTIFICATE + call("./m"), m__x_tf="{")
    (tmp_path / ".acmrules.toml").write_text('exclude = ["m/x.tf"]\n')
    assert check_files("main.tf")[1] == []


@pytest.mark.parametrize(("source", "count"), [("./acm", 1), ("../tls-cert", 1), ("./vpc", 0)])
def test_a_missing_module_that_may_have_certificates(tmp_path, monkeypatch, source, count):
    """A file without certificates is reported if a missing module appears to have some."""
    module(tmp_path, monkeypatch, main_tf=call(source))
    assert len(check_files(".")[1]) == count


@pytest.mark.parametrize("source", ["brightharbor/acm/aws", "git::https://a.io/acm.git"])
def test_a_remote_module_is_no_error(tmp_path, monkeypatch, source):
    """Modules that Terraform downloads are not local."""
    module(tmp_path, monkeypatch, main_tf=CERTIFICATE + call(source))
    assert check_files("main.tf")[1] == []
