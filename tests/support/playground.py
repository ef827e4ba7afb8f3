"""Questions of the playground, as the page sends them."""

import json

from acmrules.guards.playground import answer

DAY = "2026-11-30"
_MOST_PARTS = 200


def question(files, topic="check", **members):
    """Return a question about files by name as JSON."""
    listed = [{"name": name, "text": text} for name, text in files.items()]
    data = {"topic": topic, "files": listed, "hosts": "", "region": "", "asOf": DAY}
    return json.dumps(data | members)


def ask(files, topic="check", **members):
    """Return the answer to a question about files by name, which is not an error."""
    *_, found = parts(files, topic, **members)
    return found


def parts(files, topic, **members):
    """Yield the parts of an answer, as the page gets them; only the last one is complete."""
    for _ in range(_MOST_PARTS):
        found = json.loads(answer(question(files, topic, **members)))
        assert found["topic"] == topic, found
        yield found
        if found.get("isComplete", True):
            return
    raise AssertionError("the answer is never complete")


def refusal(files, topic="check", **members):
    """Return the message of an error."""
    found = json.loads(answer(question(files, topic, **members)))
    assert found["topic"] == "error", found
    return found["message"]


def part(text, span):
    """Return the part of a string that a span means in JavaScript."""
    data = text.encode("utf-16-le")
    return data[2 * span["from"] : 2 * span["to"]].decode("utf-16-le")


def edited(files, edits):
    """Return the files after the edits of a button, as the page makes them."""
    texts = {name: text.encode("utf-16-le") for name, text in files.items()}
    for each in sorted(edits, key=lambda edit: edit["from"], reverse=True):
        data = texts[each["file"]]
        new = each["text"].encode("utf-16-le")
        texts[each["file"]] = data[: 2 * each["from"]] + new + data[2 * each["to"] :]
    return {name: data.decode("utf-16-le") for name, data in texts.items()}
