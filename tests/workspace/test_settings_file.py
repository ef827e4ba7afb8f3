"""Settings files: their values, and their mistakes by file, line and nearest key."""

from datetime import date

import pytest

from acmrules.lint.rule import Severity
from acmrules.names import DomainName, WildcardDomainName
from acmrules.request import KeyAlgorithm, ValidationMethod
from acmrules.workspace.settings import ExcludePatterns, SettingsError
from acmrules.workspace.settings_file import MAX_BYTES, SettingLocation, read


def values(text, name=".acmrules.toml"):
    """Return the values of a file."""
    settings = read(name, text, "/srv/infra")
    return {key: each.value for key, each in settings.stated.items()}


def mistakes(text, name=".acmrules.toml"):
    """Return the mistakes of a file as they are printed."""
    with pytest.raises(SettingsError) as caught:
        read(name, text, "/srv/infra")
    return list(map(str, caught.value.mistakes))


def test_every_setting_is_read():
    """Settings for paths keep the whole glob, and quotas their account."""
    assert values(
        """
        select = ["ACM3", "documentation-name"]
        ignore = []
        fail-on = "note"
        fail-on-nothing = true
        strict = false
        as-of = 2026-03-15
        baseline = "lint/known.json"
        account = "111122223333"
        severity = {ACM301 = "off", documentation-name = "warning"}
        [quotas]
        names = 20
        yearly-requests = 9
        eu-west-1.names = 50
        [region]
        "prod/**" = "us-east-1"
        [quotas.111122223333]
        names = 30
        us-east-1 = {names = 100}
        [parameters]
        Stage = "dev"
        Count = 3
        IsProd = false
        terraform.workspace = "dev"
        [parameters."prod/"]
        Stage = "prod"
        terraform.workspace = "prod"
        [parameters."test/"]
        "terraform.workspace" = "test"
        [var-files]
        "prod/" = ["prod.tfvars"]
        [policy]
        zones = ["brightharbor.io"]
        wildcard-zones = []
        max-names = 3
        required-tags = ["Owner"]
        validation-methods = ["DNS"]
        key-algorithms = ["EC_prime256v1"]
        apart = [["shop.io", "bank.io"], []]
        first = ["*.shop.io"]
        """
    ) == {
        ("select",): ("ACM3", "documentation-name"),
        ("ignore",): (),
        ("fail-on",): Severity.NOTE,
        ("fail-on-nothing",): True,
        ("strict",): False,
        ("as-of",): date(2026, 3, 15),
        ("baseline",): "/srv/infra/lint/known.json",
        ("account",): "111122223333",
        ("severity", "ACM301"): None,
        ("severity", "ACM110"): Severity.WARNING,
        ("quotas", "names"): 20,
        ("quotas", "yearly-requests"): 9,
        ("quotas", "names", "eu-west-1"): 50,
        ("quotas", "names", "111122223333"): 30,
        ("quotas", "names", "111122223333", "us-east-1"): 100,
        ("region", "/srv/infra/prod/**"): "us-east-1",
        ("parameters", "Stage"): "dev",
        ("parameters", "Count"): "3",
        ("parameters", "IsProd"): "false",
        ("parameters", "Stage", "/srv/infra/prod/"): "prod",
        ("parameters", "terraform.workspace"): "dev",
        ("parameters", "terraform.workspace", "/srv/infra/prod/"): "prod",
        ("parameters", "terraform.workspace", "/srv/infra/test/"): "test",
        ("var-files", "/srv/infra/prod/"): ("/srv/infra/prod.tfvars",),
        ("policy", "zones"): (DomainName("brightharbor.io"),),
        ("policy", "wildcard-zones"): (),
        ("policy", "max-names"): 3,
        ("policy", "required-tags"): ("Owner",),
        ("policy", "validation-methods"): (ValidationMethod.DNS,),
        ("policy", "key-algorithms"): (KeyAlgorithm.EC_PRIME256V1,),
        ("policy", "apart"): ((DomainName("shop.io"), DomainName("bank.io")), ()),
        ("policy", "first"): (WildcardDomainName(DomainName("shop.io")),),
    }


