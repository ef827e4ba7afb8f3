"""What distinguishes the variants of a declaration: the answers to conditions, and instances."""

from __future__ import annotations

from acmrules.readers.terraform.scopes import SUPPLIED

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from acmrules.model.declaration import Variant
    from acmrules.readers.conditions import Question, State


def described(found: dict[str, list[tuple[State, Variant]]]) -> Iterator[Variant]:
    """Yield variants with a description of what distinguishes them: conditions and instance."""
    for address, variants in found.items():
        states = [dict(state) for state, _ in variants]
        # Sort the questions: a state is a set, whose order differs between processes.
        questions = {question for state in states for question in state}
        labels = sorted((each for each in questions if each[0] != SUPPLIED), key=_label_of)
        for state, (_, variant) in zip(states, variants, strict=True):
            equal = {_subject(question) for question, answer in state.items() if answer}
            holding = [
                f"`{question[1]}` is {str(state[question]).lower()}"
                for question in labels
                if question in state
                and len({other.get(question) for other in states}) > 1
                # What a value equals also says what it differs from.
                and (state[question] or _subject(question) not in equal)
            ]
            condition = f"when {' and '.join(holding)}" if holding else ""
            instance = f"for `{address}`" if len(found) > 1 else ""
            words = " ".join(filter(None, (condition, instance)))
            yield variant.__replace__(condition=words) if words else variant


def _subject(question: Question) -> str | Question:
    """Return what a question compares with a literal, or the question itself."""
    subject, equals, _ = question[-1].partition(' == "')
    return subject if equals else question


def _label_of(question: Question) -> str:
    return question[-1]
