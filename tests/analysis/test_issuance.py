"""New certificates in commits."""

from datetime import date

import pytest
from tests.support import x509 as issuing
from tests.support.git import commit, git

from acmrules.suffix_lists import default_suffixes
from acmrules.workspace.git import GitError
from acmrules.workspace.git_history import issuance_rate
from acmrules.workspace.load import Loader
from acmrules.workspace.resolver import SettingsResolver
from acmrules.workspace.settings import Settings

LAST = date(2026, 11, 23)


@pytest.fixture(autouse=True)
def here(tmp_path, monkeypatch):
    """Change to an empty directory."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


def template(*names, method="DNS", address="Certificate", **more):
    lines = ["Resources:", f"  {address}:", "    Type: AWS::CertificateManager::Certificate"]
    lines += [
        "    Properties:",
        f"      DomainName: {names[0]}",
        f"      ValidationMethod: {method}",
    ]
    lines += [f"      SubjectAlternativeNames: [{', '.join(names[1:])}]"] if names[1:] else []
    lines += [f"      {member}: {value}" for member, value in more.items()]
    return "\n".join(lines) + "\n"


def module(*names, count=""):
    others = ", ".join(f'"{name}"' for name in names[1:])
    return f"""\
resource "aws_acm_certificate" "site" {{
  {count}
  domain_name               = "{names[0]}"
  subject_alternative_names = [{others}]
  validation_method         = "DNS"
}}
"""


def counted(*paths, as_of=LAST, since=None, kinds=None):
    lookup = SettingsResolver(Settings({}), as_of, default_suffixes)
    return issuance_rate(list(paths or ["."]), lookup, as_of, since, kinds)


def issued(found):
    return [(str(m.day), m.certificate.file, m.is_sure, m.is_first) for m in found.made]


class TestEdits:
    """The edits that require a new certificate."""

    @pytest.mark.parametrize(
        ("before", "after", "number"),
        [
            (template("a.io"), template("a.io", "b.io"), 1),
            (template("a.io", "b.io"), template("a.io"), 1),
            (template("a.io"), template("a.io") + "# a remark\n", 0),
            (template("a.io"), template("a.io", Tags="[{Key: a, Value: b}]"), 0),
            (template("a.io"), template("a.io", KeyAlgorithm="EC_prime256v1"), 1),
            (template("a.io"), "Resources: {}\n", 0),
            (template("a.io"), template("a.io", method="EMAIL"), 1),
            (template("a.io"), template("b.io", address="Other"), 1),
        ],
    )
    def test_templates(self, here, before, after, number):
        """Edits of names and other fixed values require a new certificate."""
        commit(here, {"site.yaml": before}, "2025-01-01")
        commit(here, {"site.yaml": after}, "2026-03-01")
        assert issued(counted()) == [("2026-03-01", "site.yaml", True, False)] * number

    def test_added_and_moved(self, here):
        """A new certificate counts, and one in a renamed file does not."""
        commit(here, {"site.yaml": template("a.io")}, "2025-01-01")
        commit(here, {"site.yaml": None, "new.yaml": template("a.io")}, "2026-02-01")
        commit(here, {"other.yaml": template("c.io")}, "2026-03-01")
        assert issued(counted()) == [("2026-03-01", "other.yaml", True, False)]

    def test_unknown_names(self, here):
        """Unknown names leave undecided whether a certificate is new."""
        commit(here, {"site.yaml": template('!Ref "A"')}, "2025-01-01")
        commit(here, {"site.yaml": template('!Ref "B"')}, "2026-03-01")
        assert issued(counted()) == [("2026-03-01", "site.yaml", False, False)]

    def test_modules(self, here):
        """A Terraform module is read with its callers and called modules."""
        call = 'module "site" {\n  source = "../site"\n  names = %s\n}\n'
        inner = (
            'variable "names" {}\nresource "aws_acm_certificate" "site" {\n'
            "  domain_name = var.names[0]\n  subject_alternative_names = var.names\n"
            '  validation_method = "DNS"\n}\n'
        )
        files = {"site/main.tf": inner, "live/main.tf": call % '["a.io"]'}
        commit(here, files | {"own/main.tf": module("c.io")}, "2025-01-01")
        commit(here, {"live/main.tf": call % '["a.io", "b.io"]'}, "2026-02-01")
        commit(here, {"own/main.tf": module("c.io", "d.io")}, "2026-03-01")
        commit(here, {"own/other.tf": "# nothing\n"}, "2026-04-01")
        assert [each[0] for each in issued(counted())] == ["2026-02-01", "2026-03-01"]
        assert [each[0] for each in issued(counted("own"))] == ["2026-03-01"]

    def test_other_edits_of_modules_are_not_evaluated(self, here, monkeypatch):
        """A commit evaluates modules only if it changes what a certificate depends on."""
        evaluated = []
        whole = Loader.module
        monkeypatch.setattr(
            Loader, "module", lambda *words: evaluated.append(words[2]) or whole(*words)
        )
        zone = 'locals {\n  zone = "%s"\n  note = "%s"\n}\n'
        own = module("a.${local.zone}")
        commit(here, {"own/main.tf": own, "own/locals.tf": zone % ("b.io", "")}, "2025-01-01")
        for number in range(5):
            edited = {"own/locals.tf": zone % ("b.io", number), "other/main.tf": f"# {number}\n"}
            commit(here, edited, f"2026-01-0{number + 1}")
        assert issued(counted()) == []
        assert evaluated == []
        commit(here, {"own/locals.tf": zone % ("c.io", "")}, "2026-02-01")
        assert [each[0] for each in issued(counted())] == ["2026-02-01"]
        assert evaluated == ["own", "own"]
        commit(here, {"own/locals.tf": zone % ("d.io", "")}, "2026-03-01")
        evaluated.clear()
        assert [each[0] for each in issued(counted())] == ["2026-02-01", "2026-03-01"]
        assert evaluated == ["own", "own", "own"]

    def test_deleted_files_of_modules(self, here):
        """A resource of a deleted file may be in another file of the module."""
        both = {"own/a.tf": module("a.io"), "own/b.tf": "# nothing\n"}
        commit(here, both, "2025-01-01")
        commit(here, {"own/a.tf": None, "own/b.tf": module("a.io", "b.io")}, "2026-02-01")
        assert [each[0] for each in issued(counted())] == ["2026-02-01"]

    def test_imports(self, here):
        """A different imported certificate is a new import."""
        first, second = (
            issuing.text(issuing.certificate("a.io", serial=number)) for number in (1, 2)
        )
        commit(here, {"site.pem": first}, "2025-01-01")
        commit(here, {"site.pem": f"a remark\n{first}"}, "2026-01-01")
        commit(here, {"site.pem": second}, "2026-02-01")
        assert issued(counted()) == [("2026-02-01", "site.pem", True, False)]

    def test_conditions(self, here):
        """An edit under a condition is uncertain."""
        conditional = "Parameters: {On: {Type: String}}\nConditions: {C: !Equals [!Ref On, x]}\n"
        names = "!If [C, %s, b.io]"
        before, after = (conditional + template(names % name) for name in ("a.io", "c.io"))
        commit(here, {"site.yaml": before}, "2025-01-01")
        commit(here, {"site.yaml": after}, "2026-03-01")
        assert issued(counted()) == [("2026-03-01", "site.yaml", False, False)]

    def test_kinds(self, here):
        """Excluded kinds of files are not read."""
        commit(here, {"site.yaml": template("a.io"), "main.tf": module("b.io")}, "2026-02-01")
        for kind, file in (("cloudformation", "site.yaml"), ("terraform", "main.tf")):
            [only] = counted(kinds=[kind]).made
            assert only.certificate.file == file


class TestDays:
    """The period, and the first commit."""

    def test_a_year(self, here):
        """The period is the 365 days up to the given date."""
        commit(here, {"a.yaml": template("a.io")}, "2025-11-23")
        commit(here, {"b.yaml": template("b.io")}, "2025-11-24")
        commit(here, {"c.yaml": template("c.io")}, "2026-11-23")
        commit(here, {"d.yaml": template("d.io")}, "2026-11-24")
        found = counted()
        assert (found.begin, found.end, found.days) == (date(2025, 11, 24), LAST, 365)
        assert [each[1] for each in issued(found)] == ["b.yaml", "c.yaml"]
        assert found.commits == 2

    def test_a_young_repository(self, here):
        """A younger history starts with the first commit."""
        commit(here, {"a.yaml": template("a.io")}, "2026-11-14")
        commit(here, {"b.yaml": template("b.io")}, "2026-11-15")
        found = counted()
        assert (found.begin, found.days) == (date(2026, 11, 14), 10)
        assert [each.is_first for each in found.made] == [True, False]

    def test_since(self, here):
        """The period can start after a revision."""
        old = commit(here, {"a.yaml": template("a.io")}, "2020-11-24")
        commit(here, {"b.yaml": template("b.io")}, "2021-01-01")
        found = counted(since=old)
        assert found.begin == date(2020, 11, 24)
        assert [each[1] for each in issued(found)] == ["b.yaml"]
        assert counted(since="HEAD").made == ()

    def test_before_acm(self, here):
        """Commits before the launch of ACM use its first rules."""
        old = commit(here, {"a.yaml": template("a.io", method="EMAIL")}, "2014-01-01")
        commit(here, {"a.yaml": template("b.io", method="EMAIL")}, "2014-02-01")
        assert [each[0] for each in issued(counted(since=old))] == ["2014-02-01"]

    def test_shallow_clones(self, here):
        """The first commit of a shallow clone does not count."""
        commit(here, {"a.yaml": template("a.io")}, "2026-01-01")
        commit(here, {"b.yaml": template("b.io")}, "2026-02-01")
        git(here, "clone", "-q", "--depth", "1", f"file://{here}", "clone")
        found = counted("clone")
        assert found.made == ()
        assert found.begin == date(2026, 2, 1)

    @pytest.mark.parametrize(
        ("since", "why"),
        [
            ("nothing", "no revision"),
            ("--all", "not a valid revision"),
            ("HEAD", "begins on 2026-12-01"),
        ],
    )
    def test_no_history(self, here, since, why):
        """The reasons for an unknown history."""
        commit(here, {"a.yaml": template("a.io")}, "2026-12-01")
        with pytest.raises(GitError, match=why):
            counted(since=since)

    def test_no_repository(self, here):
        """Without Git or commits, there is no history."""
        (here / "a.yaml").write_text(template("a.io"))
        with pytest.raises(GitError, match="not a git repository"):
            counted("a.yaml")
        git(here, "init", "-q")
        with pytest.raises(GitError, match="HEAD"):
            counted("a.yaml")

    def test_elsewhere(self, here):
        """A path outside of the repository is an error."""
        commit(here / "inside", {"a.yaml": template("a.io")})
        with pytest.raises(GitError, match="outside"):
            counted("inside", "elsewhere.yaml")
        with pytest.raises(GitError, match="not a git repository"):
            counted("no/such/file.yaml")

    def test_standard_input(self, here):
        """Standard input has no history."""
        commit(here, {"a.yaml": template("a.io")})
        with pytest.raises(GitError, match="standard input"):
            counted("-")


class TestHostile:
    """Unreadable versions are counted."""

    @pytest.mark.parametrize(
        "text",
        [
            b"\xff\xfe Resources AWS::CertificateManager::Certificate",
            b"Resources: [AWS::CertificateM",
        ],
    )
    def test_unreadable_versions(self, here, text):
        """Invalid versions are unreadable; whether the next version is new is unknown."""
        if b"\xff" not in text:
            text += b"anager::Certificate"
        commit(here, {"a.yaml": text, "b.yaml": template("b.io")}, "2026-01-01")
        commit(here, {"a.yaml": template("a.io")}, "2026-02-01")
        found = counted()
        assert [each[1] for each in issued(found)] == ["b.yaml"]
        assert found.unread == 2

    def test_wrong_settings(self, here):
        """With invalid settings, the versions are unreadable."""
        commit(here, {"a.yaml": template("a.io"), ".acmrules.toml": "no = "}, "2026-01-01")
        assert counted().unread == 1

    def test_nothing(self, here):
        """Files without certificates count nothing."""
        commit(here, {"a.yaml": "", "b.json": "{}", "c.tf": "", "d.txt": "a.io"}, "2026-01-01")
        assert counted().made == ()
