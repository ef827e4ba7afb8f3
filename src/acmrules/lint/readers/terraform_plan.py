"""Plans and states of Terraform, as `terraform show -json` prints them, and state files.

What is known only after apply is unknown here too: by the resource that it will come from, where
the plan tells that, otherwise by the attribute that it is to be the value of.
"""

from __future__ import annotations

from acmrules.lint.readers.evaluated import Terraform
from acmrules.lint.readers.fields import Fields
from acmrules.lint.readers.json_tree import JsonTree
from acmrules.lint.readers.places import KEY, Fault, Misfit, Places
from acmrules.lint.readers.terraform_references import (
    Configuration,
    items,
    mapping,
    module_path,
    references,
)
from acmrules.lint.readers.terraform_resources import (
    BALANCERS,
    CERTIFICATE,
    CONSUMERS,
    IDENTITIES,
    IMPORTING,
    RECORD,
    TYPES,
    VALIDATION,
    WORDS,
    ZONE,
    attachments,
    endpoints,
    key_of,
    read_certificate,
    reference,
    surroundings,
    uses,
    validations,
    with_zones,
    zone_of,
)
from acmrules.lint.readers.trees import looks_like_json
from acmrules.lint.readers.uses import consumer_of
from acmrules.lint.source import Document, Source, Unreadable, Variant
from acmrules.request import CertificateRequest, ImportedCertificate, Tool, Unknown, Unresolved

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Container, Iterator
    from typing import NoReturn

    from acmrules.lint.readers.edits import Change
    from acmrules.lint.readers.fields import Found
    from acmrules.lint.readers.places import Data, Pointer, Spots, Step, Tree
    from acmrules.lint.readers.terraform_references import ModulePath, Target
    from acmrules.lint.readers.uses import Use
    from acmrules.lint.source import Parameters
    from acmrules.request import Consumer, Text

    Judged = CertificateRequest | ImportedCertificate
    Values = dict[str, Data]

_COMPUTED = frozenset(
    (
        WORDS.domain_name,
        WORDS.alternatives,
        WORDS.method,
        WORDS.algorithm,
        "ownership_verification_certificate_arn",
        "region",
    )
)
"""Attributes that the provider fills in where the configuration leaves them out."""


def read(source: Source, parameters: Parameters) -> tuple[Document, ...] | None:
    """Return the certificates and consumers of a plan or a state; `None` if the text is neither.

    Raises `Unreadable`.
    """
    if not looks_like_json(source.text) or source.name.endswith((".yaml", ".yml")):
        return None
    tree = _Tree(source)
    data = mapping(tree.data)
    if "format_version" in data:
        major = str(data["format_version"]).partition(".")[0]
        if not _MEMBERS.intersection(data):
            return None
        if major not in _MAJOR_VERSIONS:
            fault = f"has format version `{data['format_version']}`, which is not known"
            raise Unreadable(source.name, fault)
    elif "lineage" not in data:
        return None
    try:
        return tuple(_Plan(tree, parameters).documents())
    except Fault as fault:
        raise fault.unreadable(tree) from None
    except RecursionError:
        raise Unreadable(source.name, "is nested too deeply") from None


_MEMBERS = frozenset(("resource_changes", "planned_values", "values"))
_MAJOR_VERSIONS = ("0", "1")


class _Tree(JsonTree):
    """A plan, in which what it leaves out stands where the rest of it does."""

    __slots__ = ()

    EDITS = __name__

    def place(self, pointer: Pointer) -> tuple[int, int]:
        """Return where a value stands, or else what is around it."""
        while True:
            try:
                return super().place(pointer)
            except (LookupError, ValueError):
                pointer = pointer[:-1]


def written(tree: Tree, change: Change) -> NoReturn:
    """Refuse to change a plan or a state: they are made, and to edit them changes nothing."""
    from acmrules.lint.readers.edits import Refused

    del tree, change
    raise Refused("it is made by Terraform: mend the configuration")


