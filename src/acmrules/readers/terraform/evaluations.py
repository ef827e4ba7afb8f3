"""The evaluations of a root module, one per set of answers, and what is read once in each."""

from __future__ import annotations

from acmrules.readers.conditions import ROOT
from acmrules.readers.evaluated import TerraformReader
from acmrules.readers.fields import Fields
from acmrules.readers.terraform.dns import DNS, ModuleDns, read_dns
from acmrules.readers.terraform.resources.references import CERTIFICATE
from acmrules.readers.terraform.scopes import Evaluation, ResourceInstance

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from acmrules.readers.conditions import State
    from acmrules.readers.evaluated import Node
    from acmrules.readers.terraform.clusters import Cluster
    from acmrules.readers.terraform.files import RootFiles
    from acmrules.readers.terraform.modules import ModuleCall, ResourceBlock

_MAX_CONDITIONS = 32
"""Maximum number of open conditions per declaration; further ones use their defaults."""


class Evaluations:
    """The evaluations of a root module, each made once.

    `resources` are those that its declarations consist of. With `host_records`, records of hosts
    are DNS resources too.
    """

    def __init__(
        self,
        root: ModuleCall,
        resources: Sequence[ResourceBlock],
        values: Mapping[str, Node],
        region: str | None,
        files: RootFiles | None,
        *,
        host_records: bool,
    ) -> None:
        self.root = root
        self.resources = resources
        self._values = values
        self._region = region
        self._files = files
        self._host_records = host_records
        self._certificate_counts = _certificates_below(root)
        self._by_state: dict[State, Evaluation] = {}
        self._dns: dict[Evaluation, ModuleDns] = {}
        self._clusters: dict[Evaluation, Cluster] = {}
        self._defaults: Evaluation | None = None
        self._default_dns: ModuleDns | None = None

    @property
    def defaults(self) -> Evaluation:
        """The evaluation in which all variables have their defaults."""
        if self._defaults is None:
            self._defaults = self.new(ROOT, assume_defaults=True)
        return self._defaults

    @property
    def default_dns(self) -> ModuleDns:
        """The DNS resources if all variables have their defaults."""
        if self._default_dns is None:
            self._default_dns = self._read_dns(ROOT, self.defaults)
        return self._default_dns

    def of(self, state: State) -> Evaluation:
        """Return the evaluation in a state, in which further conditions are open.

        If there are too many, they have their defaults.
        """
        if state not in self._by_state:
            evaluation = self.new(state, assume_defaults=len(state) >= _MAX_CONDITIONS)
            self._by_state[state] = evaluation
        return self._by_state[state]

    def new(
        self, state: State, *, assume_defaults: bool = False, certain: bool = False
    ) -> Evaluation:
        """Return an evaluation that shares nothing with others."""
        return Evaluation(
            self.root,
            self._values,
            self._region,
            state,
            assume_defaults=assume_defaults,
            certain=certain,
            resources=len(self.resources),
            certificates=self._certificate_counts,
            files=self._files,
        )

    def instances(self, evaluation: Evaluation, resource: ResourceBlock) -> list[ResourceInstance]:
        """Return the instances of a resource; raises `OpenCondition`."""
        return evaluation.resource_instances(resource.call, resource.name, resource.block)

    def only_instance(
        self, evaluation: Evaluation, call: ModuleCall, kind: str, name: str
    ) -> Fields | None:
        """Return the only instance of a resource or a data source, `None` if there are others."""
        module = call.module
        block = module.resources.get((kind, name)) or module.data.get((kind, name))
        if block is None:
            return None
        found = evaluation.resource_instances(call, f"{kind}.{name}", block)
        if len(found) != 1:
            return None
        address = found[0].scope.address
        return Fields(TerraformReader(), evaluation.nodes[address], (address,))

    def dns_in(self, evaluation: Evaluation) -> ModuleDns:
        """Return the DNS resources in an evaluation.

        They are read once for all evaluations that agree with the defaults.
        """
        if evaluation not in self._dns:
            agrees = evaluation.answers.agree_with(self.defaults.answers)
            dns = self.default_dns if agrees else self._read_dns(evaluation.answers.state)
            evaluation.nodes[DNS] = dns.nodes
            self._dns[evaluation] = dns
        return self._dns[evaluation]

    def _read_dns(self, state: State, defaults: Evaluation | None = None) -> ModuleDns:
        """Return the DNS resources in a state, in which further conditions have their defaults."""
        return read_dns(
            self.root,
            self.resources,
            defaults or self.new(state, assume_defaults=True),
            self.new(state, assume_defaults=True, certain=True),
            host_records=self._host_records,
        )

    def cluster_in(self, evaluation: Evaluation) -> Cluster:
        """Return the cluster of Kubernetes that the module deploys to."""
        if evaluation not in self._clusters:
            from acmrules.readers.terraform.clusters import Cluster

            self._clusters[evaluation] = Cluster(evaluation, self.resources, self.instances)
        return self._clusters[evaluation]


def _certificates_below(root: ModuleCall) -> dict[ModuleCall, int]:
    """Return the number of certificates below each module call, at least one."""
    found: dict[ModuleCall, int] = {}
    for call in reversed([*root.all()]):  # Callees come before their callers.
        own = sum(kind == CERTIFICATE for kind, _ in call.module.resources)
        found[call] = max(1, own + sum(found[inner] for inner in call.calls.values()))
    return found
