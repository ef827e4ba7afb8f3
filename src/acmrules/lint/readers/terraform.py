"""Terraform configurations: a folder is one module, read with the modules that it calls."""

from __future__ import annotations

import re
from bisect import bisect_right

from acmrules.lint.readers import hcl_tree
from acmrules.lint.readers.branches import ROOT, explored
from acmrules.lint.readers.fields import Fields
from acmrules.lint.readers.places import KEY, Fault, Misfit, Places
from acmrules.lint.readers.terraform_expressions import evaluate
from acmrules.lint.readers.terraform_module import Call, Module, World, lifecycle_of, noted
from acmrules.lint.readers.terraform_resources import (
    CERTIFICATE,
    CONSUMERS,
    KINDS,
    RECORD,
    TYPES,
    VALIDATION,
    WORDS,
    ZONE,
    attachments,
    read_certificate,
    reference,
    steps,
    surroundings,
    uses,
    with_zones,
    zone_of,
)
from acmrules.lint.readers.terraform_values import ORIGIN, Given, Node
from acmrules.lint.readers.uses import consumer_of
from acmrules.lint.source import Document, Place, Source, Unreadable, Variant
from acmrules.request import CertificateRequest, Tool

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from acmrules.lint.readers.branches import State
    from acmrules.lint.readers.fields import Found
    from acmrules.lint.readers.hcl_tree import Block
    from acmrules.lint.readers.places import Data, Pointer, Spots
    from acmrules.lint.readers.surroundings import Surroundings
    from acmrules.lint.readers.terraform_module import Instance, Member, Name
    from acmrules.lint.readers.terraform_resources import Attached, Reference
    from acmrules.lint.readers.uses import Use
    from acmrules.lint.source import Parameters
    from acmrules.request import Consumer, Path, Text

    Load = Callable[[str], Iterable[Source | Unreadable]]
    """What gives the files of a folder that Terraform itself loads."""

_WORDS = (CERTIFICATE, ":acm:")
_LOCAL_SOURCE = re.compile(r"\"?source\"?\s*[=:]\s*\"(\.\.?/[^\"]*)\"")
_NATURAL = "natural"
"""First step of the way to what stands around a certificate, which follows natural answers."""

_VALIDATED = ".domain_validation_options"
_OF_VARIABLES = (".tfvars", ".tfvars.json")
_VALIDATION_OPTIONS = re.compile(
    rf"\b{CERTIFICATE}\.([\w-]+)(\[(?:\d+|\"[^\"]*\")\])?[^.]*\.domain_validation_options"
)
_MENTION = re.compile(rf"(?<!data\.)\b{CERTIFICATE}(?:_validation)?\.[\w-]+")


def read(source: Source, parameters: Parameters) -> tuple[Document, ...] | None:
    """Return the certificates and consumers of a file, read as a module of its own.

    Returns `None` if it holds none. Raises `Unreadable`.
    """
    configuration = Configuration(lambda folder: [] if folder else [source], parameters)
    documents = configuration.documents("")
    for unreadable in configuration.unreadable.values():
        raise unreadable
    return documents or None


