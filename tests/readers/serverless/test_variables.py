"""Variables of the Serverless Framework."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from acmrules.readers.serverless.variables import Choice, Variables, names_in
from acmrules.unresolved import Unknown, Unresolved

FILE = {
    "service": "shop",
    "provider": {"name": "aws", "stage": "${opt:stage, 'dev'}"},
    "custom": {
        "domain": "brightharbor.io",
        "host": "www.${self:custom.domain}",
        "names": ["a.io", "www.${self:custom.domain}"],
        "hosts": {"dev": "dev.brightharbor.io", "prod": "brightharbor.io"},
        "loop": "${self:custom.loop}",
        "round": "${self:custom.whole.in}",
        "whole": {"in": "${self:custom.whole}"},
        "circle": "x.${self:custom.other}",
        "other": "${self:custom.circle}",
    },
}


def value_of(text, **given):
    """Return the value of a string in the file, with the values of options."""
    options = {name.replace("_", ":", 1): value for name, value in given.items()}
    return Variables(FILE, options).value(text)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("${self:custom.domain}", "brightharbor.io"),
        ("api.${self:custom.domain}", "api.brightharbor.io"),
        ("${self:custom.host}", "www.brightharbor.io"),
        ("${ self:custom.domain }", "brightharbor.io"),
        ("${self:provider.stage}", "dev"),
        ("${sls:stage}", "dev"),
        ("${opt:stage, 'test'}", "test"),
        ('${opt:stage, "test"}', "test"),
        ("${opt:stage, self:custom.domain}", "brightharbor.io"),
        ("${opt:stage, ${self:custom.domain}}", "brightharbor.io"),
        ("${opt:stage, ${env:STAGE}, 'x'}", "x"),
        ("${self:custom.absent, 'x'}", "x"),
        ("${self:custom.names.0}", "a.io"),
        ("${self:custom.hosts.${opt:stage, 'prod'}}", "brightharbor.io"),
        ("${self:custom.${opt:kind, 'domain'}}", "brightharbor.io"),
        ("${self:custom.ho${opt:end, 'st'}}", "www.brightharbor.io"),
        ("plain", "plain"),
        ("a${b", "a${b"),
    ],
)
def test_what_the_file_determines_is_known(text, value):
    """References, defaults and nested variables are resolved."""
    assert value_of(text).value == value


@pytest.mark.parametrize(
    "text",
    [
        "${env:DOMAIN}",
        "${ssm:/domain}",
        "${cf:stack.Output}",
        "${file(./config.yml):domain}",
        "${opt:stage}",
        "${self:custom.absent}",
        "${self:custom.loop}",
        "${self:custom.circle}",
        "${self:custom.${env:WHICH}}",
        "${AWS::Region}",
        "${Certificate}",
    ],
)
def test_what_comes_from_elsewhere_is_unknown(text):
    """The label is the variable, so that equal variables are equal values."""
    value = value_of(text).value
    assert isinstance(value, Unresolved)
    assert value.unknowns
    assert isinstance(value_of(f"www.{text}").value, Unresolved)


def test_a_mapping_that_contains_itself():
    """The reference to itself is unknown, and the rest of the mapping is known."""
    found = value_of("${self:custom.round}").value
    assert isinstance(found["in"].value, Unresolved)


def test_a_partly_known_string_keeps_its_known_parts():
    """The rest is the unknown variable."""
    value = value_of("*.${env:DOMAIN}.brightharbor.io").value
    assert value == Unresolved(("*.", Unknown("${env:DOMAIN}"), ".brightharbor.io"))


def test_given_values_win():
    """A value that the user gives replaces the default, and is known without one."""
    assert value_of("${opt:stage, 'dev'}", opt_stage="prod").value == "prod"
    assert value_of("${self:provider.stage}", opt_stage="prod").value == "prod"
    assert value_of("${env:DOMAIN}", env_DOMAIN="a.io").value == "a.io"
    assert value_of("${param:domain}", param_domain="a.io").value == "a.io"


def test_origins():
    """A reference resolves to the literal, and a default has no place in the file."""
    found = value_of("${self:custom.domain}")
    assert (found.definition, found.note) == (("custom", "domain"), "`custom.domain`")
    found = value_of("${opt:stage, 'dev'}")
    assert (found.definition, found.note) == (None, "default of `opt:stage`")
    items = value_of("${self:custom.names}").value
    assert [item.value for item in items] == ["a.io", "www.brightharbor.io"]
    assert items[0].definition == ("custom", "names", 0)


def test_addresses_may_contain_mappings_of_variables():
    """The value of a variable may be the mapping of a stage, which has variables too."""
    custom = {
        "current": "${self:custom.stages.${opt:stage, 'dev'}}",
        "again": "${self:custom.current}",
        "stages": {"dev": {"host": "dev.${self:custom.base}"}, "prod": {"host": "p.io"}},
        "base": "brightharbor.io",
    }
    variables = Variables({"custom": custom}, {})
    for name in ("current", "again"):
        found = variables.value(f"${{self:custom.{name}.host}}")
        assert found.value == "dev.brightharbor.io"
    assert variables.choices["opt:stage"].members == ("dev", "prod")
    assert isinstance(variables.value("${self:custom.current.absent}").value, Unresolved)
    given = Variables({"custom": custom}, {"opt:stage": "prod"})
    found = given.value("${self:custom.current.host}")
    assert (found.value, found.definition) == ("p.io", ("custom", "stages", "prod", "host"))


def test_the_stage_of_the_framework_is_an_option():
    """The command line may set it, whatever the stage of the provider is."""
    data = {"provider": {"stage": "dev"}, "custom": {"dev": "d.io", "prod": "p.io"}}
    variables = Variables(data, {})
    assert variables.value("${self:custom.${sls:stage}}").value == "d.io"
    assert variables.choices["opt:stage"].members == ("dev", "prod")
    fixed = Variables(data, {})
    assert fixed.value("${self:custom.${self:provider.stage}}").value == "d.io"
    assert not fixed.choices


def test_an_option_that_selects_a_member_is_a_choice():
    """Its default does not matter, because any member may be selected."""
    for text in ("${opt:stage}", "${opt:stage, 'dev'}", "${self:provider.stage}", "${sls:stage}"):
        variables = Variables(FILE, {})
        variables.value(f"${{self:custom.hosts.{text}}}")
        assert variables.choices == {"opt:stage": Choice("opt:stage", ("dev", "prod"))}
    variables = Variables(FILE, {"opt:stage": "prod"})
    assert variables.value("${self:custom.hosts.${sls:stage}}").value == "brightharbor.io"
    assert not variables.choices


def test_members_are_those_that_have_the_rest_of_the_address():
    """A mapping of stages may have other members, such as those of plugins."""
    custom = {
        "dev": {"host": "dev.io"},
        "prod": "${file(prod.yml)}",
        "customDomain": {"domainName": "${self:custom.${opt:stage}.host}"},
        "it": {"host": "${self:custom.${opt:stage}.host}"},
    }
    variables = Variables({"custom": custom}, {})
    variables.value("${self:custom.${opt:stage}.host}")
    assert variables.choices["opt:stage"].members == ("dev", "prod")


@pytest.mark.parametrize("section", ["params", "stages"])
def test_parameters_of_stages(section):
    """A parameter of a stage wins over that of all stages, and the stage is a choice."""
    by_stage = {
        "default": {"host": "all.io", "other": "o.io"},
        "prod": {"host": "prod.io"},
        "dev": {"x": "y"},
    }
    data = {section: by_stage}
    if section == "stages":
        data = {section: {stage: {"params": each} for stage, each in by_stage.items()}}
    variables = Variables(data, {})
    assert variables.value("${param:host}").value == "all.io"
    assert variables.choices["opt:stage"].members == ("dev", "prod")
    assert variables.value("${param:other}").value == "o.io"
    assert isinstance(variables.value("${param:absent}").value, Unresolved)
    assert Variables(data, {"opt:stage": "prod"}).value("${param:host}").value == "prod.io"
    assert Variables(data, {"param:host": "x.io"}).value("${param:host}").value == "x.io"


def test_only_options_without_a_value_are_asked_for():
    """They are those whose value the user can give."""
    variables = Variables(FILE, {})
    for text in ("${opt:a}", "${env:B, 'x'}", "${ssm:/c}", "${param:d}", "${self:custom.domain}"):
        variables.value(text)
    assert list(variables.asked) == ["opt:a", "param:d"]


def test_functions_keep_their_own_variables():
    """In `Fn::Sub`, only the variables that are known are replaced; arguments are plain."""
    filled = Variables(FILE, {}).filled(
        {
            "Fn::Sub": "${self:custom.domain}.${AWS::Region}.${env:X}.${Site}",
            "Ref": "${self:service}",
            "Other": ["${self:custom.domain}", 7, None],
        }
    )
    assert filled["Fn::Sub"] == "brightharbor.io.${AWS::Region}.${env:X}.${Site}"
    assert filled["Ref"] == "shop"
    assert [getattr(each, "value", each) for each in filled["Other"]] == [
        "brightharbor.io",
        7,
        None,
    ]
    listed = Variables(FILE, {}).filled({"Fn::Sub": ["${self:service}-${X}", {"X": "x"}]})
    assert listed["Fn::Sub"] == ["shop-${X}", {"X": "x"}]


def test_names_that_the_user_can_set():
    """They are options, parameters and the environment, in the order of the text."""
    text = "a: ${opt:x, env:Y}\nb: ${param:z.w} ${self:provider.stage} ${ssm:/opt}\n"
    assert list(names_in(text)) == ["opt:x", "env:Y", "param:z", "opt:stage"]


PIECES = st.sampled_from(
    ["${", "}", "self:", "custom.", "domain", "opt:", "x", ",", "'", '"', ".", " ", "hosts", "("]
)


@given(st.lists(PIECES, max_size=30).map("".join))
def test_any_string_has_a_value(text):
    """No string is an error, and one without variables is itself."""
    value = value_of(text).value
    assert value is None or isinstance(value, str | Unresolved | list | dict)
    if "${" not in text:
        assert value == text
