"""Terraform expressions, and a scope of declared names."""

from __future__ import annotations

from unicodedata import normalize

import pytest
from hypothesis import strategies as st

from acmrules.readers.evaluated import Node
from acmrules.readers.terraform.eval.expressions import Work, evaluate, evaluate_block
from acmrules.readers.terraform.eval.values import NotConstant, Partial
from acmrules.syntax.hcl import native, parse
from acmrules.syntax.source import Source
from acmrules.unresolved import Unknown, Unresolved, UnresolvedNames


class Names:
    """A scope of the declarations in a file, which answers and records conditions in order."""

    def __init__(self, text="", *, answers=(), address="", work=1_000_000):
        self.parsed = parse.parse(Source("main.tf", text))
        self.answers = list(answers)
        self.address = address
        self.decided = []
        self.work = Work(work)
        self.blocks = {(block.type, *block.labels): block for block in self.parsed.blocks}

    def _value(self, block, name, note):
        argument = block.body.attributes.get(name) if block else None
        if argument is None:
            return None
        node = evaluate(argument.value, self)
        node.note = node.note or note
        return node

    def variable(self, name):
        """Return the default of a variable."""
        return self._value(
            self.blocks.get(("variable", name)), "default", f"default of variable `{name}`"
        )

    def local(self, name):
        """Return a local."""
        return self._value(self.blocks.get(("locals",)), name, f"local `{name}`")

    def resource(self, kind, name):
        """Return a resource."""
        return self._attributes(("resource", kind, name), f"{kind}.{name}")

    def data(self, kind, name):
        """Return a data source."""
        return self._attributes(("data", kind, name), f"data.{kind}.{name}")

    def module(self, name):
        """Return the arguments of a module as its outputs."""
        return self._attributes(("module", name), f"module.{name}")

    def _attributes(self, key, label):
        block = self.blocks.get(key)
        if block is None:
            return None
        node = evaluate_block(block, self)
        node.value = Partial(node.value, self.qualify(label))
        return node

    def terraform(self, name):
        """Return what the block `terraform` says."""
        return self._value(self.blocks.get(("terraform",)), name, "")

    def each(self, member):
        """Return what the block `each` says."""
        return self._value(self.blocks.get(("each",)), member, "")

    def count(self):
        """Return what the block `count` says."""
        return self._value(self.blocks.get(("count",)), "index", "")

    def for_conditions(self):
        """Return this: defaults are taken for granted."""
        return self

    def decide(self, label):
        """Return the next answer."""
        self.decided.append(label)
        return self.answers.pop(0)

    def choose(self, name, keys, *, is_one):
        """Return the first key that the answers choose, the last one if it is one of them.

        Without answers, nothing is decided.
        """
        if not self.answers:
            raise NotConstant
        for key in keys:
            if (is_one and key == keys[-1]) or self.decide(f'{name} == "{key}"'):
                return key
        return None

    def file(self, path, *, is_pem=False):
        """Return nothing: there are no other files."""
        del path, is_pem

    def qualify(self, label):
        """Return the address with this one in front."""
        return self.address + label


def expression(text):
    """Return a parsed expression."""
    return native.expression(Source("main.tf", text))


def node(text, declared="", **how):
    """Return the value of an expression among declarations, with its locations."""
    return evaluate(expression(text), Names(declared, **how))


def value(text, declared="", **how):
    """Return the value of an expression, without locations."""
    return shown(node(text, declared, **how))


def shown(data):
    """Return evaluated data without locations, with labels of unknown values in angle brackets."""
    data = data.value if isinstance(data, Node) else data
    if isinstance(data, Partial):
        return f"<{data.label}>"
    if isinstance(data, list):
        return [shown(item) for item in data]
    if isinstance(data, dict):
        return {key: shown(item) for key, item in data.items()}
    if isinstance(data, Unresolved):
        return "".join(part if isinstance(part, str) else f"<{part}>" for part in data.parts)
    if isinstance(data, UnresolvedNames):
        return f"<{data}...>"
    return f"<{data}>" if isinstance(data, Unknown) else data


def written(data, indent=""):
    """Return plain data as an expression."""
    inner = f"{indent}  "
    if isinstance(data, str):
        escapes = {'"': '\\"', "\\": "\\\\", "\n": "\\n", "\r": "\\r", "\t": "\\t"}
        text = "".join(escapes.get(character, character) for character in data)
        return f'"{text}"'.replace("${", "$${").replace("%{", "%%{")
    if isinstance(data, list):
        items = "".join(f"\n{inner}{written(item, inner)}," for item in data)
        return f"[{items}\n{indent}]"
    if isinstance(data, dict):
        entries = "".join(
            f"\n{inner}{written(key)} = {written(item, inner)}" for key, item in data.items()
        )
        return f"{{{entries}\n{indent}}}"
    return "null" if data is None else str(data).lower()


def open_text(before, after):
    """Return an expression for a string with an unknown part."""
    return f'"{written(before)[1:-1]}${{var.u}}{written(after)[1:-1]}"'


PARTLY_KNOWN = """
locals {
  open = concat(["a"], var.more, ["z"])
  part = merge(var.u, { a = 1 })
}
"""
"""Locals with unknown items and entries."""


def assert_value(call, expected):
    """Fail unless an expression has a value, of the same type."""
    found = value(call)
    assert found == pytest.approx(expected) if isinstance(expected, float) else found == expected
    assert isinstance(found, bool) is isinstance(expected, bool)


identifiers = st.from_regex(r"[a-z_][a-z0-9_-]{0,8}", fullmatch=True).filter(
    lambda name: name not in {"true", "false", "null", "for", "if", "in", "dynamic"}
)
texts = (
    st.text(st.characters(exclude_categories=["Cs"]), max_size=12)
    .map(lambda text: normalize("NFC", text))
    # In front of `${` these would be an escape.
    .filter(lambda text: not text.endswith(("$", "%")))
)
scalars = st.none() | st.booleans() | st.integers(-(10**9), 10**9) | texts
values = st.recursive(
    scalars,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(texts, inner, max_size=4),
    max_leaves=12,
)
"""Plain data that an expression can be."""
