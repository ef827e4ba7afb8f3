"""Evaluates Terraform expressions as far as their values are known."""
