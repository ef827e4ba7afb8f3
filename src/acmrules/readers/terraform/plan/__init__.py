"""Reader of Terraform plans and states."""
