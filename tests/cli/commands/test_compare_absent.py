"""Comparisons with a revision whose files are encrypted, elsewhere, or not in the clone."""

import pytest
from tests.support.edits import template
from tests.support.git import commit, git

from acmrules.cli.main import CLEAN, UNREADABLE, main

CRYPT = b"\0GITCRYPT\0\x01\x02\xff\xfe"
POINTER = b"version https://git-lfs.github.com/spec/v1\noid sha256:4d7a\nsize 12345\n"
ENCRYPTED = "is encrypted by git-crypt"
ELSEWHERE = "is a pointer of Git LFS, without its content"
OTHER = "other.yaml:3:4 Certificate: replacement (cloudformation)"


def site(name):
    """Return a template with a certificate for a name."""
    return template({"Certificate": ((name,), {})})


@pytest.fixture
def here(tmp_path, monkeypatch):
    """Change to an empty directory."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture
def compare(capsys):
    """Return a function that runs the command, and returns its exit code and output lines."""

    def run(*words):
        code = main(["compare", "--as-of", "2026-11-01", *words])
        captured = capsys.readouterr()
        return code, captured.out, captured.err.splitlines()

    return run


def remove_blob(here, revision):
    """Remove the content of a file from a repository, as in a partial clone."""
    blob = git(here, "rev-parse", revision).strip()
    (here / ".git" / "objects" / blob[:2] / blob[2:]).unlink()


@pytest.mark.parametrize(("content", "fault"), [(CRYPT, ENCRYPTED), (POINTER, ELSEWHERE)])
@pytest.mark.parametrize("name", ["site.yaml", "certificate.json"])
def test_content_that_git_does_not_have(here, compare, content, fault, name):
    """A file without its content is reported as not read, on either side; others are compared."""
    commit(here, {name: content, "other.yaml": site("a.io")})
    (here / name).write_text(site("x.io"))
    (here / "other.yaml").write_text(site("b.io"))
    code, out, err = compare("--git", "HEAD", ".")
    assert (code, err) == (CLEAN, [f"acmrules: warning: {name} (HEAD): {fault}"])
    assert out.startswith(OTHER)
    assert out.endswith("\n1 certificate: 1 replacement\n")
    commit(here, {name: site("x.io"), "other.yaml": site("a.io")})
    (here / name).write_bytes(content)
    (here / "other.yaml").write_text(site("b.io"))
    code, out, err = compare("--git", "HEAD", ".")
    assert (code, err) == (CLEAN, [f"acmrules: warning: {name}: {fault}"])
    assert out.endswith("\n1 certificate: 1 replacement\n")
    assert compare("--git", "HEAD", name) == (
        UNREADABLE,
        "no certificate changes in what could be read\n",
        [f"acmrules: {name}: {fault}"],
    )


def test_a_filter_that_is_not_installed(here, compare):
    """A filter that is required, but missing, does not prevent the comparison."""
    commit(here, {"secret.yaml": CRYPT, "other.yaml": site("a.io"), "kept.yaml": site("k.io")})
    (here / ".gitattributes").write_text("*.yaml filter=git-crypt diff=git-crypt\n")
    for member, value in (("clean", "missing-git-crypt clean"), ("required", "true")):
        git(here, "config", f"filter.git-crypt.{member}", value)
    (here / "secret.yaml").write_text(site("s.io"))
    (here / "other.yaml").write_text(site("b.io"))
    code, out, err = compare("--git", "HEAD", ".")
    assert (code, err) == (CLEAN, [f"acmrules: warning: secret.yaml (HEAD): {ENCRYPTED}"])
    assert out.startswith(OTHER)
    assert out.endswith("\n1 certificate: 1 replacement\n")


def test_an_absent_blob(here, compare):
    """A file whose old content is not in the clone is reported, and others are compared."""
    commit(here, {"site.yaml": site("x.io"), "other.yaml": site("a.io")})
    remove_blob(here, "HEAD:site.yaml")
    (here / "site.yaml").write_text(site("y.io"))
    (here / "other.yaml").write_text(site("b.io"))
    code, out, err = compare("--git", "HEAD", ".")
    fault = "is not in this clone at `HEAD`"
    assert (code, err) == (CLEAN, [f"acmrules: warning: site.yaml (HEAD): {fault}"])
    assert out.endswith("\n1 certificate: 1 replacement\n")


def test_a_renamed_file_whose_old_content_is_absent(here, compare):
    """A new file may be the renamed one, so its certificates are not reported as added."""
    comment = "# " + "same " * 100 + "\n"
    commit(here, {"site.yaml": comment + site("x.io"), "other.yaml": site("a.io")})
    remove_blob(here, "HEAD:site.yaml")
    (here / "site.yaml").unlink()
    (here / "new.yaml").write_text(comment + site("y.io"))
    (here / "other.yaml").write_text(site("b.io"))
    git(here, "add", ".")
    code, out, err = compare("--git", "HEAD", ".")
    new = "may be the new name of a file whose content is not in this clone"
    assert code == CLEAN
    assert err == [
        "acmrules: warning: site.yaml (HEAD): is not in this clone at `HEAD`",
        f"acmrules: warning: new.yaml: {new}",
    ]
    assert out.endswith("\n1 certificate: 1 replacement\n")


CALL = 'module "lib" {\n  source = "./lib"\n}\n'
RESOURCE = 'resource "aws_acm_certificate" "own" {{\n  domain_name = "{}"\n}}\n'


@pytest.mark.parametrize("is_present", [True, False])
def test_a_module_in_a_submodule(here, compare, is_present):
    """The files of a submodule are not in the repository; the root module is compared."""
    library = here / "library"
    commit(library, {"main.tf": RESOURCE.format("lib.io").replace("own", "lib")})
    top = here / "top"
    commit(top, {"main.tf": CALL + RESOURCE.format("a.io")})
    git(top, "-c", "protocol.file.allow=always", "submodule", "--quiet", "add", str(library), "lib")
    git(top, "commit", "--quiet", "-m", "submodule")
    if not is_present:
        git(top, "submodule", "--quiet", "deinit", "--force", "lib")
    (top / "main.tf").write_text(CALL + RESOURCE.format("b.io"))
    code, out, err = compare("--git", "HEAD", "top")
    before = "module `./lib` cannot be read: is in the submodule `top/lib`"
    assert (code, len(err)) == (CLEAN, 1 if is_present else 2)
    assert err[0].startswith(f"acmrules: warning: top/main.tf (HEAD):2:13: {before}")
    assert out.startswith("top/main.tf:4:1 aws_acm_certificate.own: replacement")
    assert out.endswith("\n1 certificate: 1 replacement\n")
