"""Readers of Terraform modules, plans and states. They know no other format."""
