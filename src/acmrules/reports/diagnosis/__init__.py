"""Diagnoses of certificates as text, Markdown and JSON."""
