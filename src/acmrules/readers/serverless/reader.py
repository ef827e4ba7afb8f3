"""Configurations of the Serverless Framework, and templates with its variables.

The template is read by the reader of CloudFormation. An option that selects a member of a mapping,
such as the stage, makes one variant for each member.
"""

from __future__ import annotations

import re

from acmrules.model.declaration import Declaration, Variant
from acmrules.model.locations import Locations
from acmrules.model.not_checked import FILE, TEMPLATE, NotChecked
from acmrules.model.placed import Location
from acmrules.readers.cloudformation import reader as cloudformation
from acmrules.readers.conditions import are_equivalent
from acmrules.readers.consumers import consumer_of
from acmrules.readers.serverless import plugins
from acmrules.readers.serverless.template import StackTree, included
from acmrules.readers.serverless.variables import OPENING, OWN_SOURCES, Variables, names_in
from acmrules.request import Tool
from acmrules.syntax.errors import ReadError
from acmrules.syntax.source import InputError
from acmrules.syntax.structured import looks_like_json, trees
from acmrules.syntax.tree import mapping

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from acmrules.model.locations import PointerMap
    from acmrules.readers.consumers import CertificateUse
    from acmrules.readers.options import Parameters
    from acmrules.readers.serverless.plugins import Domain
    from acmrules.request import CertificateRequest
    from acmrules.resources import Consumer
    from acmrules.syntax.source import Source
    from acmrules.syntax.tree import Data, Tree
    from acmrules.unresolved import Text

_MOST_COMBINATIONS = 16
_MOST_READINGS = 100
"""Maximum number of times that a file is read to find its options."""

_TOP_LEVEL = r"(?m)^(?:provider|Resources|[\"'](?:provider|Resources)[\"'])[ \t]*:"
_REGION = "opt:region"
_PACKAGED = (
    "run `serverless package`, and check `.serverless/cloudformation-template-update-stack.json`"
)


def read(source: Source, parameters: Parameters) -> tuple[Declaration, ...] | None:
    """Return the certificates and consumers in a configuration; `None` if it is not one.

    Raises `InputError`.
    """
    found = _configuration(source)
    return _declarations(found, parameters) if found and is_service(mapping(found.data)) else None


def read_template(source: Source, parameters: Parameters) -> tuple[Declaration, ...] | None:
    """Return the certificates and consumers in a template; `None` if there is no template.

    It may have variables of the framework. Raises `InputError`.
    """
    found = _configuration(source)
    if found is None:
        return cloudformation.read(source, parameters)
    return None if is_service(mapping(found.data)) else _declarations(found, parameters)


def _declarations(tree: Tree, parameters: Parameters) -> tuple[Declaration, ...]:
    try:
        return _in_all_combinations(tree, parameters)
    except ReadError as fault:
        raise fault.unreadable(tree) from None
    except RecursionError:
        raise InputError(tree.source.name, "is nested too deeply") from None


def parameters(source: Source) -> Iterator[str]:
    """Yield the names of the options and variables in a configuration."""
    if OPENING in source.text and any(each in source.text for each in OWN_SOURCES):
        yield from names_in(source.text)


def _configuration(source: Source) -> Tree | None:
    """Return the tree of a configuration or of a template with its variables, if it is one."""
    text = source.text
    if not looks_like_json(text) and not re.search(_TOP_LEVEL, text):
        return None
    found = [*trees(source, texts=True)]
    data = mapping(found[0].data) if len(found) == 1 else {}
    if is_service(data):
        return found[0]
    is_template = isinstance(data.get("Resources"), dict)
    has_variables = any(each in text for each in OWN_SOURCES)
    return found[0] if is_template and has_variables else None


def is_service(data: dict[str, Data]) -> bool:
    """Return whether a mapping is the configuration of a service on AWS."""
    provider = data.get("provider")
    name = provider.get("name") if type(provider) is dict else provider
    known = type(name) is str and (name == "aws" or OPENING in name)
    return known and "service" in data and "Resources" not in data


def not_checked(source: Source) -> Iterator[NotChecked]:
    """Yield the parts of a configuration that other files contain; raises `InputError`."""
    found = _configuration(source)
    data = mapping(found.data) if found else {}
    if found is None or not is_service(data):
        return
    from acmrules.readers.words import are_about_certificates

    for variable in dict.fromkeys(included(data.get("resources"))):
        if are_about_certificates(variable):
            location = _location(found, variable)
            yield NotChecked(
                location, TEMPLATE, f"the resource `{variable}`", _ELSEWHERE, _PACKAGED
            )
    variables = Variables(found.data, {})
    for steps in plugins.OPEN_SECTIONS:
        if plugins.is_open(found.data, steps, variables) and (
            len(steps) > 1 or any(plugin in source.text for plugin in plugins.NAMES)
        ):
            what = f"`{'.'.join(steps)}`"
            location = _location(found, steps[-1])
            yield NotChecked(location, FILE, what, _ELSEWHERE, _PRINTED)


_ELSEWHERE = "comes from another file"
_PRINTED = "run `serverless print`, and check the output"


def _location(tree: Tree, written: str) -> Location:
    start = max(tree.source.text.find(written), 0)
    return Location(tree.source, start, start + len(written))


# Combinations of options


