"""Queries of DNS servers and of AWS, sent only if the user requests them."""
