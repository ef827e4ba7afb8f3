"""What AWS answers about an account: certificates that exist, in files.

A file contains one response, a list of responses, or one response after another, as JSON or YAML.
"""

from __future__ import annotations

from acmrules.readers.account.certificates import declaration_of, detail_of
from acmrules.readers.account.shapes import DESCRIPTION, LEADING, LISTS, responses
from acmrules.syntax.structured import looks_like_json, trees
from acmrules.syntax.tree import items, mapping

TYPE_CHECKING = False
if TYPE_CHECKING:
    from acmrules.model.declaration import Declaration
    from acmrules.readers.options import Parameters
    from acmrules.syntax.source import Source

_LEADING = tuple(f"{member}:" for member in LEADING)


def read(source: Source, parameters: Parameters) -> tuple[Declaration, ...] | None:  # noqa: ARG001
    """Return the certificates in the responses of a source, `None` if it has no responses.

    Raises `InputError`.
    """
    if not looks_like_json(source.text) and not _may_be_response(source.text):
        return None
    found = [response for tree in trees(source) for response in responses(tree)]
    declarations = []
    for response in found:
        if response.operation == DESCRIPTION:
            data, pointer = response.data, response.pointer
            if "Certificate" in data:
                data, pointer = mapping(data["Certificate"]), (*pointer, "Certificate")
            declarations.append(declaration_of(detail_of(data), source, response.tree, pointer))
        elif response.operation in LISTS:
            member = LISTS[response.operation]
            for index, entry in enumerate(items(response.data.get(member))):
                place = (*response.pointer, member, index)
                declarations.append(declaration_of(detail_of(entry), source, response.tree, place))
    return tuple(declarations) or None


def _may_be_response(text: str) -> bool:
    """Return whether a YAML text has the members of a response; other texts are not parsed."""
    return any(line.removeprefix("- ").startswith(_LEADING) for line in text.splitlines())