class _Instance:
    """An instance of a resource as it will be; no `Value`, as there are thousands to a plan.

    `before` are its values of today where they are to change, `fields` those to come, as far as
    they are known. `unknown` and `sensitive` mark the values that are that, as a plan does;
    `secrets` lead to those that are not to be shown.
    """

    __slots__ = (
        "address",
        "before",
        "configured",
        "create_before_destroy",
        "fields",
        "key",
        "kind",
        "name",
        "path",
        "pointer",
        "secrets",
        "sensitive",
        "unknown",
        "values",
    )

    def __init__(
        self,
        entry: Values,
        address: str,
        module: str,
        pointer: Pointer,
        values: Values,
        sensitive: Data,
    ) -> None:
        self.address = address
        self.kind = str(entry["type"])
        self.name = str(entry.get("name"))
        self.key = key_of(address)
        self.path: ModulePath = module_path(module)
        self.pointer = pointer
        self.values = values
        self.unknown: Data = None
        self.sensitive = sensitive
        self.secrets = [*_secrets(values, sensitive, pointer)]
        self.before: Values | None = None
        # What is not replaced is not destroyed first.
        self.create_before_destroy = True
        self.configured: Values = {}
        self.fields = Fields(Terraform(), values, pointer)


# What the formats hold ----------------------------------------------------------------------------


def _instances(data: Values, types: Container[str]) -> Iterator[_Instance]:
    """Yield the instances of a plan or a state that mean anything here; raises `Misfit`."""
    if "lineage" in data:
        yield from _of_state_file(data, types)
        return
    changes = data.get("resource_changes")
    for entry, pointer in _entries(changes, ("resource_changes",), ("managed",), types):
        yield from _of_change(entry, pointer)
    root = mapping(data.get("values")).get("root_module")
    yield from _of_module(root, ("values", "root_module"), ("managed", "data"), types)
    # What is managed is among the changes; what was looked up is not.
    root = mapping(mapping(data.get("prior_state")).get("values")).get("root_module")
    yield from _of_module(root, ("prior_state", "values", "root_module"), ("data",), types)


def _entries(
    data: Data, pointer: Pointer, modes: tuple[str, ...], types: Container[str]
) -> Iterator[tuple[Values, Pointer]]:
    """Yield the resources of a list that mean anything here, with the ways to them."""
    if data is not None and type(data) is not list:
        raise Misfit.of(pointer, data, "a list")
    for index, item in enumerate(data or ()):
        entry = mapping(item)
        kind, mode = entry.get("type"), entry.get("mode")
        wanted = types if mode == "managed" else (ZONE,)
        if isinstance(kind, str) and kind in wanted and mode in modes:
            yield entry, (*pointer, index)


def _of_change(entry: Values, pointer: Pointer) -> Iterator[_Instance]:
    address = _member(entry, "address", pointer, str)
    change = _member(entry, "change", pointer, dict)
    if change.get("after") is None or "deposed" in entry:
        return
    here = (*pointer, "change", "after")
    after = _member(change, "after", here[:-1], dict)
    module = str(entry.get("module_address") or "")
    instance = _Instance(entry, address, module, here, after, change.get("after_sensitive"))
    instance.unknown = change.get("after_unknown")
    sensitive, there = change.get("before_sensitive"), (*pointer, "change", "before")
    instance.secrets += _secrets(change.get("before"), sensitive, there)
    actions = tuple(map(str, items(change.get("actions"))))
    instance.create_before_destroy = actions != ("delete", "create")
    if actions != ("no-op",) and type(change.get("before")) is dict:
        label = f"prior {address}"
        marked = _marked(change["before"], None, sensitive, [], label, lambda _: "")
        instance.before = marked if type(marked) is dict else None
    yield instance


def _of_module(
    data: Data, pointer: Pointer, modes: tuple[str, ...], types: Container[str]
) -> Iterator[_Instance]:
    module = mapping(data)
    name = str(module.get("address") or "")
    for entry, here in _entries(module.get("resources"), (*pointer, "resources"), modes, types):
        values = _member(entry, "values", here, dict)
        address = _member(entry, "address", here, str)
        sensitive = entry.get("sensitive_values")
        yield _Instance(entry, address, name, (*here, "values"), values, sensitive)
    for index, child in enumerate(items(module.get("child_modules"))):
        yield from _of_module(child, (*pointer, "child_modules", index), modes, types)


