"""CloudFormation templates and change sets to declarations."""
