"""Terraform configurations: folders as modules, with those they call, in whatever spelling."""

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from tests.support.cloudformation import request_of, requests
from tests.support.strategies import domain_names
from tests.support.terraform import (
    Block,
    Spelling,
    as_json,
    certificate_blocks,
    configuration,
    declarations,
    locations,
    modules,
    names,
    native,
    only,
    refused,
    text_at,
)
from tests.support.terraform_expressions import written
from tests.support.terraform_plans import attributes, change, plan, read_plan

from acmrules.lint.linter import Linter
from acmrules.readers import registry
from acmrules.readers.options import Parameters
from acmrules.readers.terraform import reader
from acmrules.syntax.source import InputError, Source


def spellable():
    """Draw requests that the resource can ask for: no template signs, the key of each tag once."""
    return requests().filter(
        lambda members: (
            "{" not in str(members.values())
            and len({tag["Key"] for tag in members.get("Tags", ())}) == len(members.get("Tags", ()))
        )
    )


def core(declaration):
    """Return the only request of a document, without what the tool adds."""
    (variant,) = declaration.variants
    return variant.request.__replace__(create_before_destroy=None, region=None)


# Laws --------------------------------------------------------------------------------------------


@given(st.data(), spellable())
def test_every_spelling_of_a_request_is_read_as_that_request(data, members):
    """Locals, variables, their files, modules, functions and repetition make no difference."""
    assert core(only(data.draw(modules(members)))) == request_of(members)


@given(st.data(), spellable())
def test_a_plan_of_a_configuration_asks_for_the_same(data, members):
    """What `terraform show` tells of a certificate is what its configuration says."""
    listed = [members["DomainName"], *members.get("SubjectAlternativeNames", ())]
    assume(len(listed) == len(set(listed)))  # a plan tells no name twice
    address = "aws_acm_certificate.c"
    (planned,) = read_plan(plan(change(address, attributes(members))))
    assert core(planned) == core(only(data.draw(modules(members))))


@given(st.data(), spellable())
def test_line_ends_move_nothing(data, members):
    """LF and CR LF give the same lines and columns."""
    files = data.draw(modules(members))
    ended = {path: text.replace("\n", "\r\n") for path, text in files.items()}
    assert locations(declarations(ended)) == locations(declarations(files))


@given(st.data(), spellable())
def test_it_does_not_matter_which_file_a_block_stands_in(data, members):
    """Blocks in any order, in any number of files, come to the same."""
    say = Spelling(data.draw, ways=("literal", "local", "default", "template"))
    blocks = [certificate_blocks(members, say), *say.beside()]
    whole = only({"main.tf": native(blocks)})
    files = {}
    for block in data.draw(st.permutations(blocks)):
        name = data.draw(st.sampled_from("abc"))
        files[f"{name}.tf"] = files.get(f"{name}.tf", "") + native([block])
    apart = only(files)
    assert core(apart) == core(whole)
    paths = [*whole.variants[0].locations]
    assert [text_at(apart, *path) for path in paths] == [text_at(whole, *path) for path in paths]


@given(st.data(), spellable())
def test_a_name_stands_where_it_is_written(data, members):
    """Its place, or else its definition, is the literal itself in the file that has it."""
    say = Spelling(data.draw, ways=("literal", "local", "default", "tfvars"))
    certificate = certificate_blocks(members, say)
    fixed = "".join(f"{name} = {value}\n" for name, value in say.fixed.items())
    files = {
        "a.tf": native([certificate]),
        "b.tf": native(say.beside()),
        "terraform.tfvars": fixed,
    }
    declaration = only(files)
    spellings = declaration.variants[0].request.spellings
    for index, spelling in enumerate(spellings):
        assert text_at(declaration, "names", index)[-1] == written(spelling)[1:-1]


