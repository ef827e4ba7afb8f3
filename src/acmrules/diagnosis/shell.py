"""Commands for a POSIX shell, with each argument quoted where it has to be."""

from __future__ import annotations


def command(*words: str) -> str:
    """Return a command of arguments.

    >>> print(command("dig", "CNAME", "*.example.com"))
    dig CNAME '*.example.com'
    """
    from shlex import quote  # A run without an obstacle needs no command.

    return " ".join(map(quote, words))


def aws(service: str, operation: str, *options: str) -> str:
    """Return a command of the AWS CLI.

    >>> print(aws("sts", "get-caller-identity"))
    aws sts get-caller-identity
    """
    return command("aws", service, operation, *options)