def test_a_project_file_has_its_own_table():
    """A file without the table belongs to other tools; values have their lines."""
    text = '[tool.other]\nacmrules = 1\n\n[tool.acmrules]\nfail-on = "note"\n'
    settings = read("a/pyproject.toml", text, "/a")
    assert str(settings.stated["fail-on",].where) == "a/pyproject.toml:5"
    assert read("pyproject.toml", "[tool.other]\nacmrules = 1\n", "/a") is None
    assert read("pyproject.toml", "tool = 1\n", "/a") is None
    assert mistakes("[tool]\nacmrules = 3", "pyproject.toml") == [
        "pyproject.toml:2:1: `tool.acmrules` must be a table, not a number"
    ]


def test_a_date_may_be_a_string():
    """Both notations mean the same."""
    assert values('as-of = "2026-03-15"') == values("as-of = 2026-03-15")


@pytest.mark.parametrize(
    ("text", "suggestion"),
    [
        ('\nselekt = ["ACM1"]', "2:1: unknown setting `selekt`; did you mean `select`?"),
        (
            "[policy]\nzone = []",
            "2:1: unknown setting `policy.zone`; did you mean `zones`?",
        ),
        ("policy = {x = 1}", "1:11: unknown setting `policy.x`; use one of `zones`, "),
        ("quotas.nmaes = 2", "1:8: unknown setting `quotas.nmaes`; did you mean `names`?"),
        ("quotas.x.names = 2", "1:8: `x` is neither an account nor a Region"),
        ("quotas.eu-west-1.eu-west-2.names = 2", "`eu-west-2` is neither an account nor a Region"),
        ("quotas = 3", "1:1: `quotas` must be a table, not a number"),
        ("quotas.names = 101", "`quotas.names` is 101; ACM's limit is 100"),
        ("quotas.certificates = 0", "`quotas.certificates` is 0; it must be at least 1"),
        ("quotas.names = true", "`quotas.names` must be a number, not a boolean"),
        ('severity.ACM391 = "off"', "1:10: unknown rule `ACM391`; did you mean `ACM301` or"),
        ('severity.nothing-like-it = "off"', "; see `acmrules rules`"),
        ('severity.ACM301 = "of"', "`severity.ACM301` is `of`; did you mean `off`?"),
        ('severity.ACM301 = "x"', "is `x`; use one of `off`, `note`, `warning`, `error`"),
        ("severity.ACM301 = []", "`severity.ACM301` must be a string, not a list"),
        ("strict = 1", "`strict` must be a boolean, not a number"),
        ('fail-on = "off"', "`fail-on` is `off`; use one of `note`, `warning`, `error`"),
        (
            'select = ["ACM3",\n"ACM999"]',
            "1:1: `select` contains the unknown rule `ACM999`; did you mean",
        ),
        ('ignore = "ACM1"', "`ignore` must be a list of strings, not a string"),
        ("ignore = [1.5]", "`ignore` must be a list of strings; an item is a number"),
        ('as-of = "soon"', "`as-of` is `soon`, which is not a date such as `2026-03-15`"),
        ("as-of = 2016-01-20", "`as-of` is 2016-01-20, which is before 2016-01-21, when ACM"),
        ("as-of = 2026-01-01T00:00:00", "`as-of` must be a string, not a date or time"),
        ('account = "1"', "`account` is `1`, which is not an account id of 12 digits"),
        ('region = "eu-west1"', "`region` is `eu-west1`; did you mean `eu-west-1` or"),
        ('region = "us-eat-1"', "1:1: `region` is `us-eat-1`; did you mean `us-east-1`"),
        ("[region]\n'a/' = 'us-eat-1'", "2:2: `region.a/` is `us-eat-1`; did you mean `us-east-1`"),
        (
            "quotas.us-eat-1.names = 2",
            "1:8: `us-eat-1` is neither an account nor a Region; did you mean `us-east-1`",
        ),
        (
            "quotas.111122223333.us-eat-1.names = 2",
            "`us-eat-1` is neither an account nor a Region; did you mean `us-east-1`",
        ),
        ('region = "Frankfurt!"', "`region` is `Frankfurt!`, which is not a Region"),
        ("[region]\n'a/' = {}", "2:2: `region.a/` must be a string, not a table"),
        ("parameters.A = []", "`parameters.A` must be a string, not a list"),
        (
            'policy.zones = ["a_b.io"]',
            "`policy.zones` contains an invalid name: `a_b.io` contains an underscore",
        ),
        ('policy.zones = ["*.a.io"]', "`policy.zones` contains `*.a.io`, which is a wildcard"),
        (
            "policy.apart = 1",
            "`policy.apart` must be a list of lists of domains, not a number",
        ),
        ('policy.apart = ["a.io"]', "must be a list of lists of domains; an item is a string"),
        ('policy.apart = [["*.a.io"]]', "`policy.apart` contains `*.a.io`, which is a wildcard"),
        ("policy.apart = [[1]]", "must be a list of strings; an item is a number"),
        (
            'policy.first = ["a_b.io"]',
            "`policy.first` contains an invalid name: `a_b.io` contains an underscore",
        ),
        ('policy.validation-methods = ["dns"]', "is `dns`; did you mean `DNS`?"),
        ("a = ", ".acmrules.toml:1:5: is not TOML: invalid value"),
        ("a = [", ".acmrules.toml:1:6: is not TOML: "),
        ("a = " + "[" * 100_000, ".acmrules.toml: is nested too deeply"),
        ("a = " + "{b = " * 10_000, ".acmrules.toml: is nested too deeply"),
        ("quotas.names = " + "9" * 5000, ".acmrules.toml: is not TOML: exceeds the limit"),
        ("\na" + ".a" * 100_000 + " = 1", ".acmrules.toml:2:1: has a key of more than 100 parts"),
        ("#" * (MAX_BYTES + 1), ".acmrules.toml: is larger than 256 KiB"),
    ],
)
def test_mistakes_are_reported_with_their_location_and_a_suggestion(text, suggestion):
    """A mistake has its file and line, the key, and the nearest valid word."""
    [mistake] = mistakes(text)
    assert mistake.startswith(".acmrules.toml:")
    assert suggestion in mistake


