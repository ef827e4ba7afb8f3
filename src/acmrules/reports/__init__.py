"""Answers as text, JSON, SARIF, and the rest. Pure."""