def _in_all_combinations(tree: Tree, parameters: Parameters) -> tuple[Declaration, ...]:
    """Return the declarations of a file, with a variant for each member that an option selects."""
    outside = {_REGION: parameters.region} if parameters.region else {}
    pending: list[dict[str, str]] = [{}]
    complete: list[tuple[dict[str, str], tuple[Declaration, ...]]] = []
    readings = 0
    while pending and len(complete) < _MOST_COMBINATIONS:
        chosen = pending.pop()
        readings += 1
        file = _File(
            tree, parameters, Variables(tree.data, {**outside, **parameters.values, **chosen})
        )
        found = tuple(file.declarations())
        choice = next(iter(file.variables.choices.values()), None)
        if choice is None or readings >= _MOST_READINGS:
            # Options without a choice are unknown.
            complete.append((chosen, found))
        else:
            pending += [{**chosen, choice.option: each} for each in reversed(choice.members)]
    return _merged(complete, is_complete=not pending and readings < _MOST_READINGS)


def _merged(
    found: list[tuple[dict[str, str], tuple[Declaration, ...]]], *, is_complete: bool
) -> tuple[Declaration, ...]:
    """Return the declarations of all combinations, with the options in which variants differ."""
    if len(found) == 1:
        return found[0][1]
    by_address: dict[tuple[Tool, str], list[tuple[dict[str, str], Declaration]]] = {}
    for chosen, declarations in found:
        for each in declarations:
            by_address.setdefault((each.tool, each.address), []).append((chosen, each))
    merged = []
    for versions in by_address.values():
        variants: list[Variant] = []
        for chosen, each in versions:
            for variant in each.variants:
                if not any(are_equivalent(variant, other) for other in variants):
                    options = [f"`{option}` is `{value}`" for option, value in chosen.items()]
                    when = f"when {' and '.join(options)}"
                    condition = ", ".join(filter(None, [when, variant.condition]))
                    variants.append(variant.__replace__(condition=condition))
        if len(variants) == 1 and len(versions) == len(found):
            variants = list(versions[0][1].variants)
        truncated = versions[0][1].truncated
        if not is_complete:
            truncated = truncated or f"only {len(found)} combinations of the options were checked"
        first = versions[0][1]
        merged.append(first.__replace__(variants=tuple(variants), truncated=truncated))
    return tuple(merged)


class _File:
    """A configuration with one combination of options, and its declarations."""

    def __init__(self, tree: Tree, parameters: Parameters, variables: Variables) -> None:
        self._tree = tree
        self._data = mapping(tree.data)
        self.variables = variables
        self._is_service = is_service(self._data)
        self._region = self._region_of(parameters)
        self._parameters = parameters

    def declarations(self) -> Iterator[Declaration]:
        """Yield the declarations of the template, and those of plugins.

        Raises `TypeMismatchError` and `InputError`.
        """
        for each in [*self._template(), *self._plugins()] if self._is_service else self._template():
            yield each.__replace__(parameters=each.parameters | self.variables.asked.keys())

    def _region_of(self, parameters: Parameters) -> Text | None:
        if not self._is_service:
            return parameters.region
        stated = plugins.region(self._data, self.variables)
        return stated or parameters.region or plugins.DEFAULT_REGION

    def _template(self) -> Iterator[Declaration]:
        tree = StackTree(self._tree, self.variables, is_whole=not self._is_service)
        if isinstance(tree.data.get("Resources"), dict):
            region = self._region if isinstance(self._region, str) else None
            parameters = self._parameters.__replace__(region=region)
            for each in cloudformation.declarations(tree, parameters):
                # Functions, plugins and other files may use the certificate too.
                variants = (v.__replace__(all_consumers_known=False) for v in each.variants)
                yield each.__replace__(variants=tuple(variants))

    # Plugins

    def _plugins(self) -> Iterator[Declaration]:
        domains = [*plugins.used_domains(self._data, self.variables)]
        own: list[tuple[Domain, CertificateUse]] = []
        if found := plugins.certificate(self._data, self.variables):
            own = [pair for pair in domains if plugins.selects(*pair, found.fields)]
            address = ".".join(plugins.CERTIFICATE)
            declared = self._declaration(address, found.request, own, found.pointers)
            (variant,) = declared.variants
            yield declared.__replace__(variants=(variant.__replace__(zones=found.zones),))
        for domain, use in domains:
            if (domain, use) in own:
                continue
            region = plugins.region_of(domain, self._region)
            pointers: PointerMap = {}
            created = plugins.created(domain, region, pointers)
            pointers[()] = domain.head, None
            yield self._declaration(domain.address, created, [(domain, use)], pointers)

    def _declaration(
        self,
        address: str,
        request: CertificateRequest | None,
        used: list[tuple[Domain, CertificateUse]],
        pointers: PointerMap,
    ) -> Declaration:
        consumers: tuple[Consumer, ...] = tuple(
            consumer_of(
                use,
                domain.address,
                number,
                certificate=address if request else None,
                region=plugins.region_of(domain, self._region),
                pointers=pointers,
                head=domain.head,
            )
            for number, (domain, use) in enumerate(used)
        )
        locations = Locations(self._tree, pointers, member_names=plugins.MEMBER_NAMES)
        variant = Variant(request, consumers, locations)
        editor = Tool.API if request else None
        return Declaration(self._tree.source, Tool.SERVERLESS, address, (variant,), editor=editor)
