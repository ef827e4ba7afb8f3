"""CloudFormation's intrinsic functions."""

import pytest
from tests.support.cloudformation import at, branches, certificate, defined_at, spellings

from acmrules.names import DomainName
from acmrules.syntax.source import InputError
from acmrules.unresolved import Unknown, Unresolved, UnresolvedNames

SECTIONS = """\
Parameters:
  Open: {Type: String}
  Name: {Type: String, Default: shop.example.com}
  Blank: {Type: String, Default: ''}
  Number: {Type: Number, Default: 1}
  Several: {Type: CommaDelimitedList, Default: 'a.example.com, b.example.com'}
  OpenList: {Type: CommaDelimitedList}
  BlankList: {Type: CommaDelimitedList, Default: ''}
  Stored: {Type: 'AWS::SSM::Parameter::Value<String>', Default: /name}
  Stage: {Type: String, Default: dev, AllowedValues: [dev, prod]}
Mappings:
  Names:
    dev: {Name: dev.example.com, Flag: true, Several: [c.example.com, d.example.com]}
    prod: {Name: example.com, Nested: {a: b}}
Conditions:
  IsProd: !Equals [!Ref Stage, prod]
"""


def text(expression, **known):
    """Return the resolved domain name."""
    return spellings(certificate(f"DomainName: {expression}", SECTIONS, **known))[0]


def listed(expression, **known):
    """Return the resolved list of alternative names."""
    properties = f"DomainName: x.io\nSubjectAlternativeNames: {expression}"
    return spellings(certificate(properties, SECTIONS, **known))[1:]


