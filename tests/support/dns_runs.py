"""Queries to real name servers from processes of their own: tests may not open connections."""

import json
import pickle
import subprocess
import sys

SECONDS = 20
"""How long a response may need on a busy machine."""


def sent(queries):
    """Return the responses to queries, each as `dns_asking` describes them."""
    return json.loads(_run("dns_asking", json.dumps(queries).encode()))


def asked(network, certificates, known):
    """Return the answers that `ask` adds, and its reports of progress."""
    arguments = {"resolver": network.resolver, "seconds": SECONDS}
    return pickle.loads(_run("dns_ask_runs", pickle.dumps(((certificates, known), arguments))))


def _run(module, data):
    done = subprocess.run(
        [sys.executable, "-m", f"tests.support.{module}"],
        input=data,
        capture_output=True,
        check=False,
    )
    assert not done.stderr, done.stderr.decode()
    return done.stdout
