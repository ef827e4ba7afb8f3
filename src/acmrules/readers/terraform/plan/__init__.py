"""Plans and states of `terraform show -json` to declarations."""