@pytest.mark.parametrize(
    ("expression", "resolved"),
    [
        ("example.com", "example.com"),
        ("1.10", "1.10"),
        ("true", "true"),
        ("!Ref Name", "shop.example.com"),
        ("{Ref: Name}", "shop.example.com"),
        ("!Ref Open", "${Open}"),
        ("!Ref Blank", "${Blank}"),
        ("!Ref Stored", "${Stored}"),
        ("!Ref Number", "1"),
        ("!Ref Bucket", "${Bucket}"),
        ("!Ref AWS::Region", "${AWS::Region}"),
        ("!Ref AWS::StackName", "${AWS::StackName}"),
        ("!Ref [Name]", "!Ref [Name]"),
        ("!GetAtt Bucket.DomainName", "${Bucket.DomainName}"),
        ("!GetAtt [Bucket, DomainName]", "${Bucket.DomainName}"),
        ("{Fn::GetAtt: {a: b}}", "!GetAtt {a: b}"),
        ("!Sub 'www.${Name}'", "www.shop.example.com"),
        ("!Sub '*.${Open}'", "*.${Open}"),
        ("!Sub '${!Open}.${Bucket.Arn}'", "${Open}.${Bucket.Arn}"),
        ("!Sub ['${a}.${Name}', {a: !Ref Stage}]", "dev.shop.example.com"),
        ("!Sub ['${a}.io', {a: !Ref AWS::NoValue}]", ".io"),
        ("!Sub ['${a}', {a: !Ref Several}]", "!Sub [${a}, {a: [a.example.com, b.example.com]}]"),
        ("!Sub [['a']]", "!Sub [[a]]"),
        ("!Sub [a, b]", "!Sub [a, b]"),
        ("!Sub ''", ""),
        ("!Join ['.', [www, !Ref Name]]", "www.shop.example.com"),
        ("!Join ['.', ['*', !Ref Open]]", "*.${Open}"),
        ("!Join ['', !Ref Several]", "a.example.comb.example.com"),
        ("!Join ['', []]", ""),
        ("!Join ['.', !Ref OpenList]", "!Join [., ${OpenList}]"),
        ("!Join ['.', [a, !Ref Several]]", "!Join [., [a, [a.example.com, b.example.com]]]"),
        ("!Join [[], [a]]", "!Join [[], [a]]"),
        ("!Join ['.', [a, !Ref AWS::NoValue, io]]", "a.io"),
        ("!Select [1, [a.io, b.io]]", "b.io"),
        ("!Select ['0', !Ref Several]", "a.example.com"),
        ("!Select [!Ref Number, !Split [/, 'a/b.io']]", "b.io"),
        ("!Select [7, [a, b]]", "!Select [7, [a, b]]"),
        ("!Select [0, !Ref OpenList]", "!Select [0, ${OpenList}]"),
        ("!Select [0]", "!Select [0]"),
        ("!Select [!Ref AWS::NoValue, [a]]", "!Select [, [a]]"),
        ("!Select [0, !Split ['', a.io]]", "!Select [0, !Split [, a.io]]"),
        ("!Select [0, !Split [[x], a.io]]", "!Select [0, !Split [[x], a.io]]"),
        ("!Select [0, !Split [., !Ref Open]]", "!Select [0, !Split [., ${Open}]]"),
        ("!Select [0, !Split x]", "!Select [0, !Split x]"),
        ("!FindInMap [Names, dev, Name]", "dev.example.com"),
        ("!FindInMap [Names, !Ref Stage, Name]", "dev.example.com"),
        ("!FindInMap [Names, dev, Flag]", "true"),
        ("!FindInMap [Names, !Ref Open, Name]", "example.com"),
        ("!FindInMap [Names, !Ref AWS::Region, Name]", "!FindInMap [Names, ${AWS::Region}, Name]"),
        ("!FindInMap [Names, !Ref Stored, Name]", "!FindInMap [Names, ${Stored}, Name]"),
        ("!FindInMap [Names, !Sub 'x${Open}', Name]", "!FindInMap [Names, x${Open}, Name]"),
        ("!FindInMap [Names, dev, Nothing]", "!FindInMap [Names, dev, Nothing]"),
        ("!FindInMap [Nothing, dev, Name]", "!FindInMap [Nothing, dev, Name]"),
        ("!FindInMap [Names, prod, Nested]", "!FindInMap [Names, prod, Nested]"),
        ("!FindInMap [Names, dev, Nothing, {DefaultValue: !Ref Name}]", "shop.example.com"),
        ("!FindInMap [Names, dev, Nothing, Odd]", "!FindInMap [Names, dev, Nothing, Odd]"),
        ("!FindInMap [Names]", "!FindInMap [Names]"),
        ("!FindInMap [Names, dev, Several]", None),
        ("!ImportValue 'zone-${Name}'", "!ImportValue zone-${Name}"),
        ("!ImportValue {'Fn::Sub': 'zone-${Name}'}", "!ImportValue zone-shop.example.com"),
        ("!Transform {Name: x, Parameters: {}}", "!Transform {Name: x, Parameters: {}}"),
        ("{Fn::Base64: []}", "!Base64 []"),
        ("{Fn::Cidr: ~}", "!Cidr "),
        ("!Foo [!Ref Several]", "!Foo [[a.example.com, b.example.com]]"),
        ("'{{resolve:ssm:/name}}'", "{{resolve:ssm:/name}}"),
        ("'www.{{resolve:ssm:/name}}.io'", "www.{{resolve:ssm:/name}}.io"),
        ("'{{ open'", "{{ open"),
        ("!Sub '{{resolve:ssm:/${Open}}}.io'", "{{resolve:ssm:/${Open}}}.io"),
    ],
)
def test_texts(expression, resolved):
    """An expression has its value in the template, and unknown parts keep their names."""
    if resolved is None:
        with pytest.raises(InputError, match="must be a string, not a list"):
            text(expression)
    else:
        assert text(expression) == resolved


def test_unknown_things():
    """Unknown parts are marked, and the literal text around them is kept."""

    def value(expression):
        return certificate(f"DomainName: {expression}", SECTIONS).request.names[0]

    assert value("!Sub '*.${Open}.io'") == Unresolved(("*.", Unknown("${Open}"), ".io"))
    assert value("!Join ['', [a, b., !Ref Open]]") == Unresolved(("ab.", Unknown("${Open}")))
    assert value("!Ref Open") == value("!Sub '${Open}'") == Unresolved((Unknown("${Open}"),))
    assert value("!Ref Name") == DomainName("shop.example.com")
    reference = Unknown("{{resolve:ssm:/x}}")
    assert value("'{{resolve:ssm:/x}}.io'") == Unresolved((reference, ".io"))


