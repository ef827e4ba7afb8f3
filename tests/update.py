"""Rewrite what tests and pages show of the program's output, in place.

    python tests/update.py              # everything
    python tests/update.py cases readme # these parts

| part | rewrites | program |
| --- | --- | --- |
| `cases` | the reports in `tests/cases/**/*.case` | `tests/test_cases.py` |
| `corpus` | `tests/corpus/findings.txt` | `tests/test_corpus.py` |
| `sessions` | `console` blocks, but `$ ` lines | `tests/repository/test_transcripts.py` |
| `agents` | the answers in `docs/pages/guards/agents.md` | `tests/guards/mcp/test_page.py` |
| `reports` | examples of formats in `docs/pages/reports.md` | `tests/reports/test_findings.py` |
| `readme` | the Python session in `README.md` | `tests/repository/test_readme.py` |
| `schemas` | the JSON Schema files in `src/acmrules/schemas` | `tests/workspace/test_schemas.py` |
| `pages` | generated pages, pictures, hooks, the skill | `docs/generate.py` |

Each part is a program of its own and can be run alone; that of `sessions` also accepts pages, such
as `docs/pages/plan.md`. The programs accept whatever acmrules prints, so read the diff: a
sentence may change, a rule, place or severity may not.
"""

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parent.parent

PARTS = {
    "cases": "tests/test_cases.py",
    "corpus": "tests/test_corpus.py",
    "sessions": "tests/repository/test_transcripts.py",
    "agents": "tests/guards/mcp/test_page.py",
    "reports": "tests/reports/test_findings.py",
    "readme": "tests/repository/test_readme.py",
    "schemas": "tests/workspace/test_schemas.py",
    "pages": "docs/generate.py",
}
"""The program that rewrites each part."""


def update(part):
    """Run the program of a part with the sources and the test helpers on its path."""
    paths = [ROOT / "src", ROOT, *filter(None, [os.environ.get("PYTHONPATH")])]
    # Reports wrap at the size of the terminal, which `COLUMNS` and `LINES` state.
    own = {k: v for k, v in os.environ.items() if k not in {"COLUMNS", "LINES"}}
    own |= {"PYTHONPATH": os.pathsep.join(map(str, paths))}
    subprocess.run([sys.executable, PARTS[part]], cwd=ROOT, env=own, check=True)


if __name__ == "__main__":
    parts = sys.argv[1:] or list(PARTS)
    if unknown := [part for part in parts if part not in PARTS]:
        sys.exit(f"unknown part {unknown[0]!r}; choose from {', '.join(PARTS)}")
    for each in parts:
        update(each)
