"""Asks DNS about certificates, because tests may not open connections.

Standard input is the pickle of the arguments of `ask`, by position and by name; standard output
that of the answers, and of the reports of progress.
"""

import pickle
import sys

from acmrules.network.dns.ask import ask


def main():
    """Ask once, and report how many answers and queries there were."""
    positional, named = pickle.load(sys.stdin.buffer)
    steps = []
    answers = ask(*positional, **named, step=lambda *numbers: steps.append(numbers))
    pickle.dump((answers, steps), sys.stdout.buffer)


if __name__ == "__main__":
    main()
