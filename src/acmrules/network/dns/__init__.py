"""Asks DNS servers about the names of certificates, with dnspython."""
