"""What a root module of Terraform comes to: each certificate, or consumer alone, as a document."""

from __future__ import annotations

from acmrules.model.declaration import Declaration, Location, Variant
from acmrules.model.locations import Locations
from acmrules.partial import wildcard_parent
from acmrules.readers.conditions import ROOT, OpenCondition, enumerate_variants
from acmrules.readers.consumers import consumer_of
from acmrules.readers.evaluated import ORIGIN, Node, TerraformReader
from acmrules.readers.fields import Fields
from acmrules.readers.terraform.resources.certificates import WORDS, read_certificate
from acmrules.readers.terraform.resources.consumers import (
    ATTACHED,
    CONSUMERS,
    KINDS,
    LISTENERS,
    TYPES,
    attachments,
    uses,
)
from acmrules.readers.terraform.resources.dns import endpoints, surroundings, with_zones
from acmrules.readers.terraform.resources.references import (
    CERTIFICATE,
    RECORD,
    VALIDATION,
    ZONE,
    reference,
    steps,
)
from acmrules.readers.terraform.scopes import Evaluation, lifecycle_of
from acmrules.readers.terraform.validation import (
    Mentions,
    validated_by,
    validates,
    validation_zones,
    zones_of_names,
)
from acmrules.request import CertificateRequest, Tool
from acmrules.syntax.errors import ReadError, TypeMismatchError
from acmrules.syntax.source import InputError, Source
from acmrules.syntax.tree import KEY
from acmrules.values import Value

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Container, Iterable, Iterator, Mapping

    from acmrules.model.locations import PointerMap
    from acmrules.readers.conditions import Question, State
    from acmrules.readers.consumers import CertificateUse
    from acmrules.readers.dns import DnsResources
    from acmrules.readers.fields import Found
    from acmrules.readers.terraform.modules import ModuleCall, Name
    from acmrules.readers.terraform.resources.consumers import Attached
    from acmrules.readers.terraform.resources.references import CertificateAddress
    from acmrules.readers.terraform.scopes import ResourceInstance
    from acmrules.request import Path
    from acmrules.resources import Consumer
    from acmrules.syntax.hcl.ast import Block
    from acmrules.syntax.tree import Data, Pointer
    from acmrules.unresolved import Text

_AROUND = "around"
"""First step of the way to what stands around a certificate, the same in all worlds."""

_MOST_ASKED = 32
"""How many conditions are asked both ways for one document; of further ones the default holds."""

_OF_VALIDATIONS = frozenset(("zone_id",))
"""What is read of the records that validate certificates."""

_OF_RECORDS = (*("name", "zone_id", "type", "fqdn", "records"), *("vpc", "private_zone"))
"""What is read of zones and records."""

_OF_LEADING = ("name", "zone_id", "type", "records", "alias")


class ResourceBlock:
    """A resource as declared, and the call of the module it is declared in."""

    def __init__(self, call: ModuleCall, name: Name, block: Block, prefix: str = "") -> None:
        self.call = call
        self.kind = name[0]
        self.name = prefix + ".".join(name)
        self.block = block
        self.address = call.address + self.name


class _User(Value):
    """An instance of a resource that uses a certificate, `target` if it is declared here."""

    declared: ResourceBlock
    member: ResourceInstance
    fields: Fields
    use: CertificateUse
    target: CertificateAddress | None


class _Users:
    """Who uses the instances of a certificate in a world; `names` are those of the resources."""

    def __init__(self, users: Iterable[_User]) -> None:
        self.names: set[str] = set()
        self._all: dict[str, list[tuple[int, _User]]] = {}
        self._by_key: dict[tuple[str, str], list[tuple[int, _User]]] = {}
        for entry in enumerate(users):
            _, user = entry
            self.names.add(user.declared.name)
            if user.target:
                address, key = user.target.address, user.target.key
                self._all.setdefault(address, []).append(entry)
                self._by_key.setdefault((address, key), []).append(entry)

    def of(self, member: ResourceInstance) -> list[_User]:
        """Return who uses an instance, or may use it as one of several."""
        whole = member.within.declared
        if member.key is None:
            return [user for _, user in self._all.get(whole, ())]
        some = [
            # Which instance it serves these hosts with is not known.
            (index, user.__replace__(use=user.use.__replace__(hosts=(), hosts_known=False)))
            for index, user in self._by_key.get((whole, ""), ())
        ]
        key = steps(member.within.address)[-1][1]
        exactly = self._by_key.get((whole, key), [])
        return [user for _, user in sorted([*exactly, *some], key=lambda entry: entry[0])]


