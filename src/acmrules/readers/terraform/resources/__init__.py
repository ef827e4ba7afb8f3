"""Resources of Terraform's AWS provider: certificates, consumers and DNS resources."""