class Configuration:
    """The modules of one run, each parsed once; `unreadable` are the files that cannot be read."""

    def __init__(self, load: Load, parameters: Parameters) -> None:
        self._load = load
        self._parameters = parameters
        self._sources: dict[str, list[Source]] = {}
        self._modules: dict[str, Module] = {}
        self.unreadable: dict[str, Unreadable] = {}

    def roots(self, folders: Iterable[str]) -> list[str]:
        """Return those of some folders whose modules none of the others calls."""
        worth = [folder for folder in sorted(folders) if self._is_worth_reading(folder, set())]
        called = set[str]()
        for folder in worth:
            if folder not in called:
                calls = [call.module.folder for call in self._called(folder).all()]
                called.update(calls[1:])
        return [folder for folder in worth if folder not in called]

    def documents(self, root: str) -> tuple[Document, ...]:
        """Return the certificates and consumers of a module and of those that it calls."""
        return tuple(_Root(self._called(root), self._parameters, self.unreadable).documents())

    def _is_worth_reading(self, folder: str, seen: set[str]) -> bool:
        """Say whether a module, or one that it may call, holds the words of a certificate."""
        if folder in seen:
            return False
        seen.add(folder)
        texts = [source.text for source in self._sources_of(folder)]
        if any(word in text for word in _WORDS for text in texts):
            return True
        local = {path for text in texts for path in _LOCAL_SOURCE.findall(text)}
        return any(self._is_worth_reading(_joined(folder, path), seen) for path in sorted(local))

    def _sources_of(self, folder: str) -> list[Source]:
        if folder not in self._sources:
            self._sources[folder] = []
            for found in self._load(folder):
                if isinstance(found, Source):
                    self._sources[folder].append(found)
                else:
                    self.unreadable[found.name] = found
        return self._sources[folder]

    def _module(self, folder: str) -> Module:
        if folder not in self._modules:
            module = self._modules[folder] = Module(folder)
            for source in self._sources_of(folder):
                try:
                    module.add(hcl_tree.parse(source))
                except Unreadable as error:
                    self.unreadable[source.name] = error.with_traceback(None)
        return self._modules[folder]

    def _called(self, folder: str) -> Call:
        """Return a module with the local modules that it calls, as far as they are no circle."""
        root = Call(self._module(folder))
        pending = [root]
        while pending:
            call = pending.pop()
            for name, block in call.module.calls.items():
                try:
                    path = _source(block)
                except Unreadable as error:
                    self.unreadable[block.source.name] = error.with_traceback(None)
                    continue
                inside = path and _joined(call.module.folder, path)
                if inside and inside not in call.folders() and self._sources_of(inside):
                    made = call.calls[name] = Call(self._module(inside), call, name, block)
                    pending.append(made)
        return root


def _source(block: Block) -> str:
    """Return the path of a module that is called, the empty text where it is not a local one."""
    argument = block.body.attributes.get("source")
    written = argument.value.written if argument else ""
    return written if written.startswith(("./", "../")) else ""


def _joined(folder: str, path: str) -> str:
    """Return a path as it is seen from where the folder is seen from."""
    steps = folder.split("/") if folder else []
    for step in path.split("/"):
        if step == ".." and steps and steps[-1] not in {"..", ""}:
            steps.pop()
        elif step not in {"", "."}:
            steps.append(step)
    return "/".join(steps)


class _Declared:
    """A resource as declared, and the call of the module it is declared in."""

    def __init__(self, call: Call, name: Name, block: Block, prefix: str = "") -> None:
        self.call = call
        self.kind = name[0]
        self.name = prefix + ".".join(name)
        self.block = block
        self.address = call.address + self.name


class _Tree:
    """The resources of a world, in which `KEY` and `ORIGIN` lead to where they say."""

    EDITS = "acmrules.lint.readers.hcl_edits"

    def __init__(self, source: Source, nodes: dict[str, Node]) -> None:
        self.source = source
        self.data = nodes

    def node(self, pointer: Pointer) -> Node:
        """Return the value that a pointer leads to."""
        node = self.data[str(pointer[0])]
        for step in pointer[1:]:
            if step == ORIGIN:
                node = node.origin or node
            elif step != KEY:
                value: Data = node.value
                node = value[step] if type(value) in {dict, list} else node
        return node

    def place(self, pointer: Pointer) -> tuple[int, int]:
        """Return where a value stands, a text without its quotes."""
        node = self.node(pointer)
        return node.key if pointer[-1] == KEY and node.key else (node.start, node.end)


class _Places(Places):
    """Places in any of the files of a module and of those that it calls."""

    __slots__ = ()

    def __getitem__(self, path: Path) -> Place:
        pointer, origin = self.spot(path)
        tree = self.tree
        definition = None
        if origin is not None and origin.pointer is not None:
            there = tree.node(origin.pointer)  # type: ignore[attr-defined]
            if there.source.name:
                definition = Place(there.start, there.end, None, "", there.source)
        source: Source = tree.node(pointer).source  # type: ignore[attr-defined]
        return Place(*tree.place(pointer), definition, origin.note if origin else "", source)


