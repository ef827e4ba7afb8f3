"""Reads the certificates of AWS accounts, with boto3."""
