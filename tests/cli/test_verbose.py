"""The option `--verbose`: which files were read, as what, and with which settings."""

from tests.support.commands import GOOD, write

MODULE = 'resource "aws_acm_certificate" "x" {\n  domain_name = "brightharbor.io"\n}\n'


def lines(shown):
    return sorted(line.removeprefix("acmrules: ") for line in shown[2].splitlines())


def test_each_file_has_its_kind_and_its_settings(run):
    """A file without certificates is listed too, and so is one that the settings leave out."""
    write("infra/site.yaml", GOOD)
    write("infra/main.tf", MODULE)
    write("infra/other.yaml", "x: 1\n")
    write("infra/old.yaml", GOOD)
    write("names.txt", "a.brightharbor.io\nb.brightharbor.io\n")
    write(".acmrules.toml", 'fail-on = "error"\n')
    write("infra/.acmrules.toml", 'exclude = ["old.yaml"]\n')
    expected = [
        "infra/main.tf: terraform, 1 certificate request; settings: infra/.acmrules.toml",
        "infra/old.yaml: excluded; settings: infra/.acmrules.toml",
        "infra/other.yaml: no certificates; settings: infra/.acmrules.toml",
        "infra/site.yaml: cloudformation, 1 certificate request; settings: infra/.acmrules.toml",
        "names.txt: names, 1 certificate request; settings: .acmrules.toml",
    ]
    for command in ("check", "coverage", "validation", "plan", "calendar"):
        shown = run(command, "infra", "./names.txt", "-v")
        listed = [line.removeprefix("./") for line in lines(shown) if "; settings: " in line]
        assert sorted(listed) == expected, command
    assert "; settings: " not in run("check", "infra", "names.txt")[2]


def test_files_without_settings(run):
    """Options are not a file."""
    write("site.yaml", GOOD)
    assert lines(run("baseline", "site.yaml", "-v", "--region", "us-east-1"))[-1] == (
        "site.yaml: cloudformation, 1 certificate request; settings: none"
    )


def test_wrong_settings(run):
    """The file is listed, and the mistake is printed as without the option."""
    write("site.yaml", GOOD)
    write(".acmrules.toml", "x = 1\n")
    shown = run("check", "site.yaml", "-v")
    assert (shown[0], lines(shown)[-1]) == (2, "site.yaml: no certificates; settings: not valid")


def test_both_sides_of_a_comparison(run):
    """Each file is listed once."""
    write("old.yaml", GOOD)
    write("new.yaml", GOOD.replace("brightharbor.io\n", "www.brightharbor.io\n"))
    listed = lines(run("compare", "old.yaml", "new.yaml", "-v"))
    assert [line.partition(":")[0] for line in listed] == ["new.yaml", "old.yaml"]


def test_names_are_escaped(run):
    """A name from outside cannot control the terminal."""
    write("a\x1b[31m.yaml", GOOD)
    assert lines(run("check", ".", "-v"))[0].startswith(r"a\x1b[31m.yaml: cloudformation")
