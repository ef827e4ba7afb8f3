"""One run over paths, and how it tells how far it is."""

import io
from datetime import date

import pytest
from tests.support.linked_stacks import apart, certificate, distribution, listener, stack

from acmrules.cli import progress
from acmrules.cli.progress import Progress
from acmrules.suffix_lists import NoSuffixList, default_suffixes
from acmrules.workspace import run
from acmrules.workspace.resolver import SettingsResolver
from acmrules.workspace.run import Run
from acmrules.workspace.settings import Settings

DAY = date(2026, 11, 23)


def runner(suffixes=default_suffixes):
    return Run(SettingsResolver(Settings({}), DAY, suffixes).terms)


def test_the_bench_is_made_when_there_is_something_to_judge(tmp_path):
    """A folder without certificates needs no rules and no list."""
    (tmp_path / "a.yaml").write_text("just: text\n")

    def refuse():
        raise AssertionError("not needed")

    idle = runner(refuse)
    idle.take(str(tmp_path))
    report = idle.report(DAY)
    assert (report.findings, report.files, report.suffix_list) == ((), 0, "")


def test_what_several_files_say_is_kept_in_their_order(tmp_path):
    """Requests and files are counted, a path is taken once."""
    for name in ("b.txt", "a.txt"):
        (tmp_path / name).write_text("bad_name.io\n")
    both = runner()
    for name in ("b.txt", "a.txt", "./b.txt", "b.txt"):
        both.take(str(tmp_path / name))
    report = both.report(DAY)
    assert [finding.file[-5:] for finding in report.findings] == ["b.txt", "a.txt"]
    assert (report.requests, report.files) == (2, 2)
    assert report.suffix_list.startswith("20")


def test_a_list_that_is_missing_ends_the_run(tmp_path):
    """It is the matter of all files, not of the one that needed it first."""
    (tmp_path / "a.txt").write_text("a.io\n")

    def missing():
        raise NoSuffixList("x", "y")

    with pytest.raises(NoSuffixList):
        runner(missing).take(str(tmp_path / "a.txt"))


class Terminal(io.StringIO):
    """A terminal that keeps what it is told."""

    def isatty(self):
        """Be one."""
        return True


def test_progress_speaks_after_a_second_and_ten_times_a_second(monkeypatch):
    """It wipes its line at the end."""
    now = [0.0]
    monkeypatch.setattr(progress, "monotonic", lambda: now[0])
    terminal = Terminal()
    line = Progress(terminal)
    line.step("a")
    assert terminal.getvalue() == ""
    now[0] = 1.5
    line.step("b")
    line.step("c")
    line.clear()
    assert terminal.getvalue() == "\r\x1b[K2 files, now b\r\x1b[K"


def test_progress_is_for_terminals(monkeypatch):
    """A log file hears nothing, and a short run says nothing."""
    monkeypatch.setattr(progress, "monotonic", iter(range(0, 100, 10)).__next__)
    file = io.StringIO()
    line = Progress(file)
    line.step("a")
    line.clear()
    assert file.getvalue() == ""
    terminal = Terminal()
    Progress(terminal).clear()
    assert terminal.getvalue() == ""


def test_a_file_without_documents_is_not_counted(tmp_path):
    """A template that names the resource type in a comment holds nothing to judge."""
    path = tmp_path / "a.yaml"
    path.write_text("Resources: {}\n# AWS::CertificateManager::Certificate\n")
    idle = runner()
    idle.take(str(path))
    assert idle.report(DAY).files == 0


# Modules of Terraform ----------------------------------------------------------------------------

CERTIFICATE = """\
resource "aws_acm_certificate" "c" {
  domain_name       = var.name
  validation_method = "DNS"
}
variable "name" {}
"""


def calling(path, name):
    """Return a module that calls another one, named after the file it is to have."""
    return f'module "called" {{\n  source = "{path}"\n  name   = "{name}"\n}}\n'


def module(root, monkeypatch, **contents):
    """Write files below a folder and go there; a name has `__` for a slash and `_` for a dot."""
    for path, text in contents.items():
        file = root / path.replace("__", "/").replace("_", ".")
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text)
    monkeypatch.chdir(root)


def judged(*paths):
    """Return the findings of a run as file, rule and value, and what could not be read."""
    made = runner()
    for path in paths:
        made.take(str(path))
    report = made.report(DAY)
    assert made.defects == []
    found = [f"{each.file} {each.rule.id} {each.value}" for each in report.findings]
    return found, [str(each) for each in report.unreadable]


def test_a_module_is_judged_with_the_arguments_of_its_callers(tmp_path, monkeypatch):
    """Alone it is judged where no caller is asked for."""
    module(
        tmp_path,
        monkeypatch,
        main_tf=calling("./m", "bad_a.io"),
        z__main_tf=calling("../m", "bad_z.io"),
        m__main_tf=CERTIFICATE.replace("{}", '{\n  default = "bad_alone.io"\n}'),
    )
    found = [f"m/main.tf ACM101 bad_{name}.io" for name in ("a", "z")]
    assert judged(".") == (found, [])
    assert judged("z", "m") == (found[1:], [])
    assert judged("m") == (["m/main.tf ACM101 bad_alone.io"], [])