def _of_state_file(data: Values, types: Container[str]) -> Iterator[_Instance]:
    modes = ("managed", "data")
    for entry, pointer in _entries(data.get("resources"), ("resources",), modes, types):
        module = str(entry.get("module") or "")
        mode = "data." if entry["mode"] == "data" else ""
        whole = f"{module}{'.' * bool(module)}{mode}{entry['type']}.{entry.get('name')}"
        for index, each in enumerate(items(entry.get("instances"))):
            here = (*pointer, "instances", index)
            key = mapping(each).get("index_key")
            values = _member(mapping(each), "attributes", here, dict)
            address = whole if key is None else f"{whole}[{_quoted(key)}]"
            # Each is a way to a value, in steps.
            ways = [items(way) for way in items(mapping(each).get("sensitive_attributes"))]
            sensitive = {str(mapping(way[0]).get("value")): True for way in ways if way}
            yield _Instance(entry, address, module, (*here, "attributes"), values, sensitive)


def _quoted(key: Data) -> str:
    from json import dumps

    return dumps(key, ensure_ascii=False)


def _member(data: Values, member: str, pointer: Pointer, kind: type) -> Data:
    if type(data.get(member)) is not kind:
        wanted = "a text" if kind is str else "a mapping"
        raise Misfit.of((*pointer, member), data.get(member), wanted)
    return data[member]


# What is not shown --------------------------------------------------------------------------------


def _secrets(data: Data, sensitive: Data, pointer: Pointer) -> Iterator[Pointer]:
    """Yield the ways to the values that are sensitive."""
    if sensitive is True:
        yield pointer
        return
    inside: list[tuple[Step, Data, Data]] = [
        *((key, mapping(data).get(key), flag) for key, flag in mapping(sensitive).items()),
        *((index, _at(data, index), flag) for index, flag in enumerate(items(sensitive))),
    ]
    for step, value, flag in inside:
        if value is not None:
            yield from _secrets(value, flag, (*pointer, step))


def _without(tree: JsonTree, secrets: list[Pointer]) -> Source:
    """Return the text with asterisks for what is sensitive: an excerpt may show what is near."""
    text, place = tree.source.text, 0
    pieces: list[str] = []
    for start, end in sorted(map(tree.place, secrets)):
        hidden = "".join(sign if sign in "\r\n" else "*" for sign in text[start:end])
        pieces += text[place:start], hidden
        place = max(place, end)
    return Source(tree.source.name, "".join([*pieces, text[place:]])) if secrets else tree.source


# What is known ------------------------------------------------------------------------------------


def _marked(
    data: Data,
    unknown: Data,
    sensitive: Data,
    expressions: list[Data],
    label: str,
    target: Callable[[list[Data]], str],
) -> Data:
    """Return data in which what is not known, or not to be shown, is `Unknown`.

    `expressions` are those of the configuration that the data may be the value of; `target` tells
    what they refer to, empty where there is no telling.
    """
    if unknown is True:
        return Unknown(target(expressions) or label)
    if sensitive is True and data is not None:
        return Unknown(label)
    if type(data) is dict or (data is None and type(unknown) is dict):
        inside, flags, secrets = mapping(data), mapping(unknown), mapping(sensitive)
        marked = {}
        for key in (*inside, *(key for key in flags if key not in inside)):
            given = [*_of_member(expressions, key)]
            if expressions and not given and key in _COMPUTED and flags.get(key) is True:
                continue
            marked[key] = _marked(
                inside.get(key),
                flags.get(key),
                secrets.get(key),
                given,
                f"{label}.{key}",
                target,
            )
        return marked
    if type(data) is list or (data is None and type(unknown) is list):
        count = max(len(items(data)), len(items(unknown)))
        return [
            _marked(
                item,
                _at(unknown, index),
                _at(sensitive, index),
                [*_of_item(expressions, item, count)],
                f"{label}[{index}]",
                target,
            )
            for index, item in enumerate(_at(data, index) for index in range(count))
        ]
    return data


