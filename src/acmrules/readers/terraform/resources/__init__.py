"""Terraform resources that are certificates, consumers, or DNS resources."""
