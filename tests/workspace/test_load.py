"""Files and modules as declarations, and their findings after linking."""

from datetime import datetime

import pytest
from tests.support.linked_stacks import apart, certificate, distribution, listener, stack
from tests.support.stages import loader, run
from tests.support.x509 import certificate as x509_certificate
from tests.support.x509 import text as pem_text

from acmrules.errors import NoSuffixList
from acmrules.readers import registry
from acmrules.readers.options import ReadScope
from acmrules.syntax.source import Source
from acmrules.workspace.discover import discover
from acmrules.workspace.files import Disk


def refuse():
    raise AssertionError("not needed")


def test_the_linter_is_made_when_there_is_something_to_check(tmp_path):
    """A folder without certificates needs no rules and no list."""
    (tmp_path / "a.yaml").write_text("just: text\n")
    report = run(tmp_path, suffixes=refuse).report
    assert (report.findings, report.files, report.suffix_list) == ((), 0, "")


def test_findings_are_in_the_order_of_the_files(tmp_path):
    """Requests and files are counted, and a repeated path counts once."""
    for name in ("b.txt", "a.txt"):
        (tmp_path / name).write_text("bad_name.io\n")
    report = run(*(tmp_path / name for name in ("b.txt", "a.txt", "./b.txt", "b.txt"))).report
    assert [finding.file[-5:] for finding in report.findings] == ["b.txt", "a.txt"]
    assert (report.requests, report.files) == (2, 2)
    assert report.suffix_list.startswith("20")


def test_a_list_that_is_missing_ends_the_run(tmp_path):
    """A missing suffix list affects all files, so it is no error of one file."""
    (tmp_path / "a.txt").write_text("a.io\n")

    def missing():
        raise NoSuffixList("x", "y")

    with pytest.raises(NoSuffixList):
        run(tmp_path / "a.txt", suffixes=missing)


def test_a_file_without_declarations_is_not_counted(tmp_path):
    """A template that has the resource type only in a comment is not counted."""
    path = tmp_path / "a.yaml"
    path.write_text("Resources: {}\n# AWS::CertificateManager::Certificate\n")
    assert run(path).report.files == 0


# Modules of Terraform ----------------------------------------------------------------------------

CERTIFICATE = """\
resource "aws_acm_certificate" "c" {
  domain_name       = var.name
  validation_method = "DNS"
}
variable "name" {}
"""


def calling(path, name):
    """Return a module that calls another one."""
    return f'module "called" {{\n  source = "{path}"\n  name   = "{name}"\n}}\n'


def module(root, monkeypatch, **contents):
    """Write files below a folder and go there; a name has `__` for a slash and `_` for a dot."""
    for path, text in contents.items():
        file = root / path.replace("__", "/").replace("_", ".")
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text)
    monkeypatch.chdir(root)


IMPORTS = """\
resource "aws_acm_certificate" "c" {
  private_key      = file("key.pem")
  certificate_body = file("${path.module}/certs/site.pem")
}
"""


def test_a_certificate_that_a_module_imports_is_checked_with_it(tmp_path, monkeypatch):
    """An imported file is not checked again for itself, except if it is named."""
    made = pem_text(x509_certificate("a.io", "a.io", last=datetime(2026, 10, 2)))  # noqa: DTZ001
    module(tmp_path, monkeypatch, main_tf=IMPORTS, certs__site_pem=made, certs__other_pem=made)
    found = run(".").report.findings
    assert [(each.file, each.rule.id) for each in found] == [("main.tf", "ACM705")]
    named = run(".", "certs/site.pem").report.findings
    assert {each.file for each in named} == {"main.tf", "certs/site.pem"}


def check_files(*paths):
    """Return the findings of a run as file, rule and value, and what could not be read."""
    outcome = run(*paths)
    assert outcome.bugs == ()
    found = [
        f"{each.file} {each.rule.id} {each.value}"
        for merged in outcome.report.findings
        for each in merged.all()
    ]
    return found, [str(each) for each in outcome.report.unreadable]


