"""The architecture: imports, input and output, what a start loads, where the tests are."""

import ast
import os
import subprocess
import sys
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

import pytest

import acmrules
from acmrules.lint.rules import ON_DEMAND

PACKAGE = Path(acmrules.__file__).parent
TESTS = Path(__file__).parents[1]
ROOT = TESTS.parent

MODULES = sorted(path.relative_to(PACKAGE) for path in PACKAGE.rglob("*.py"))
TREES = {path: ast.parse((PACKAGE / path).read_text(encoding="utf-8")) for path in MODULES}
EMPTY = {path for path, tree in TREES.items() if len(tree.body) == 1}
"""The files of packages that contain only a docstring."""

ABOVE_LIBRARY = {
    *("syntax", "model", "readers", "lint", "analysis", "writers", "reports", "workspace", "cli"),
    *("__main__.py", "fields.py", "guards", "hypothesis_plugin.py", "pytest_plugin.py"),
    *("arrow", "bulk", "client_calls.py", "network", "strategies"),
}
LIBRARY = [path for path in MODULES if path.parts[0] not in ABOVE_LIBRARY]
IMPURE = {"workspace", "bulk", "cli", "guards", "network", "pytest_plugin.py"}
PURE = [path for path in MODULES if path.parts[0] not in IMPURE]
TEST_FILES = sorted(path.relative_to(TESTS) for path in TESTS.rglob("test_*.py"))

ALLOWED = {
    "__future__",
    "collections.abc",
    "datetime",
    "enum",
    "idna",
    "itertools",
    "re",
    "unicodedata",
}
ALLOWED_BY_MODULE = {
    "field_schemas.py": {"pydantic_core"},
    "annotations.py": {"ast", "functools", "linecache"},
    "diagnosis/shell.py": {"shlex"},
    "serialization.py": {"functools", "json", "types", "typing"},
    "suffix_lists.py": {"importlib.metadata", "sys"},
    "values.py": {"annotationlib", "inspect"},
}
"""What the library may import from outside.

One module finds and reads a file, one is inspected, one quotes the arguments of commands, two load
when a value is converted, and one runs only when pydantic calls it.
"""

IMPURE_CALLS = {"open", "print", "input", "exec", "eval", "today", "now", "utcnow", "fromtimestamp"}
IMPURE_CALLS_BY_MODULE = {"annotations.py": {"eval"}, "suffix_lists.py": {"open"}}
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
    "analysis/change_findings.py": "analysis/test_changes.py",
    "analysis/demands.py": "cli/commands/test_plan.py",
    "bulk/joining.py": "bulk/test_running.py",
    "bulk/planning.py": "bulk/test_running.py",
    "bulk/progress.py": "cli/test_examining.py",
    "bulk/worker.py": "bulk/test_workers.py",
    "cli/completion/bash.py": "cli/commands/test_completion.py",
    "cli/completion/fish.py": "cli/commands/test_completion.py",
    "cli/completion/zsh.py": "cli/commands/test_completion.py",
    "cli/rewriting.py": "cli/commands/test_check.py",
    "cli/stages.py": "cli/commands/test_check.py",
    "facts": "facts/test_facts.py",
    "guards/mcp/calls": "guards/mcp/test_calls.py",
    "guards/playground/__init__.py": "guards/playground/test_answers.py",
    "lint/__init__.py": "test_init.py",
    "lint/report_records.py": "lint/test_report_restoring.py",
    "lint/rules/__init__.py": "lint/test_rule.py",
    "lint/rules/validation_records.py": "lint/rules/test_validation_options.py",
    "planner/packing": "planner/test_packing.py",
    "planner/regional.py": "planner/test_plan.py",
    "planner/slots.py": "planner/test_plan.py",
    "readers/terraform/eval/operators.py": "readers/terraform/eval/test_expressions.py",
    "readers/terraform/attributes.py": "readers/terraform/test_scopes.py",
    "readers/terraform/locations.py": "readers/terraform/test_declarations.py",
    "readers/terraform/plan/instances.py": "readers/terraform/plan/test_reader.py",
    "readers/terraform/resources/blocks.py": "readers/terraform/resources/test_consumers.py",
    "syntax/hcl/ast.py": "syntax/hcl/test_native.py",
    "syntax/hcl/comments.py": "lint/suppressions/test_scan.py",
    "syntax/line_comments.py": "lint/suppressions/test_scan.py",
    "syntax/yaml/comments.py": "lint/suppressions/test_scan.py",
    "workspace/baseline_file.py": "lint/test_baseline.py",
    "workspace/git_history.py": "analysis/test_issuance.py",
    "workspace/planning.py": "cli/commands/test_plan.py",
    "workspace/run.py": "workspace/test_checks.py",
    "workspace/snapshots.py": "cli/commands/test_compare.py",
    "writers/__init__.py": "writers/test_requests.py",
    "writers/hcl.py": "writers/test_requests.py",
    "writers/members.py": "writers/test_requests.py",
}
"""Modules whose tests are with those of another module: data, and what only passes values on."""


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
    """Return the path of the tests of a module; those of `__init__` are next to the package."""
    for beginning, tests in TESTED_TOGETHER.items():
        if path.is_relative_to(beginning):
            return Path(tests)
    if path.name == "__init__.py" and path.parent.name:
        return path.parent.parent / f"test_{path.parent.name}.py"
    return path.parent / f"test_{path.stem.strip('_')}.py"


