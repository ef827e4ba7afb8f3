"""Terraform modules, plans, and states to declarations."""
