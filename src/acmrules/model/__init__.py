"""Certificates and consumers as files declare them, with locations, linked across files. Pure."""