class _Root:
    """A root module, and the documents it comes to: a certificate, or a consumer alone."""

    def __init__(
        self, root: Call, parameters: Parameters, unreadable: dict[str, Unreadable]
    ) -> None:
        self._root = root
        self._region = parameters.region
        self._unreadable = unreadable
        self._worlds: dict[State, World] = {}
        self._values = _fixed_values(root.module, parameters)
        self._declared = [
            _Declared(call, name, block)
            for call in root.all()
            for name, block in call.module.resources.items()
            if name[0] in TYPES
        ]
        self._certificates = {each.address for each in self._declared if each.kind == CERTIFICATE}
        self._users: dict[str, list[_Declared]] = {}
        self._alone: dict[str, Document] = {}
        self._mentions = _Mentions()

    def documents(self) -> Iterator[Document]:
        """Yield the documents, module by module in the order of the files."""
        if not self._certificates and not any(each.kind in CONSUMERS for each in self._declared):
            return
        self._natural = World(self._root, self._values, self._region, ROOT, peeking=True)
        self._around, self._attached, self._zones = self._surroundings()
        for declared in self._declared:
            if declared.kind in CONSUMERS:
                self._guarded(self._consumer, declared)
        for declared in self._declared:
            if declared.kind == CERTIFICATE:
                yield from filter(None, [self._guarded(self._certificate, declared)])
            elif declared.address in self._alone:
                yield self._alone[declared.address]

    def _guarded(
        self, read_one: Callable[[_Declared], Document | None], declared: _Declared
    ) -> Document | None:
        """Read one resource; what cannot be read keeps the others from nothing."""
        try:
            return read_one(declared)
        except Unreadable as error:
            unreadable = error.with_traceback(None)
        except Fault as fault:
            block = declared.block
            where = block.source.position(block.start)
            fault_text = f"`{declared.address}` {fault.fault}"
            way = ".".join(str(step) for step in fault.pointer[1:] if step not in {KEY, ORIGIN})
            if way:
                fault_text = f"`{way}` of {fault_text}"
            unreadable = Unreadable(block.source.name, fault_text, where)
        except RecursionError:
            unreadable = Unreadable(declared.block.source.name, "leads on too deeply")
        self._unreadable.setdefault(unreadable.name, unreadable)
        return None

    # Documents

    def _certificate(self, declared: _Declared) -> Document | None:
        users = self._users.get(declared.address, [])

        def build(state: State) -> dict[str, Variant]:
            world = self._world(state)
            return {
                member.within.address: self._variant(world, declared, member, users)
                for member in self._members(world, declared)
            }

        return self._document(declared, build)

    def _consumer(self, declared: _Declared) -> None:
        """Find out which certificates a resource may use, and how it uses others."""

        def build(state: State) -> dict[str, Variant]:
            world = self._world(state)
            variants = {}
            for member in self._members(world, declared):
                spots: Spots = {(): ((member.within.address, KEY), None)}
                consumers: list[Consumer] = []
                for use, target in self._uses(declared, member, world):
                    if target is None:
                        consumers.append(
                            self._as_consumer(use, declared, member, len(consumers), spots)
                        )
                    else:
                        users = self._users.setdefault(_without_keys(target.address), [])
                        users += [declared] * (declared not in users)
                if consumers:
                    variants[member.within.address] = Variant(
                        None,
                        tuple(consumers),
                        self._places(world, declared, spots),
                        self._around.zones,
                        self._around.caa,
                    )
            return variants

        document = self._document(declared, build)
        if document:
            self._alone[declared.address] = document

    def _document(
        self, declared: _Declared, build: Callable[[State], dict[str, Variant]]
    ) -> Document | None:
        found, complete = explored(build)
        variants = tuple(_worded(found))
        if variants:
            bounded = f"only {len(variants)} combinations of the conditions were judged"
            return Document(
                declared.block.source,
                Tool.TERRAFORM,
                declared.address,
                variants,
                "" if complete else bounded,
            )
        if not complete and declared.kind == CERTIFICATE:
            raise Misfit((), "depends on more combinations of conditions than can be told apart")
        return None

    def _variant(
        self, world: World, declared: _Declared, member: Member, users: list[_Declared]
    ) -> Variant:
        """Return a certificate as a world has it."""
        address = member.within.address
        head = (address, KEY)
        spots: Spots = {(): (head, None)}
        fields = Fields(Given(), world.nodes[address], (address,))
        read_one = read_certificate(
            fields,
            spots,
            _region(declared, member),
            create_before_destroy=_creates_first(declared.block, member),
        )
        consumers: list[Consumer] = []
        understood = set[str]()
        for user in users:
            for other in self._members(world, user):
                understood.add(user.name)
                for use, target in self._uses(user, other, world):
                    if target is not None and target.fits(address):
                        consumer = self._as_consumer(
                            use, user, other, len(consumers), spots, address
                        )
                        consumers.append(consumer)
        known = bool(consumers) and all(consumer.hosts_known for consumer in consumers)
        request = read_one if isinstance(read_one, CertificateRequest) else None
        if request is not None:
            whole = f"{_without_keys(address)}{_last_key(address)}"
            zones = self._zones.get(whole) or self._zones.get(declared.address, {})
            request = with_zones(request, zones, spots)
        return Variant(
            request,
            tuple(consumers),
            self._places(world, declared, spots),
            self._around.zones,
            self._around.caa,
            "",
            known and self._mentions.only_in(declared, understood),
            None,
            None if isinstance(read_one, CertificateRequest) else read_one,
        )

    def _as_consumer(
        self,
        use: Use,
        declared: _Declared,
        member: Member,
        index: int,
        spots: Spots,
        certificate: str | None = None,
    ) -> Consumer:
        return consumer_of(
            use,
            declared.address,
            index,
            certificate=certificate,
            region=_region(declared, member),
            spots=spots,
            head=(member.within.address, KEY),
        )

    def _uses(
        self, declared: _Declared, member: Member, world: World
    ) -> Iterator[tuple[Use, Reference | None]]:
        """Yield how a resource uses certificates, each with the one that is declared here."""
        address = member.within.address
        fields = Fields(Given(), world.nodes[address], (address,))
        try:
            for use in uses(declared.kind, address, fields, self._attached):
                target = reference(use.certificate[0])
                declared_here = target and _without_keys(target.address)
                here = target is not None and declared_here in self._certificates
                yield use, (target if here else None)
        except Misfit:
            return  # what it is meant to be is for others to say

    def _places(self, world: World, declared: _Declared, spots: Spots) -> _Places:
        tree = _Tree(declared.block.source, world.nodes)
        return _Places(tree, spots, self._around.spots, WORDS)

    # Worlds

    def _world(self, state: State) -> World:
        if state not in self._worlds:
            world = World(self._root, self._values, self._region, state)
            world.nodes[_NATURAL] = Node(self._natural.nodes, self._empty, 0, 0)
            self._worlds[state] = world
        return self._worlds[state]

    _empty = Source("", "")

    def _members(self, world: World, declared: _Declared) -> list[Member]:
        return world.members(declared.call, declared.name, declared.block)

    # What stands around

    def _surroundings(self) -> tuple[Surroundings, Attached, dict[str, dict[str, Found]]]:
        """Return zones and CAA records, listeners with their rules, and zones of validations."""
        looked_up = [
            _Declared(call, name, block, "data.")
            for call in self._root.all()
            for name, block in call.module.data.items()
            if name[0] == ZONE
        ]
        resources: list[tuple[str, str, Fields]] = []
        records: list[tuple[str, Fields]] = []
        for declared in (*self._declared, *looked_up):
            if declared.kind in KINDS or declared.kind in {CERTIFICATE, VALIDATION}:
                continue
            try:
                certificates = _validated_by(declared)
                for address in self._natural_addresses(declared, single=bool(certificates)):
                    node = self._natural.nodes[address]
                    fields = Fields(Given(), node, (_NATURAL, address))
                    records += [(certificate, fields) for certificate in certificates]
                    if not certificates:
                        resources.append((declared.kind, address, fields))
            except (Unreadable, Fault, RecursionError):
                continue  # whoever reads it for its own sake says so
        around = surroundings(resources)
        return around, attachments(resources), _validation_zones(records, around)

    def _natural_addresses(self, declared: _Declared, *, single: bool) -> Iterator[str]:
        """Yield the addresses of what is declared; `single`, that of all instances as one."""
        for instance in self._natural.instances(declared.call):
            for member in instance.members(declared.name, declared.block, single=single):
                yield self._natural.keep(member, declared.block)