@given(st.data(), spellable())
def test_every_place_lies_in_its_own_file(data, members):
    """What is said of a request points into the text of one of the files."""
    files = data.draw(modules(members))
    for declaration in declarations(files):
        for place in declaration.variants[0].locations.values():
            for spot in filter(None, [place, place.definition]):
                assert spot.source.text == files[spot.source.name]
                assert 0 <= spot.start <= spot.end <= len(spot.source.text)


ASKED = (
    'var.env == "prod" ? "prod{0}.io" : "dev{0}.io"',
    '"prod" == var.env ? "prod{0}.io" : "dev{0}.io"',
    'var.env != "prod" ? "dev{0}.io" : "prod{0}.io"',
    '!(var.env == "prod") ? "dev{0}.io" : "prod{0}.io"',
    'local.is_prod ? "prod{0}.io" : "dev{0}.io"',
    '(var.env == "prod" && true) ? "prod{0}.io" : "dev{0}.io"',
    '(local.is_prod ? ["prod{0}.io"] : ["dev{0}.io"])[0]',
    'lookup({{ a = "dev{0}.io" }}, var.env == "prod" ? "b" : "a", "prod{0}.io")',
)
"""Ways to ask the same question."""


@given(st.lists(st.sampled_from(ASKED), min_size=2, max_size=5), st.sampled_from(["", "dev"]))
def test_one_question_has_one_answer(asked, default):
    """There is no variant in which a condition holds here and does not hold there."""
    listed = ", ".join(each.format(index) for index, each in enumerate(asked))
    files = {
        "main.tf": f"""
            variable "env" {{
              default = "{default}"
            }}
            locals {{ is_prod = var.env == "prod" }}
            module "called" {{
              source = "./called"
              env = var.env
              is_prod = local.is_prod
            }}
            """,
        "called/main.tf": f"""
            variable "env" {{}}
            variable "is_prod" {{}}
            locals {{ is_prod = var.is_prod }}
            resource "aws_acm_certificate" "c" {{
              domain_name = "{default or "any"}.io"
              subject_alternative_names = [{listed}]
              validation_method = "DNS"
            }}
            """,
    }
    (declaration,) = declarations(files)
    found = [variant.request.spellings[1:] for variant in declaration.variants]
    assert {tuple(name[0] for name in each) for each in found} == {
        ("p",) * len(asked),
        ("d",) * len(asked),
    }
    if default:
        assert found[0][0].startswith("dev")


OPEN = (
    '"{0}"',
    '"${{var.x}}"',
    '"www.${{var.x}}"',
    '"*.${{var.x}}"',
    '"${{var.x}}.{0}"',
    'var.y == "a" ? "{0}" : "${{var.x}}"',
    'lower("*.${{var.y}}.{0}")',
)


@given(
    st.lists(st.tuples(st.sampled_from(OPEN), domain_names()), min_size=1, max_size=3),
    domain_names(),
    st.sampled_from(["a", "b"]),
)
def test_what_is_said_of_unknown_values_holds_for_those_that_are_given(drawn, x, y):
    """A finding that depends on no condition is there for every value of the variables."""
    first, *others = [text.format(name) for text, name in drawn]
    text = f"""
        variable "x" {{}}
        variable "y" {{}}
        resource "aws_acm_certificate" "c" {{
          domain_name = {first}
          subject_alternative_names = [{", ".join(others)}]
        }}
        """
    linter = Linter()
    of_unknown = linter.report(declarations(text)).findings
    of_given = linter.report(declarations(text, x=str(x), y=y)).findings
    found = {each.rule.id for each in of_given}
    for each in of_unknown:
        if not each.condition:
            assert each.rule.id in found, each.message


TOKENS = (
    *('resource "aws_acm_certificate" "c" {', "domain_name =", '"a.io"', "}", "\n", "\n"),
    *("for_each =", "count =", "each.key", "var.x", "local.a", "locals {", "a =", "b = local.a"),
    *(
        'variable "x" {',
        "default =",
        "[",
        "]",
        ",",
        '"${',
        '}"',
        "? 1 : 2",
        "module",
        "1",
        "*",
        "(",
    ),
    *(
        'module "m" {',
        'source = "./"',
        "lifecycle {",
        'dynamic "x" {',
        "<<E\n",
        "E\n",
        "null",
        "...",
    ),
)


