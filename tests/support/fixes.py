"""Requests with faults, spellings of them in each format, and the results of fixing them."""

from __future__ import annotations

import json
from functools import cache
from textwrap import dedent, indent

from hypothesis import strategies as st

from acmrules.lint import fixes
from acmrules.lint.linter import Linter
from acmrules.lint.pipeline import check_declarations
from acmrules.lint.rule import Fix
from acmrules.readers import registry
from acmrules.readers.options import Parameters
from acmrules.readers.terraform.reader import ModuleTree
from acmrules.strategies import related_names
from acmrules.syntax.source import Source

BENCH = Linter()
_PLAIN = frozenset("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ")


def findings(text, name="t.yaml", **values):
    """Return the findings of a file; `values` are those of parameters."""
    return check_declarations(registry.read(Source(name, text), Parameters(values)), BENCH).findings


class FilesRun:
    """A run of `fixes` over files in memory: Terraform modules by folder, or one file."""

    def __init__(self, files, *, rules=None, **values):
        self.files = files
        self.rules = rules
        self.values = values
        self.rounds = 0

    def declarations(self, texts):
        """Return what the files declare, with new texts for some of them."""
        files = {name: Source(name, text) for name, text in (self.files | {**texts}).items()}
        if len(files) == 1:
            return registry.read(*files.values(), Parameters(self.values))
        folders = {}
        for name, source in files.items():
            folders.setdefault(name.rpartition("/")[0], []).append(source)
        tree = ModuleTree(lambda folder: folders.get(folder, ()), Parameters(self.values))
        return tree.declarations("")

    def findings(self, texts):
        """Return the findings of all rules, or of some."""
        self.rounds += 1
        found = check_declarations(self.declarations(texts), BENCH).findings
        return [each for each in found if self.rules is None or each.rule.id in self.rules]

    def findings_of(self, declaration):
        """Return all findings of a declaration."""
        return BENCH.check(declaration)[0]


class OneRound(FilesRun):
    """A run that has findings of its own."""

    def __init__(self, text, found, name="t.yaml"):
        super().__init__({name: text})
        self.found = found

    def findings(self, _):
        """Return the findings it was made with."""
        return self.found


def fix_result(text, name="t.yaml", *, unsafe=False, rules=None, **values):
    """Return the result of fixing the findings of all rules, or of some."""
    return fixes.apply_until_stable(FilesRun({name: text}, rules=rules, **values), unsafe=unsafe)


def fixed_text(text, name="t.yaml", **settings):
    """Return the text of a file after fixing."""
    return fix_result(text, name, **settings).texts.get(name, text)


def rejections(text, name="t.yaml", **settings):
    """Return the reason of each rejected fix, by rule."""
    outcome = fix_result(text, name, **{"unsafe": True, **settings})
    return {finding.rule.id: reason for finding, reason in outcome.rejected}


def with_edits(text, *edits, name="t.yaml"):
    """Return a fixable finding of a file, with other edits."""
    found = next(each for each in findings(text, name) if each.fix)
    return found.__replace__(fix=Fix("as it is", edits))


def resource(body, rest=""):
    """Return a Terraform configuration with one certificate."""
    return f'{rest}resource "aws_acm_certificate" "it" {{\n{indent(dedent(body), "  ")}}}\n'


# What the laws are tried on ----------------------------------------------------------------------


@cache
def faulty_requests():
    """Draw API requests with many fixable faults."""
    spoilt = st.sampled_from(
        [str, str.upper, str.title, lambda n: f"{n}.", lambda n: f"https://{n}", lambda n: f"{n} "]
    )
    texts = st.builds(lambda name, spoil: spoil(str(name)), related_names(), spoilt)
    long = st.just(f"{'a' * 60}.b.example.com")
    options = st.fixed_dictionaries({"DomainName": texts, "ValidationDomain": texts})
    tags = st.fixed_dictionaries(
        {"Key": st.text("aZ*", min_size=1, max_size=3), "Value": st.sampled_from("a*")}
    )
    return st.fixed_dictionaries(
        {"DomainName": texts | long},
        optional={
            "SubjectAlternativeNames": st.lists(texts, min_size=1, max_size=4),
            "ValidationMethod": st.sampled_from(["DNS", "EMAIL", "dns", "email"]),
            "DomainValidationOptions": st.lists(options, min_size=1, max_size=3),
            "KeyAlgorithm": st.sampled_from(["RSA_2048", "rsa_2048", "EC-prime256v1"]),
            "Tags": st.lists(tags, min_size=1, max_size=2),
        },
    )


@st.composite
def writings(draw, data, *, comments=True):
    """Draw YAML spellings of data, in any mixture of quotes, brackets, and comments."""
    written = _Writing(draw, comments=comments)
    lines = written.block(data)
    end = draw(st.sampled_from(["\n", "\r\n"]))
    return end.join(lines) + draw(st.sampled_from([end, "", end + end]))


def json_writings(data):
    """Draw JSON spellings of data, with more or less space."""
    return st.builds(
        lambda width, gaps, end: json.dumps(data, indent=width, separators=gaps).replace("\n", end),
        st.sampled_from([None, 1, 4]),
        st.sampled_from([(",", ":"), (", ", ": "), (" ,", " : ")]),
        st.sampled_from(["\n", "\r\n"]),
    )


_TERRAFORM = {
    "DomainName": "domain_name",
    "SubjectAlternativeNames": "subject_alternative_names",
    "ValidationMethod": "validation_method",
    "DomainValidationOptions": "validation_option",
    "KeyAlgorithm": "key_algorithm",
    "Tags": "tags",
}
_OPTION = {"DomainName": "domain_name", "ValidationDomain": "validation_domain"}


