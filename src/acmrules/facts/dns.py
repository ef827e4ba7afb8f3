"""Facts about DNS answers: what they prove about the validation of a name."""
