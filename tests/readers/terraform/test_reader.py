"""Terraform configurations: folders as modules, with the modules they call, in both syntaxes."""

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from tests.support.cloudformation import request_of, requests
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
from acmrules.lint.pipeline import check_declarations
from acmrules.readers import registry
from acmrules.readers.options import Parameters
from acmrules.readers.terraform import reader
from acmrules.strategies import domain_names
from acmrules.syntax.source import InputError, Source


def spellable():
    """Draw requests that the resource can express: no template markers, and unique tag keys."""
    return requests().filter(
        lambda members: (
            "{" not in str(members.values())
            and len({tag["Key"] for tag in members.get("Tags", ())}) == len(members.get("Tags", ()))
        )
    )


def core(declaration):
    """Return the only request of a declaration, without what the tool adds."""
    (variant,) = declaration.variants
    return variant.request.__replace__(create_before_destroy=None, region=None)


# Laws ---------------------------------------------------------------------------------------------


@given(st.data(), spellable())
def test_every_spelling_of_a_request_is_read_as_that_request(data, members):
    """Locals, variables, files, modules, functions and repetition do not change the request."""
    assert core(only(data.draw(modules(members)))) == request_of(members)


@given(st.data(), spellable())
def test_a_plan_of_a_configuration_has_the_same_request(data, members):
    """The output of `terraform show` results in the same request as the configuration."""
    listed = [members["DomainName"], *members.get("SubjectAlternativeNames", ())]
    assume(len(listed) == len(set(listed)))  # A plan has no duplicate names.
    address = "aws_acm_certificate.c"
    (planned,) = read_plan(plan(change(address, attributes(members))))
    assert core(planned) == core(only(data.draw(modules(members))))


@given(st.data(), spellable())
def test_line_ends_do_not_affect_positions(data, members):
    """LF and CR LF result in the same lines and columns."""
    files = data.draw(modules(members))
    ended = {path: text.replace("\n", "\r\n") for path, text in files.items()}
    assert locations(declarations(ended)) == locations(declarations(files))


@given(st.data(), spellable())
def test_the_order_of_blocks_and_files_does_not_matter(data, members):
    """The order of blocks and files does not matter."""
    say = Spelling(data.draw, ways=("literal", "local", "default", "template"))
    blocks = [certificate_blocks(members, say), *say.needed_blocks()]
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
def test_a_name_is_located_where_it_is_written(data, members):
    """The location of a name, or its definition, is the literal in its file."""
    say = Spelling(data.draw, ways=("literal", "local", "default", "tfvars"))
    certificate = certificate_blocks(members, say)
    fixed = "".join(f"{name} = {value}\n" for name, value in say.fixed.items())
    files = {
        "a.tf": native([certificate]),
        "b.tf": native(say.needed_blocks()),
        "terraform.tfvars": fixed,
    }
    declaration = only(files)
    spellings = declaration.variants[0].request.spellings
    for index, spelling in enumerate(spellings):
        assert text_at(declaration, "names", index)[-1] == written(spelling)[1:-1]


@given(st.data(), spellable())
def test_every_location_is_in_its_own_file(data, members):
    """Every location of a request is within the text of one of the files."""
    files = data.draw(modules(members))
    for declaration in declarations(files):
        for place in declaration.variants[0].locations.values():
            for spot in filter(None, [place, place.definition]):
                assert spot.source.text == files[spot.source.name]
                assert 0 <= spot.start <= spot.end <= len(spot.source.text)


CONDITIONS = (
    'var.env == "prod" ? "prod{0}.io" : "dev{0}.io"',
    '"prod" == var.env ? "prod{0}.io" : "dev{0}.io"',
    'var.env != "prod" ? "dev{0}.io" : "prod{0}.io"',
    '!(var.env == "prod") ? "dev{0}.io" : "prod{0}.io"',
    'local.is_prod ? "prod{0}.io" : "dev{0}.io"',
    '(var.env == "prod" && true) ? "prod{0}.io" : "dev{0}.io"',
    '(local.is_prod ? ["prod{0}.io"] : ["dev{0}.io"])[0]',
    'lookup({{ a = "dev{0}.io" }}, var.env == "prod" ? "b" : "a", "prod{0}.io")',
)
"""Equivalent conditions."""


