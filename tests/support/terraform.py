"""Terraform modules in many spellings, and the names and locations that were read from them."""

from __future__ import annotations

import json
import posixpath
from textwrap import dedent

from hypothesis import strategies as st
from tests.support.terraform_expressions import written

from acmrules.readers.options import Parameters, ReadScope
from acmrules.readers.terraform.reader import ModuleTree
from acmrules.syntax.source import Source

# Reading -----------------------------------------------------------------------------------------


def configuration(files, *, region=None, variable_files=(), scope=ReadScope.CERTIFICATES, **values):
    """Return the configuration of files by path; `values` are those of variables."""
    sources = {path: Source(path, dedent(text)) for path, text in files.items()}

    def load(folder):
        return [s for path, s in sorted(sources.items()) if posixpath.dirname(path) == folder]

    given = tuple(Source(f"given{n}.tfvars", text) for n, text in enumerate(variable_files))
    return ModuleTree(load, Parameters(values, region, given, scope))


def declarations(files, root="", **known):
    """Return the declarations of a root module without unreadable files."""
    files = {"main.tf": files} if isinstance(files, str) else files
    made = configuration(files, **known)
    found = made.declarations(root)
    assert made.unreadable == {}
    return found


def refused(files, root="", **known):
    """Return the addresses that are read in spite of errors, and the errors."""
    files = {"main.tf": files} if isinstance(files, str) else files
    made = configuration(files, **known)
    found = [declaration.address for declaration in made.declarations(root)]
    return found, [str(unreadable) for unreadable in made.unreadable.values()]


def only(files, root="", **known):
    """Return the only declaration of a root module."""
    (declaration,) = declarations(files, root, **known)
    return declaration


def request(files, root="", **known):
    """Return the one request of a root module."""
    (variant,) = only(files, root, **known).variants
    return variant.request


def names(files, root="", **known):
    """Return the names of the certificates of a root module by address and condition."""
    return {
        f"{declaration.address} {variant.condition}".strip(): " ".join(variant.request.spellings)
        for declaration in declarations(files, root, **known)
        for variant in declaration.variants
        if variant.request
    }


def consumers(files, root="", **known):
    """Return the hosts of consumers, by their address and certificate."""
    return {
        (consumer.address, str(consumer.certificate)): " ".join(map(str, consumer.hosts))
        for declaration in declarations(files, root, **known)
        for variant in declaration.variants
        for consumer in variant.consumers
    }


def text_at(declaration, *path, variant=0):
    """Return the text at a path, and that of its definition if it has one."""
    place = declaration.variants[variant].location(path)
    return [_slice(spot) for spot in (place, place.definition) if spot]


def _slice(place):
    return place.source.text[place.start : place.end]


def locations(found):
    """Return the location of each path: the file, lines and columns."""
    return [
        (declaration.address, path, *_where(place), *_where(place.definition))
        for declaration in found
        for variant in declaration.variants
        for path, place in variant.locations.items()
    ]


def _where(place):
    return (place.source.name, place.source.range(place.start, place.end)) if place else ()


# Writing -----------------------------------------------------------------------------------------


class Block:
    """A block to be written: its type, labels, arguments as expressions, and blocks inside."""

    def __init__(self, kind, *labels, inside=(), **arguments):
        self.kind = kind
        self.labels = labels
        self.arguments = arguments
        self.inside = inside

    def native(self, indent=""):
        """Return it in the native syntax."""
        labels = "".join(f' "{label}"' for label in self.labels)
        lines = [f"  {name} = {value}" for name, value in self.arguments.items()]
        lines += [block.native("  ") for block in self.inside]
        body = "".join(f"{indent}{line}\n" for line in lines)
        return f"{indent * bool(self.labels)}{self.kind}{labels} {{\n{body}{indent}}}"

    def data(self):
        """Return it as the JSON spelling has it; a default there is no template."""
        found = {name: _in_json(self.kind, value) for name, value in self.arguments.items()}
        for block in self.inside:
            found.setdefault(block.kind, []).append(block.data())
        for label in reversed(self.labels):
            found = {label: found}
        return found


def _in_json(kind, expression):
    literal = kind == "variable" or (kind == "module" and expression.startswith('"./'))
    return json.loads(expression) if literal else f"${{{expression}}}"


def native(blocks):
    """Return the text of a file with these blocks."""
    return "".join(f"{block.native()}\n\n" for block in blocks)


def as_json(blocks):
    """Return the text of a file with these blocks in the JSON spelling."""
    return json.dumps([{block.kind: block.data()} for block in blocks], indent=1)