class _Tree:
    """The resources of a world, in which `KEY` and `ORIGIN` lead to where they say."""

    EDITS = "acmrules.readers.terraform.edits"

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


class _Places(Locations):
    """Locations in any of the files of a module and of those that it calls."""

    __slots__ = ()

    def __getitem__(self, path: Path) -> Location:
        pointer, origin = self.spot(path)
        tree: _Tree = self.tree  # type: ignore[assignment]
        definition = None
        if origin is not None and origin.pointer is not None:
            there = tree.node(origin.pointer)
            if there.source.name:
                definition = Location(there.source, there.start, there.end)
        # What a caller gives stands in no file: in its place, what it is a part of.
        while not tree.node(pointer).source.name:
            pointer = pointer[:-1]
        source = tree.node(pointer).source
        note = origin.note if origin else ""
        return Location(source, *tree.place(pointer), definition, note)


class RootModule:
    """A root module; `values` are those of its variables that are fixed."""

    def __init__(
        self,
        root: ModuleCall,
        values: Mapping[str, Node],
        region: str | None,
        unreadable: dict[str, InputError],
        *,
        around: bool = False,
    ) -> None:
        """With `around`, read the records that lead to hosts too, also where nothing serves any."""
        self._looks_around = around
        self._root = root
        self._values = values
        self._region = region
        self._unreadable = unreadable
        self._declared = [
            ResourceBlock(call, name, block)
            for call in root.all()
            for name, block in call.module.resources.items()
            if name[0] in TYPES
        ]
        self._certificates = {each.address for each in self._declared if each.kind == CERTIFICATE}
        self._leading_to = _leading_to_certificates(root)
        self._worlds: dict[State, Evaluation] = {}
        self._used: dict[tuple[Evaluation, ResourceBlock], list[_User]] = {}
        self._users: dict[str, dict[ResourceBlock, None]] = {}
        self._alone: dict[ResourceBlock, Declaration] = {}
        self._created_first: dict[ResourceBlock, bool] = {}
        self._mentions = Mentions()

    def declarations(self) -> Iterator[Declaration]:
        """Yield the documents, module by module in the order of the files."""
        uses = any(each.kind in CONSUMERS for each in self._declared)
        if not (self._certificates or uses or self._looks_around):
            return
        self._around, self._attached, self._zones = self._surroundings()
        is_alone = self._looks_around and self._around.is_something
        for declaration in self._certificates_and_consumers():
            is_alone = False
            yield declaration
        if is_alone:
            yield self._surroundings_alone()

    def _certificates_and_consumers(self) -> Iterator[Declaration]:
        for declared in self._declared:
            if declared.kind in CONSUMERS:
                self._guarded(self._consumer, declared)
        for declared in self._declared:
            if declared.kind == CERTIFICATE:
                yield from filter(None, [self._guarded(self._certificate, declared)])
            elif declared in self._alone:
                yield self._alone[declared]

    def _guarded(
        self, read_one: Callable[[ResourceBlock], Declaration | None], declared: ResourceBlock
    ) -> Declaration | None:
        """Read one resource; what cannot be read keeps the others from nothing."""
        try:
            return read_one(declared)
        except InputError as error:
            unreadable = error.with_traceback(None)
        except ReadError as fault:
            unreadable = _told(fault, declared)
        except RecursionError:
            unreadable = InputError(declared.block.source.name, "leads on too deeply")
        self._unreadable.setdefault(unreadable.name, unreadable)
        return None

    # Documents

    def _surroundings_alone(self) -> Declaration:
        """Return what stands around certificates, where there are none in these modules."""
        around = self._around
        source = Source(self._root.module.folder, "")
        locations = _Places(_Tree(source, {_AROUND: self._nodes_around}), {}, around.pointers)
        variant = Variant(None, (), locations, around.zones, around.caa, records=around.records)
        return Declaration(source, Tool.TERRAFORM, "", (variant,))

    def _certificate(self, declared: ResourceBlock) -> Declaration | None:
        def build(state: State) -> dict[str, Variant]:
            evaluation = self._world(state)
            users = self._users_in(evaluation, declared)
            mentioned = self._mentions.of(declared.call.module, declared.name)
            known = all(block in users.names or validates(block) for block in mentioned)
            validators = self._mentions.validators(declared.call.module, declared.name)
            return {
                member.within.address: self._variant(
                    evaluation, declared, member, users.of(member), validators, all_known=known
                )
                for member in self._members(evaluation, declared)
            }

        return self._document(declared, build)

    def _consumer(self, declared: ResourceBlock) -> None:
        """Find out which certificates a resource may use, and how it uses others."""

        def build(state: State) -> dict[str, Variant]:
            evaluation = self._world(state)
            others: dict[str, list[_User]] = {}
            for user in self._uses_by(evaluation, declared):
                if user.target is None:
                    others.setdefault(user.member.within.address, []).append(user)
                else:
                    certificate = _without_keys(user.target.address)
                    self._users.setdefault(certificate, {})[declared] = None
            variants = {}
            for address, users in others.items():
                pointers: PointerMap = {(): ((address, KEY), None)}
                variants[address] = self._with_surroundings(
                    None, self._consumers(users, pointers), evaluation, declared, pointers
                )
            return variants

        declaration = self._document(declared, build)
        if declaration:
            self._alone[declared] = declaration

    def _document(
        self, declared: ResourceBlock, build: Callable[[State], dict[str, Variant]]
    ) -> Declaration | None:
        used_defaults: list[bool] = []

        def watched(state: State) -> dict[str, Variant]:
            variants = build(state)
            used_defaults.append(self._world(state).used_defaults)
            return variants

        found, complete = enumerate_variants(watched)
        variants = tuple(_worded(found))
        if variants:
            truncated = f"only {len(variants)} combinations of the conditions were judged"
            is_all = complete and not any(used_defaults)
            source = declared.block.source
            address = declared.address
            return Declaration(
                source, Tool.TERRAFORM, address, variants, "" if is_all else truncated
            )
        if not complete and declared.kind == CERTIFICATE:
            raise TypeMismatchError(
                (), "depends on more combinations of conditions than can be told apart"
            )
        return None

    def _variant(
        self,
        evaluation: Evaluation,
        declared: ResourceBlock,
        member: ResourceInstance,
        users: list[_User],
        validators: tuple[str, ...],
        *,
        all_known: bool,
    ) -> Variant:
        """Return a certificate as a world has it; `all_known`, nobody else uses it."""
        address = member.within.address
        pointers: PointerMap = {(): ((address, KEY), None)}
        read_one = read_certificate(
            Fields(TerraformReader(), evaluation.nodes[address], (address,)),
            pointers,
            _region(declared, member),
            create_before_destroy=self._creates_first(declared, member, users),
        )
        consumers = self._consumers(users, pointers, address)
        if not isinstance(read_one, CertificateRequest):
            imported = self._with_surroundings(None, consumers, evaluation, declared, pointers)
            return imported.__replace__(imported=read_one, validators=validators)
        addresses = f"{_without_keys(address)}{_last_key(address)}", declared.address
        names = len({wildcard_parent(name) or name for name in read_one.names})
        request = with_zones(read_one, zones_of_names(self._zones, addresses, names), pointers)
        variant = self._with_surroundings(request, consumers, evaluation, declared, pointers)
        key = _last_key(address)
        known = all_known and consumers and all(consumer.hosts_known for consumer in consumers)
        return variant.__replace__(
            all_consumers_known=bool(known),
            validators=validators,
            instance=address if key else "",
        )

    def _with_surroundings(
        self,
        request: CertificateRequest | None,
        consumers: tuple[Consumer, ...],
        evaluation: Evaluation,
        declared: ResourceBlock,
        pointers: PointerMap,
    ) -> Variant:
        """Return a variant with what stands around everything."""
        tree = _Tree(declared.block.source, evaluation.nodes)
        locations = _Places(tree, pointers, self._around.pointers, WORDS)
        around = self._around
        return Variant(
            request, consumers, locations, around.zones, around.caa, records=around.records
        )

    def _creates_first(
        self, declared: ResourceBlock, member: ResourceInstance, users: list[_User]
    ) -> bool | None:
        """Say whether a replacement is made before what it replaces is destroyed.

        Terraform makes it so wherever that is asked of anything that needs the certificate.
        """
        found = lifecycle_of(declared.block, member.within)
        if found is not True and users:
            found = found or self._is_created_first(declared, member) or None
            asked = (lifecycle_of(user.declared.block, user.member.within) for user in users)
            found = True if any(each is True for each in asked) else found
        return None if found is None else found is True

    def _is_created_first(self, declared: ResourceBlock, member: ResourceInstance) -> bool:
        """Say whether that is asked of what names a certificate in its module."""
        if declared not in self._created_first:
            resources = declared.call.module.resources
            names = (
                block.partition(".")
                for block in self._mentions.of(declared.call.module, declared.name)
            )
            blocks = (resources.get((kind, name)) for kind, _, name in names)
            self._created_first[declared] = any(
                lifecycle_of(block, member.within) is True for block in blocks if block
            )
        return self._created_first[declared]

    # Consumers

    def _consumers(
        self, users: Iterable[_User], pointers: PointerMap, certificate: str | None = None
    ) -> tuple[Consumer, ...]:
        consumers = []
        for index, user in enumerate(users):
            address = user.member.within.address
            consumer = consumer_of(
                user.use,
                user.declared.address,
                index,
                certificate=certificate,
                region=_region(user.declared, user.member),
                pointers=pointers,
                head=(address, KEY),
            )
            if self._looks_around:
                kind, fields = user.declared.kind, user.fields
                led_to = endpoints(kind, address, fields, self._attached, {})
                consumer = consumer.__replace__(endpoints=led_to)
            consumers.append(consumer)
        return tuple(consumers)

    def _users_in(self, evaluation: Evaluation, certificate: ResourceBlock) -> _Users:
        """Return who uses a certificate in a world; raises `OpenCondition`."""
        return _Users(
            user
            for declared in self._users.get(certificate.address, ())
            for user in self._uses_by(evaluation, declared)
            if user.target and _without_keys(user.target.address) == certificate.address
        )

    def _uses_by(self, evaluation: Evaluation, declared: ResourceBlock) -> list[_User]:
        """Return how the instances of a resource use certificates; raises `OpenCondition`."""
        key = evaluation, declared
        if key not in self._used:
            found: list[_User] = []
            for member in self._members(evaluation, declared):
                address = member.within.address
                fields = Fields(TerraformReader(), evaluation.nodes[address], (address,))
                try:
                    found += [
                        _User(declared, member, fields, use, self._target(use))
                        for use in uses(declared.kind, address, fields, self._attached)
                    ]
                except TypeMismatchError:
                    continue  # what it is meant to be is for others to say
            self._used[key] = found
        return self._used[key]

    def _target(self, use: CertificateUse) -> CertificateAddress | None:
        """Return the certificate of a use, if it is one that is declared here."""
        target = reference(use.certificate[0])
        here = target is not None and _without_keys(target.address) in self._certificates
        return target if here else None

    # Worlds

    def _world(self, state: State) -> Evaluation:
        if state not in self._worlds:
            evaluation = self._make(state, assume_defaults=len(state) >= _MOST_ASKED)
            evaluation.nodes[_AROUND] = self._nodes_around
            self._worlds[state] = evaluation
        return self._worlds[state]

    def _make(self, state: State, *, assume_defaults: bool, certain: bool = False) -> Evaluation:
        return Evaluation(
            self._root,
            self._values,
            self._region,
            state,
            assume_defaults=assume_defaults,
            certain=certain,
            resources=len(self._declared),
            certificates=self._leading_to,
        )

    def _members(self, evaluation: Evaluation, declared: ResourceBlock) -> list[ResourceInstance]:
        return evaluation.members(declared.call, declared.name, declared.block)

    # What stands around

    def _surroundings(self) -> tuple[DnsResources, Attached, dict[str, tuple[Found, bool]]]:
        """Return zones and CAA records, listeners with their rules, and zones of validations.

        What is attached to a listener counts unless a default says that it is not there; of a zone
        or record nothing may be left open.
        """
        natural = self._make(ROOT, assume_defaults=True)
        certain = self._make(ROOT, assume_defaults=True, certain=True)
        nodes: dict[str, Node] = {}
        self._nodes_around = Node(nodes, Source("", ""), 0, 0)
        attached: list[tuple[str, str, Fields]] = []
        records: list[tuple[str, str, Fields]] = []
        validations = []
        apart = {CERTIFICATE, VALIDATION}
        if not any(declared.kind in ATTACHED for declared in self._declared):
            apart |= LISTENERS
        for declared in (*self._declared, *self._looked_up()):
            if declared.kind in KINDS or declared.kind in apart:
                continue
            try:
                certificates = (
                    validated_by(declared.block, declared.call.address)
                    if declared.kind == RECORD
                    else ()
                )
                of_zones = declared.kind in {RECORD, ZONE}
                only = _OF_VALIDATIONS if certificates else None
                evaluation = certain if of_zones else natural
                for member in _standing_for(evaluation, declared, single=only):
                    address = evaluation.keep(member, declared.block)
                    nodes[address] = evaluation.nodes[address]
                    fields = Fields(TerraformReader(), nodes[address], (_AROUND, address))
                    validations += [(certificate, fields) for certificate in certificates]
                    if of_zones and not certificates:
                        for name in _OF_RECORDS:
                            _ = fields.data[name].value if name in fields.data else None
                        records.append((declared.kind, address, fields))
                    elif not certificates:
                        attached.append((declared.kind, address, fields))
            except (InputError, ReadError, OpenCondition, RecursionError):
                continue  # whoever reads it for its own sake says so
        around = surroundings(records, self._leading(natural, nodes) if self._looks_around else ())
        return around, attachments(attached), validation_zones(validations, around.zones)

    def _leading(self, natural: Evaluation, nodes: dict[str, Node]) -> Iterator[tuple[str, Fields]]:
        """Yield the records that are there if nobody changes a default."""
        for declared in self._declared:
            if declared.kind != RECORD or validated_by(declared.block, declared.call.address):
                continue
            try:
                for member in _standing_for(natural, declared):
                    address = natural.keep(member, declared.block)
                    nodes[f"leading {address}"] = natural.nodes[address]
                    fields = Fields(
                        TerraformReader(), natural.nodes[address], (_AROUND, f"leading {address}")
                    )
                    for name in _OF_LEADING:
                        _ = fields.data[name].value if name in fields.data else None
                    yield address, fields
            except (InputError, ReadError, OpenCondition, RecursionError):
                continue  # as for the others

    def _looked_up(self) -> Iterator[ResourceBlock]:
        """Yield the zones that are looked up."""
        for call in self._root.all():
            for name, block in call.module.data.items():
                if name[0] == ZONE:
                    yield ResourceBlock(call, name, block, "data.")