def _at(data: Data, index: int) -> Data:
    found = items(data)
    return found[index] if index < len(found) else None


def _of_member(expressions: list[Data], key: str) -> Iterator[Data]:
    """Yield the expressions of a member, of those that a mapping may be the value of."""
    for each in expressions:
        if type(each) is dict and (key in each or _is_expression(each)):
            yield each if _is_expression(each) else each[key]


def _of_item(expressions: list[Data], item: Data, count: int) -> Iterator[Data]:
    """Yield the expressions of an item, of those that a list of so many may be the value of.

    Blocks of a set stand in an order of their own, and those that are made by a `dynamic` block
    are not in the configuration.
    """
    yield from (each for each in expressions if type(each) is dict and _is_expression(each))
    blocks = [block for each in expressions for block in items(each)]
    if len(blocks) == count:
        yield from (block for block in blocks if _may_be(item, mapping(block)))


def _is_expression(data: Values) -> bool:
    return "references" in data or "constant_value" in data


def _may_be(item: Data, block: Values) -> bool:
    """Say whether an item may be what a block says, going by the constants in it."""
    for key, value in mapping(item).items():
        constant = mapping(block.get(key)).get("constant_value")
        if constant is not None and _text(constant) != _text(value):
            return False
    return True


def _text(value: Data) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)


# The documents ------------------------------------------------------------------------------------


