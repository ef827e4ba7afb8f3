"""The shape of the house: who imports whom, what is pure, what a start loads, where tests are."""

import ast
import os
import subprocess
import sys
from pathlib import Path

import pytest

import acmrules

PACKAGE = Path(acmrules.__file__).parent
TESTS = Path(__file__).parents[1]
ROOT = TESTS.parent

MODULES = sorted(path.relative_to(PACKAGE) for path in PACKAGE.rglob("*.py"))
EMPTY = {path for path in MODULES if len(ast.parse((PACKAGE / path).read_text()).body) == 1}
"""The files of packages that say in one sentence what the package is."""

ABOVE_LIBRARY = {
    *("syntax", "model", "readers", "lint", "analysis", "writers", "reports", "workspace", "cli"),
    "__main__.py",
}
LIBRARY = [path for path in MODULES if path.parts[0] not in ABOVE_LIBRARY]
TEST_FILES = sorted(path.relative_to(TESTS) for path in TESTS.rglob("test_*.py"))

ALLOWED = {"__future__", "datetime", "enum", "idna", "itertools", "re", "unicodedata"}
ALLOWED_BY_MODULE = {"suffix_lists.py": {"importlib.metadata", "sys"}}
"""What the library may import beside itself; one module finds and reads a file."""

IMPURE_CALLS = {"open", "print", "input", "exec", "eval", "today", "now", "utcnow", "fromtimestamp"}
IMPURE_CALLS_BY_MODULE = {"suffix_lists.py": {"open"}}
IMPURE_ATTRIBUTES = {"environ", "getenv", "argv", "stdin", "stdout", "stderr"}

HEAVY = {
    "argparse",
    "dataclasses",
    "idna",
    "importlib.metadata",
    "importlib.resources",
    "importlib.util",
    "inspect",
    "logging",
    "pathlib",
    "pathspec",
    "publicsuffixlist",
    "socket",
    "subprocess",
    "tempfile",
    "tokenize",
    "tomllib",
    "typing",
    "urllib",
}
"""Modules that cost milliseconds and that no ordinary answer needs."""

TESTED_TOGETHER = {
    "__main__.py": "cli/test_main.py",
    "analysis/change_findings.py": "analysis/test_changes.py",
    "analysis/demands.py": "cli/commands/test_plan.py",
    "cli/commands/baseline.py": "cli/commands/test_check.py",
    "cli/commands/contacts.py": "cli/test_main.py",
    "cli/commands/coverage.py": "cli/test_main.py",
    "cli/commands/explain.py": "cli/test_main.py",
    "cli/commands/facts.py": "cli/test_main.py",
    "cli/commands/settings.py": "workspace/test_file_settings.py",
    "cli/output.py": "cli/test_main.py",
    "cli/stages.py": "cli/commands/test_check.py",
    "facts": "facts/test_facts.py",
    "lint/__init__.py": "test_init.py",
    "lint/rules/__init__.py": "lint/test_rule.py",
    "lint/rules/caa.py": "lint/rules/test_validation_options.py",
    "lint/rules/validation_method.py": "lint/rules/test_validation_options.py",
    "lint/rules/validation_records.py": "lint/rules/test_validation_options.py",
    "lint/rules/validation_zones.py": "lint/rules/test_validation_options.py",
    "model/declaration.py": "syntax/test_source.py",
    "model/member_names.py": "readers/test_requests.py",
    "planner/packing": "planner/test_packing.py",
    "planner/regional.py": "planner/test_plan.py",
    "planner/slots.py": "planner/test_plan.py",
    "readers/options.py": "syntax/test_source.py",
    "readers/terraform/eval/collections.py": "readers/terraform/eval/test_functions.py",
    "readers/terraform/eval/format.py": "readers/terraform/eval/test_functions.py",
    "readers/terraform/eval/operators.py": "readers/terraform/eval/test_expressions.py",
    "readers/terraform/eval/strings.py": "readers/terraform/eval/test_functions.py",
    "readers/terraform/plan/instances.py": "readers/terraform/plan/test_reader.py",
    "readers/terraform/resources": "readers/terraform/resources/test_consumers.py",
    "reports/calendar.py": "cli/commands/test_calendar.py",
    "reports/quotas.py": "cli/commands/test_calendar.py",
    "resources.py": "test_request.py",
    "syntax/errors.py": "model/test_locations.py",
    "syntax/hcl/ast.py": "syntax/hcl/test_native.py",
    "syntax/hcl/comments.py": "lint/suppressions/test_scan.py",
    "syntax/hcl/templates.py": "syntax/hcl/test_native.py",
    "syntax/line_comments.py": "lint/suppressions/test_scan.py",
    "syntax/tree.py": "model/test_locations.py",
    "syntax/yaml/comments.py": "lint/suppressions/test_scan.py",
    "unresolved.py": "test_request.py",
    "workspace/baseline_file.py": "lint/test_baseline.py",
    "workspace/git_history.py": "analysis/test_issuance.py",
    "workspace/resolver.py": "workspace/test_file_settings.py",
    "workspace/snapshots.py": "cli/commands/test_compare.py",
    "writers/__init__.py": "writers/test_requests.py",
    "writers/api.py": "writers/test_requests.py",
    "writers/cloudformation.py": "writers/test_requests.py",
    "writers/hcl.py": "writers/test_requests.py",
    "writers/members.py": "writers/test_requests.py",
    "writers/record_entries.py": "writers/test_records.py",
    "writers/terraform.py": "writers/test_requests.py",
    "x509.py": "test_request.py",
}
"""Modules that are tested elsewhere: data together, what hands on where it arrives."""