@given(st.lists(st.sampled_from(TOKENS), max_size=30).map(" ".join))
def test_no_text_makes_it_raise_anything_but_unreadable(text):
    """Whatever the tokens, there are documents or a sentence why there are none."""
    made = configuration({"main.tf": f'{text}\nresource "aws_acm_certificate" "d" {{}}\n'})
    locations(made.declarations(""))
    assert set(made.unreadable) <= {"main.tf"}


@given(st.data(), spellable())
def test_no_damage_to_a_module_makes_it_raise(data, members):
    """A piece that is cut out or put in is told by file and fault, at most once for each file."""
    files = data.draw(modules(members))
    name = data.draw(st.sampled_from(sorted(files)))
    text = files[name]
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, min(len(text), start + 20)))
    damaged = files | {name: text[:start] + data.draw(st.sampled_from(TOKENS)) + text[end:]}
    made = configuration(damaged)
    for declaration in made.declarations(""):
        locations([declaration])
    assert set(made.unreadable) <= set(files)


# Examples: which folders ------------------------------------------------------------------------

CERTIFICATE = """
    resource "aws_acm_certificate" "c" {
      domain_name       = var.name
      validation_method = "DNS"
    }
    variable "name" {
      default = "default.io"
    }
    """


def calling(path, name="given.io"):
    """Return a module that calls another one."""
    return f"""
        module "called" {{
          source = "{path}"
          name   = "{name}"
        }}
        """


@pytest.mark.parametrize(
    ("files", "roots"),
    [
        ({"main.tf": CERTIFICATE}, [""]),
        ({"a/main.tf": CERTIFICATE, "b/main.tf": CERTIFICATE}, ["a", "b"]),
        ({"a/main.tf": calling("../b"), "b/main.tf": CERTIFICATE}, ["a"]),
        ({"a/main.tf": CERTIFICATE, "z/main.tf": calling("../a")}, ["z"]),
        ({"main.tf": CERTIFICATE, "examples/all/main.tf": calling("../..")}, ["examples/all"]),
        ({"main.tf": CERTIFICATE, "examples/all/main.tf": calling("../../")}, ["examples/all"]),
        (
            {"a/main.tf": calling("./b"), "a/b/x.tf": calling("./c"), "a/b/c/x.tf": CERTIFICATE},
            ["a"],
        ),
        ({"a/main.tf": calling("../b"), "b/main.tf": calling("../a") + CERTIFICATE}, ["a"]),
        ({"/abs/a/main.tf": calling("../b"), "/abs/b/main.tf": CERTIFICATE}, ["/abs/a"]),
        ({"../a/main.tf": calling("../b"), "../b/main.tf": CERTIFICATE}, ["../a"]),
        ({"a/main.tf": 'resource "aws_s3_bucket" "b" {}'}, []),
        ({"a/main.tf": 'module "b" {\n  source = "./b"\n}', "a/b/main.tf": "nothing {}"}, []),
        ({"a/main.tf": 'locals {\n arn = "arn:aws:acm:eu-west-1:1:certificate/x"\n}'}, ["a"]),
        (
            {"a/main.tf.json": '{"module": {"b": {"source": "./b"}}}', "a/b/x.tf": CERTIFICATE},
            ["a"],
        ),
    ],
)
def test_a_folder_that_another_one_calls_is_no_root(files, roots):
    """Those are roots which none of the others calls and which may hold something."""
    folders = {path.rpartition("/")[0] for path in files}
    assert configuration(files).roots(folders) == roots