class _Plan:
    """A plan or a state, and the documents it comes to: a certificate, or a consumer alone."""

    def __init__(self, tree: JsonTree, parameters: Parameters) -> None:
        """Raise `Misfit`."""
        data = mapping(tree.data)
        self._tree = tree
        self._given_region = parameters.region
        deferred = frozenset(
            f"{entry.get('type')}.{entry.get('name')}"
            for entry in map(mapping, items(data.get("resource_changes")))
            if entry.get("mode") == "data"
        )
        self._configuration = Configuration(data.get("configuration"), deferred)
        self._keeps_certificates = not self._configuration.hands_on(
            {*CONSUMERS, CERTIFICATE, VALIDATION, RECORD}
        )
        self._looks_around = parameters.around
        types = TYPES | BALANCERS if parameters.around else TYPES
        self._instances = list(_instances(data, types))
        self._source = _without(tree, [way for each in self._instances for way in each.secrets])
        self._blocks: dict[tuple[tuple[str, ...], str, str], list[_Instance]] = {}
        for instance in self._instances:
            names = tuple(name for name, _ in instance.path)
            self._blocks.setdefault((names, instance.kind, instance.name), []).append(instance)
        for instance in self._instances:
            self._settle(instance)
        self._certificates = {
            instance.address: instance
            for instance in self._instances
            if instance.kind == CERTIFICATE
        }
        self._by_arn = {
            instance.fields.literal("arn"): address
            for address, instance in self._certificates.items()
        }
        resources = [(each.kind, each.address, each.fields) for each in self._instances]
        records = (
            [(each.address, each.fields) for each in self._instances if each.kind == RECORD]
            if parameters.around
            else ()
        )
        self._around = surroundings(resources, records)
        self._balancers = {
            each.fields.literal("arn"): (each.address, each.fields)
            for each in self._instances
            if each.kind in BALANCERS
        }
        self._attached = attachments(resources)
        self._validated = validations(resources)
        self._zones = self._validation_zones()
        self._uses: dict[str, list[tuple[str | None, Use]]] = {}
        self._users: dict[str, list[tuple[_Instance, Use]]] = {}
        for instance in self._instances:
            if instance.kind in CONSUMERS:
                self._uses[instance.address] = self._used_by(instance)
                for address, use in self._uses[instance.address]:
                    if address:
                        self._users.setdefault(address, []).append((instance, use))

    def documents(self) -> Iterator[Document]:
        """Yield the documents in the order of the file; raises `Misfit`."""
        is_alone = self._looks_around and self._around.is_something
        for instance in self._instances:
            if instance.kind == CERTIFICATE:
                is_alone = False
                yield self._certificate(instance)
            elif others := [use for to, use in self._uses.get(instance.address, ()) if not to]:
                is_alone = False
                yield self._document(instance, None, [(instance, use) for use in others], {})
        if is_alone:
            variant = self._variant(None, (), {(): ((), None)})
            yield Document(self._source, Tool.TERRAFORM, "", (variant,))

    def _certificate(self, instance: _Instance) -> Document:
        spots: Spots = {}
        users = self._users.get(instance.address, [])
        judged = self._judged(instance, instance.fields.data, spots)
        issued = None
        if isinstance(judged, CertificateRequest):
            asked = len(judged.validation_options)
            judged = with_zones(judged, self._zones.get(instance.address, {}), spots)
            was = instance.before and self._judged(instance, instance.before, {})
            if isinstance(was, CertificateRequest):
                # The zones are no part of what was asked: they are the same on both sides.
                options = was.validation_options + judged.validation_options[asked:]
                issued = was.__replace__(validation_options=options)
        return self._document(instance, judged, users, spots, issued)

    def _judged(self, instance: _Instance, values: Values, spots: Spots) -> Judged:
        values = dict(values)
        imported = any(values.get(member) not in (None, "") for member in IMPORTING)
        if imported or values.get("type") == "IMPORTED":
            return ImportedCertificate(instance.create_before_destroy)
        # The provider adds the first name to the others, which nobody has written.
        others, first = values.get(WORDS.alternatives), values.get(WORDS.domain_name)
        if type(others) is list:
            values[WORDS.alternatives] = [None if name == first else name for name in others]
        if values.get(WORDS.authority) and "options" not in self._expressions(instance):
            values.pop("options", None)
        return read_certificate(
            Fields(Terraform(), values, instance.pointer),
            spots,
            self._region(instance),
            create_before_destroy=instance.create_before_destroy,
        )

    def _document(
        self,
        instance: _Instance,
        judged: Judged | None,
        users: list[tuple[_Instance, Use]],
        spots: Spots,
        issued: CertificateRequest | None = None,
    ) -> Document:
        spots[()] = (*instance.pointer, KEY), None
        consumers = tuple(
            consumer_of(
                use,
                user.address,
                index,
                certificate=instance.address if judged else None,
                region=self._region(user),
                spots=spots,
                head=(*user.pointer, KEY),
            )
            for index, (user, use) in enumerate(users)
        )
        if self._looks_around:
            consumers = tuple(
                consumer.__replace__(endpoints=self._endpoints(user))
                for consumer, (user, _) in zip(consumers, users, strict=True)
            )
        known = self._keeps_certificates and all(user.hosts_known for user in consumers)
        variant = self._variant(judged, consumers, spots).__replace__(
            issued=issued, all_consumers_known=bool(judged and consumers) and known
        )
        arn = instance.fields.literal("arn") if judged else ""
        known_as = (arn,) if arn else ()
        return Document(
            self._source, Tool.TERRAFORM, instance.address, (variant,), known_as=known_as
        )

    def _variant(
        self, judged: Judged | None, consumers: tuple[Consumer, ...], spots: Spots
    ) -> Variant:
        around = self._around
        return Variant(
            judged if isinstance(judged, CertificateRequest) else None,
            consumers,
            Places(self._tree, spots, around.spots),
            around.zones,
            around.caa,
            imported=judged if isinstance(judged, ImportedCertificate) else None,
            records=around.records,
        )

    def _endpoints(self, user: _Instance) -> tuple[str, ...]:
        return endpoints(user.kind, user.address, user.fields, self._attached, self._balancers)

    # What belongs together

    def _used_by(self, instance: _Instance) -> list[tuple[str | None, Use]]:
        """Return how a resource uses certificates, each with its address if it is of this file."""
        try:
            used = list(uses(instance.kind, instance.address, instance.fields, self._attached))
        except Misfit:
            return []  # what it is meant to be is for others to say
        return [(self._address(use.certificate[0]), use) for use in used]

    def _address(self, arn: Text) -> str | None:
        if isinstance(arn, str):
            return self._by_arn.get(arn)
        found = reference(arn, self._validated)
        return str(found) if found and str(found) in self._certificates else None

    def _validation_zones(self) -> dict[str, dict[str, Found | None]]:
        """Return the zones in which names are validated, by the certificate and the name."""
        names: dict[str, dict[str, str]] = {address: {} for address in self._certificates}
        written: dict[str, tuple[str, str]] = {}
        for address, instance in self._certificates.items():
            for option in map(mapping, items(instance.values.get(_OPTIONS))):
                name, record = option.get("domain_name"), option.get("resource_record_name")
                if isinstance(name, str):
                    names[address][_quoted(name)] = name.removeprefix("*.")
                    if isinstance(record, str):
                        written[record.rstrip(".")] = address, _quoted(name)
        zones: dict[str, dict[str, Found | None]] = {}
        for record in self._instances:
            zone = zone_of(record.fields) if record.kind == RECORD else None
            if zone is None:
                continue
            name = str(record.values.get("name")).rstrip(".")
            address, key = written.get(name) or (self._validated_by(record), record.key)
            if address:
                known = zones.setdefault(address, {})
                stem = names[address].get(key, "")
                other = known.setdefault(stem, zone)
                if other and other[0] != zone[0]:
                    known[stem] = None
        return zones

    def _validated_by(self, record: _Instance) -> str:
        """Return the address of the certificate whose validation a record, not yet made, is."""
        found = self._configuration.target(
            record.path, record.configured, [self._expressions(record).get("name")]
        )
        if found and found.kind == CERTIFICATE and found.attribute in ("", _OPTIONS):
            certificate = self._only(found, record)
            return certificate.address if certificate else ""
        return ""

    # What is known

    def _settle(self, instance: _Instance) -> None:
        """Look an instance up in the configuration, and mark what of it is not known."""
        instance.configured = self._configuration.resource(
            instance.path, instance.kind, instance.name
        )
        values = _marked(
            instance.values,
            instance.unknown,
            instance.sensitive,
            [self._expressions(instance)] if instance.configured else [],
            instance.address,
            lambda expressions: self._origin(instance, expressions),
        )
        instance.fields = Fields(Terraform(), mapping(values), instance.pointer)

    def _expressions(self, instance: _Instance) -> Values:
        return mapping(instance.configured.get("expressions"))

    def _origin(self, instance: _Instance, expressions: list[Data]) -> str:
        """Return what a value that is not known will be the identity of, empty if not that."""
        found = self._configuration.target(instance.path, instance.configured, expressions)
        if found is None:
            return ""
        if found.kind not in IDENTITIES:
            other = self._only(found, instance) if self._looks_around else None
            return f"{other.address}.{found.attribute or 'id'}" if other else ""
        if found.attribute not in ("", *IDENTITIES[found.kind]):
            return ""
        other = self._only(found, instance)
        return f"{other.address}.{IDENTITIES[found.kind][0]}" if other else ""

    def _only(self, target: Target, user: _Instance) -> _Instance | None:
        """Return the one instance that a resource refers to, `None` if there is a choice."""
        names = tuple(name for name, _ in target.path)
        found = [
            each
            for each in self._blocks.get((names, target.kind, target.name), ())
            if target.key in ("", each.key)
            and all(
                wanted in ("", key)
                for (_, wanted), (_, key) in zip(target.path, each.path, strict=True)
            )
        ]
        if len(found) > 1 and not target.attribute:
            # The plan leaves out the key where that is `each.key` or `count.index`.
            found = [each for each in found if each.key == user.key]
        return found[0] if len(found) == 1 else None

    def _region(self, instance: _Instance) -> Text | None:
        """Return the Region of a resource: its own, that of its ARN, or its provider's."""
        own = instance.fields.text("region")
        if own and own[0]:
            return own[0]
        arn = instance.fields.literal("arn").split(":")
        if len(arn) > _REGION_OF_ARN and arn[_REGION_OF_ARN]:
            return arn[_REGION_OF_ARN]
        expression = self._configuration.provider_region(instance.configured)
        constant = expression.get("constant_value")
        if isinstance(constant, str):
            return constant
        if self._given_region is None:
            for name in references(expression):
                return Unresolved((Unknown(f"${{{name}}}"),))
        return self._given_region


_OPTIONS = "domain_validation_options"
_REGION_OF_ARN = 3
