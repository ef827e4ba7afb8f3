"""All readers: files are read completely, and no reader finds anything else."""

import json
import re

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st
from tests.support.cloudformation import (
    as_template,
    at,
    positions,
    read,
    renderings,
    request_of,
    requests,
    template,
    templates,
)

from acmrules.readers import registry
from acmrules.readers.options import Parameters, ReadScope
from acmrules.request import Tool
from acmrules.syntax.source import InputError, Source
from acmrules.unresolved import Unknown, Unresolved, UnresolvedNames

CERTIFICATE = template("DomainName: www.example.com\nValidationMethod: DNS")


def content_of(declarations):
    """Return the content of declarations without their locations."""
    return [
        (
            declaration.address,
            declaration.truncated,
            [
                (v.request, v.consumers, v.zones, v.caa, v.condition, v.all_consumers_known)
                for v in declaration.variants
            ],
        )
        for declaration in declarations
    ]


def content_or_fault(name, text):
    """Return the content of the declarations in a file, or its error."""
    try:
        return content_of(registry.read(Source(name, text)))
    except InputError as unreadable:
        return unreadable.fault


def fault_of(name, text):
    """Return the error for a file, or `None` if it can be read."""
    try:
        positions(registry.read(Source(name, text)))
    except InputError as unreadable:
        return str(unreadable)
    return None


@given(requests(), renderings())
def test_templates_come_back(members, rendering):
    """A request that is rendered as a template is read back unchanged."""
    suffix, render = rendering
    (declaration,) = registry.read(Source(f"t{suffix}", render(as_template(members))))
    (variant,) = declaration.variants
    region = variant.request.region
    assert variant.request == request_of(members).__replace__(region=region)


@given(requests(), renderings())
def test_api_requests_come_back(members, rendering):
    """A request that is rendered for the API is read back unchanged."""
    suffix, render = rendering
    (declaration,) = registry.read(Source(f"r{suffix}", render(members)))
    assert declaration.request == request_of(members)


@given(requests(), renderings())
def test_names_are_at_their_locations(members, rendering):
    """The source at a name's location is the name, unless it needs escapes."""
    suffix, render = rendering
    for data in (as_template(members), members):
        (declaration,) = registry.read(Source(f"t{suffix}", render(data)))
        for index, name in enumerate(declaration.request.spellings):
            written = at(declaration, "names", index)
            assert written == name or "\\" in written or "''" in written


@given(templates(), renderings())
def test_line_ends_move_nothing(data, rendering):
    """LF and CR LF result in the same lines and columns."""
    suffix, render = rendering
    text = render(data)
    outcomes = []
    for written in (text, text.replace("\n", "\r\n")):
        try:
            outcomes.append(positions(registry.read(Source(f"t{suffix}", written))))
        except InputError as unreadable:
            outcomes.append(str(unreadable))
    assert outcomes[0] == outcomes[1]


@given(templates())
def test_json_and_yaml_say_the_same(data):
    """A template has the same meaning and errors in JSON and in YAML."""
    in_json = content_or_fault("t.json", json.dumps(data))
    assert in_json == content_or_fault("t.yaml", yaml.safe_dump(data, sort_keys=False))
    assert isinstance(in_json, str) or in_json


def pattern(name):
    """Return the pattern of all strings that a partly known name may resolve to."""
    parts = name.parts if isinstance(name, Unresolved) else (str(name),)
    return "".join(".*" if isinstance(part, Unknown) else re.escape(part) for part in parts)


def may_be(listed, names):
    """Return whether partly known names may resolve to others that are known better."""
    patterns = [
        "(.*\n)*" if isinstance(name, UnresolvedNames) else pattern(name) + "\n" for name in listed
    ]
    return re.fullmatch("".join(patterns), "".join(f"{name}\n" for name in names))


@given(
    templates(),
    st.sampled_from(["a.example.com", "dev", "0", "b"]),
    st.sampled_from(["", "a.example.com", "dev"]),
)
def test_what_is_read_comes_true(data, plain, blank):
    """For all parameter values, the actual request is one of the variants."""
    defaults = {name: declared.get("Default") for name, declared in data["Parameters"].items()}
    values = defaults | {"Plain": plain, "Blank": blank}
    source = Source("t.json", json.dumps(data))
    try:
        before = registry.read(source)
        after = registry.read(source, Parameters(values))
    except InputError:
        return
    variants = [v.request.names for d in before for v in d.variants if v.request]
    for declaration in after:
        for variant in declaration.variants:
            if variant.request:
                assert any(may_be(names, variant.request.names) for names in variants)