def _validation_zones(
    records: list[tuple[str, Fields]], around: Surroundings
) -> dict[str, dict[str, Found]]:
    """Return the zone that the names of each certificate are validated in, if it is but one."""
    known = {zone.zone_id for zone in around.zones}
    found: dict[str, list[Found]] = {}
    for certificate, fields in records:
        try:
            zone = zone_of(fields)
        except (Unreadable, Fault):
            continue
        if zone is not None and zone[0] in known:
            found.setdefault(certificate, []).append(zone)
    return {
        certificate: {"": zones[0]}
        for certificate, zones in found.items()
        if len({zone[0] for zone in zones}) == 1
    }


def _validated_by(declared: _Declared) -> set[str]:
    """Return the certificates whose validation a record is for, by the expressions in it."""
    if declared.kind != RECORD:
        return set()
    written = " ".join(each.value.written for each in declared.block.body.attributes.values())
    mentioned = _VALIDATION_OPTIONS.findall(written) if _VALIDATED in written else ()
    return {f"{declared.call.address}{CERTIFICATE}.{name}{key}" for name, key in mentioned}


class _Mentions:
    """Where the files of a module mention its certificates, by the blocks they are mentioned in."""

    def __init__(self) -> None:
        self._known: dict[str, dict[str, set[str]]] = {}

    def only_in(self, certificate: _Declared, consumers: set[str]) -> bool:
        """Say whether nothing but these consumers, and what validates it, names a certificate."""
        module = certificate.call.module
        if module.folder not in self._known:
            mentions: dict[str, set[str]] = {}
            self._known[module.folder] = mentions
            for file in module.files:
                heads = sorted((block.start, _described(block)) for block in file.blocks)
                starts = [start for start, _ in heads]
                for found in _MENTION.finditer(file.source.text):
                    place = bisect_right(starts, found.start()) - 1
                    inside = heads[place][1] if place >= 0 else ""
                    mentions.setdefault(found[0], set()).add(inside)
        mentions = self._known[module.folder]
        through = {
            name
            for name in mentions
            if name.startswith(f"{VALIDATION}.") and certificate.name not in mentions[name]
        }
        elsewhere = set[str]().union(
            *(mentions.get(name, ()) for name in (certificate.name, *through))
        )
        return all(
            block in consumers or block.startswith((f"{RECORD}.", f"{VALIDATION}."))
            for block in elsewhere
        )


