"""Resources of Terraform's AWS provider in tools that are built on it: Pulumi and Crossplane."""
