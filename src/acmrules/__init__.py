"""The rules of AWS Certificate Manager (ACM) requests, as pure functions with dated facts.

Names are loaded on first use, so importing the package takes almost no time.
"""

TYPE_CHECKING = False
if TYPE_CHECKING:
    from acmrules import lint as lint
    from acmrules.caa import CaaReason as CaaReason
    from acmrules.caa import CaaRecord as CaaRecord
    from acmrules.caa import CaaVerdict as CaaVerdict
    from acmrules.caa import may_issue as may_issue
    from acmrules.changes import ApproveAgain as ApproveAgain
    from acmrules.changes import Change as Change
    from acmrules.changes import Reason as Reason
    from acmrules.changes import Verdict as Verdict
    from acmrules.changes import compare as compare
    from acmrules.contacts import Contact as Contact
    from acmrules.contacts import ContactOrigin as ContactOrigin
    from acmrules.contacts import WhoisContacts as WhoisContacts
    from acmrules.contacts import mail_domain as mail_domain
    from acmrules.contacts import validation_contacts as validation_contacts
    from acmrules.coverage import CoverageIndex as CoverageIndex
    from acmrules.coverage import Miss as Miss
    from acmrules.coverage import Uncovered as Uncovered
    from acmrules.coverage import covers as covers
    from acmrules.coverage import redundant_names as redundant_names
    from acmrules.coverage import uncovered as uncovered
    from acmrules.diagnosis.answers import AnswerStatus as AnswerStatus
    from acmrules.diagnosis.answers import DnsAnswer as DnsAnswer
    from acmrules.diagnosis.answers import DnsAnswers as DnsAnswers
    from acmrules.diagnosis.answers import DnsQuery as DnsQuery
    from acmrules.diagnosis.answers import DnsRecord as DnsRecord
    from acmrules.diagnosis.answers import HostedZone as HostedZone
    from acmrules.diagnosis.certificate import CertificateDetail as CertificateDetail
    from acmrules.diagnosis.certificate import CertificateEvent as CertificateEvent
    from acmrules.diagnosis.certificate import CertificateStatus as CertificateStatus
    from acmrules.diagnosis.certificate import CertificateType as CertificateType
    from acmrules.diagnosis.certificate import DomainValidation as DomainValidation
    from acmrules.diagnosis.certificate import FailureReason as FailureReason
    from acmrules.diagnosis.certificate import HttpRedirect as HttpRedirect
    from acmrules.diagnosis.certificate import KeyPairOrigin as KeyPairOrigin
    from acmrules.diagnosis.certificate import RenewalStatus as RenewalStatus
    from acmrules.diagnosis.certificate import RenewalSummary as RenewalSummary
    from acmrules.diagnosis.certificate import ResourceRecord as ResourceRecord
    from acmrules.diagnosis.certificate import UpdateStatus as UpdateStatus
    from acmrules.diagnosis.certificate import UpdateSummary as UpdateSummary
    from acmrules.diagnosis.certificate import ValidationStatus as ValidationStatus
    from acmrules.diagnosis.diagnose import diagnose as diagnose
    from acmrules.diagnosis.diagnose import diagnose_all as diagnose_all
    from acmrules.diagnosis.model import Actor as Actor
    from acmrules.diagnosis.model import Cause as Cause
    from acmrules.diagnosis.model import Certainty as Certainty
    from acmrules.diagnosis.model import Deadline as Deadline
    from acmrules.diagnosis.model import Diagnosis as Diagnosis
    from acmrules.diagnosis.model import NameDiagnosis as NameDiagnosis
    from acmrules.diagnosis.model import Obstacle as Obstacle
    from acmrules.diagnosis.model import RecordAction as RecordAction
    from acmrules.diagnosis.model import RecordChange as RecordChange
    from acmrules.diagnosis.model import State as State
    from acmrules.errors import AcmRulesError as AcmRulesError
    from acmrules.errors import InvalidArgument as InvalidArgument
    from acmrules.errors import NoSuffixList as NoSuffixList
    from acmrules.errors import NotExpressible as NotExpressible
    from acmrules.errors import UnknownService as UnknownService
    from acmrules.facts.fact import Fact as Fact
    from acmrules.facts.fact import Mark as Mark
    from acmrules.facts.timeline import Citation as Citation
    from acmrules.facts.timeline import Era as Era
    from acmrules.facts.timeline import Timeline as Timeline
    from acmrules.faults import is_name as is_name
    from acmrules.faults import name_fault as name_fault
    from acmrules.limits import Quotas as Quotas
    from acmrules.limits import quota_increase_request as quota_increase_request
    from acmrules.name_errors import InvalidName as InvalidName
    from acmrules.name_errors import NameFault as NameFault
    from acmrules.name_list import NameList as NameList
    from acmrules.names import DomainName as DomainName
    from acmrules.names import Name as Name
    from acmrules.names import WildcardDomainName as WildcardDomainName
    from acmrules.names import parse_name as parse_name
    from acmrules.planner.demands import Demand as Demand
    from acmrules.planner.demands import PlanPolicy as PlanPolicy
    from acmrules.planner.demands import Unplannable as Unplannable
    from acmrules.planner.plan import Plan as Plan
    from acmrules.planner.plan import plan as plan
    from acmrules.planner.regional import PlannedCertificate as PlannedCertificate
    from acmrules.regions import Region as Region
    from acmrules.regions import has_acm as has_acm
    from acmrules.regions import near_regions as near_regions
    from acmrules.regions import partition_of as partition_of
    from acmrules.renewal import Eligibility as Eligibility
    from acmrules.renewal import Interval as Interval
    from acmrules.renewal import RenewalAttempt as RenewalAttempt
    from acmrules.renewal import Validity as Validity
    from acmrules.renewal import failure_notice_days as failure_notice_days
    from acmrules.renewal import foreseen_validity as foreseen_validity
    from acmrules.renewal import max_validity_days as max_validity_days
    from acmrules.renewal import renewal_attempts as renewal_attempts
    from acmrules.renewal import renewal_eligibility as renewal_eligibility
    from acmrules.renewal import renewal_interval as renewal_interval
    from acmrules.renewal import renewal_pace as renewal_pace
    from acmrules.renewal import renewal_window as renewal_window
    from acmrules.renewal import renewals_per_year as renewals_per_year
    from acmrules.renewal import validity_days as validity_days
    from acmrules.request import CertificateOrigin as CertificateOrigin
    from acmrules.request import CertificateRequest as CertificateRequest
    from acmrules.request import CertificateUsage as CertificateUsage
    from acmrules.request import KeyAlgorithm as KeyAlgorithm
    from acmrules.request import RootHierarchyType as RootHierarchyType
    from acmrules.request import Tag as Tag
    from acmrules.request import Tool as Tool
    from acmrules.request import UnknownMember as UnknownMember
    from acmrules.request import ValidationMethod as ValidationMethod
    from acmrules.request import ValidationOption as ValidationOption
    from acmrules.resources import CertificateReference as CertificateReference
    from acmrules.resources import Consumer as Consumer
    from acmrules.resources import ControllerListener as ControllerListener
    from acmrules.resources import Issuance as Issuance
    from acmrules.services import Service as Service
    from acmrules.services import key_algorithms as key_algorithms
    from acmrules.services import required_region as required_region
    from acmrules.services import usable_outside_aws as usable_outside_aws
    from acmrules.suffix_lists import default_suffixes as default_suffixes
    from acmrules.suffix_lists import suffixes_from as suffixes_from
    from acmrules.suffixes import PublicSuffixes as PublicSuffixes
    from acmrules.unresolved import ListedName as ListedName
    from acmrules.unresolved import Malformed as Malformed
    from acmrules.unresolved import Text as Text
    from acmrules.unresolved import Unknown as Unknown
    from acmrules.unresolved import Unresolved as Unresolved
    from acmrules.unresolved import UnresolvedNames as UnresolvedNames
    from acmrules.validation import HttpStep as HttpStep
    from acmrules.validation import MailStep as MailStep
    from acmrules.validation import RecordStep as RecordStep
    from acmrules.validation import RenewalSteps as RenewalSteps
    from acmrules.validation import ValidationPlan as ValidationPlan
    from acmrules.validation import validation_plan as validation_plan
    from acmrules.workload import Workload as Workload
    from acmrules.workload import yearly_workload as yearly_workload
    from acmrules.x509 import Certificate as Certificate
    from acmrules.x509 import ImportedCertificate as ImportedCertificate
    from acmrules.zones import ZoneIndex as ZoneIndex
    from acmrules.zones import ZoneMatch as ZoneMatch
    from acmrules.zones import zone_of as zone_of

