"""Read CloudFormation templates and change sets."""
