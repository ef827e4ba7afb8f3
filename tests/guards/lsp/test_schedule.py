"""When folders are checked."""

import asyncio
import threading

from acmrules.guards.lsp import schedule as schedules
from acmrules.guards.lsp.schedule import Outdated, Schedule
from acmrules.syntax.source import InputError


class Folder:
    """A folder whose checks a test controls."""

    def __init__(self, check):
        self.documents = {}
        self.checks = []
        self._check = check

    def check(self, documents, step):
        """Return what the test wants."""
        self.checks.append(documents)
        return self._check(documents, step)


def test_a_pause_in_typing_is_one_check():
    """Changes that follow each other quickly are checked once, with the last texts."""
    published = []
    folder = Folder(lambda documents, _: documents)

    async def typed():
        schedule = Schedule(lambda *each: published.append(each), pause=0.05)
        for number in range(5):
            folder.documents["a"] = number
            schedule.want(folder)
        outcome = await schedule.current(folder)
        schedule.close()
        return outcome

    assert asyncio.run(typed()).checked == {"a": 4}
    assert folder.checks == [{"a": 4}]
    assert len(published) == 1


def test_an_outdated_check_ends_and_is_not_published():
    """The next step of a check notices that the texts have changed."""
    published, begun = [], threading.Event()

    def check(documents, step):
        begun.set()
        while documents["a"] == 0:
            step()
        return documents

    folder = Folder(check)

    async def typed():
        schedule = Schedule(lambda _, outcome: published.append(outcome.checked), pause=0)
        folder.documents["a"] = 0
        schedule.want(folder)
        await asyncio.to_thread(begun.wait)
        folder.documents["a"] = 1
        schedule.want(folder)
        await schedule.current(folder)
        schedule.close()

    asyncio.run(typed())
    assert published == [{"a": 1}]


def test_an_exception_is_an_outcome_and_the_next_text_is_checked():
    """A bug does not end the session."""
    published = []

    def check(documents, _):
        if documents["a"] == 0:
            raise ZeroDivisionError("oops")
        if documents["a"] == 1:
            raise InputError("a.toml", "is missing")
        return documents

    folder = Folder(check)

    async def typed():
        schedule = Schedule(lambda _, outcome: published.append(outcome), pause=0)
        for number in range(3):
            folder.documents["a"] = number
            schedule.want(folder)
            await schedule.current(folder)
        schedule.close()

    asyncio.run(typed())
    bug, error, good = published
    assert "a bug in acmrules" in bug.fault
    assert "oops" in bug.fault
    assert error.fault == "a.toml: is missing"
    assert good.checked == {"a": 2}
    assert not good.fault


def test_deferred_texts_are_checked_when_an_answer_needs_them():
    """They are not published."""
    published = []
    folder = Folder(lambda documents, _: documents)

    async def typed():
        schedule = Schedule(lambda _, outcome: published.append(outcome.checked), pause=0)
        folder.documents["a"] = 1
        schedule.defer(folder)
        await asyncio.sleep(0.02)
        before = len(folder.checks)
        outcome = await schedule.current(folder)
        schedule.close()
        return before, outcome.checked

    assert asyncio.run(typed()) == (0, {"a": 1})
    assert published == []


def test_a_forgotten_folder_is_not_published():
    """For example because its last document was closed during the check."""
    published, begun, end = [], threading.Event(), threading.Event()

    def check(documents, _):
        begun.set()
        end.wait()
        return documents

    folder = Folder(check)

    async def closed():
        schedule = Schedule(lambda *each: published.append(each), pause=0)
        schedule.want(folder)
        task = schedule.job(folder).task
        await asyncio.to_thread(begun.wait)
        schedule.forget(folder)
        end.set()
        await task
        schedule.close()

    asyncio.run(closed())
    assert published == []


def test_work_knows_whether_the_texts_have_changed():
    """So that answers for outdated texts are not completed."""

    async def changed():
        schedule = Schedule(lambda *_: None)
        folder = Folder(lambda documents, _: documents)
        is_current = schedule.is_current(folder)
        before = is_current()
        schedule.defer(folder)
        schedule.close()
        return before, is_current()

    assert asyncio.run(changed()) == (True, False)
    assert issubclass(Outdated, BaseException)
    assert not issubclass(Outdated, Exception)


def test_memory_is_freed_while_you_type(monkeypatch):
    """After many checks without a rest, reference cycles are searched for, in the same thread."""
    searched = []
    monkeypatch.setattr(schedules, "MOST_CHECKS", 3)
    monkeypatch.setattr(
        schedules.gc, "collect", lambda: searched.append(threading.current_thread().name)
    )
    folder = Folder(lambda documents, _: documents)

    async def typed():
        schedule = Schedule(lambda *_: None, pause=0)
        for number in range(7):
            folder.documents["a"] = number
            schedule.want(folder)
            await schedule.current(folder)
        await schedule.apart(lambda: None)
        schedule.close()

    asyncio.run(typed())
    assert len(searched) == 2
    assert all(name.startswith("acmrules") for name in searched)
