"""The validations of the certificates of a root module, read only if the rules need them."""

from __future__ import annotations

from acmrules.readers.dns import VALIDATION_TARGET
from acmrules.readers.terraform.accounts import account_key
from acmrules.readers.terraform.modules import ResourceBlock
from acmrules.readers.terraform.resources.references import CERTIFICATE, VALIDATION
from acmrules.readers.terraform.validation import passes_on
from acmrules.request import ValidationMethod

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from acmrules.dns_validation import DnsValidation
    from acmrules.model.locations import PointerMap
    from acmrules.readers.terraform.modules import ModuleCall
    from acmrules.readers.terraform.record_faults import DnsValidations
    from acmrules.readers.terraform.records import CreatedRecords
    from acmrules.readers.terraform.scopes import Evaluation
    from acmrules.request import CertificateRequest


class ModuleValidations:
    """The records of a root module, and how they validate its certificates.

    `resources` are those that the declarations consist of. `certain` returns an evaluation with the
    same answers as another one, in which further conditions are open.
    """

    def __init__(
        self,
        root: ModuleCall,
        resources: Sequence[ResourceBlock],
        certain: Callable[[Evaluation], Evaluation],
    ) -> None:
        self._root = root
        self._resources = resources
        self._certain = certain
        self._is_unusual: bool | None = None
        self._may_have_literals: bool | None = None
        self._created: dict[Evaluation, CreatedRecords] = {}
        self._validations: dict[Evaluation, DnsValidations] = {}

    def created(self, evaluation: Evaluation) -> CreatedRecords:
        """Return the validation records that exist under the answers of an evaluation."""
        if evaluation not in self._created:
            from acmrules.readers.terraform.records import CreatedRecords

            self._created[evaluation] = CreatedRecords(
                self._records(), self._of_kind(CERTIFICATE), self._certain(evaluation)
            )
        return self._created[evaluation]

    def of(
        self,
        evaluation: Evaluation,
        resource: ResourceBlock,
        address: str,
        request: CertificateRequest,
        validators: tuple[str, ...],
        pointers: PointerMap,
    ) -> DnsValidation | None:
        """Return how resources validate a certificate, `None` if they do it in the usual way."""
        if request.validation_method not in (ValidationMethod.DNS, ValidationMethod.EMAIL):
            return None
        if not validators and not self._has_literals():
            return None
        from acmrules.readers.terraform.usual_validation import is_unusual, may_be_computed

        if self._is_unusual is None:
            self._is_unusual = is_unusual(self._root)
        if not self._is_unusual and not (validators and may_be_computed(request.names)):
            return None
        from acmrules.readers.terraform.record_faults import Places

        if request.validation_method is ValidationMethod.EMAIL:
            places = Places(evaluation.nodes, pointers)
            return self._in(evaluation).waits_of(address, places)
        return self._in(evaluation).of(
            resource,
            address,
            request.names,
            account_key(resource),
            Places(evaluation.nodes, pointers),
            passed_on=passes_on(validators),
        )

    def _in(self, evaluation: Evaluation) -> DnsValidations:
        """Return how resources validate certificates under the answers of an evaluation."""
        if evaluation not in self._validations:
            from acmrules.readers.terraform.record_faults import DnsValidations

            created = self.created(evaluation)
            self._validations[evaluation] = DnsValidations(
                created, self._records(), self._of_kind(VALIDATION), created.evaluation
            )
        return self._validations[evaluation]

    def _has_literals(self) -> bool:
        """Return whether the module may contain literal records."""
        if self._may_have_literals is None:
            self._may_have_literals = any(
                VALIDATION_TARGET in file.source.text
                for call in self._root.all()
                for file in call.module.files
            )
        return self._may_have_literals

    def _of_kind(self, kind: str) -> list[ResourceBlock]:
        return [each for each in self._resources if each.kind == kind]

    def _records(self) -> list[ResourceBlock]:
        """Return the resources that create records, in any DNS service."""
        from acmrules.readers.terraform.resources.record_types import RECORD_TYPES

        return [
            ResourceBlock(call, name, block)
            for call in self._root.all()
            for name, block in call.module.resources.items()
            if name[0] in RECORD_TYPES
        ]