@given(st.lists(st.sampled_from(CONDITIONS), min_size=2, max_size=5), st.sampled_from(["", "dev"]))
def test_one_condition_has_one_answer(conditions, default):
    """No variant has a condition that is true in one place and false in another."""
    listed = ", ".join(each.format(index) for index, each in enumerate(conditions))
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
        ("p",) * len(conditions),
        ("d",) * len(conditions),
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
def test_findings_for_unknown_values_occur_for_all_values(drawn, x, y):
    """A finding without a condition occurs for every value of the variables."""
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
    of_unknown = check_declarations(declarations(text), linter).findings
    of_given = check_declarations(declarations(text, x=str(x), y=y), linter).findings
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
def test_any_text_is_read_or_raises_input_error(text):
    """Any sequence of tokens results in declarations or in an `InputError`."""
    made = configuration({"main.tf": f'{text}\nresource "aws_acm_certificate" "d" {{}}\n'})
    locations(made.declarations(""))
    assert set(made.unreadable) <= {"main.tf"}


@given(st.data(), spellable())
def test_a_damaged_module_is_reported(data, members):
    """A damaged module is reported by file and fault, at most once per file."""
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


# Folders ------------------------------------------------------------------------------------------

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
def test_a_folder_that_another_one_calls_is_not_a_root(files, roots):
    """Roots are the folders that may contain certificates and that no other folder calls."""
    folders = {path.rpartition("/")[0] for path in files}
    assert configuration(files).roots(folders) == roots


def test_a_folder_that_is_read_on_its_own_is_a_root():
    """A folder that is read on its own is a root, even if another one calls it."""
    files = {"a/main.tf": calling("../b"), "b/main.tf": CERTIFICATE}
    assert configuration(files).roots(["b"]) == ["b"]
    assert names(files, "b") == {"aws_acm_certificate.c": "default.io"}


@pytest.mark.parametrize("depth", [1, 2, 30])
def test_modules_are_followed_through_their_calls(depth):
    """Arguments are passed through any number of modules."""
    files = {"main.tf": calling("./m")}
    folder = "m"
    for _ in range(depth - 1):
        files[f"{folder}/main.tf"] = calling("./m", "${var.name}") + 'variable "name" {}'
        folder += "/m"
    files[f"{folder}/main.tf"] = CERTIFICATE
    address = "module.called." * depth + "aws_acm_certificate.c"
    assert names(files) == {address: "given.io"}


def test_a_module_may_be_called_twice():
    """Each call of a module has its own arguments and its own address."""
    files = {
        "main.tf": calling("./m") + calling("./m/", "other.io").replace("called", "again"),
        "m/main.tf": CERTIFICATE,
    }
    assert names(files) == {
        "module.called.aws_acm_certificate.c": "given.io",
        "module.again.aws_acm_certificate.c": "other.io",
    }


def test_external_modules_are_ignored():
    """Modules from a registry, and folders that do not exist, are ignored."""
    files = {"main.tf": calling("x/acm/aws") + calling("./no") + CERTIFICATE}
    assert names(files) == {"aws_acm_certificate.c": "default.io"}


def test_folders_that_call_each_other_are_followed_once():
    """Recursive calls end at the first repetition."""
    files = {
        "main.tf": calling("./a"),
        "a/main.tf": calling("../b") + CERTIFICATE,
        "b/main.tf": calling("../a") + calling("../b").replace("called", "self") + CERTIFICATE,
    }
    assert [*names(files)] == [
        "module.called.aws_acm_certificate.c",
        "module.called.module.called.aws_acm_certificate.c",
    ]


def fan(depth, width):
    """Return folders that each call the next one several times; the last has a certificate."""
    several = "".join(calling("./m").replace("called", f"called{n}") for n in range(width))
    files = {f"{'m/' * level}main.tf": several for level in range(depth)}
    return files | {f"{'m/' * depth}main.tf": CERTIFICATE}


@pytest.mark.parametrize("width", [2, 3, 10])
def test_modules_that_fan_out_are_read_in_linear_steps(width):
    """The number of calls grows with the number of folders and blocks, not exponentially."""
    for depth in (6, 12, 24):
        tree = configuration(fan(depth, width))._call_tree("")
        assert len([*tree.all()]) <= 1 + depth * (300 + 10 * width)


def test_too_many_calls_are_reported_once():
    """The last module is read as often as any other, and the first call beyond is an error."""
    found, (fault,) = refused(fan(20, 2))
    assert fault.endswith("main.tf:2:1: results in more than 320 calls of one module")
    assert len(found) == 320