def test_the_folder_that_is_asked_for_is_a_root_whoever_calls_it():
    """Without its caller a module is judged by itself."""
    files = {"a/main.tf": calling("../b"), "b/main.tf": CERTIFICATE}
    assert configuration(files).roots(["b"]) == ["b"]
    assert names(files, "b") == {"aws_acm_certificate.c": "default.io"}


@pytest.mark.parametrize("depth", [1, 2, 30])
def test_modules_are_followed_through_their_calls(depth):
    """Arguments are handed on, however deep."""
    files = {"main.tf": calling("./m")}
    folder = "m"
    for _ in range(depth - 1):
        files[f"{folder}/main.tf"] = calling("./m", "${var.name}") + 'variable "name" {}'
        folder += "/m"
    files[f"{folder}/main.tf"] = CERTIFICATE
    address = "module.called." * depth + "aws_acm_certificate.c"
    assert names(files) == {address: "given.io"}


def test_a_module_may_be_called_twice():
    """Each call has its arguments, and its own address."""
    files = {
        "main.tf": calling("./m") + calling("./m/", "other.io").replace("called", "again"),
        "m/main.tf": CERTIFICATE,
    }
    assert names(files) == {
        "module.called.aws_acm_certificate.c": "given.io",
        "module.again.aws_acm_certificate.c": "other.io",
    }


def test_modules_of_elsewhere_are_not_followed():
    """A registry's module, or a folder that is not there, holds nothing here."""
    files = {"main.tf": calling("terraform-aws-modules/acm/aws") + calling("./no") + CERTIFICATE}
    assert names(files) == {"aws_acm_certificate.c": "default.io"}


def test_folders_that_call_each_other_are_followed_once():
    """A circle ends where it would begin again."""
    files = {
        "main.tf": calling("./a"),
        "a/main.tf": calling("../b") + CERTIFICATE,
        "b/main.tf": calling("../a") + calling("../b").replace("called", "self") + CERTIFICATE,
    }
    assert [*names(files)] == [
        "module.called.aws_acm_certificate.c",
        "module.called.module.called.aws_acm_certificate.c",
    ]


def test_calls_without_number_are_refused():
    """Twenty folders that call the next one twice would be a million modules."""
    twice = calling("./m") + calling("./m").replace("called", "again")
    files = {f"{'m/' * depth}main.tf": twice for depth in range(20)}
    found, said = refused(files | {f"{'m/' * 20}main.tf": CERTIFICATE})
    (fault,) = said
    assert fault.endswith("main.tf: leads to more than 10,000 calls of modules")
    assert len(found) < 10_000


# Examples: values of variables -------------------------------------------------------------------

PRECEDENCE = {
    "terraform.tfvars": 'name = "file.io"',
    "terraform.tfvars.json": '{"name": "json.io"}',
    "a.auto.tfvars": 'name = "a.io"',
    "b.auto.tfvars.json": '{"name": "b.io"}',
}


def test_the_strongest_value_of_a_variable_counts():
    """Defaults give way to files in Terraform's order, these to those named, all to the caller."""
    files = {"main.tf": CERTIFICATE}
    found = [names(files)]
    for name, text in PRECEDENCE.items():
        files[name] = text
        found.append(names(files))
    named = ['name = "first.io"', 'name = "second.io"']
    found.append(names(files, variable_files=named[:1]))
    found.append(names(files, variable_files=named))
    found.append(names(files, variable_files=named, name="caller.io"))
    assert [each["aws_acm_certificate.c"].removesuffix(".io") for each in found] == [
        *("default", "file", "json", "a", "b", "first", "second", "caller"),
    ]


def test_a_folder_with_a_telling_name_changes_no_order():
    """It is the file's own name that makes it one of the later ones."""
    folder = "x.auto.tfvars"
    files = {
        f"{folder}/main.tf": CERTIFICATE,
        f"{folder}/terraform.tfvars": PRECEDENCE["terraform.tfvars"],
        f"{folder}/a.auto.tfvars": PRECEDENCE["a.auto.tfvars"],
    }
    assert names(files, folder) == {"aws_acm_certificate.c": "a.io"}