def tree(path):
    return ast.parse((PACKAGE / path).read_text(encoding="utf-8"))


def imported(node):
    """Return the modules that an import statement names."""
    if isinstance(node, ast.Import):
        return {alias.name for alias in node.names}
    return {node.module} if isinstance(node, ast.ImportFrom) else set()


def outside_type_checking(node):
    """Yield the nodes that exist at run time."""
    for child in ast.iter_child_nodes(node):
        if isinstance(child, ast.If) and ast.unparse(child.test) == "TYPE_CHECKING":
            for alternative in child.orelse:
                yield from outside_type_checking(alternative)
        else:
            yield child
            yield from outside_type_checking(child)


def loaded_by(code, *arguments):
    """Return the modules that a statement loads in a new interpreter."""
    report = "print(*set(sys.modules) - before, file=sys.stderr)"
    here = f"import sys; sys.path.insert(0, {str(PACKAGE.parent)!r}); before = set(sys.modules)"
    program = f"{here}\ntry: {code}\nfinally: {report}"
    command = [sys.executable, "-I", "-c", program, *map(str, arguments)]
    run = subprocess.run(command, capture_output=True, text=True, check=False, timeout=60)
    return set(run.stderr.split("\n")[-2].split())


def mirror(path):
    """Return where the tests of a module are; those of a package's own file stand beside it."""
    for beginning, tests in TESTED_TOGETHER.items():
        if path.is_relative_to(beginning):
            return Path(tests)
    if path.name == "__init__.py" and path.parent.name:
        return path.parent.parent / f"test_{path.parent.name}.py"
    return path.parent / f"test_{path.stem.strip('_')}.py"


def test_import_contracts():
    """The layers of the house and the purity of the library hold as pyproject.toml has them."""
    from importlinter.cli import lint_imports

    assert lint_imports(config_filename=str(ROOT / "pyproject.toml"), no_cache=True) == 0


@pytest.mark.parametrize("path", LIBRARY, ids=str)
def test_library_imports(path):
    """A module of the library imports its own kind and a handful of light modules."""
    found = set().union(*map(imported, outside_type_checking(tree(path))))
    foreign = {name for name in found if name.partition(".")[0] != "acmrules"}
    assert foreign <= ALLOWED | ALLOWED_BY_MODULE.get(str(path), set())


@pytest.mark.parametrize("path", LIBRARY, ids=str)
def test_library_is_pure(path):
    """No function of the library opens a file, prints, or asks the clock or the environment."""
    nodes = list(ast.walk(tree(path)))
    names = {node.id for node in nodes if isinstance(node, ast.Name)}
    attributes = {node.attr for node in nodes if isinstance(node, ast.Attribute)}
    impure = (names | attributes) & (IMPURE_CALLS | IMPURE_ATTRIBUTES)
    assert impure <= IMPURE_CALLS_BY_MODULE.get(str(path), set())
    assert not [node for node in nodes if isinstance(node, ast.Global)]


