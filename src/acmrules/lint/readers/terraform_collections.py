"""The functions of Terraform that make lists and mappings."""

COLLECTION_FUNCTIONS = {}