@given(templates(), renderings())
def test_places_lie_in_the_text(data, rendering):
    """Every path has a location inside the text."""
    suffix, render = rendering
    source = Source(f"t{suffix}", render(data))
    try:
        declarations = registry.read(source)
    except InputError:
        return
    for declaration in declarations:
        for variant in declaration.variants:
            assert () in variant.locations
            for place in variant.locations.values():
                for each in filter(None, (place, place.definition)):
                    assert 0 <= each.start < each.end <= len(source.text) or each.start == each.end


@given(
    templates().map(yaml.safe_dump) | st.just(CERTIFICATE) | requests().map(json.dumps),
    st.integers(0, 10_000),
    st.integers(0, 20),
    st.text("{}[]:\"'*&!|>- \t\n\r\0%#,\ud800\ufeffx", max_size=4),
    st.sampled_from(["t.yaml", "t.json", "t.template", "-", "names.txt"]),
)
def test_any_text_is_read_or_refused(text, place, length, junk, name):
    """Any text results in declarations or in a one-line error."""
    place %= len(text)
    broken = text[:place] + junk + text[place + length :]
    error = fault_of(name, broken)
    assert error is None or (error.startswith(name) and "\n" not in error)


@pytest.mark.parametrize(
    ("name", "data", "worth"),
    [
        ("t.yaml", CERTIFICATE.encode(), True),
        ("t.yaml", CERTIFICATE.encode("utf-16"), True),
        ("t.yaml", b"Resources: {A: {Type: AWS::S3::Bucket}}", False),
        ("t.yaml", b"Resources: {A: {Certificate: 'arn:aws:acm:eu-west-1:1:certificate/x'}}", True),
        ("notes.yaml", b"AWS::CertificateManager::Certificate", False),
        ("r.json", b'{"DomainName": "example.com"}', True),
        ("package.json", b'{"name": "example"}', False),
        ("names.txt", b"example.com", True),
        ("-", b"example.com", True),
        ("names.md", b"example.com", False),
    ],
)
def test_worth_reading(name, data, worth):
    """A file without the words of any format is skipped before it is decoded."""
    assert registry.may_contain_certificates(name, data) is worth


def test_every_file_is_read_as_the_input_that_the_user_says_it_is():
    """A member of an API request may be misspelled, so no word decides; other kinds have words."""
    data = b'{"DomianName": "example.com"}'
    assert not registry.may_contain_certificates("r.json", data)
    assert registry.may_contain_certificates("r.json", data, {"api"})
    assert not registry.may_contain_certificates("r.json", data, {"kubernetes"})


@pytest.mark.parametrize(
    ("name", "data", "has_dns", "imports"),
    [
        ("t.yaml", CERTIFICATE.encode(), True, False),
        ("t.yaml", b"Resources: {A: {Type: AWS::Route53::RecordSet}}", True, False),
        ("t.yaml", b"Resources: {A: {Type: AWS::X, Certificate: !Ref Arn}}", True, False),
        ("t.yaml", b"Resources: {A: {Certificate: !ImportValue arn}}", False, True),
        ("t.yaml", b"Resources: {A: {Subnet: !ImportValue subnet}}", False, False),
        ("t.yaml", b"Resources: {A: {Type: AWS::S3::Bucket}}", False, False),
        ("main.tf", b'resource "aws_route53_zone" "z" {}', True, False),
        ("main.tf", b"certificate_arn = var.arn", True, False),
        ("main.tf", b'resource "aws_s3_bucket" "b" {}', False, False),
        ("plan.json", b'{"format_version": "1.0", "type": "aws_route53_record"}', True, False),
    ],
)
def test_what_is_read_for_dns_resources_and_imports(name, data, has_dns, imports):
    """DNS resources and imports have additional words."""
    assert registry.may_contain_certificates(name, data, scope=ReadScope.EVERYTHING) is has_dns
    assert registry.may_contain_imports(name, data) is imports
    assert not registry.may_contain_imports(name, data, {"terraform"})
    assert registry.may_contain_imports(name, data, {"cloudformation"}) is imports


def test_suffixes():
    """Text files are checked when they are named, but not as part of a directory."""
    x509, modules = (".pem", ".crt", ".cer", ".der", ".csr"), (".tf", ".tf.json")
    data = (".yaml", ".yml", ".json", ".template", ".jsonl")
    assert set(registry.WALKED_SUFFIXES) >= {*data, *modules, *x509}
    assert set(registry.NAMED_SUFFIXES) >= {*modules, *x509, ".txt", ".names", "-"}
    assert not {".txt", ".names"}.intersection(registry.WALKED_SUFFIXES)
    assert set(registry.MODULE_SUFFIXES) == {*modules, ".tfvars", ".tfvars.json"}