def test_many_blocks_may_call_one_module():
    """The limit grows with the number of blocks, because each of them was written."""
    blocks = "".join(calling("./m").replace("called", f"called{n}") for n in range(1_000))
    found, errors = refused({"main.tf": blocks, "m/main.tf": CERTIFICATE})
    assert (len(found), errors) == (1_000, [])


def test_roots_are_found_in_linear_steps(monkeypatch):
    """Each folder is searched for calls once, whatever the order of the folders."""
    steps = []
    monkeypatch.setattr(
        reader.ModuleTree,
        "_targets",
        lambda self, folder, targets=reader.ModuleTree._targets: (
            steps.append(folder) or targets(self, folder)
        ),
    )
    files = {f"m{n}/main.tf": calling(f"../m{n - 1}") for n in range(1, 30)}
    tree = configuration(files | {"m0/main.tf": CERTIFICATE})
    folders = [f"m{n}" for n in range(30)]
    assert tree.roots(folders) == ["m29"]
    assert len(steps) <= 2 * len(folders)


# Values of variables ------------------------------------------------------------------------------

PRECEDENCE = {
    "terraform.tfvars": 'name = "file.io"',
    "terraform.tfvars.json": '{"name": "json.io"}',
    "a.auto.tfvars": 'name = "a.io"',
    "b.auto.tfvars.json": '{"name": "b.io"}',
}


def test_values_of_variables_have_a_precedence():
    """Files override defaults in Terraform's order, named files override these, the caller wins."""
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


def test_the_name_of_a_folder_does_not_affect_precedence():
    """Only the name of a file affects its precedence, not the name of its folder."""
    folder = "x.auto.tfvars"
    files = {
        f"{folder}/main.tf": CERTIFICATE,
        f"{folder}/terraform.tfvars": PRECEDENCE["terraform.tfvars"],
        f"{folder}/a.auto.tfvars": PRECEDENCE["a.auto.tfvars"],
    }
    assert names(files, folder) == {"aws_acm_certificate.c": "a.io"}


def test_variables_files_of_called_modules_are_ignored():
    """Variables files next to a called module are ignored unless it is a root itself."""
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
def test_a_passed_value_has_the_declared_type(declared, given, found):
    """A value for a `string` is a string, any other value is an expression."""
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
        (error,) = refused(text, names=given)[1]
        assert error.endswith("must be a list of strings, not a string")


def test_a_passed_value_is_located_where_it_is_used():
    """A value passed by the caller is in no file, so its location is where it is used."""
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


def test_a_value_has_a_note_about_its_source():
    """The note of a value names the variable and the source of its value."""

    def note(files, **given):
        declaration = only({"main.tf": CERTIFICATE} | files, **given)
        return declaration.variants[0].location(("names", 0)).note

    assert note({}) == "default of variable `name`"
    assert note({"terraform.tfvars": 'name = "a.io"'}) == "value of variable `name`"
    assert note({}, name="a.io") == "value given for variable `name`"


# Errors -------------------------------------------------------------------------------------------


def test_an_unreadable_file_does_not_affect_the_others():
    """Each unreadable file is reported once, and the certificates of the others are read."""
    files = {
        "a.tf": 'resource "aws_acm_certificate" "a" {\n  domain_name = "a.io"\n}\n',
        "b.tf": 'resource "aws_acm_certificate" "b" {\n',
        "c.tf.json": "{",
    }
    found, errors = refused(files)
    assert found == ["aws_acm_certificate.a"]
    assert [each.partition(":")[0] for each in errors] == ["b.tf", "c.tf.json"]


def test_an_error_in_a_resource_does_not_affect_the_others():
    """An error in one resource does not affect the others."""
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
    found, errors = refused(text)
    assert found == ["aws_acm_certificate.b"]
    assert len(errors) == 1
    assert errors[0].startswith("main.tf:")


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("locals {\n  a = local.a\n}", "main.tf:2:3: `local.a` refers to itself"),
        (
            "locals {\n  a = local.b\n  b = local.a\n}",
            "main.tf:2:3: `local.a` is part of a reference cycle: `local.a`, `local.b`",
        ),
    ],
)
def test_reference_cycles_of_locals_are_rejected(text, fault):
    """A reference cycle is reported with its members, and other resources are read."""
    certificates = """
        resource "aws_acm_certificate" "a" {
          domain_name = local.a
        }
        resource "aws_acm_certificate" "b" {
          domain_name = "b.io"
        }
        """
    assert refused({"main.tf": text, "c.tf": certificates}) == (["aws_acm_certificate.b"], [fault])