class Spelling:
    """A writer of strings and lists as expressions, with the blocks that they need."""

    def __init__(self, draw, ways=None):
        self.draw = draw
        self.ways = ways
        self.locals = {}
        self.variables = {}
        self.fixed = {}

    def text(self, text):
        """Return an expression with the value of a string."""
        cut = self.draw(st.integers(0, len(text)))
        head, tail = written(text[:cut]), written(text[cut:])
        way = self.draw(st.sampled_from(self.ways or TEXTS))
        if way == "local":
            return self._local(written(text))
        if way in {"default", "tfvars"} and text:
            return self._variable(written(text), is_default=way == "default")
        if way == "template":
            return f'"${{{self._local(head)}}}{tail[1:-1]}"'
        if way == "join":
            return f'join("", [{head}, {self._local(tail)}])'
        if way == "format":
            return f'format("%s%s", {head}, {tail})'
        if way == "condition":
            return f'{self._local("true")} ? {written(text)} : "other.io"'
        if way == "lookup":
            return f'lookup({{ a = {written(text)} }}, "a", "other.io")'
        return written(text)

    def texts(self, texts):
        """Return an expression with the value of a list of strings."""
        cut = self.draw(st.integers(0, len(texts)))
        items = [self.text(text) for text in texts]
        head, tail = f"[{', '.join(items[:cut])}]", f"[{', '.join(items[cut:])}]"
        whole = f"[{', '.join(items)}]"
        way = self.draw(st.sampled_from(LISTS))
        if way == "local":
            return self._local(whole)
        if way == "concat":
            return f"concat({head}, {self._local(tail)})"
        if way == "flatten":
            return f"flatten([{head}, [{tail}]])"
        if way == "for":
            return f"[for name in {whole} : name]"
        if way == "default":
            return self._variable(f"[{', '.join(map(written, texts))}]", is_default=True)
        return whole

    def needed_blocks(self):
        """Return the blocks that the expressions need."""
        found = [
            Block("variable", name, **({} if default is None else {"default": default}))
            for name, default in self.variables.items()
        ]
        return [*found, *[Block("locals", **{name: value}) for name, value in self.locals.items()]]

    def _local(self, expression):
        name = f"l{len(self.locals)}"
        self.locals[name] = expression
        return f"local.{name}"

    def _variable(self, expression, *, is_default):
        name = f"v{len(self.variables)}"
        self.variables[name] = expression if is_default else None
        if not is_default:
            self.fixed[name] = expression
        return f"var.{name}"


TEXTS = (
    *("literal", "local", "default", "tfvars"),
    *("template", "join", "format", "condition", "lookup"),
)
LISTS = ("literal", "local", "concat", "flatten", "for", "default")


def certificate_blocks(members, say):
    """Return the certificate of a request, with the values of a spelling."""
    arguments = {"domain_name": say.text(members["DomainName"])}
    if "SubjectAlternativeNames" in members:
        arguments["subject_alternative_names"] = say.texts(members["SubjectAlternativeNames"])
    for member, name in _PLAIN.items():
        if member in members:
            arguments[name] = say.text(members[member])
    if "Tags" in members:
        entries = (f"({written(t['Key'])}) = {say.text(t['Value'])}" for t in members["Tags"])
        arguments["tags"] = f"{{ {', '.join(entries)} }}"
    options = [
        Block(
            "validation_option",
            domain_name=say.text(option["DomainName"]),
            validation_domain=say.text(option["ValidationDomain"]),
        )
        for option in members.get("DomainValidationOptions", ())
    ]
    return Block("resource", "aws_acm_certificate", "c", inside=options, **arguments)


_PLAIN = {
    "ValidationMethod": "validation_method",
    "KeyAlgorithm": "key_algorithm",
    "CertificateAuthorityArn": "certificate_authority_arn",
}


@st.composite
def modules(draw, members):
    """Draw files that declare a request, in one of many spellings."""
    say = Spelling(draw)
    certificate = certificate_blocks(members, say)
    text = certificate.arguments["domain_name"]
    repeated = draw(st.sampled_from(["", "count", "map", "set"]))
    if repeated == "count":
        certificate.arguments["count"] = "1"
    elif repeated == "map":
        certificate.arguments |= {"for_each": f"{{ a = {text} }}", "domain_name": "each.value"}
    elif repeated == "set":
        certificate.arguments |= {"for_each": f"toset([{text}])", "domain_name": "each.key"}
    blocks = [certificate, *say.needed_blocks()]
    spell = draw(st.sampled_from([native, as_json]))
    suffix = ".tf" if spell is native else ".tf.json"
    fixed = "".join(f"{name} = {value}\n" for name, value in say.fixed.items())
    files = {draw(st.sampled_from(["terraform.tfvars", "x.auto.tfvars"])): fixed}
    if draw(st.booleans()):
        inside = "called/"
        passed = {name: f"var.{name}" for name in say.fixed}
        call = Block("module", "called", source='"./called"', **passed)
        files[f"main{suffix}"] = spell([*(Block("variable", name) for name in say.fixed), call])
    else:
        inside = ""
    order = draw(st.permutations(blocks))
    cut = draw(st.integers(0, len(order)))
    return files | {
        f"{inside}a{suffix}": spell(order[:cut]),
        f"{inside}b{suffix}": spell(order[cut:]),
    }