def _described(block: Block) -> str:
    """Return a resource's address in its module; of any other block what is no such address."""
    return ".".join(block.labels) if block.type == "resource" else f"{block.type} block"


def _region(declared: _Declared, member: Member) -> Text:
    return member.within.instance.region(declared.block.body, member.within)


def _creates_first(block: Block, member: Member) -> bool | None:
    """Say whether a replacement is made before what it replaces is destroyed."""
    found = lifecycle_of(block, member.within)
    return None if found is None else found is True


def _worded(found: dict[str, list[tuple[State, Variant]]]) -> Iterator[Variant]:
    """Yield variants with what tells them apart in words: answers, and the instance."""
    for address, variants in found.items():
        states = [dict(state) for state, _ in variants]
        labels = dict.fromkeys(question for state in states for question in state)
        for state, (_, variant) in zip(states, variants, strict=True):
            holding = [
                f"`{question[1]}` is {str(state[question]).lower()}"
                for question in labels
                if question in state and len({other.get(question) for other in states}) > 1
            ]
            condition = f"when {' and '.join(holding)}" if holding else ""
            instance = f"for `{address}`" if len(found) > 1 else ""
            yield variant.__replace__(condition=" ".join(filter(None, (condition, instance))))


def _without_keys(address: str) -> str:
    return ".".join(step for step, _ in steps(address))


def _last_key(address: str) -> str:
    key = steps(address)[-1][1]
    return f"[{key}]" if key else ""


# Values of variables ------------------------------------------------------------------------------


def _fixed_values(module: Module, parameters: Parameters) -> dict[str, Node]:
    """Return the variables of the root that files or the caller fix; the last one is the strongest.

    Raises `Unreadable`.
    """
    nowhere = World(Call(Module("")), {}, None, ROOT, peeking=True).root
    of_folder = [file for file in module.files if file.source.name.endswith(_OF_VARIABLES)]
    # `terraform.tfvars` comes before all others.
    of_folder.sort(key=lambda file: (".auto." in file.source.name, file.source.name))
    values: dict[str, Node] = {}
    for file in (*of_folder, *map(hcl_tree.parse, parameters.variable_files)):
        for name, argument in file.attributes.items():
            note = f"value of variable `{name}`"
            values[name] = noted(evaluate(argument.value, nowhere), note)
    for name, text in parameters.values.items():
        values[name] = noted(
            _given(text, module.variables.get(name), nowhere), f"value given for variable `{name}`"
        )
    return values


def _given(text: str, variable: Block | None, nowhere: Instance) -> Node:
    """Return what a caller gives for a variable: an expression, unless it is to be a text."""
    from acmrules.lint.readers import hcl_native

    source = Source("", text)
    kind = variable and variable.body.attributes.get("type")
    if kind and kind.value.written != "string":
        try:
            return evaluate(hcl_native.expression(source), nowhere)
        except (Unreadable, Fault):
            pass
    return Node(text, source, 0, len(text))