def test_all_mistakes_are_reported():
    """All mistakes of a file are reported at once."""
    assert len(mistakes("x = 1\ny = 2\n[policy]\nz = 3")) == 3


def test_at_most_ten_mistakes_are_reported():
    """Many mistakes are not all reported, since finding their lines takes long."""
    assert len(mistakes("".join(f"x{number} = 1\n" for number in range(10_000)))) == 10


@pytest.mark.parametrize("text", ["# ........" * 100, "# " + "a " * 1000, "#" + "a" * 100_000])
def test_dots_and_words_are_no_deep_keys(text):
    """Only a key with very many parts is rejected."""
    assert values(text) == {}


def test_a_location_prints_with_its_line():
    """The line is determined when it is printed."""
    where = SettingLocation("a.toml", "\n\na = 1", ("a",))
    assert (str(where), where.position.column) == ("a.toml:3", 1)


def test_exclude_patterns():
    """Each pattern of the list must be able to match a file."""
    values = read("x/.acmrules.toml", 'exclude = ["charts/", "!a"]\n', "/x").stated
    assert values["exclude",].value == ExcludePatterns("/x", ("charts/", "!a"))
    with pytest.raises(SettingsError) as wrong:
        read("x/.acmrules.toml", 'region = "eu-west-1"\nexclude = ["a", "!/"]\n', "/x")
    assert str(wrong.value.mistakes[0]) == (
        "x/.acmrules.toml:2:1: `exclude` contains `!/`, which matches no file"
    )
