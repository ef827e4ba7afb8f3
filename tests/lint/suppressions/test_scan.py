"""Suppressions in comments, metadata and annotations."""

import json

import pytest
from tests.support.suppressions import IT, stack

from acmrules.lint.suppressions import scan
from acmrules.request import Tool
from acmrules.syntax.source import Source


def lines(name, text, tool=None):
    """Return the lines of the suppressions in a file, and the lines that they apply to."""
    return [
        (each.location.line, each.scope.line, each.scope.range.end.line)
        for each in scan.read(Source(name, text), tool)
    ]


@pytest.mark.parametrize(
    ("name", "text", "expected"),
    [
        ("a.yaml", f"a: b  # {IT}\nc: d\n", [(1, 1, 2)]),
        ("a.yaml", f"# {IT}\nc: d\n", [(1, 1, 3)]),
        ("a.yaml", f"# {IT}\n# more\n  # {IT}\nc: d\ne: f\n", [(1, 1, 5), (3, 3, 5)]),
        ("a.yaml", f"#{IT}", [(1, 1, 1)]),
        ("a.yaml", f"a: 'b # {IT}'\nb: b#acmrules:x\nc: |\n  # {IT}\n# {IT}\nd: e\n", [(5, 5, 7)]),
        ("a.yaml", "a: b //acmrules:x\n", []),
        ("a.yaml", f"a: b # {IT}\nc: {{{{ d }}}} e\n# {IT}\n", [(1, 1, 2), (3, 3, 4)]),
        ("a.yaml", f"{{a: b}}  # {IT}\n", [(1, 1, 2)]),
        ("a.json", f'{{"a": "# {IT}"}}', []),
        ("a.txt", f"a.io # {IT}\nb.io\n# x # {IT}\n", [(1, 1, 2)]),
        ("main.tf", f"a = 1 // {IT}\n# {IT}\n// x\nb = 2\n", [(1, 1, 2), (2, 2, 5)]),
        ("main.tf", f'a = "# {IT}" # {IT}\n', [(1, 1, 2)]),
        ("main.tf", f'a = "${{b["# {IT}"]}} \\" $${{ # {IT}"\n/* # {IT}\n # {IT}\n*/\n', []),
        (
            "main.tf",
            f"a = {{ b = <<-X\n  # {IT}\n  ${{c # {IT}\n}}\n  X\n}} # {IT}\n",
            [(3, 3, 4), (6, 6, 7)],
        ),
        ("main.tf", f"a = <<X\n# {IT}\n", []),
        ("main.tf", f'a = "# {IT}', []),
        ("main.tf", f"}} # {IT}\n", [(1, 1, 2)]),
        ("a.tfvars", f"a = 1 # {IT}\n", [(1, 1, 2)]),
        ("main.tf.json", f'{{"a": "# {IT}"}}', []),
    ],
)
def test_comments_are_those_of_the_language(name, text, expected):
    """Strings, heredocs and blocks that look like comments are none."""
    assert lines(name, text) == expected


@pytest.mark.parametrize("name", ["a.yaml", "a.tf", "a.txt"])
def test_a_comment_may_contain_comment_signs(name):
    """The text after the first comment sign is the reason."""
    comment = "# acmrules: ignore[ACM101]: x "
    [found] = scan.read(Source(name, comment * 2 + "\n"))
    assert found.reason == f"x {comment.strip()}"


@pytest.mark.parametrize(
    ("text", "tool"),
    [
        (f"a.io # {IT}\n", Tool.NAMES),
        (f"a = 1 // {IT}\n", Tool.TERRAFORM),
        (f"a: b # {IT}\n", Tool.KUBERNETES),
    ],
)
def test_comments_of_standard_input_have_the_syntax_of_its_tool(text, tool):
    """Standard input has no suffix, so the tool of its declarations identifies the format."""
    assert lines("-", text, tool) == [(1, 1, 2)]


def test_a_file_without_the_word_is_not_scanned():
    """The file is not even parsed."""
    assert scan.read(Source("a.yaml", "a: [")) == []


@pytest.mark.parametrize(
    ("metadata", "fault"),
    [
        ({"ignore": "ACM301: x"}, 'suppressions in metadata must have the form `{"ignore": ['),
        ({"ignore": [], "x": 1}, "suppressions in metadata must have the form"),
        (["ACM301: x"], "suppressions in metadata must have the form"),
        ({"ignore": [["x"]]}, "suppressions in metadata must have the form"),
        ({"ignore": ["ignore[ACM301]: x"]}, "expected `RULES until YYYY-MM-DD: REASON`"),
        ({"ignore": ["ACM301"]}, "the reason is missing: `ACM301: REASON`"),
    ],
)
def test_malformed_metadata_is_reported(metadata, fault):
    """Malformed metadata is reported with its location."""
    [found] = scan.read(Source("a.json", stack({"acmrules": metadata})))
    assert fault in found.fault
    assert found.location.line > 4


def test_other_metadata_is_ignored():
    """Templates of other shapes are ignored, too."""
    assert scan.read(Source("a.json", stack({"other": "acmrules"}, []))) == []
    odd = '{"Resources": ["acmrules"], "items": "acmrules"}'
    assert scan.read(Source("a.json", odd)) == []


def test_annotations_are_for_their_whole_object():
    """Each line is an entry, and objects of a list have their own annotations."""
    notes = {scan.ANNOTATION: "ACM101: x\n\nACM102: y"}
    manifest = {"kind": "Certificate", "metadata": {"annotations": notes}}
    found = scan.read(Source("a.json", json.dumps({"items": [{}, manifest]}, indent=1)))
    assert [(each.rules, each.fault) for each in found] == [(("ACM101",), ""), (("ACM102",), "")]
    assert found[0].scope.line == 4
    assert len(scan.read(Source("a.yaml", json.dumps(manifest)))) == 2