def _leading_to_certificates(root: ModuleCall) -> dict[ModuleCall, int]:
    """Return how many certificates each call leads to, one at the least."""
    found: dict[ModuleCall, int] = {}
    for call in reversed([*root.all()]):  # those that a call makes before itself
        own = sum(kind == CERTIFICATE for kind, _ in call.module.resources)
        found[call] = max(1, own + sum(found[inner] for inner in call.calls.values()))
    return found


def _standing_for(
    evaluation: Evaluation, declared: ResourceBlock, *, single: Container[str] | None = None
) -> Iterator[ResourceInstance]:
    """Yield the instances of what is declared; `single`, all as one with these attributes."""
    for instance in evaluation.instances(declared.call):
        yield from instance.members(declared.name, declared.block, single=single)


def _told(fault: ReadError, declared: ResourceBlock) -> InputError:
    """Return a fault in a resource as it is told to a person."""
    block = declared.block
    way = ".".join(str(step) for step in fault.pointer[1:] if step not in {KEY, ORIGIN})
    of = f"`{way}` of " if way else ""
    where = block.source.position(block.start)
    return InputError(block.source.name, f"{of}`{declared.address}` {fault.fault}", where)


def _region(declared: ResourceBlock, member: ResourceInstance) -> Text:
    return member.within.instance.region(declared.block.body, member.within)


def _worded(found: dict[str, list[tuple[State, Variant]]]) -> Iterator[Variant]:
    """Yield variants with what tells them apart in words: answers, and the instance."""
    for address, variants in found.items():
        states = [dict(state) for state, _ in variants]
        # A state is a set, whose order is another one in every process.
        labels = sorted({question for state in states for question in state}, key=_asked)
        for state, (_, variant) in zip(states, variants, strict=True):
            holding = [
                f"`{question[1]}` is {str(state[question]).lower()}"
                for question in labels
                if question in state and len({other.get(question) for other in states}) > 1
            ]
            condition = f"when {' and '.join(holding)}" if holding else ""
            instance = f"for `{address}`" if len(found) > 1 else ""
            words = " ".join(filter(None, (condition, instance)))
            yield variant.__replace__(condition=words) if words else variant


def _asked(question: Question) -> str:
    return question[-1]


def _without_keys(address: str) -> str:
    if "[" not in address:
        return address
    return ".".join(step for step, _ in steps(address))


def _last_key(address: str) -> str:
    if not address.endswith("]"):
        return ""
    key = steps(address)[-1][1]
    return f"[{key}]" if key else ""