def test_a_type_mismatch_names_the_attribute_and_the_resource():
    """A type mismatch is reported with the attribute and the resource."""
    text = 'resource "aws_acm_certificate" "a" {\n  domain_name = ["a.io"]\n}'
    error = "main.tf:1:1: `domain_name` of `aws_acm_certificate.a` must be a string, not a list"
    assert refused(text) == ([], [error])


def test_excessive_nesting_is_reported():
    """Neither deep nesting nor a long chain of references raises an unexpected exception."""
    nested = "[" * 2_000 + "]" * 2_000
    chained = "".join(f"a{n} = local.a{n + 1}\n" for n in range(3_000)) + 'a3000 = "a.io"\n'
    for value, definitions in [(nested, ""), ("local.a0", chained), ("var.x", "")]:
        certificate = f'resource "aws_acm_certificate" "a" {{\n  domain_name = {value}\n}}'
        refused(f"locals {{\n{definitions}}}\n{certificate}")


def test_a_broken_variables_file_is_reported():
    """A broken variables file is skipped in a folder, and raises `InputError` if it is named."""
    found, errors = refused({"main.tf": CERTIFICATE, "terraform.tfvars": "name = = 1"})
    assert found == ["aws_acm_certificate.c"]
    assert [each.partition(":")[0] for each in errors] == ["terraform.tfvars"]
    with pytest.raises(InputError, match=r"given0\.tfvars"):
        declarations({"main.tf": CERTIFICATE}, variable_files=["name = = 1"])


def test_folders_that_cannot_be_listed_are_reported():
    """A folder that cannot be listed is an error of the call, which names it."""
    call = 'module "m" {\n  source = "./a"\n}\nresource "aws_acm_certificate" "c" {}\n'

    def load(folder):
        return [InputError(folder, "permission denied") if folder else Source("main.tf", call)]

    made = reader.ModuleTree(load, Parameters({}))
    assert made.roots(["", "a"]) == [""]
    (error,) = made.source_errors(lambda _: False)
    assert str(error) == "main.tf:2:13: module `./a` cannot be read: permission denied"
    assert made.unreadable == {}


def test_one_file_is_a_module_of_its_own():
    """A file that is read as a string results in its declarations, or raises `InputError`."""
    source = Source("main.tf", 'resource "aws_acm_certificate" "a" {\n  domain_name = "a.io"\n}')
    (declaration,) = registry.read(source)
    assert declaration.address == "aws_acm_certificate.a"
    assert registry.read(Source("main.tf", "# aws_acm_certificate")) == ()
    with pytest.raises(InputError):
        registry.read(Source("main.tf", 'resource "aws_acm_certificate" "a" {'))


def test_both_syntaxes_work_in_one_folder():
    """Blocks in one syntax can refer to blocks in the other."""
    files = {
        "a.tf": native([Block("locals", name='"a.io"')]),
        "b.tf.json": as_json(
            [Block("resource", "aws_acm_certificate", "c", domain_name="local.name")]
        ),
    }
    assert names(files) == {"aws_acm_certificate.c": "a.io"}


def test_standard_input():
    """Standard input is read as Terraform only if it begins with a Terraform block."""
    text = 'resource "aws_acm_certificate" "a" {\n  domain_name = "brightharbor.io"\n}\n'
    [declaration] = registry.read(Source("-", text))
    assert declaration.address == "aws_acm_certificate.a"
    assert registry.read(Source("-", "# aws_acm_certificate\nkey: value\n")) == ()


def test_sensitive_variables_are_unknown():
    """Values of sensitive variables are unknown, because findings would show them."""
    text = (
        'variable "name" {\n  default   = "secret_name.io"\n  sensitive = true\n}\n'
        'resource "aws_acm_certificate" "a" {\n  domain_name = var.name\n}\n'
    )
    [declaration] = registry.read(Source("main.tf", text))
    assert declaration.request.spellings == ("${var.name}",)
    [declaration] = registry.read(Source("main.tf", text.replace("true", "false")))
    assert declaration.request.spellings == ("secret_name.io",)
