"""The page of costs for users, with figures from `benchmarks/README.md`."""

from __future__ import annotations

import re
from pathlib import Path

ROOT = Path(__file__).parents[2]

HOME = "https://github.com/acmrules/acmrules/blob/main/benchmarks/README.md"

PAGE = """\
# Benchmarks

A check takes milliseconds, and its time grows with the number of requests.

- **A hook** on 100 files, 10 of them with certificates, takes {hook:.0f} to {all_formats:.0f} ms.
- **One template** takes {yaml:.0f} ms in a new process; Python alone takes {python:.0f} ms.
- **One request** with 10 names takes {rules} us in a running process, with all rules.
- **Growth** is linear: a resource of Terraform costs the same in a module with {smallest} resources
  as in one with {largest}.
- **Memory** stays at {memory} MiB for one template.

These are medians, last measured on {date} with CPython 3.11.7 on two cores of x86_64,
which also did other work. The [complete results]({home}) describe the
method, list all measurements, and name the targets that are missed. To measure on your machine, run
this in a clone:

```sh
python -m benchmarks
```

## Figures

| what | result | compared with |
| --- | --- | --- |
{table}
*Cold* is a new process with warm file caches, and `x` is the time in which Python starts. {about}

`docs/generate.py` generates this page from the tables of the benchmarks.
"""

ABOUT = (
    "cfn-lint and checkov check far more than certificates, so the comparison shows how long you"
    " wait if you only want to check certificates."
)

CELLS = 5
"""The number of cells of a row with a measurement: what, target, result, met, peers."""

SHOWN = (
    "`check` one JSON request, cold",
    "`check` one YAML template, cold",
    "300-resource template, cold, YAML / JSON",
    "50 lines of Terraform, cold",
    "1,000 lines of Terraform, cold",
    "`check` one Kubernetes manifest, cold",
    "the hook on 100 files, 10 with certificates: YAML / all formats",
    "check a Terraform module, time per resource of 500 / 2,000 / 8,000",
    "all rules on one request in process, 10 / 100 names",
    "10,000 files without certificates in a tree (*)",
    "peak memory, one template",
    "the guard of boto3 on one request, compared with the whole call of moto",
    "cfn-lint with the rules of acmrules, 1 / 300 resources, processor time compared with none",
    "a keystroke in an editor, from the change to the diagnostics, 300 resources, YAML / JSON",
    "compare --git HEAD, 200 templates, 0 / 10 / 200 edited",
    "plan of 100 / 1,000 / 10,000 hosts",
    "calendar, 200 templates, 200 commits in the year",
    "ask DNS about 100 names, half of them without a record, 20 ms a response",
    "`bulk` on 10^4 / 10^5 / 10^6 / 10^7 hosts, 100,000 certificates, Parquet",
    "its peak memory, all processes together",
)
"""The rows of interest to users, by their first cell."""


def pages() -> dict[str, str]:
    """Return the page of costs."""
    text = (ROOT / "benchmarks" / "README.md").read_text("utf-8")
    rows = dict(_rows(text))
    python = _number(rows["`python -c pass`"][1], r"([\d.]+) ms")
    hook = rows["the hook on 100 files, 10 with certificates: YAML / all formats"][1]
    growth = "check a Terraform module, time per resource of 500 / 2,000 / 8,000"
    smallest, _, largest = growth.partition(" of ")[2].split(" / ")
    table = "".join(
        f"| {key.removesuffix(' (*)')} | {rows[key][1]} | {rows[key][3]} |\n" for key in SHOWN
    )
    page = PAGE.format(
        python=python,
        hook=python * _number(hook, r"([\d.]+) x"),
        all_formats=python * _number(hook, r"/ ([\d.]+) x"),
        yaml=python * _number(rows["`check` one YAML template, cold"][1], r"([\d.]+) x"),
        rules=rows["all rules on one request in process, 10 / 100 names"][1].partition(" us")[0],
        smallest=smallest,
        largest=largest,
        memory=rows["peak memory, one template"][1].partition(" MiB")[0],
        date=max(re.findall(r"easured (?:.* )?on (\d{4}-\d\d-\d\d)", text)),
        table=table,
        about=ABOUT,
        home=HOME,
    )
    return {"pages/benchmarks.md": page}


def _rows(text: str) -> list[tuple[str, list[str]]]:
    """Return the rows of measurements with their cells, by the first cell."""
    lines = [re.split(r" *\| *", line)[1:-1] for line in text.splitlines() if line.startswith("| ")]
    return [(cells[0], cells[1:]) for cells in lines if len(cells) == CELLS]


def _number(text: str, pattern: str) -> float:
    found = re.search(pattern, text)
    if not found:
        raise ValueError(f"no {pattern} in {text!r}")
    return float(found[1])