@pytest.mark.parametrize(
    ("expression", "resolved"),
    [
        ("[a.io, b.io]", ["a.io", "b.io"]),
        ("[]", []),
        ("!Ref AWS::NoValue", []),
        ("[a.io, !Ref AWS::NoValue, b.io]", ["a.io", "b.io"]),
        ("a.io", ["a.io"]),
        ("!Ref Name", ["shop.example.com"]),
        ("!Ref Several", ["a.example.com", "b.example.com"]),
        ("!Split [',', 'a.io,b.io']", ["a.io", "b.io"]),
        ("!FindInMap [Names, dev, Several]", ["c.example.com", "d.example.com"]),
        ("[!Sub '*.${Open}', !Select [1, !Ref Several]]", ["*.${Open}", "b.example.com"]),
        ("!Ref Open", ["${Open}"]),
        ("!Ref OpenList", ["${OpenList}"]),
    ],
)
def test_lists(expression, resolved):
    """A list has its items, and a single string is a list of one."""
    assert listed(expression) == resolved


@pytest.mark.parametrize(
    ("expression", "unknown"),
    [
        ("!Ref OpenList", "${OpenList}"),
        ("!Ref BlankList", "${BlankList}"),
        ("!GetAtt Stack.Outputs.Names", "${Stack.Outputs.Names}"),
        ("!Split [',', !Ref Open]", "!Split [,, ${Open}]"),
        ("!ImportValue names", "!ImportValue names"),
        ("!Ref [Open]", "!Ref [Open]"),
    ],
)
def test_unknown_lists(expression, unknown):
    """A value that may be any number of names is one unknown entry."""
    declaration = certificate(f"DomainName: x.io\nSubjectAlternativeNames: {expression}", SECTIONS)
    assert declaration.request.names[1] == UnresolvedNames(Unknown(unknown))


@pytest.mark.parametrize("expression", ["!Ref Open", "!Sub '${Open}'", "!Join ['', [!Ref Open]]"])
def test_one_unknown_text(expression):
    """A value that can only be one string is one unknown name."""
    declaration = certificate(f"DomainName: x.io\nSubjectAlternativeNames: {expression}", SECTIONS)
    assert declaration.request.names[1] == Unresolved((Unknown("${Open}"),))


def test_what_the_caller_knows():
    """Parameter values and the Region come from the options."""
    assert text("!Ref Name", Name="other.io") == "other.io"
    assert text("!Ref Blank", Blank="") == ""
    assert text("!Sub '${AWS::Region}.${AWS::Partition}.io'", region="cn-north-1") == (
        "cn-north-1.aws-cn.io"
    )
    assert listed("!Ref OpenList", OpenList="a.io,b.io") == ["a.io", "b.io"]
    assert listed("!Ref OpenList", OpenList="") == []


@pytest.mark.parametrize(
    ("expression", "literal", "note"),
    [
        ("!Ref Name", "shop.example.com", "default of parameter `Name`"),
        ("!Sub 'www.${Name}'", "shop.example.com", "default of parameter `Name`"),
        ("!Join ['.', [www, !Ref Name]]", "shop.example.com", "default of parameter `Name`"),
        (
            "!FindInMap [Names, dev, Name]",
            "dev.example.com",
            "`Name` of `dev` in mapping `Names`",
        ),
        ("!Select [1, !Ref Several]", "b.example.com", "default of parameter `Several`"),
        (
            "!Select [1, !FindInMap [Names, dev, Several]]",
            "d.example.com",
            "`Several` of `dev` in mapping `Names`",
        ),
    ],
)
def test_definitions(expression, literal, note):
    """A string has the location of its use, and its literal as definition."""
    declaration = certificate(f"DomainName: {expression}", SECTIONS)
    assert at(declaration, "names", 0) == expression
    assert defined_at(declaration, "names", 0) == (literal, note)