def test_a_module_is_checked_with_the_arguments_of_its_callers(tmp_path, monkeypatch):
    """A module is checked on its own only if the paths have no caller of it."""
    module(
        tmp_path,
        monkeypatch,
        main_tf=calling("./m", "bad_a.io"),
        z__main_tf=calling("../m", "bad_z.io"),
        m__main_tf=CERTIFICATE.replace("{}", '{\n  default = "bad_alone.io"\n}'),
    )
    found = [f"m/main.tf ACM101 bad_{name}.io" for name in ("a", "z")]
    assert check_files(".") == (found, [])
    assert check_files("z", "m") == (found[1:], [])
    assert check_files("m") == (["m/main.tf ACM101 bad_alone.io"], [])


def test_findings_of_requested_files_are_reported(tmp_path, monkeypatch):
    """A finding belongs to its own file and to that of its definition."""
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
    assert check_files(".")[0] == [a, b]
    assert check_files("a.tf")[0] == [a]
    assert check_files("b.tf")[0] == [b]
    assert check_files("b.tf", "a.tf")[0] == [b, a]
    assert check_files("terraform.tfvars")[0] == [a]
    assert check_files("./a.tf", tmp_path / "a.tf")[0] == [a, f"{tmp_path}/a.tf ACM101 bad_a.io"]
    (tmp_path / "sub").mkdir()
    monkeypatch.chdir(tmp_path / "sub")
    assert check_files("../b.tf")[0] == ["../b.tf ACM101 b_b.io"]


def test_a_module_that_is_called_twice_is_reported_once(tmp_path, monkeypatch):
    """A finding that two calls of a module share is reported once."""
    module(
        tmp_path,
        monkeypatch,
        main_tf=calling("./m", "bad_a.io") + calling("./m", "bad_b.io").replace("called", "again"),
        m__main_tf=CERTIFICATE.replace("var.name", '"bad_c.io"'),
    )
    assert check_files(".")[0] == ["m/main.tf ACM101 bad_c.io"]


def test_missing_and_broken_files_are_reported_once(tmp_path, monkeypatch):
    """A broken file of a module is reported even if another one is named."""
    module(
        tmp_path,
        monkeypatch,
        a_tf=CERTIFICATE.replace("var.name", '"bad_a.io"'),
        b_tf='resource "aws_acm_certificate" "b" {\n',
    )
    found, results = check_files(".", "no.tf")
    assert found == ["a.tf ACM101 bad_a.io"]
    assert results[0] == "no.tf: no such file or directory"
    assert [each.partition(":")[0] for each in results] == ["no.tf", "b.tf"]
    assert check_files("a.tf") == (found, results[1:])


def test_downloaded_modules_are_not_walked(tmp_path, monkeypatch):
    """Links to folders are not followed, but links to files are read."""
    module(tmp_path, monkeypatch, real__a_tf=CERTIFICATE.replace("var.name", '"bad_a.io"'))
    (tmp_path / ".terraform" / "modules").mkdir(parents=True)
    (tmp_path / ".terraform" / "modules" / "x.tf").write_text(CERTIFICATE)
    (tmp_path / "linked").symlink_to(tmp_path / "real")
    (tmp_path / "one.tf").symlink_to(tmp_path / "real" / "a.tf")
    assert check_files(".")[0] == ["one.tf ACM101 bad_a.io", "real/a.tf ACM101 bad_a.io"]
    assert check_files("linked")[0] == ["linked/a.tf ACM101 bad_a.io"]


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
    assert check_files(tmp_path) == ([], [])
    modules = [path for path in read if path.endswith(".tf")]
    assert len(modules) == len(set(modules)) == 100


# Across files


def run_over(folder, files, *paths):
    """Return the outcome and the report of a run over files of a folder."""
    for name, text in files.items():
        (folder / name).write_text(text)
    outcome = run(*(folder / path for path in paths or sorted(files)))
    return outcome, outcome.report


def results(report):
    """Return the rules, files and messages of the findings."""
    return {(f.rule.id, f.file.rpartition("/")[2], f.message) for f in report.findings}


APART = apart(["*.b.io"], [["b.io"], ["www.b.io"]])


