"""The table of commands: types, groups, examples, and the conversion of values."""

import shlex
from importlib import import_module

import pytest
from tests.support.git import commit

from acmrules.changes import Verdict
from acmrules.cli import main, options
from acmrules.cli.parser import UsageError
from acmrules.limits import Quotas
from acmrules.lint.rule import Severity
from acmrules.readers.registry import READERS

EVERY_OPTION = [
    pytest.param(command, option, id=f"{command.name} {option.name}")
    for command in options.COMMANDS
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
        assert declared == "bool"
        return
    converted = getattr(option.convert, "__annotations__", {}).get("return", "str")
    if option.many:
        assert declared == f"tuple[{converted}, ...]"
    else:
        assert declared in {converted, f"{converted} | None"}


@pytest.mark.parametrize("command", options.COMMANDS, ids=lambda command: command.name)
def test_every_field_can_be_set(command):
    """A field is an option or the operands, and only one of them."""
    fields = [option.attribute for option in command.options]
    fields += filter(None, (command.operands.field, command.operands.field_after))
    assert sorted(fields) == sorted(command.result._fields)


@pytest.mark.parametrize("command", options.COMMANDS, ids=lambda command: command.name)
def test_every_command_has_a_function_for_its_options(command):
    """The function has the command's name and accepts the class of its options."""
    function = getattr(import_module(options.ACTIONS[command.name]), command.name)
    assert function.__annotations__ == {"options": command.result.__name__, "return": "int"}


def test_groups_contain_every_option_and_command():
    """The help pages have a heading for each of them."""
    assert {command.group for command in options.COMMANDS} == set(options.COMMAND_GROUPS)
    groups = {option.group for command in options.COMMANDS for option in command.options}
    assert groups == set(options.GROUPS)


@pytest.mark.parametrize(("command", "option"), EVERY_OPTION)
def test_the_default_on_the_help_page_is_that_of_the_class(command, option):
    """A field that is not set by default can have a default from elsewhere."""
    default = command.result._defaults[option.attribute]
    assert default in {None, False, (), option.default}


def test_kinds_are_the_names_of_the_readers():
    """They are written twice, so that a usage error need not import the readers."""
    assert tuple(reader.name for reader in READERS) == options.KINDS


SITE = """\
Resources:
  Certificate:
    Type: AWS::CertificateManager::Certificate
    Properties: {DomainName: brightharbor.io, ValidationMethod: DNS}
"""


@pytest.mark.parametrize("command", options.COMMANDS, ids=lambda command: command.name)
def test_examples_run(command, tmp_path, monkeypatch, capsys):
    """Each help page has two of them, and they succeed or find a problem."""
    files = ("infra/site.yaml", "old.yaml", "new.yaml")
    commit(tmp_path, dict.fromkeys(files, SITE))
    monkeypatch.chdir(tmp_path)
    assert len(set(command.examples)) == 2
    for example in command.examples:
        program, *words = shlex.split(example)
        assert (program, words[0]) == ("acmrules", command.name)
        assert main.main(words) in {main.CLEAN, main.FOUND}
        out, _ = capsys.readouterr()
        assert out or command.name == "baseline"


@pytest.mark.parametrize(
    ("convert", "text", "value"),
    [
        (options.parse_parameter, "a=b=c", ("a", "b=c")),
        (options.parse_parameter, "a=", ("a", "")),
        (options.parse_quota, "names=50", ("names", 50)),
        (options.parse_quota, "yearly_requests=7", ("yearly-requests", 7)),
        (options.parse_rule, "malformed-name", "malformed-name"),
        (options.parse_rule, "acm4", "acm4"),
        (options.parse_pattern, "charts/", "charts/"),
        (options.parse_severity, "warning", Severity.WARNING),
        (options.parse_verdict, "in-place", Verdict.IN_PLACE),
    ],
)
def test_values_are_converted(convert, text, value):
    """Each conversion returns what the field of its option is annotated with."""
    assert convert(text) == value


@pytest.mark.parametrize(
    ("convert", "text", "message"),
    [
        (options.parse_date, "tomorrow", "`tomorrow` is not a date, for example 2026-03-15"),
        (options.parse_date, "2026-02-30", "`2026-02-30` is not a date"),
        (options.parse_parameter, "x", "expected NAME=VALUE, not `x`"),
        (options.parse_quota, "names", "expected NAME=NUMBER, not `names`"),
        (options.parse_quota, "name=5", "unknown quota `name`; did you mean `names`?"),
        (options.parse_quota, "x=5", "unknown quota `x` (choose from names, certificates, "),
        (options.parse_quota, "names=x", "quota `names` must be a positive number, not `x`"),
        (options.parse_quota, "names=", "must be a positive number, not an empty string"),
        (options.parse_date, "\x1b[31m", r"`\x1b[31m` is not a date"),
        (options.parse_quota, "names=0", "quota `names` must be a positive number, not `0`"),
        (options.parse_quota, "names=²", "quota `names` must be a positive number, not `²`"),
        (options.parse_quota, "names=101", "quota `names` is 101, but ACM's limit is 100"),
        (options.parse_rule, "ACM999", "unknown rule `ACM999`; did you mean"),
        (options.parse_rule, "", "unknown rule ``"),
        (options.parse_pattern, "# comment", "the pattern `# comment` cannot match a file"),
    ],
)
def test_wrong_values_have_a_message(convert, text, message):
    """It says what is accepted."""
    with pytest.raises(UsageError) as error:
        convert(text)
    assert message in str(error.value)


def test_choices_can_be_converted():
    """No choice of an option raises an error, and each quota is accepted."""
    for command in options.COMMANDS:
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
        ("facts", "--on", "--as-of"),
        (None, "covers", "coverage"),
        (None, "validate", "validation"),
        (None, "lint", "check"),
    ],
)
def test_other_words_get_a_suggestion(command, old, new, capsys):
    """Words of earlier versions and of other tools are not accepted."""
    words = [command, old, "x"] if command else [old, "x"]
    assert main.main(words) == main.UNREADABLE
    assert f"`{old}`; did you mean `{new}`?" in capsys.readouterr().err