@pytest.mark.parametrize(
    ("name", "tool", "reader"),
    [
        ("site.yaml", None, "cloudformation"),
        ("requests.jsonl", None, "api"),
        ("infra/main.tf", None, "terraform"),
        ("infra/main.tf.json", None, "terraform"),
        ("plan.json", Tool.TERRAFORM, "cloudformation"),
        ("prod.tfvars", Tool.CLOUDFORMATION, "terraform"),
        ("site.csr", Tool.NAMES, "certificates"),
        ("names.txt", None, "names"),
        ("-", Tool.NAMES, "names"),
        ("-", Tool.TERRAFORM, "terraform"),
        ("-", None, "cloudformation"),
    ],
)
def test_reader_of_a_file(name, tool, reader):
    """The suffix identifies the format of a file; without a known suffix, the tool does."""
    assert registry.reader_of(name, tool).name == reader


@pytest.mark.parametrize("suffix", sorted(registry.WALKED_SUFFIXES))
def test_readers_that_share_a_suffix_share_comments(suffix):
    """The suffix alone determines the syntax of comments."""
    assert len({row.comments for row in registry.READERS if suffix in row.suffixes}) == 1


@pytest.mark.parametrize("tool", Tool)
def test_each_tool_has_a_reader_of_its_name(tool):
    """A tool identifies a reader by its value."""
    assert registry.reader_of("-", tool).name == tool.value


@pytest.mark.parametrize("reader", registry.READERS, ids=lambda reader: reader.name)
def test_comments_of_each_format(reader):
    """Each format has comments that begin with `#`, except for JSON."""
    comment = "a # acmrules: x"
    assert reader.comments_in(Source("text", comment)) == {2}
    if reader.is_structured:
        assert reader.comments_in(Source("t.json", f'{{"{comment}": 1}}')) == set()


def test_files_without_declarations():
    """A file in an unknown format has no declarations."""
    assert registry.read(Source("main.py", "print('AWS::CertificateManager::Certificate')")) == ()
    assert read("Resources: {Topic: {Type: AWS::SNS::Topic}}") == ()
    assert read("[1, 2", "broken.json") == ()


def test_byte_order_mark():
    """A byte order mark does not count as a column."""
    (declaration,) = registry.read(Source("t.json", '\ufeff{"DomainName": "example.com"}'))
    place = declaration.variants[0].location(("names", 0))
    assert declaration.source.range(place.start, place.end).start.column == 17


def test_too_long():
    """A file above the maximum length is rejected first."""
    with pytest.raises(InputError, match="is longer than 10,485,760 characters"):
        registry.read(Source("t.yaml", " " * (registry.LONGEST_TEXT + 1)))


def test_what_only_a_tool_puts_together_is_listed():
    """A service and a composition are listed next to what their files declare."""
    service = (
        "service: x\nprovider: {name: aws}\nresources: ['${file(certificate.yml)}']\n"
        "custom: {customDomain: {domainName: a.io}}\n"
    )
    composition = (
        "apiVersion: apiextensions.crossplane.io/v1\nkind: Composition\n"
        "spec: {base: {apiVersion: acm.aws.upbound.io/v1beta1, kind: Certificate}}\n"
    )
    for text, count in (
        (service, 1),
        (composition, 1),
        (service.replace("resources", "functions"), 0),
    ):
        source = Source("x.yml", text)
        hidden, notes = registry.repetitions(source, registry.read(source), Parameters({}))
        assert (hidden, len(notes)) == ((), count)


def test_an_inventory_may_be_longer_than_other_files(monkeypatch):
    """Its first members say what it is; it has a limit too."""
    monkeypatch.setattr(registry, "LONGEST_TEXT", 300)
    monkeypatch.setattr(registry, "LONGEST_INVENTORY", 400)
    head = '{\n  "acmrules": "0.2.0",\n  "inventory": 1,\n  "responses": []'
    assert registry.read(Source("a.json", f"{head}{' ' * 300}}}")) == ()
    with pytest.raises(InputError, match="is longer than 300 characters"):
        registry.read(Source("a.json", f"{{{' ' * 300}{head[1:]}}}"))
    with pytest.raises(InputError, match="is longer than 400 characters"):
        registry.read(Source("a.json", f"{head}{' ' * 400}}}"))
