"""Evaluation of Terraform expressions; unknown parts stay unknown. It knows no resources."""