__version__ = "0.2.0"
"""The version of acmrules."""

_HOMES = {
    "names": ("DomainName", "Name", "WildcardDomainName", "parse_name"),
    "faults": ("is_name", "name_fault"),
    "errors": (
        "AcmRulesError",
        "InvalidArgument",
        "NoSuffixList",
        "NotExpressible",
        "UnknownService",
    ),
    "name_errors": ("InvalidName", "NameFault"),
    "name_list": ("NameList",),
    "coverage": ("CoverageIndex", "Miss", "Uncovered", "covers", "redundant_names", "uncovered"),
    "suffixes": ("PublicSuffixes",),
    "suffix_lists": ("default_suffixes", "suffixes_from"),
    "contacts": ("Contact", "ContactOrigin", "WhoisContacts", "mail_domain", "validation_contacts"),
    "validation": (
        "HttpStep",
        "MailStep",
        "RecordStep",
        "RenewalSteps",
        "ValidationPlan",
        "validation_plan",
    ),
    "zones": ("ZoneIndex", "ZoneMatch", "zone_of"),
    "caa": ("CaaReason", "CaaRecord", "CaaVerdict", "may_issue"),
    "limits": ("Quotas", "quota_increase_request"),
    "regions": ("Region", "has_acm", "near_regions", "partition_of"),
    "services": ("Service", "key_algorithms", "required_region", "usable_outside_aws"),
    "planner.demands": ("Demand", "PlanPolicy", "Unplannable"),
    "planner.plan": ("Plan", "plan"),
    "planner.regional": ("PlannedCertificate",),
    "changes": ("ApproveAgain", "Change", "Reason", "Verdict", "compare"),
    "renewal": (
        "Interval",
        "Eligibility",
        "RenewalAttempt",
        "Validity",
        "failure_notice_days",
        "foreseen_validity",
        "max_validity_days",
        "renewal_attempts",
        "renewal_eligibility",
        "renewal_interval",
        "renewal_pace",
        "renewal_window",
        "renewals_per_year",
        "validity_days",
    ),
    "workload": ("Workload", "yearly_workload"),
    "diagnosis.answers": (
        "AnswerStatus",
        "DnsAnswer",
        "DnsAnswers",
        "DnsQuery",
        "DnsRecord",
        "HostedZone",
    ),
    "diagnosis.certificate": (
        "CertificateDetail",
        "CertificateEvent",
        "CertificateStatus",
        "CertificateType",
        "DomainValidation",
        "FailureReason",
        "HttpRedirect",
        "KeyPairOrigin",
        "RenewalStatus",
        "RenewalSummary",
        "ResourceRecord",
        "UpdateStatus",
        "UpdateSummary",
        "ValidationStatus",
    ),
    "diagnosis.diagnose": ("diagnose", "diagnose_all"),
    "diagnosis.model": (
        "Actor",
        "Cause",
        "Certainty",
        "Deadline",
        "Diagnosis",
        "NameDiagnosis",
        "Obstacle",
        "RecordAction",
        "RecordChange",
        "State",
    ),
    "request": (
        "CertificateOrigin",
        "CertificateRequest",
        "CertificateUsage",
        "KeyAlgorithm",
        "RootHierarchyType",
        "Tag",
        "Tool",
        "UnknownMember",
        "ValidationMethod",
        "ValidationOption",
    ),
    "resources": ("CertificateReference", "Consumer", "ControllerListener", "Issuance"),
    "unresolved": ("ListedName", "Malformed", "Text", "Unknown", "Unresolved", "UnresolvedNames"),
    "facts.fact": ("Fact", "Mark"),
    "x509": ("Certificate", "ImportedCertificate"),
    "facts.timeline": ("Citation", "Era", "Timeline"),
}
_HOME = {name: home for home, names in _HOMES.items() for name in names}

__all__ = ["__version__", "lint", *_HOME]  # noqa: PLE0604  (the names are in the table above)


if not TYPE_CHECKING:
    # Type checkers would accept every name of a module that has this function.

    def __getattr__(name: str) -> object:
        home = _HOME.get(name)
        if name == "lint":
            return __import__("acmrules.lint", fromlist=(name,))
        if home is None:
            raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
        value = getattr(__import__(f"acmrules.{home}", fromlist=(name,)), name)
        globals()[name] = value
        return value


def __dir__() -> list[str]:
    return __all__
