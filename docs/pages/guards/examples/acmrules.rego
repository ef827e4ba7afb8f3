# Policies of an organization on the report of `acmrules check --format json`.
package main

import rego.v1

# Rules of acmrules that are never accepted here, whatever their severity is.
forbidden := {"ACM401", "ACM402"}

deny contains message if {
	some finding in input.findings
	finding.severity == "error"
	message := describe(finding)
}

deny contains message if {
	some finding in input.findings
	finding.severity != "error"
	finding.rule in forbidden
	message := describe(finding)
}

# What acmrules could not read is not a pass.
deny contains message if {
	some error in input.errors
	message := sprintf("not read: %s", [error.message])
}

deny contains "nothing was checked" if input.is_empty

# A suppression needs a reason with a ticket.
deny contains message if {
	some finding in input.suppressed
	finding.suppression.kind == "inSource"
	not regex.match(`[A-Z]+-[0-9]+`, finding.suppression.reason)
	message := sprintf("suppressed without a ticket: %s", [describe(finding)])
}

warn contains message if {
	some finding in input.findings
	finding.severity == "warning"
	not finding.rule in forbidden
	message := describe(finding)
}

warn contains message if {
	some part in input.not_checked
	message := sprintf("not checked: %s %s", [part.what, part.why])
}

describe(finding) := sprintf("%s:%v: %s %s", [
	finding.file,
	finding.line,
	finding.rule,
	finding.message,
])