def test_definitions_of_a_list():
    """Every item of a list has the location of its use and of its definition."""
    declaration = certificate("DomainName: x.io\nSubjectAlternativeNames: !Ref Several", SECTIONS)
    assert at(declaration, "names", 2) == "!Ref Several"
    assert defined_at(declaration, "names", 2)[0] == "b.example.com"


@pytest.mark.parametrize(
    ("properties", "fault"),
    [
        ("DomainName: [a.io]", "`Resources.Certificate.Properties.DomainName` must be a string"),
        ("DomainName: {a: b}", "DomainName` must be a string, not a mapping"),
        ("DomainName: !Ref Several", "DomainName` must be a string, not a list"),
        ("DomainName:", "DomainName` must not be null"),
        (
            "DomainName: a.io\nSubjectAlternativeNames: {a: b, c: d}",
            "must be a list of strings, not a mapping",
        ),
        (
            "DomainName: a.io\nSubjectAlternativeNames: [[b.io]]",
            r"Names.0` must be a string, not a list",
        ),
        (
            "DomainName: !Join ['', [{a: b}]]",
            r"Join.1.0` must be a string or a list, not a mapping",
        ),
        ("DomainName: a.io\nTags: x", "Tags` must be a list, not a string"),
    ],
)
def test_misfits(properties, fault):
    """A value of the wrong type is reported with its pointer."""
    with pytest.raises(InputError, match=fault):
        certificate(properties, SECTIONS)


def test_boundless_texts():
    """A string that grows without bounds is unknown, with its pointer as label."""
    doubled = "abcdefgh"
    for _ in range(20):
        doubled = f"!Sub ['${{v}}${{v}}${{v}}', {{v: {doubled}}}]"
    assert text(doubled).startswith("!Sub at Resources.Certificate.Properties.DomainName.Fn::Sub")
    unknown = "!Ref Open"
    for _ in range(12):
        unknown = f"!Sub ['${{v}}${{v}}${{v}}', {{v: {unknown}}}]"
    assert len(text(unknown)) < 70_000


# Conditions --------------------------------------------------------------------------------------


def variants(conditions, expression="!If [Is, yes.io, no.io]", rest="", **known):
    """Return the names by condition, for a domain name that depends on `Is`."""
    sections = SECTIONS.replace("  IsProd:", f"  {conditions}\n  IsProd:")
    return branches(certificate(f"DomainName: {expression}{rest}", sections, **known))


NATURALLY_FALSE = {"when `Is` is false": ["no.io"], "when `Is` is true": ["yes.io"]}
NATURALLY_TRUE = {"when `Is` is true": ["yes.io"], "when `Is` is false": ["no.io"]}
ALWAYS, NEVER = {"": ["yes.io"]}, {"": ["no.io"]}


