"""The errors of the library, and the checks of arguments that raise `TypeError`."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from types import UnionType


class AcmRulesError(Exception):
    """The base class of all errors of the library."""


class InvalidArgument(AcmRulesError, ValueError):  # noqa: N818  (named after the argument)
    """The error for an argument whose type is right, but whose value is not."""


class UnknownService(InvalidArgument):
    """The error for a string that is not the key of a service, such as `cloudfront`."""


class NoSuffixList(AcmRulesError):  # noqa: N818  (named after the missing list)
    """The error for a list that is missing or unreadable, with its `source` and the `fault`."""

    def __init__(self, source: str, fault: str) -> None:
        super().__init__(source, fault)
        self.source = source
        self.fault = fault

    def __str__(self) -> str:
        return f"cannot read the public suffix list from `{self.source}`: {self.fault}"


class MissingPackage(AcmRulesError):  # noqa: N818  (named after the package)
    """The error for a `package` that is not installed, with the `extra` of acmrules that has it."""

    def __init__(self, package: str, extra: str) -> None:
        super().__init__(package, extra)
        self.package = package
        self.extra = extra

    def __str__(self) -> str:
        return f"{self.package} is not installed; run `pip install 'acmrules[{self.extra}]'`"


class NotExpressible(AcmRulesError, ValueError):  # noqa: N818  (describes the request)
    """The error for a request that a language cannot express; `fault` is the predicate."""

    def __init__(self, fault: str) -> None:
        super().__init__(fault)
        self.fault = fault

    def __str__(self) -> str:
        return f"the request {self.fault}"


def require(value: object, kind: type | UnionType, argument: str, expected: str) -> None:
    """Raise `TypeError` if a value is of another type; `argument` is how the message calls it."""
    if not isinstance(value, kind):
        raise TypeError(f"{argument} must be {expected}, not `{type(value).__name__}`")


def require_string(value: object, parameter: str) -> None:
    """Raise `TypeError` if an argument is not a string."""
    require(value, str, f"`{parameter}`", "a string")


def require_instance(value: object, kind: type, parameter: str, prefix: str = "") -> None:
    """Raise `TypeError` if an argument, or `each of ` its items, is not an instance of a class."""
    require(value, kind, f"{prefix}`{parameter}`", f"a `{kind.__name__}`")


def require_mapping(value: object, parameter: str) -> None:
    """Raise `TypeError` if an argument is not a mapping."""
    if not hasattr(value, "keys") or not hasattr(value, "items"):
        raise TypeError(f"`{parameter}` must be a mapping, not `{type(value).__name__}`")


def require_list(values: object, parameter: str, plural: str = "names") -> None:
    """Raise `TypeError` if an argument that must be a list is a string or not iterable.

    A string is an iterable of strings, so that its characters would count as names.
    """
    if isinstance(values, str | bytes) or not hasattr(values, "__iter__"):
        kind = type(values).__name__
        raise TypeError(f"`{parameter}` must be a list of {plural}, not `{kind}`")


if not TYPE_CHECKING:
    # Type checkers would accept every name of a module that has this function.

    def __getattr__(name: str) -> object:
        if name not in {"InvalidName", "NameFault"}:
            raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
        value = getattr(__import__("acmrules.name_errors", fromlist=(name,)), name)
        globals()[name] = value
        return value
