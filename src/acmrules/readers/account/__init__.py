"""Reads what AWS answered about certificates, its events, zone files, and output of dig."""