@pytest.mark.parametrize(
    ("condition", "found"),
    [
        ("!Equals [!Ref Stage, prod]", NATURALLY_FALSE),
        ("!Equals [dev, !Ref Stage]", NATURALLY_TRUE),
        ("!Equals [!Ref Stage, test]", NEVER),
        ("!Equals [!Ref Open, x]", NATURALLY_FALSE),
        ("!Equals [!Ref Blank, '']", NATURALLY_TRUE),
        ("!Not [!Equals [!Ref Blank, '']]", NATURALLY_FALSE),
        ("!Not [!Condition IsProd]", NATURALLY_TRUE),
        ("!And [!Condition IsProd, !Equals [!Ref Stage, dev]]", NEVER),
        ("!Or [!Condition IsProd, !Equals [!Ref Stage, dev]]", None),
        ("!Or [!Equals [!Ref Open, x], !Equals [!Ref Name, y]]", None),
        ("!Equals [a, a]", ALWAYS),
        ("!Equals [a, true]", NEVER),
        ("!Equals [!FindInMap [Names, dev, Flag], 'true']", ALWAYS),
        ("!Equals [!FindInMap [Names, !Ref Stage, Flag], 'true']", NATURALLY_TRUE),
        ("!Equals [!Ref Stage, !Ref Stage]", NATURALLY_TRUE),
        ("!Equals [!Ref Stage, !Ref Open]", NATURALLY_FALSE),
        ("!Equals [!Join ['', !Ref BlankList], '']", NATURALLY_TRUE),
        ("!Equals [!Ref BlankList, '']", NATURALLY_FALSE),
        ("!Equals [!Ref AWS::Region, us-east-1]", NATURALLY_FALSE),
        ("!Equals [!GetAtt A.B, x]", NATURALLY_FALSE),
        ("!Equals [!Ref Open, !ImportValue x]", NATURALLY_FALSE),
        ("!Equals [x]", NATURALLY_FALSE),
        ("!Not []", NATURALLY_FALSE),
        ("!Not x", NATURALLY_FALSE),
        ("odd", NATURALLY_FALSE),
        ("!Condition Undeclared", NATURALLY_FALSE),
    ],
)
def test_conditions(condition, found):
    """Both branches are read, the default first, unless the condition is decided."""
    by_condition = variants(f"Is: {condition}")
    if found is not None:
        assert list(by_condition.items()) == list(found.items())
    else:
        assert set(map(tuple, by_condition.values())) <= {("yes.io",), ("no.io",)}
        assert ["yes.io"] in by_condition.values()


def test_conditions_that_are_given():
    """Parameter values decide conditions."""
    by_stage = "Is: !Equals [!Ref Stage, prod]"
    assert variants(by_stage, Stage="prod") == ALWAYS
    assert variants(by_stage, Stage="dev") == NEVER
    by_region = "Is: !Equals [!Ref AWS::Region, us-east-1]"
    assert variants(by_region, region="us-east-1") == ALWAYS
    by_join = "Is: !Equals [!Join ['', [!Ref Open, x]], ax]"
    assert variants(by_join, Open="a") == ALWAYS


def test_consistent_values():
    """A parameter has the value that its variant determines."""
    by_condition = variants("Is: !Equals [!Ref Stage, prod]", "!Sub '${Stage}.io'", "\nX: 1")
    assert by_condition == {"": ["dev.io"]}
    expression = "!If [Is, !Sub '${Stage}.io', !Sub 'not-${Stage}.io']"
    assert variants("Is: !Equals [!Ref Stage, prod]", expression) == {
        "when `Is` is false": ["not-dev.io"],
        "when `Is` is true": ["prod.io"],
    }
    assert variants("Is: !Equals [!Ref Name, a.io]", "!If [Is, !Ref Name, !Ref Name]") == {
        "when `Is` is false": ["shop.example.com"],
        "when `Is` is true": ["a.io"],
    }
    assert variants("Is: !Equals [!Ref Name, shop.example.com]", "!If [Is, x.io, !Ref Name]") == {
        "when `Is` is true": ["x.io"],
        "when `Is` is false": ["${Name}"],
    }
    flagged = "Is: !Equals [!FindInMap [Names, !Ref Stage, Flag], 'true']"
    assert variants(flagged, "!If [Is, !Sub '${Stage}.io', !Sub '${Stage}.io']") == {
        "when `Is` is true": ["dev.io"],
        "when `Is` is false": ["${Stage}.io"],
    }


def test_region_of_a_branch():
    """A variant for one Region has this Region."""
    by_region = "Is: !Equals [!Ref AWS::Region, us-east-1]"
    assert variants(by_region, "!If [Is, !Sub '${AWS::Region}.io', x.io]") == {
        "when `Is` is false": ["x.io"],
        "when `Is` is true": ["us-east-1.io"],
    }


def test_known_in_a_branch():
    """The values of a variant decide other comparisons."""
    conditions = (
        "Is: !And [!Condition IsProd, !Equals [!FindInMap [Names, !Ref Stage, Name], example.com]]"
    )
    assert variants(conditions, "!If [Is, yes.io, no.io]") == {
        "when `Is` is false": ["no.io"],
        "when `Is` is true": ["yes.io"],
    }


