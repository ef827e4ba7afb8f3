"""A report on the certificates that exist in AWS accounts: what needs you, and what is unknown."""
