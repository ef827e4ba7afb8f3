"""The plugin of the CDK. It needs aws-cdk-lib, so only `acmrules.guards.cdk` imports it."""

from __future__ import annotations

import os
from datetime import date

import aws_cdk
import jsii

import acmrules
from acmrules.errors import AcmRulesError
from acmrules.guards.cdk.assembly import check_templates, of_app, with_nested
from acmrules.guards.cdk.translation import failed_report, plugin_report, with_stacks
from acmrules.lint import SettingsError
from acmrules.lint.rules import CATALOGUE
from acmrules.workspace.errors import describe_crash

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from acmrules.workspace.arguments import GivenSettings


@jsii.implements(aws_cdk.IPolicyValidationPlugin)
class AcmRulesValidator:
    """Checks the certificate requests in the templates of an app.

    `settings` are a settings file or a mapping, as for `acmrules.lint.check_paths`; by default, the
    nearest settings file applies. `as_of` is the date whose rules apply; by default, that of the
    settings, or else today.
    """

    def __init__(self, *, settings: GivenSettings = None, as_of: date | None = None) -> None:
        self._settings = settings
        self._as_of = as_of

    @property
    def name(self) -> str:
        """The name of the plugin in reports of the CDK."""
        return "acmrules"

    @property
    def version(self) -> str:
        """The version of acmrules."""
        return acmrules.__version__

    @property
    def rule_ids(self) -> list[str]:
        """The rules that the plugin checks."""
        return [rule.id for rule in CATALOGUE]

    def validate(
        self, context: aws_cdk.IPolicyValidationContext
    ) -> aws_cdk.PolicyValidationPluginReport:
        """Return the findings in the templates of a context, or why they cannot be checked."""
        paths = [*context.template_paths]
        try:
            data = self._checked(paths)
        except SettingsError as error:
            data = failed_report(map(str, error.mistakes), self.version, paths)
        except (AcmRulesError, TypeError) as error:
            data = failed_report([str(error)], self.version, paths)
        except Exception as error:  # noqa: BLE001  (the command of the CDK ignores an exception)
            data = failed_report([describe_crash(error)], self.version, paths)
        return _report(with_stacks(data, _stacks(context)))

    def _checked(self, paths: list[str]) -> dict[str, Any]:
        report = check_templates(paths, settings=self._settings, as_of=self._as_of)
        own = with_nested(paths)
        others = [path for path in of_app(paths) if path not in own]
        return plugin_report(report.to_dict(), report.exit_code, own, others)


def _stacks(context: aws_cdk.IPolicyValidationContext) -> dict[str, str]:
    """Return the construct paths of stacks by their templates; older versions have none."""
    found = getattr(context, "stack_templates", None) or ()
    return {os.path.abspath(each.template_path): each.stack_construct_path for each in found}


def _report(data: dict[str, Any]) -> aws_cdk.PolicyValidationPluginReport:
    return aws_cdk.PolicyValidationPluginReport(
        success=data["success"],
        plugin_version=data["pluginVersion"],
        metadata=data["metadata"],
        violations=[
            aws_cdk.PolicyViolation(
                rule_name=each["ruleName"],
                description=each["description"],
                severity=each["severity"],
                fix=each["fix"],
                rule_metadata=each["ruleMetadata"],
                violating_resources=[*map(_resource, each["violatingResources"])],
            )
            for each in data["violations"]
        ],
    )


def _resource(data: dict[str, Any]) -> aws_cdk.PolicyViolatingResource:
    if "constructPath" in data:
        return aws_cdk.PolicyViolatingResource(
            construct_path=data["constructPath"],
            template_path=data["templatePath"],
            locations=data["locations"],
        )
    return aws_cdk.PolicyViolatingResource(
        resource_logical_id=data["resourceLogicalId"],
        template_path=data["templatePath"],
        locations=data["locations"],
    )