def module_name(path):
    """Return the dotted name of a module or package."""
    parts = ("acmrules", *path.with_suffix("").parts)
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def test_import_contracts():
    """The import contracts of pyproject.toml hold."""
    from importlinter.cli import lint_imports

    assert lint_imports(config_filename=str(ROOT / "pyproject.toml"), no_cache=True) == 0


def imports_of(path, modules):
    """Return the modules that a module imports, with submodules of a package where possible."""
    found = set()
    for node in ast.walk(TREES[path]):
        for module in imported(node):
            names = node.names if isinstance(node, ast.ImportFrom) else []
            submodules = {f"{module}.{alias.name}" for alias in names} & modules
            found |= submodules if len(submodules) == len(names) > 0 else submodules | {module}
    return found & modules


def test_no_import_cycles():
    """No module imports itself through others, including imports for annotations."""
    names = {module_name(path): path for path in MODULES}
    graph = {name: imports_of(path, names.keys()) for name, path in names.items()}
    assert sum(map(len, graph.values())) > len(MODULES)
    assert find_cycle(graph) is None


@pytest.mark.parametrize(
    ("graph", "cycle"),
    [
        ({"a": {"b"}, "b": {"c"}, "c": set()}, None),
        ({"a": {"a"}}, ["a", "a"]),
        ({"a": {"b"}, "b": {"c"}, "c": {"a"}}, ["a", "c", "b", "a"]),
    ],
)
def test_cycles_are_found(graph, cycle):
    """A cycle is reported with the modules in it."""
    assert find_cycle(graph) == cycle


def find_cycle(graph):
    """Return the modules of a cycle in order, or `None`."""
    try:
        TopologicalSorter(graph).prepare()
    except CycleError as error:
        return error.args[1]
    return None


def test_library_imports():
    """A module of the library imports only other modules of it and a handful of light modules."""
    foreign = {}
    for path in LIBRARY:
        found = set().union(*map(imported, outside_type_checking(TREES[path])))
        allowed = ALLOWED | ALLOWED_BY_MODULE.get(str(path), set())
        foreign[str(path)] = {n for n in found if n.partition(".")[0] != "acmrules"} - allowed
    assert not {path: names for path, names in foreign.items() if names}


def impure_names(tree):
    """Return the names in a module for input, output, the clock, or global state."""
    nodes = list(ast.walk(tree))
    # A field may be named `open`, but a call of that name opens a file.
    called = {id(node.func) for node in nodes if isinstance(node, ast.Call)}
    found = {
        node.id
        for node in nodes
        if isinstance(node, ast.Name) and not isinstance(node.ctx, ast.Store)
    }
    found |= {
        node.attr
        for node in nodes
        if isinstance(node, ast.Attribute) and (node.attr != "open" or id(node) in called)
    }
    state = {
        f"global {name}" for node in nodes if isinstance(node, ast.Global) for name in node.names
    }
    return found & (IMPURE_CALLS | IMPURE_ATTRIBUTES) | state


def test_only_the_workspace_and_the_command_line_are_impure():
    """No other module opens a file, prints, reads the clock or the environment, or has state."""
    impure = {
        str(path): impure_names(TREES[path]) - IMPURE_CALLS_BY_MODULE.get(str(path), set())
        for path in PURE
    }
    assert not {path: names for path, names in impure.items() if names}