def test_what_is_asked_for_is_reported_and_what_rests_on_it(tmp_path, monkeypatch):
    """A finding counts for the file it stands in and for that of its definition."""
    module(
        tmp_path,
        monkeypatch,
        a_tf=CERTIFICATE,
        b_tf=CERTIFICATE.partition("variable")[0]
        .replace('"c"', '"d"')
        .replace("var.name", '"b_b.io"'),
        terraform_tfvars='name = "bad_a.io"\n',
    )
    a, b = "a.tf ACM101 bad_a.io", "b.tf ACM101 b_b.io"
    assert judged(".")[0] == [a, b]
    assert judged("a.tf")[0] == [a]
    assert judged("b.tf")[0] == [b]
    assert judged("b.tf", "a.tf")[0] == [b, a]
    assert judged("terraform.tfvars")[0] == [a]
    assert judged("./a.tf", tmp_path / "a.tf")[0] == [a, f"{tmp_path}/a.tf ACM101 bad_a.io"]
    (tmp_path / "sub").mkdir()
    monkeypatch.chdir(tmp_path / "sub")
    assert judged("../b.tf")[0] == ["../b.tf ACM101 b_b.io"]


def test_the_same_is_said_once_of_a_module_that_is_called_twice(tmp_path, monkeypatch):
    """Each call finds it again."""
    module(
        tmp_path,
        monkeypatch,
        main_tf=calling("./m", "bad_a.io") + calling("./m", "bad_b.io").replace("called", "again"),
        m__main_tf=CERTIFICATE.replace("var.name", '"bad_c.io"'),
    )
    assert judged(".")[0] == ["m/main.tf ACM101 bad_c.io"]


def test_files_that_are_missing_or_broken_are_told_once(tmp_path, monkeypatch):
    """The others are judged; a broken one that was not asked for is not told."""
    module(
        tmp_path,
        monkeypatch,
        a_tf=CERTIFICATE.replace("var.name", '"bad_a.io"'),
        b_tf='resource "aws_acm_certificate" "b" {\n',
    )
    found, said = judged(".", "no.tf")
    assert found == ["a.tf ACM101 bad_a.io"]
    assert said[0] == "no.tf: no such file or directory"
    assert [each.partition(":")[0] for each in said] == ["no.tf", "b.tf"]
    assert judged("a.tf") == (found, [])


def test_what_terraform_fetched_is_not_walked(tmp_path, monkeypatch):
    """Links to folders are not followed, links to files are read."""
    module(tmp_path, monkeypatch, real__a_tf=CERTIFICATE.replace("var.name", '"bad_a.io"'))
    (tmp_path / ".terraform" / "modules").mkdir(parents=True)
    (tmp_path / ".terraform" / "modules" / "x.tf").write_text(CERTIFICATE)
    (tmp_path / "linked").symlink_to(tmp_path / "real")
    (tmp_path / "one.tf").symlink_to(tmp_path / "real" / "a.tf")
    assert judged(".")[0] == ["one.tf ACM101 bad_a.io", "real/a.tf ACM101 bad_a.io"]
    assert judged("linked")[0] == ["linked/a.tf ACM101 bad_a.io"]


def test_a_folder_without_certificates_is_not_parsed(tmp_path, monkeypatch):
    """Each of its files is read once."""
    from acmrules.syntax.hcl import parse
    from acmrules.workspace import files

    for number in range(100):
        (tmp_path / f"{number}.tf").write_text('resource "aws_s3_bucket" "b" {\n')
    read = []
    whole = files.read_bytes
    monkeypatch.setattr(files, "read_bytes", lambda path: read.append(path) or whole(path))
    monkeypatch.setattr(parse, "parse", None)
    assert judged(tmp_path) == ([], [])
    modules = [path for path in read if path.endswith(".tf")]
    assert len(modules) == len(set(modules)) == 100


# Across files


def run_over(folder, files, *paths, **options):
    """Return the run over files of a folder, and what it says of them."""
    for name, text in files.items():
        (folder / name).write_text(text)
    one = Run(SettingsResolver(Settings({}), DAY, default_suffixes).terms, **options)
    for path in paths or sorted(files):
        one.take(str(folder / path))
    return one, one.report(DAY)


def said(report):
    """Return what is found, and where."""
    return {(f.rule.id, f.file.rpartition("/")[2], f.message) for f in report.findings}


APART = apart(["*.b.io"], [["b.io"], ["www.b.io"]])


