"""What DNS answers prove about the validation of a name."""