def test_an_exported_certificate_is_checked_with_its_consumers(tmp_path):
    """The host is reported in its file, whatever the order; each file can be checked alone."""
    one, report = run_over(tmp_path, APART)
    missed = [f for f in report.findings if f.rule.id == "ACM205"]
    assert [(f.file.rpartition("/")[2], f.value) for f in missed] == [("site-0.json", "b.io")]
    assert report.failing()[report.findings.index(missed[0])]
    assert (report.requests, report.files) == (1, 3)
    assert len(one.declarations) == 1
    _, backwards = run_over(tmp_path, APART, *sorted(APART, reverse=True))
    assert results(backwards) == results(report)
    _, alone = run_over(tmp_path, APART, "certificate.json")
    # Without the host, nothing but the wildcard itself shows that its parent is missing.
    missing_parent = ("ACM203", "certificate.json", "`*.b.io` does not cover `b.io`")
    uncovered_host = ("ACM205", "site-0.json", missed[0].message)
    assert results(alone) == (results(report) - {uncovered_host}) | {missing_parent}
    assert (alone.requests, alone.files) == (1, 1)
    for name in ("site-0.json", "site-1.json"):
        _, alone = run_over(tmp_path, APART, name)
        assert (alone.findings, alone.skips, alone.files) == ((), (), 0)


def test_a_finding_in_another_file_can_be_suppressed_there(tmp_path):
    """The metadata of a consumer suppresses the findings of its hosts."""
    files = dict(APART)
    site = distribution("b.io") | {"Metadata": {"acmrules": {"ignore": ["ACM205: by design"]}}}
    files["site-0.json"] = stack({"Site0": site})
    _, report = run_over(tmp_path, files)
    assert "ACM205" not in {rule for rule, _, _ in results(report)}


def test_files_that_import_are_read_only_if_something_exports(tmp_path):
    """An unreadable file that is not needed does not affect others; alone, it gets an answer."""
    files = APART | {
        "broken.yaml": "Resources: {ImportValue: Certificate\n",
        "other.json": stack({"Listener": listener({"Fn::ImportValue": "nobody"})}),
    }
    _, report = run_over(tmp_path, files)
    assert report.unreadable == ()
    assert "other.json" not in {file for _, file, _ in results(report)}
    assert report.files == 3
    _, report = run_over(tmp_path, {"broken.yaml": files["broken.yaml"]}, "broken.yaml")
    assert [error.position.line for error in report.unreadable] == [2]


def test_a_defect_in_a_file_that_imports_is_reported(tmp_path, monkeypatch):
    """A failure in reading a file with imports is a defect."""
    read = registry.read

    def break_down(source, *others, importing=False):
        if importing:
            raise RuntimeError("broken")
        return read(source, *others)

    monkeypatch.setattr(registry, "read", break_down)
    one, _ = run_over(tmp_path, APART)
    assert len(one.bugs) == 2
    assert "site-0.json: a bug in acmrules" in str(one.bugs[0])


def test_excluded_files_are_not_linked(tmp_path):
    """Files that settings exclude are not read for their imports."""
    (tmp_path / ".acmrules.toml").write_text('exclude = ["site-*"]\n')
    (tmp_path / ".git").mkdir()
    _, report = run_over(tmp_path, APART)
    assert {file for _, file, _ in results(report)} == {"certificate.json"}


def test_only_the_linked_consumers_of_an_importing_file_are_checked(tmp_path):
    """The other resources of a file that is only read for its imports are not checked."""
    imported = {"Fn::ImportValue": "site-certificate"}
    both = stack({"L": listener(imported, {"Ref": "X"})}, Parameters={"X": {"Type": "String"}})
    own = stack({"L": listener(imported), "Own": certificate("own.io")})
    one, report = run_over(tmp_path, APART | {"both.json": both, "own.json": own})
    assert {d.address for d in one.declarations} == {"Certificate", "Own"}
    assert report.requests == 2