def test_files_of_variables_are_those_of_the_root():
    """What lies beside a module that is called is for when it is a root itself."""
    files = {
        "main.tf": calling("./m"),
        "m/main.tf": CERTIFICATE,
        "m/terraform.tfvars": 'name = "x"',
    }
    assert names(files) == {"module.called.aws_acm_certificate.c": "given.io"}


@pytest.mark.parametrize(
    ("declared", "given", "found"),
    [
        ("type = list(string)", '["a.io", "b.io"]', "x.io a.io b.io"),
        ("type = any", '["a.io"]', "x.io a.io"),
        ("", '["a.io"]', None),
        ("type = string", '["a.io"]', None),
        ("type = set(string)", "[broken", None),
    ],
)
def test_what_a_caller_gives_has_the_kind_that_is_declared(declared, given, found):
    """A text stays a text, anything else is read as an expression."""
    text = f"""
        variable "names" {{
          {declared}
        }}
        resource "aws_acm_certificate" "c" {{
          domain_name = "x.io"
          subject_alternative_names = var.names
        }}
        """
    if found:
        assert names(text, names=given) == {"aws_acm_certificate.c": found}
    else:
        (said,) = refused(text, names=given)[1]
        assert said.endswith("is a text, where a list belongs")


def test_what_a_caller_gives_points_to_where_it_is_used():
    """It stands in no file; what is said of it is said of one that was asked for."""
    text = """
        variable "names" {
          type = list(string)
        }
        resource "aws_acm_certificate" "c" {
          domain_name = "x.io"
          subject_alternative_names = var.names
        }
        """
    declaration = only(text, names='["a..io"]')
    assert text_at(declaration, "names", 1) == ["var.names"]
    assert declaration.variants[0].location(("names", 1)).source.name == "main.tf"


def test_a_value_says_where_it_comes_from():
    """The note names the variable and how its value came about."""

    def note(files, **given):
        declaration = only({"main.tf": CERTIFICATE} | files, **given)
        return declaration.variants[0].location(("names", 0)).note

    assert note({}) == "default of variable `name`"
    assert note({"terraform.tfvars": 'name = "a.io"'}) == "value of variable `name`"
    assert note({}, name="a.io") == "value given for variable `name`"


# Examples: what is wrong -------------------------------------------------------------------------


def test_a_file_that_cannot_be_read_keeps_the_others_from_nothing():
    """Each such file is told once, the certificates of the others are read."""
    files = {
        "a.tf": 'resource "aws_acm_certificate" "a" {\n  domain_name = "a.io"\n}\n',
        "b.tf": 'resource "aws_acm_certificate" "b" {\n',
        "c.tf.json": "{",
    }
    found, said = refused(files)
    assert found == ["aws_acm_certificate.a"]
    assert [each.partition(":")[0] for each in said] == ["b.tf", "c.tf.json"]


def test_a_mistake_inside_of_a_resource_is_its_own():
    """What stands beside it is read."""
    text = """
        resource "aws_acm_certificate" "a" {
          domain_name = = "a.io"
        }
        locals {
          x = = 1
        }
        resource "aws_acm_certificate" "b" {
          domain_name = "b.io"
        }
        """
    found, said = refused(text)
    assert found == ["aws_acm_certificate.b"]
    assert len(said) == 1
    assert said[0].startswith("main.tf:")


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("locals {\n  a = local.a\n}", "main.tf:2:3: `local.a` refers to itself"),
        (
            "locals {\n  a = local.b\n  b = local.a\n}",
            "main.tf:2:3: `local.a` is in a circle of references: `local.a`, `local.b`",
        ),
    ],
)
def test_locals_that_need_themselves_are_refused(text, fault):
    """The circle is told with its members; what does not need them is read."""
    certificates = """
        resource "aws_acm_certificate" "a" {
          domain_name = local.a
        }
        resource "aws_acm_certificate" "b" {
          domain_name = "b.io"
        }
        """
    assert refused({"main.tf": text, "c.tf": certificates}) == (["aws_acm_certificate.b"], [fault])