@pytest.mark.parametrize("path", LIBRARY, ids=str)
def test_suffixes_are_compared_with_their_dot(path):
    """Whoever asks for the end of a name asks for it with the dot, in place or by assignment."""
    nodes = list(ast.walk(tree(path)))
    dotted = {
        ast.unparse(target)
        for node in nodes
        if isinstance(node, ast.Assign) and ast.unparse(node.value).lstrip("f")[1:2] == "."
        for target in node.targets
    }
    for node in nodes:
        if isinstance(node, ast.Call) and getattr(node.func, "attr", "") == "endswith":
            ending = ast.unparse(node.args[0])
            named = ending.startswith("dotted")
            assert named or ending in dotted or ending.lstrip("f")[1] == "."


def test_library_loads_no_linter():
    """Touching every public name loads no module of the linter."""
    loaded = loaded_by("import acmrules; [getattr(acmrules, n) for n in acmrules.__all__]")
    assert "acmrules.changes" in loaded
    assert not {name for name in loaded if name.startswith("acmrules.lint")}


def test_import_loads_one_module():
    """To import the package is to load its first module and nothing else."""
    assert loaded_by("import acmrules") == {"acmrules"}


@pytest.mark.parametrize(
    "code",
    [
        "acm.parse_name('www.example.com')",
        "acm.covers('*.example.com', 'www.example.com')",
        "acm.default_suffixes().base_domain_name('www.example.com')",
        "acm.validation_contacts('www.example.com')",
        "acm.validation_plan(['example.com'], 'DNS')",
        "acm.required_region('cloudfront')",
        "acm.compare(['example.com'], ['example.org'])",
        "acm.CertificateRequest.of('example.com')",
    ],
)
def test_answers_load_nothing_heavy(code):
    """A plain answer of the library loads none of the modules that cost a start."""
    loaded = loaded_by(f"import acmrules as acm; {code}")
    assert len(loaded) > 1
    assert loaded & (HEAVY | {"json", "re"}) == set()


REQUEST = """{"DomainName": "brightharbor.io", "ValidationMethod": "DNS"}"""
TEMPLATE = """\
Resources:
  Certificate:
    Type: AWS::CertificateManager::Certificate
    Properties:
      DomainName: brightharbor.io
      ValidationMethod: DNS
"""


@pytest.mark.parametrize(
    ("words", "also"),
    [
        (["--version"], {"re", "json", "datetime", "acmrules.lint.rules"}),
        (["chekc"], {"re", "json", "datetime", "acmrules.lint.rules", "acmrules.cli.help"}),
        (["check", "--zzz"], {"re", "json", "datetime", "acmrules.lint.rules"}),
        (["help", "check"], {"re", "json", "datetime", "acmrules.lint.rules", "shutil"}),
        (["check", "request.json"], {"yaml"}),
        (["check", "template.yaml"], set()),
    ],
)
def test_commands_load_nothing_heavy(tmp_path, words, also):
    """A command loads what it needs and nothing that costs a start beside."""
    (tmp_path / "request.json").write_text(REQUEST)
    (tmp_path / "template.yaml").write_text(TEMPLATE)
    words = [os.path.join(tmp_path, word) if "." in word else word for word in words]
    loaded = loaded_by("from acmrules.cli.main import main; main(sys.argv[1:])", *words)
    assert "acmrules.cli.main" in loaded
    assert loaded & (HEAVY | also) == set()


def test_tests_mirror_sources():
    """Every module has its tests at the same place under tests/."""
    assert not {mirror(path) for path in MODULES if path not in EMPTY} - set(TEST_FILES)


@pytest.mark.parametrize("path", TEST_FILES, ids=str)
def test_tests_state_behaviour(path):
    """Every test says in one sentence what holds."""
    for node in ast.walk(ast.parse((TESTS / path).read_text(encoding="utf-8"))):
        if isinstance(node, ast.FunctionDef) and node.name.startswith("test_"):
            said = ast.get_docstring(node) or ""
            assert said.endswith("."), node.name
            assert said.count(". ") == 0, node.name
            assert "\n\n" not in said, node.name