def test_exclusive_conditions():
    """Mutually exclusive conditions are never true together."""
    conditions = "A: !Equals [!Ref Open, a]\n  B: !Equals [!Ref Open, b]"
    expression = "!If [A, !If [B, both.io, a.io], !If [B, b.io, neither.io]]"
    assert variants(conditions, expression) == {
        "when `A` is false and `B` is false": ["neither.io"],
        "when `A` is false and `B` is true": ["b.io"],
        "when `A` is true and `B` is false": ["a.io"],
    }


def test_nested_branches():
    """Branches are read in lists, in strings, and in other branches."""
    rest = (
        "\nSubjectAlternativeNames:\n- !If [Is, !Ref AWS::NoValue, a.io]\n"
        "- !Sub ['${x}.io', {x: !If [Is, b, c]}]"
    )
    assert variants("Is: !Equals [!Ref Open, x]", "x.io", rest) == {
        "when `Is` is false": ["x.io", "a.io", "c.io"],
        "when `Is` is true": ["x.io", "b.io"],
    }


def test_malformed_branches():
    """An invalid `Fn::If` is an unknown expression."""
    assert text("!If [IsProd, a.io]") == "!If [IsProd, a.io]"
    assert text("!If [[x], a.io, b.io]") == "!If [[x], a.io, b.io]"


@pytest.mark.parametrize(
    "conditions",
    [
        "Is: !Condition Is",
        "Is: !Not [!Condition Is]",
        "Is: !Not [!Condition B]\n  B: !Not [!Condition Is]",
        "Is: !Equals [!Ref Open, !If [Is, a, b]]",
        "Is: !Equals [!Sub '${Open}', !If [Is, a, b]]",
    ],
)
def test_circles(conditions):
    """Conditions in a reference cycle are reported."""
    with pytest.raises(
        InputError, match=r"`Conditions.Is` (refers to itself|is part of a reference cycle)"
    ):
        variants(conditions)


KEYS = """\
Parameters:
  Env: {Type: String}
  Other: {Type: String, AllowedValues: [prod]}
Mappings:
  Names:
    dev: {Name: dev.example.com}
    prod: {Name: example.com}
  More:
    prod: {Name: more.example.com}
Conditions:
  IsDev: !Equals [!Ref Env, dev]
"""
DEV, PROD = "when `Env` is `dev`", "when `Env` is `prod`"


@pytest.mark.parametrize(
    ("first", "second", "expected"),
    [
        (
            "!FindInMap [Names, !Ref Env, Name]",
            "!Ref Env",
            {DEV: ["dev.example.com", "dev"], PROD: ["example.com", "prod"]},
        ),
        ("!FindInMap [Names, !Ref Other, Name]", "x.io", {"": ["example.com", "x.io"]}),
        (
            "!FindInMap [Names, !Ref Env, Name]",
            "!FindInMap [More, !Ref Env, Name, {DefaultValue: z.io}]",
            {DEV: ["dev.example.com", "z.io"], PROD: ["example.com", "more.example.com"]},
        ),
        (
            "!FindInMap [Names, !Ref Env, Name]",
            "!If [IsDev, d.io, p.io]",
            {
                "when `IsDev` is true": ["dev.example.com", "d.io"],
                "when `IsDev` is false": ["example.com", "p.io"],
            },
        ),
    ],
)
def test_each_key_of_a_mapping_is_a_variant(first, second, expected):
    """All uses of a parameter without a value agree, and a key has to be in the mapping."""
    properties = f"DomainName: {first}\nSubjectAlternativeNames: [{second}]"
    assert branches(certificate(properties, KEYS)) == expected


@pytest.mark.parametrize("env", ["dev", "prod"])
def test_a_variant_is_what_the_template_has_with_that_key(env):
    """A given value has one variant."""
    properties = "DomainName: !FindInMap [Names, !Ref Env, Name]"
    [given] = branches(certificate(properties, KEYS, Env=env)).values()
    assert branches(certificate(properties, KEYS))[f"when `Env` is `{env}`"] == given
