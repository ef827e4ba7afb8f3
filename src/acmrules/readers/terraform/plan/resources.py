"""The resources of a plan or a state, with what the configuration reveals about them."""

from __future__ import annotations

from acmrules.readers.consumers import account_of
from acmrules.readers.evaluated import TerraformReader
from acmrules.readers.fields import Fields
from acmrules.readers.terraform.plan.instances import with_unknowns
from acmrules.readers.terraform.plan.references import references
from acmrules.readers.terraform.resources.providers import planned_account
from acmrules.readers.terraform.resources.references import (
    BALANCER_NAMES,
    CERTIFICATE,
    IDENTITIES,
    OPTIONS,
)
from acmrules.syntax.tree import mapping
from acmrules.unresolved import Text, Unknown, Unresolved

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

    from acmrules.readers.terraform.plan.instances import PlannedInstance, Values
    from acmrules.readers.terraform.plan.references import PlannedConfiguration, ReferenceTarget
    from acmrules.syntax.tree import Data

_REGION_OF_ARN = 3


class PlannedResources:
    """The resources of a plan, whose unknown values are labeled with what they will come from.

    With `has_endpoints`, this includes the names of the endpoints to which records point.
    """

    def __init__(
        self,
        instances: Sequence[PlannedInstance],
        configuration: PlannedConfiguration,
        region: str | None,
        *,
        has_endpoints: bool,
    ) -> None:
        self._configuration = configuration
        self._default_region = region
        self._has_endpoints = has_endpoints
        self._blocks: dict[tuple[tuple[str, ...], str, str], list[PlannedInstance]] = {}
        for instance in instances:
            names = tuple(name for name, _ in instance.path)
            self._blocks.setdefault((names, instance.kind, instance.name), []).append(instance)
        for instance in instances:
            self._resolve(instance)

    def _resolve(self, instance: PlannedInstance) -> None:
        """Find an instance in the configuration, and mark its unknown and sensitive values."""
        instance.configured = self._configuration.resource(
            instance.path, instance.kind, instance.name
        )
        values = with_unknowns(
            instance.values,
            instance.unknown,
            instance.sensitive,
            [self.expressions(instance)] if instance.configured else [],
            instance.address,
            lambda expressions: self._origin(instance, expressions),
        )
        instance.fields = Fields(TerraformReader(), mapping(values), instance.pointer)

    def expressions(self, instance: PlannedInstance) -> Values:
        """Return the expressions for the arguments of a resource, as a plan has them."""
        return mapping(instance.configured.get("expressions"))

    def _origin(self, instance: PlannedInstance, expressions: list[Data]) -> str:
        """Return the attribute that an unknown value will come from, empty if it is ambiguous."""
        found = self._configuration.target(instance.path, instance.configured, expressions)
        if found is None:
            return ""
        if found.kind not in IDENTITIES:
            if found.attribute == "dns_name" and found.kind in BALANCER_NAMES:
                return f"{found.kind}.{found.name}.dns_name"
            other = self._instance_of(found, instance) if self._has_endpoints else None
            return f"{other.address}.{found.attribute or 'id'}" if other else ""
        if found.attribute not in ("", *IDENTITIES[found.kind]):
            return ""
        other = self._instance_of(found, instance)
        return f"{other.address}.{IDENTITIES[found.kind][0]}" if other else ""

    def _instance_of(
        self, target: ReferenceTarget, user: PlannedInstance
    ) -> PlannedInstance | None:
        """Return the only instance that a reference can mean, `None` if there are several."""
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
            # A plan omits the key of a reference if it is `each.key` or `count.index`.
            found = [each for each in found if each.key == user.key]
        return found[0] if len(found) == 1 else None

    def region(self, instance: PlannedInstance) -> Text | None:
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
        if self._default_region is None:
            for name in references(expression):
                return Unresolved((Unknown(f"${{{name}}}"),))
        return self._default_region

    def account(self, instance: PlannedInstance) -> str | None:
        """Return the account of a resource: that of its ARN, or its provider's."""
        own = account_of(instance.fields.literal("arn"))
        return own or planned_account(self._configuration.provider(instance.configured))

    def validated_by(self, record: PlannedInstance) -> str:
        """Return the address of the certificate that a new record validates, empty if unknown."""
        found = self._configuration.target(
            record.path, record.configured, [self.expressions(record).get("name")]
        )
        if found and found.kind == CERTIFICATE and found.attribute in ("", OPTIONS):
            certificate = self._instance_of(found, record)
            return certificate.address if certificate else ""
        return ""