def test_a_value_of_the_wrong_kind_is_told_with_its_way():
    """The attribute and the resource are named."""
    text = 'resource "aws_acm_certificate" "a" {\n  domain_name = ["a.io"]\n}'
    said = "main.tf:1:1: `domain_name` of `aws_acm_certificate.a` is a list, where a text belongs"
    assert refused(text) == ([], [said])


def test_what_leads_on_too_deeply_is_told():
    """Neither a nesting nor a chain of any depth raises."""
    nested = "[" * 2_000 + "]" * 2_000
    chained = "".join(f"a{n} = local.a{n + 1}\n" for n in range(3_000)) + 'a3000 = "a.io"\n'
    for value, beside in [(nested, ""), ("local.a0", chained), ("var.x", "")]:
        certificate = f'resource "aws_acm_certificate" "a" {{\n  domain_name = {value}\n}}'
        refused(f"locals {{\n{beside}}}\n{certificate}")


def test_a_broken_file_of_variables_is_told():
    """Of those in the folder the others count; one that is named ends it."""
    found, said = refused({"main.tf": CERTIFICATE, "terraform.tfvars": "name = = 1"})
    assert found == ["aws_acm_certificate.c"]
    assert [each.partition(":")[0] for each in said] == ["terraform.tfvars"]
    with pytest.raises(InputError, match=r"given0\.tfvars"):
        declarations({"main.tf": CERTIFICATE}, variable_files=["name = = 1"])


def test_folders_that_cannot_be_listed_are_kept_with_their_fault():
    """Whoever asked for them is told."""

    def load(folder):
        return [InputError(folder, "permission denied")]

    made = reader.ModuleTree(load, Parameters({}))
    assert made.roots(["a"]) == []
    assert str(made.unreadable["a"]) == "a: permission denied"


def test_one_file_is_a_module_of_its_own():
    """Read as a text alone, it holds what it holds, or raises."""
    source = Source("main.tf", 'resource "aws_acm_certificate" "a" {\n  domain_name = "a.io"\n}')
    (declaration,) = registry.read(source)
    assert declaration.address == "aws_acm_certificate.a"
    assert registry.read(Source("main.tf", "# aws_acm_certificate")) == ()
    with pytest.raises(InputError):
        registry.read(Source("main.tf", 'resource "aws_acm_certificate" "a" {'))


def test_both_syntaxes_may_stand_in_one_folder():
    """What one declares the other one uses."""
    files = {
        "a.tf": native([Block("locals", name='"a.io"')]),
        "b.tf.json": as_json(
            [Block("resource", "aws_acm_certificate", "c", domain_name="local.name")]
        ),
    }
    assert names(files) == {"aws_acm_certificate.c": "a.io"}


def test_standard_input():
    """What begins a block as Terraform does is Terraform's; anything else is for other readers."""
    text = 'resource "aws_acm_certificate" "a" {\n  domain_name = "brightharbor.io"\n}\n'
    [declaration] = registry.read(Source("-", text))
    assert declaration.address == "aws_acm_certificate.a"
    assert registry.read(Source("-", "# aws_acm_certificate\nkey: value\n")) == ()


def test_sensitive_variables_are_not_known():
    """What is judged is quoted, and nobody may read these."""
    text = (
        'variable "name" {\n  default   = "secret_name.io"\n  sensitive = true\n}\n'
        'resource "aws_acm_certificate" "a" {\n  domain_name = var.name\n}\n'
    )
    [declaration] = registry.read(Source("main.tf", text))
    assert declaration.request.spellings == ("${var.name}",)
    [declaration] = registry.read(Source("main.tf", text.replace("true", "false")))
    assert declaration.request.spellings == ("secret_name.io",)