@st.composite
def configurations(draw, data):
    """Draw Terraform spellings of a request, in any mixture of lines and comments."""

    def one_of(*choices):
        return draw(st.sampled_from(choices))

    above, lines = [], []

    def stated(text):
        written = json.dumps(text)
        name = f"v{len(above)}"
        match one_of("", "", "", "variable", "local"):
            case "variable":
                above.append(f'variable "{name}" {{\n  default = {written} # d\n}}')
                return f"var.{name}"
            case "local":
                above.append(f"locals {{\n  {name} = {written}\n}}")
                return f"local.{name}"
        return written

    def listed(texts):
        items = [stated(text) for text in texts]
        if one_of(True, False):
            return f"[{one_of(', ', ',').join(items)}{one_of('', ',')}]"
        last = one_of("", ",")
        ends = [*(["," for _ in items[1:]]), last]
        inside = "".join(
            f"    {one_of('', '/* i */ ')}{item}{end}{one_of('', ' # i', ' // i')}\n"
            for item, end in zip(items, ends, strict=True)
        )
        return f"[\n{inside}  ]"

    for member, value in data.items():
        name = _TERRAFORM[member]
        lines += one_of([], [""], ["  # c"])
        if member == "DomainValidationOptions":
            for option in value:
                inside = [f"    {_OPTION[key]} = {stated(text)}" for key, text in option.items()]
                lines += [f"  {name} {{", *inside, "  }"]
        elif member == "Tags":
            tags = {tag["Key"]: tag["Value"] for tag in value}
            inside = [f"    {json.dumps(key)} = {stated(text)}" for key, text in tags.items()]
            lines += [f"  {name} = {{", *inside, "  }"]
        else:
            written = listed(value) if isinstance(value, list) else stated(value)
            lines.append(f"  {name}{one_of(' ', '   ')}= {written}{one_of('', ' # e')}")
    text = [*above, 'resource "aws_acm_certificate" "it" {', *lines, "}"]
    end = one_of("\n", "\r\n")
    return "\n".join(text).replace("\n", end) + one_of(end, "")


def as_manifest(data):
    """Return a request of the API as a manifest of ACK."""
    spec = {member[0].lower() + member[1:]: value for member, value in data.items()}
    spec.pop("validationMethod", None)
    for member in ("domainValidationOptions", "tags"):
        spec[member] = [
            {key[0].lower() + key[1:]: text for key, text in entry.items()}
            for entry in spec.pop(member, ())
        ]
    return {
        "apiVersion": "acm.services.k8s.aws/v1alpha1",
        "kind": "Certificate",
        "metadata": {"name": "it"},
        "spec": {member: value for member, value in spec.items() if value},
    }


@cache
def name_lists():
    """Draw lists of names, one on each line."""
    names = faulty_requests().map(
        lambda data: [data["DomainName"], *data.get("SubjectAlternativeNames", ())]
    )
    lines = names.flatmap(
        lambda listed: st.tuples(
            *(st.sampled_from([name, f" {name}  # c", f"# x\n{name}"]) for name in listed)
        )
    )
    return st.builds(
        lambda several, end, last: "\n".join(several).replace("\n", end) + last,
        lines,
        st.sampled_from(["\n", "\r\n"]),
        st.sampled_from(["", "\n"]),
    )


class _Writing:
    """A writer of data that draws each choice that YAML offers."""

    def __init__(self, draw, *, comments):
        self._draw = draw
        self._comments = comments
        self._count = 0

    def block(self, data):
        """Return the lines of a list or mapping."""
        lines = []
        items = data.items() if isinstance(data, dict) else ((None, item) for item in data)
        for key, value in items:
            lines += self._comment_line()
            lead = "-" + " " * self._one_of([1, 1, 3]) if key is None else f"{key}:"
            if isinstance(value, dict | list) and (not value or self._one_of([False, True])):
                lines.append(f"{lead}{'' if key is None else ' '}{self._flow(value)}")
            elif isinstance(value, dict | list):
                inside = self.block(value)
                if key is None:
                    while inside[0].startswith("#") or not inside[0]:
                        lines.append(inside.pop(0))
                    margin = " " * len(lead)
                    lines += [
                        (lead if not index else margin) + line if line else line
                        for index, line in enumerate(inside)
                    ]
                else:
                    margin = self._one_of(["  ", "    "])
                    lines += [lead, *(margin + line if line else line for line in inside)]
            else:
                comment = self._comment("   ")
                lines.append(f"{lead}{'' if key is None else ' '}{self._text(value)}{comment}")
        return lines

    def _flow(self, data):
        gap = self._one_of([",", ", ", " , "])
        if isinstance(data, list):
            return f"[{gap.join(self._value(item) for item in data)}{self._trailing(data)}]"
        pairs = [f"{key}: {self._value(value)}" for key, value in data.items()]
        return f"{{{gap.join(pairs)}}}"

    def _trailing(self, data):
        return self._one_of(["", "", ","]) if data else ""

    def _value(self, data):
        return self._flow(data) if isinstance(data, dict | list) else self._text(data)

    def _text(self, text):
        ways = [json.dumps(text), f"'{text}'"]
        if text[0] in _PLAIN and text == text.strip():
            ways.append(text)
        return self._one_of(ways)

    def _comment_line(self):
        return self._one_of([[], [], [""], [self._comment("")]])

    def _comment(self, before):
        if not self._comments or self._one_of([True, True, False]):
            return ""
        self._count += 1
        return f"{before}# -, '{self._count}"

    def _one_of(self, choices):
        return self._draw(st.sampled_from(choices))
