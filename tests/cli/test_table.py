"""The table of commands: types, groups and examples."""

import io
import json
import shlex
import sys

import pytest
from tests.support import account
from tests.support.commands import SERVERS
from tests.support.fake_aws import FakeAccount, certificate
from tests.support.git import commit

from acmrules.changes import Verdict
from acmrules.cli import main, options, table
from acmrules.limits import Quotas

EVERY_OPTION = [
    pytest.param(command, option, id=f"{command.name} {option.name}")
    for command in table.COMMANDS
    for option in command.options
]


def annotations(values):
    """Return the type of each field of a class and its bases, as it is written."""
    return {
        name: written
        for base in reversed(values.__mro__)
        for name, written in vars(base).get("__annotations__", {}).items()
        if name in values._fields
    }


@pytest.mark.parametrize(("command", "option"), EVERY_OPTION)
def test_an_option_has_the_type_of_its_field(command, option):
    """What its conversion returns, repeated or not, is what the field is annotated with."""
    declared = annotations(command.result)[option.attribute]
    if not option.metavar:
        assert declared == ("int" if option.counted else "bool")
        return
    converted = getattr(option.convert, "__annotations__", {}).get("return", "str")
    if option.many:
        assert declared == f"tuple[{converted}, ...]"
    else:
        assert declared in {converted, f"{converted} | None"}


@pytest.mark.parametrize("command", table.COMMANDS, ids=lambda command: command.name)
def test_every_field_can_be_set(command):
    """A field is an option or the operands, and only one of them."""
    fields = [option.attribute for option in command.options]
    fields += filter(None, (command.operands.field, command.operands.field_after))
    assert sorted(fields) == sorted(command.result._fields)


@pytest.mark.parametrize("command", table.COMMANDS, ids=lambda command: command.name)
def test_every_command_has_a_function_for_its_options(command):
    """The function has the command's name and accepts the class of its options."""
    function = main.action(command.name)
    assert function.__annotations__ == {"options": command.result.__name__, "return": "int"}


def test_groups_contain_every_option_and_command():
    """The help pages have a heading for each of them."""
    assert {command.group for command in table.COMMANDS} == set(options.COMMAND_GROUPS)
    groups = {option.group for command in table.COMMANDS for option in command.options}
    assert groups == set(options.GROUPS)


@pytest.mark.parametrize(("command", "option"), EVERY_OPTION)
def test_the_default_on_the_help_page_is_that_of_the_class(command, option):
    """A field that is not set by default can have a default from elsewhere."""
    default = command.result._defaults[option.attribute]
    assert default in {None, False, (), option.default}


HOSTS = "host,owner\nwww.brightharbor.io,web\n"
SITE = """\
Resources:
  Certificate:
    Type: AWS::CertificateManager::Certificate
    Properties: {DomainName: brightharbor.io, ValidationMethod: DNS}
"""


DIG = """\
;; ->>HEADER<<- opcode: QUERY, status: NOERROR, id: 4711
;; flags: qr rd ra; QUERY: 1, ANSWER: 1, AUTHORITY: 0, ADDITIONAL: 0
;; QUESTION SECTION:
;brightharbor.io. IN NS

;; ANSWER SECTION:
brightharbor.io. 300 IN NS ns1.brightharbor.io.
"""


@pytest.mark.parametrize("command", table.COMMANDS, ids=lambda command: command.name)
def test_examples_run(command, tmp_path, monkeypatch, capsys):
    """Each help page has two of them, and they succeed or find a problem; servers end at once."""
    if command.name in SERVERS:
        pytest.importorskip(SERVERS[command.name])
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO()))
    files = ("infra/site.yaml", "old.yaml", "new.yaml")
    described = json.dumps({"Certificate": account.described()})
    answers = {"certificate.json": described, "inventory.json": described, "answers.dig": DIG}
    commit(tmp_path, dict.fromkeys(files, SITE) | answers | {"hosts.csv": HOSTS})
    monkeypatch.chdir(tmp_path)
    session = FakeAccount({"eu-west-1": [certificate(1)]})
    monkeypatch.setattr("acmrules.network.aws.session.open_session", lambda _: session)
    assert len(set(command.examples)) == 2
    for example in command.examples:
        program, *words = shlex.split(example)
        assert (program, words[0]) == ("acmrules", command.name)
        assert main.main(words) in {main.CLEAN, main.FOUND}
        out, _ = capsys.readouterr()
        assert out or "--output" in words or command.name == "baseline" or words == [command.name]


def test_choices_can_be_converted():
    """No choice of an option raises an error, and each quota is accepted."""
    for command in table.COMMANDS:
        for option in command.options:
            assert len({option.convert(choice) for choice in option.choices}) == len(option.choices)
    for field in Quotas._fields:
        assert options.parse_quota(f"{field}=1") == (field.replace("_", "-"), 1)


@pytest.mark.parametrize(
    ("command", "old", "new"),
    [
        ("check", "--unsafe", "--unsafe-fixes"),
        ("check", "--show-skips", "--show-undecided"),
        ("check", "--reader", "--kind"),
        ("check", "--parm", "--param"),
        ("check", "--oneline", "--format"),
        ("check", "--output-file", "--output"),
        ("check", "--silent", "--quiet"),
        ("check", "--no-color", "--color"),
        ("check", "--soft-fail", "--exit-zero"),
        ("facts", "--on", "--as-of"),
        (None, "covers", "coverage"),
        ("check", "--output-format", "--format"),
        ("check", "-f", "--format"),
        ("explain", "--json", "--format"),
        ("check", "--dry-run", "--diff"),
        ("check", "--parameter-overrides", "--param"),
        (None, "validate", "check` or `validation"),
        (None, "lint", "check"),
        (None, "search", "explain"),
        (None, "version", "acmrules --version"),
        (None, "template.yaml", "acmrules check template.yaml"),
        (None, ".", "acmrules check ."),
        (None, "infra/", "acmrules check infra/"),
        (None, "acm205", "acmrules explain acm205"),
    ],
)
def test_other_words_get_a_suggestion(command, old, new, capsys):
    """Words of earlier versions and of other tools are not accepted."""
    words = [command, old, "x"] if command else [old, "x"]
    assert main.main(words) == main.UNREADABLE
    assert f"`{old}`; did you mean `{new}`?" in capsys.readouterr().err


def test_verdicts_are_written_like_options():
    """Their names have hyphens on the command line."""
    assert table.parse_verdict("in-place") is Verdict.IN_PLACE


@pytest.mark.parametrize(
    "command", [each for each in table.COMMANDS if options.AS_OF in each.options]
)
def test_a_date_before_acm_is_an_error_of_every_command(command, capsys):
    """No rule applies on it, and nothing was issued."""
    words = ["x"] * bool(command.operands.least)
    assert main.main([command.name, *words, "--as-of", "2016-01-20"]) == main.UNREADABLE
    fault = "option `--as-of`: 2016-01-20 is before 2016-01-21, when ACM launched"
    assert capsys.readouterr() == ("", f"acmrules: {fault}\n")
