"""The recipes of CONTRIBUTING.md, and what their steps do in a tree of files."""

import re
from typing import NamedTuple

HEADING = re.compile(r"^### (?P<name>Add .*)$", re.MULTILINE)
END = re.compile(r"^#{1,3} ", re.MULTILINE)
BLOCK = re.compile(r"^(?P<fence>`{3,})\w*\n(?P<text>.*?)^(?P=fence)$", re.DOTALL | re.MULTILINE)


class RecipeError(Exception):
    """A recipe that cannot be followed; the message starts with its name."""


class Step(NamedTuple):
    """One step of a recipe: the form and the details of its sentence, and the block after it."""

    recipe: str
    form: str
    details: dict[str, str]
    text: str


FORMS = {
    "create": r"Create `(?P<path>[^`]+)`:",
    "append": r"At the end of `(?P<path>[^`]+)`, add:",
    "extend": r"At the end of `(?P<name>\w+)` in `(?P<path>[^`]+)`, add:",
    "before": r"In `(?P<path>[^`]+)`, before the line `(?P<line>[^`]+)`, add:",
    "after": r"In `(?P<path>[^`]+)`, after the line `(?P<line>[^`]+)`, add:",
    "row": r"In `(?P<path>[^`]+)`, after the row of `(?P<name>[^`]+)`, add:",
    "run": r"Run:",
}
"""The sentences that can precede a block; such a sentence ends its paragraph."""


def recipes(page):
    """Return the steps of each recipe of a page, in order; raises `RecipeError`."""
    found = {}
    headings = BLOCK.sub(lambda block: " " * len(block[0]), page)
    for heading in HEADING.finditer(headings):
        end = END.search(headings, heading.end())
        section = page[heading.end() : end.start() if end else len(page)]
        name, start = heading["name"], 0
        found[name] = []
        for block in BLOCK.finditer(section):
            paragraph = section[start : block.start()].strip().rpartition("\n\n")[2]
            found[name].append(_step(name, " ".join(paragraph.split()), block["text"]))
            start = block.end()
    return found


def _step(recipe, paragraph, text):
    for form, pattern in FORMS.items():
        if match := re.search(rf"(?:^|\. ){pattern}$", paragraph):
            return Step(recipe, form, match.groupdict(), text)
    raise RecipeError(f"{recipe}: no form of a step: {paragraph!r}")


def follow(step, folder, run):
    """Do a step in a folder, with `run` for its commands; raises `RecipeError`."""
    if step.form == "run":
        run(step.text)
        return
    path = folder / step.details["path"]
    if step.form == "create":
        if path.exists():
            raise RecipeError(f"{step.recipe}: {step.details['path']} exists")
        path.write_text(step.text, encoding="utf-8")
        return
    if not path.is_file():
        raise RecipeError(f"{step.recipe}: no file {step.details['path']}")
    lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
    index = len(lines) if step.form == "append" else _index(step, lines)
    lines.insert(index, step.text)
    path.write_text("".join(lines), encoding="utf-8")


def _index(step, lines):
    """Return the index of the line before which the block belongs."""
    if step.form == "extend":
        start = _only(step, lines, rf"{step.details['name']}(?:: .*)? = [(\[{{]\n")
        return next(i for i in range(start + 1, len(lines)) if lines[i][0] in ")]}")
    if step.form == "row":
        return _only(step, lines, rf"\| `?{re.escape(step.details['name'])}`? \|.*\n") + 1
    index = _only(step, lines, rf" *{re.escape(step.details['line'])}\n")
    return index + (step.form == "after")


def _only(step, lines, pattern):
    """Return the index of the only line that matches a pattern as a whole."""
    found = [index for index, line in enumerate(lines) if re.fullmatch(pattern, line)]
    if len(found) != 1:
        wanted = step.details.get("line") or step.details["name"]
        where = step.details["path"]
        raise RecipeError(f"{step.recipe}: {len(found)} lines in {where} are {wanted!r}, not 1")
    return found[0]
