"""The functions of Terraform that make texts and numbers."""

TEXT_FUNCTIONS = {}