@pytest.mark.parametrize(
    "code",
    [
        "open(name)",
        "path.open()",
        "read = open",
        "print(1)",
        "date.today()",
        "now = datetime.now",
        "os.environ",
        "def f():\n    global x",
    ],
)
def test_impure_code_is_found(code):
    """Each way to open, print, read the clock or the environment, or have state is recognized."""
    assert impure_names(ast.parse(code))
    assert not impure_names(ast.parse("question.open"))


def test_suffixes_are_compared_with_their_dot():
    """The library compares the end of a name with its dot, in place or by assignment."""
    undotted = []
    for path in LIBRARY:
        nodes = list(ast.walk(TREES[path]))
        dotted = {
            ast.unparse(target)
            for node in nodes
            if isinstance(node, ast.Assign) and ast.unparse(node.value).lstrip("f")[1:2] == "."
            for target in node.targets
        }
        for node in nodes:
            if isinstance(node, ast.Call) and getattr(node.func, "attr", "") == "endswith":
                ending = ast.unparse(node.args[0])
                is_dotted = ending.startswith("dotted") or ending in dotted
                if not is_dotted and ending.lstrip("f")[1] != ".":
                    undotted.append(f"{path}:{node.lineno}: {ast.unparse(node)}")
    assert not undotted


def test_library_loads_no_linter():
    """Reading every public name loads no module of the linter."""
    loaded = loaded_by("import acmrules; [getattr(acmrules, n) for n in acmrules.__all__]")
    assert "acmrules.changes" in loaded
    assert not {name for name in loaded if name.startswith("acmrules.lint.")}


def test_import_loads_one_module():
    """Importing the package loads its first module and nothing else."""
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
        "acm.CertificateRequest.of(['example.com'])",
    ],
)
def test_results_load_nothing_heavy(code):
    """A plain result of the library loads none of the modules that slow down a start."""
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


RULES_ON_DEMAND = {f"acmrules.lint.rules.{module}" for module in ON_DEMAND}


@pytest.mark.parametrize(
    ("words", "avoided"),
    [
        (["--version"], {"re", "json", "datetime", "acmrules.lint.rules"}),
        (["chekc"], {"re", "json", "datetime", "acmrules.lint.rules", "acmrules.cli.help"}),
        (["check", "--zzz"], {"re", "json", "datetime", "acmrules.lint.rules"}),
        (["help", "check"], {"re", "json", "datetime", "acmrules.lint.rules", "shutil"}),
        (["check", "request.json"], {"yaml", "acmrules.acme", *RULES_ON_DEMAND}),
        (["check", "template.yaml"], {"acmrules.acme", *RULES_ON_DEMAND}),
    ],
)
def test_commands_load_nothing_heavy(tmp_path, words, avoided):
    """A command loads only the modules that it needs."""
    (tmp_path / "request.json").write_text(REQUEST)
    (tmp_path / "template.yaml").write_text(TEMPLATE)
    words = [os.path.join(tmp_path, word) if "." in word else word for word in words]
    loaded = loaded_by("from acmrules.cli.main import main; main(sys.argv[1:])", *words)
    assert "acmrules.cli.main" in loaded
    assert loaded & (HEAVY | avoided) == set()


def test_tests_mirror_sources():
    """Every module has its tests at the same path under tests/."""
    assert not {mirror(path) for path in MODULES if path not in EMPTY} - set(TEST_FILES)


def test_tests_state_behavior():
    """Every test has a docstring of one sentence."""
    wrong = []
    for path in TEST_FILES:
        for node in ast.walk(ast.parse((TESTS / path).read_text(encoding="utf-8"))):
            if isinstance(node, ast.FunctionDef) and node.name.startswith("test_"):
                sentence = ast.get_docstring(node) or ""
                if not sentence.endswith(".") or ". " in sentence or "\n\n" in sentence:
                    wrong.append(f"{path}:{node.lineno}: {node.name}")
    assert not wrong


SHARED_TERMS = {"Block", "Object", "Template"}
"""Terms that the grammars of two formats share."""


def test_a_class_name_means_one_thing():
    """No two modules define public classes of the same name."""
    homes = {}
    for path in MODULES:
        for node in TREES[path].body:
            if isinstance(node, ast.ClassDef) and not node.name.startswith("_"):
                homes.setdefault(node.name, []).append(path)
    assert {name for name, paths in homes.items() if len(paths) > 1} == SHARED_TERMS
