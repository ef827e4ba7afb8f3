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
        [parameters."prod/"]
        Stage = "prod"
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
        "pyproject.toml:2:1: `tool.acmrules` is a number, where a table belongs"
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
        ("policy = {x = 1}", "1:11: unknown setting `policy.x`; there is `zones`, "),
        ("quotas.nmaes = 2", "1:8: unknown setting `quotas.nmaes`; did you mean `names`?"),
        ("quotas.x.names = 2", "1:8: `x` is no account, and no Region"),
        ("quotas.eu-west-1.eu-west-2.names = 2", "`eu-west-2` is no account, and no Region"),
        ("quotas = 3", "1:1: `quotas` is a number, where a table belongs"),
        ("quotas.names = 101", "`quotas.names` is 101; ACM's limit is 100"),
        ("quotas.certificates = 0", "`quotas.certificates` is 0, where the least is 1"),
        ("quotas.names = true", "`quotas.names` is a boolean, where a number belongs"),
        ('severity.ACM391 = "off"', "1:10: no rule `ACM391`; did you mean `ACM301` or"),
        ('severity.nothing-like-it = "off"', "; see `acmrules rules`"),
        ('severity.ACM301 = "of"', "`severity.ACM301` is `of`; did you mean `off`?"),
        ('severity.ACM301 = "x"', "is `x`; there is `off`, `note`, `warning`, `error`"),
        ("severity.ACM301 = []", "`severity.ACM301` is a list, where a text belongs"),
        ('fail-on = "off"', "`fail-on` is `off`; there is `note`, `warning`, `error`"),
        ('select = ["ACM3",\n"ACM999"]', "1:1: `select` names no rule `ACM999`; did you mean"),
        ('ignore = "ACM1"', "`ignore` is a text, where a list of texts belongs"),
        ("ignore = [1.5]", "`ignore` has an item that is a number, where a text belongs"),
        ('as-of = "soon"', "`as-of` is `soon`, which is no day such as 2026-03-15"),
        ("as-of = 2026-01-01T00:00:00", "`as-of` is a day or time, where a text belongs"),
        ('account = "1"', "`account` is `1`, which is no account of 12 digits"),
        ('region = "eu-west1"', "`region` is `eu-west1`; did you mean `eu-west-1` or"),
        ('region = "Frankfurt!"', "`region` is `Frankfurt!`, no Region"),
        ("[region]\n'a/' = {}", "2:2: `region.a/` is a table, where a text belongs"),
        ("parameters.A = []", "`parameters.A` is a list, where a text belongs"),
        (
            'policy.zones = ["a_b.io"]',
            "`policy.zones` has what is no name: `a_b.io` contains an underscore",
        ),
        ('policy.zones = ["*.a.io"]', "`policy.zones` names `*.a.io`, a wildcard, where"),
        (
            "policy.apart = 1",
            "`policy.apart` is a number, where a list of lists of domains belongs",
        ),
        ('policy.apart = ["a.io"]', "has an item that is a text, where a list of domains belongs"),
        ('policy.apart = [["*.a.io"]]', "`policy.apart` names `*.a.io`, a wildcard, where"),
        ("policy.apart = [[1]]", "has an item that is a number, where a text belongs"),
        (
            'policy.first = ["a_b.io"]',
            "`policy.first` has what is no name: `a_b.io` contains an underscore",
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
        "x/.acmrules.toml:2:1: `exclude` has `!/`, which matches no file"
    )