def test_a_certificate_that_another_file_exports_is_judged_with_what_uses_it(tmp_path):
    """The host is reported in its file, whatever the order; each file can be checked alone."""
    one, report = run_over(tmp_path, APART, keep=True)
    missed = [f for f in report.findings if f.rule.id == "ACM205"]
    assert [(f.file.rpartition("/")[2], f.value) for f in missed] == [("site-0.json", "b.io")]
    assert one.is_failure(missed[0])
    assert (report.requests, report.files) == (1, 3)
    assert len(one.declarations) == 1
    _, backwards = run_over(tmp_path, APART, *sorted(APART, reverse=True))
    assert said(backwards) == said(report)
    _, alone = run_over(tmp_path, APART, "certificate.json")
    # Without the host, nothing but the wildcard itself shows that its parent is missing.
    missing_parent = ("ACM203", "certificate.json", "`*.b.io` does not cover `b.io`")
    uncovered_host = ("ACM205", "site-0.json", missed[0].message)
    assert said(alone) == (said(report) - {uncovered_host}) | {missing_parent}
    assert (alone.requests, alone.files) == (1, 1)
    for name in ("site-0.json", "site-1.json"):
        _, alone = run_over(tmp_path, APART, name)
        assert (alone.findings, alone.skips, alone.files) == ((), (), 0)


def test_what_is_said_of_a_host_of_another_file_can_be_suppressed_there(tmp_path):
    """By the metadata of what serves it."""
    files = dict(APART)
    site = distribution("b.io") | {"Metadata": {"acmrules": {"ignore": ["ACM205: by design"]}}}
    files["site-0.json"] = stack({"Site0": site})
    _, report = run_over(tmp_path, files)
    assert "ACM205" not in {rule for rule, _, _ in said(report)}


def test_files_that_import_are_read_only_if_something_exports(tmp_path):
    """What cannot be read, and would not have been, keeps nothing from its verdict."""
    files = APART | {
        "broken.yaml": "Resources: {ImportValue: Certificate\n",
        "other.json": stack({"Listener": listener({"Fn::ImportValue": "nobody"})}),
    }
    _, report = run_over(tmp_path, files)
    assert report.unreadable == ()
    assert "other.json" not in {file for _, file, _ in said(report)}
    assert report.files == 3
    _, report = run_over(tmp_path, {"broken.yaml": files["broken.yaml"]}, "broken.yaml")
    assert (report.unreadable, report.files) == ((), 0)


def test_a_defect_in_a_file_that_imports_is_told(tmp_path, monkeypatch):
    """As for any other file."""
    read = run.registry.read

    def break_down(source, *others, importing=False):
        if importing:
            raise RuntimeError("broken")
        return read(source, *others)

    monkeypatch.setattr(run.registry, "read", break_down)
    one, _ = run_over(tmp_path, APART)
    assert len(one.defects) == 2
    assert "site-0.json: a defect in acmrules itself" in one.defects[0]


def test_what_is_excluded_is_joined_with_nothing(tmp_path):
    """Settings that leave a file out leave it out here too."""
    (tmp_path / ".acmrules.toml").write_text('exclude = ["site-*"]\n')
    (tmp_path / ".git").mkdir()
    _, report = run_over(tmp_path, APART)
    assert {file for _, file, _ in said(report)} == {"certificate.json"}


def test_what_uses_other_certificates_too_is_judged_as_far_as_it_is_joined(tmp_path):
    """The rest of a file that alone would not be read is not."""
    imported = {"Fn::ImportValue": "site-certificate"}
    both = stack({"L": listener(imported, {"Ref": "X"})}, Parameters={"X": {"Type": "String"}})
    own = stack({"L": listener(imported), "Own": certificate("own.io")})
    one, report = run_over(tmp_path, APART | {"both.json": both, "own.json": own}, keep=True)
    assert {d.address for d in one.declarations} == {"Certificate", "Own"}
    assert report.requests == 2


def test_all_that_stands_around_is_kept_for_who_asks(tmp_path):
    """Nothing is judged: no bench is needed."""

    def refuse():
        raise AssertionError("not needed")

    (tmp_path / "modules").mkdir()
    (tmp_path / "modules" / "dns.tf").write_text(
        'resource "aws_route53_zone" "z" {\n  name = "c.io"\n}\n# acmrules: ignore ACM205: x\n'
    )
    (tmp_path / "dns.json").write_text(
        stack({"Zone": {"Type": "AWS::Route53::HostedZone", "Properties": {"Name": "b.io"}}})
    )
    for name, text in APART.items():
        (tmp_path / name).write_text(text)
    one = Run(SettingsResolver(Settings({}), DAY, refuse).terms, around=True)
    one.take(str(tmp_path))
    report = one.report(DAY)
    assert (report.findings, report.skips, report.unreadable) == ((), (), ())
    assert sorted(str(zone.name) for d in one.declarations for zone in d.variants[0].zones) == [
        "b.io",
        "c.io",
    ]
    assert len(one.declarations) == 5


def test_what_is_found_goes_by_the_baseline_of_its_own_file(tmp_path):
    """Not by that of the file of the certificate."""
    (tmp_path / "site").mkdir()
    (tmp_path / "site" / ".acmrules-baseline.json").write_text('{"version": 1, "findings": []}\n')
    files = {f"site/{name}" if "site" in name else name: text for name, text in APART.items()}
    one, report = run_over(tmp_path, files)
    by = one.by_baseline(report.findings)
    own = next(path for path in by if path)
    assert [finding.rule.id for finding in by[own]] == ["ACM205"]
