"""Print the case files of the tests, with the reports of the command as JSON.

An argument is the path of a file with more inputs, as JSON: objects with `words` and `texts`.
"""

import json
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[4]
sys.path.insert(0, str(ROOT))

from tests.test_cases import CASES, DAY, parts, run_command  # noqa: E402


def main() -> None:
    """Print an object for each case file."""
    found = []
    for case in CASES:
        _, words, texts, _ = parts(case)
        if sum(word in texts for word in words) > 1:
            # The page checks several files as their directory, whatever their order.
            words = ["check", ".", *(word for word in words[1:] if word not in texts)]
        output, _, code = run_command([*words, "--format", "json"], texts).rpartition("exit code ")
        found.append(
            {
                "name": case.relative_to(ROOT / "tests" / "cases").as_posix(),
                "words": words,
                "day": DAY,
                "texts": texts,
                "code": int(code),
                "report": json.loads(output),
            }
        )
    json.dump(found, sys.stdout)


main()