def test_a_distribution_without_a_certificate_does_not_hide_imports(tmp_path):
    """A template with both is read for the distribution and, if something exports, for imports."""
    plain = {"DistributionConfig": {"Aliases": ["www.a.io"]}}
    default = {"Type": "AWS::CloudFront::Distribution", "Properties": plain}
    both = stack({"Listener": listener({"Fn::ImportValue": "site-certificate"}), "Plain": default})
    one, report = run_over(tmp_path, APART | {"both.json": both})
    assert ("ACM521", "both.json") in {(rule, file) for rule, file, _ in results(report)}
    consumers = [c.address for d in one.declarations for c in d.variants[0].consumers]
    assert "Listener" in consumers
    assert report.files == 4
    _, report = run_over(tmp_path, {"both.json": both}, "both.json")
    assert {rule for rule, _, _ in results(report)} == {"ACM521"}


def test_the_scope_may_be_everything(tmp_path):
    """The DNS resources of all files are declared, whether or not there are certificates."""
    (tmp_path / "modules").mkdir()
    (tmp_path / "modules" / "dns.tf").write_text(
        'resource "aws_route53_zone" "z" {\n  name = "c.io"\n}\n# acmrules: ignore ACM205: x\n'
    )
    (tmp_path / "dns.json").write_text(
        stack({"Zone": {"Type": "AWS::Route53::HostedZone", "Properties": {"Name": "b.io"}}})
    )
    for name, text in APART.items():
        (tmp_path / name).write_text(text)
    wide = loader(refuse, ReadScope.EVERYTHING)
    found = [
        each for batch in wide.batches(discover([str(tmp_path)])) for each in batch.declarations
    ]
    assert [*wide.troubles] == []
    assert sorted(str(zone.name) for d in found for zone in d.variants[0].zones) == ["b.io", "c.io"]
    assert len(found) == 5


def test_a_finding_has_the_baseline_of_its_own_file(tmp_path):
    """The baseline of the file of the certificate does not apply to a host in another file."""
    (tmp_path / "site").mkdir()
    (tmp_path / "site" / ".acmrules-baseline.json").write_text('{"version": 1, "findings": []}\n')
    files = {f"site/{name}" if "site" in name else name: text for name, text in APART.items()}
    one, report = run_over(tmp_path, files)
    by = one.results.by_baseline(report.findings)
    own = next(path for path in by if path)
    assert [finding.rule.id for finding in by[own]] == ["ACM205"]


# Texts in place of files


def test_only_changed_files_are_read_again(tmp_path, monkeypatch):
    """A changed file is read again with the callers of its module; other batches are kept."""
    module(
        tmp_path,
        monkeypatch,
        a_txt="a_b.io\n",
        b_txt="b_b.io\n",
        main_tf=calling("./m", "bad_a.io"),
        m__main_tf=CERTIFICATE,
        z__main_tf=CERTIFICATE.replace("var.name", '"bad_z.io"') + "# acmrules: ignore[ACM101]: x",
    )
    reading = loader()
    before = [*reading.batches(discover(["a.txt", "b.txt", "."]))]
    assert [batch.name for batch in before] == ["a.txt", "b.txt", "", "z", ""]
    monkeypatch.setattr(Disk, "read", refuse)
    monkeypatch.setattr("acmrules.workspace.files.read_bytes", refuse)
    texts = {"b.txt": "new.io\n", "m/main.tf": CERTIFICATE.replace("var.name", '"new_m.io"')}
    after = [*reading.reloaded(before, texts)]
    assert [was is now for was, now in zip(before, after, strict=True)] == [
        *(True, False, False, True),
        False,
    ]
    names = [str(each.request.names[0]) for batch in after for each in batch.declarations]
    assert names == ["a_b.io", "new.io", "new_m.io", "bad_z.io"]


def test_suppressions_move_with_the_text(tmp_path, monkeypatch):
    """Suppressions are read from the text that replaces the file."""
    module(tmp_path, monkeypatch, main_tf=CERTIFICATE + "# acmrules: ignore[ACM101]: x\n")
    reading = loader()
    before = [*reading.batches(discover(["main.tf"]))]
    text = "# first\n" + (tmp_path / "main.tf").read_text()
    *_, last = reading.reloaded(before, {"main.tf": text})
    [(source, _)] = last.annotated
    assert isinstance(source, Source)
    assert source.text == text
