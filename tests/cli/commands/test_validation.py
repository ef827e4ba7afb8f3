"""The command `validation`: its output, exit codes and errors."""

import pytest
from tests.support.commands import ENVIRONMENTS, write_all
from tests.support.validation import DNS_SITE, MAIL_SITE, TERRAFORM_SITE, template

from acmrules.cli.main import CLEAN, FOUND, UNREADABLE, main


@pytest.fixture
def validation(run):
    """Return a function that runs the command on a day."""
    return lambda *words, as_of="2026-11-23": run("validation", *words, "--as-of", as_of)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        (DNS_SITE, CLEAN),
        (template("DomainName: a.io\nValidationMethod: dns"), FOUND),
        (template(f"DomainName: {'.'.join('abcd' * 30)}\nValidationMethod: DNS"), FOUND),
    ],
)
@pytest.mark.parametrize("form", ["text", "json", "changes", "cloudformation", "terraform"])
def test_exit_codes(tmp_path, validation, text, code, form):
    """The exit code is 1 if a validation cannot succeed, in every format."""
    (tmp_path / "a.yaml").write_text(text)
    assert validation("a.yaml", "--format", form)[0] == code
    (tmp_path / "b.yaml").write_text("Resources: [")
    assert validation("a.yaml", "missing.yaml", "--format", form)[0] == UNREADABLE


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", CLEAN),
        (b"\xff\xfeR\x00", UNREADABLE),
        (b"Resources: {A: {Type: AWS::CertificateManager::Certificate}} \xff", UNREADABLE),
        (b"AWS::CertificateManager::Certificate \0", UNREADABLE),
        (b"Resources:\n  A: {Type: AWS::CertificateManager::Certificate", UNREADABLE),
    ],
)
def test_hostile_files(tmp_path, validation, data, code):
    """Unreadable inputs are reported on standard error."""
    (tmp_path / "a.yaml").write_bytes(data)
    found, out, err = validation("a.yaml")
    assert (found, bool(err)) == (code, code == UNREADABLE or not data)
    assert out == "no certificate in these files\n"


def test_control_characters_stay_in_the_file(tmp_path, validation):
    """Control characters from files are escaped."""
    (tmp_path / "a.yaml").write_text(template('DomainName: "a\\e[31m.io"\nValidationMethod: DNS'))
    code, out, _ = validation("a.yaml")
    assert (code, "\x1b" in out, "\\x1b[31m" in out) == (FOUND, False, True)
    for form in ("json", "changes", "cloudformation", "terraform"):
        _, out, err = validation("a.yaml", "--format", form)
        assert "\x1b" not in out + err


def test_days_before_acm(tmp_path, validation):
    """A date before ACM launched is a usage error."""
    (tmp_path / "a.yaml").write_text(DNS_SITE)
    code, out, err = validation("a.yaml", as_of="2010-01-01")
    assert (code, out) == (UNREADABLE, "")
    assert err == "acmrules: option `--as-of`: 2010-01-01 is before 2016-01-21, when ACM launched\n"


def test_the_day_of_settings_counts(tmp_path, validation, capsys):
    """The date comes from the settings of a file, unless the command line has one."""
    (tmp_path / ".acmrules.toml").write_text('as-of = "2028-03-15"\n')
    (tmp_path / "a.yaml").write_text(MAIL_SITE)
    assert main(["validation", "a.yaml"]) == FOUND
    assert "is not available on 2028-03-15" in capsys.readouterr().out
    assert validation("a.yaml")[0] == CLEAN


def test_the_order_of_files_does_not_matter(tmp_path, validation):
    """The order of the files does not matter."""
    (tmp_path / "a.yaml").write_text(DNS_SITE)
    (tmp_path / "b.yaml").write_text(MAIL_SITE)
    (tmp_path / "c.tf").write_text(TERRAFORM_SITE)
    for form in ("text", "json", "changes", "cloudformation", "terraform"):
        one = validation("a.yaml", "b.yaml", "c.tf", "--format", form)
        assert one == validation("c.tf", "b.yaml", "a.yaml", "--format", form)
        assert one == validation(".", "--format", form)


def test_each_environment_has_its_records(validation):
    """They are those of the names in its variable file."""
    write_all(ENVIRONMENTS)
    out = validation(".")[1]
    assert "aws_acm_certificate.x with `env/dev.tfvars`" in out
    assert "_<token>.dev.brightharbor.io" in out
    assert "2 CNAMEs" in out
