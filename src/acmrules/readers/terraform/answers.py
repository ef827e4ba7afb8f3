"""The answers to the conditions of a root module, and what they reveal about its variables."""

from __future__ import annotations

import re

from acmrules.readers.conditions import INDEPENDENT

TYPE_CHECKING = False
if TYPE_CHECKING:
    from acmrules.readers.conditions import State

# `re` compiles a pattern when it is first used, because few modules need it.
_VARIABLE = r"\bvar\.([\w-]+)"
_NAME = r"(var\.[\w-]+|terraform\.workspace)"
_EQUAL = rf'{_NAME} (==|!=) "([^"$%\\]*)"|"([^"$%\\]*)" (==|!=) {_NAME}'


class GivenAnswers:
    """The answers in a state, and further ones as they are given.

    `known` are the values of variables that follow, and `without_default` are the variables that do
    not have their defaults.
    """

    def __init__(self, state: State) -> None:
        self.state = state
        self.known: dict[str, str | bool] = {}
        self.without_default: set[str] = set()
        self._answers = {question: answer for (_, question), answer in state}
        self._is_consistent = not state >= INDEPENDENT
        for (default, question), answer in state if self._is_consistent else ():
            self._learn(question, answer, as_expected=default == str(answer))

    def _learn(self, label: str, answer: bool, *, as_expected: bool) -> None:
        """Record what an answer reveals about the variables of the root."""
        found = re.fullmatch(_EQUAL, label)
        if label.startswith("var.") and re.fullmatch(_VARIABLE, label):
            self.known[label.removeprefix("var.")] = answer
        elif found:
            name, operator, text = found.group(1, 2, 3) if found[1] else found.group(6, 5, 4)
            name = name.removeprefix("var.")
            if answer is (operator == "=="):
                self.known[name] = text
            elif not as_expected:
                self.without_default.add(name)
        elif not as_expected:
            self.without_default.update(re.findall(_VARIABLE, label))

    def add(self, label: str, answer: bool) -> None:
        """Add an answer that the defaults give, which reveals nothing."""
        self._answers[label] = answer

    def to(self, label: str) -> bool | None:
        """Return the answer to a condition, also if it follows from others; `None` without one."""
        answer = self._answers.get(label)
        if answer is None and self._answers and self._is_consistent:
            from acmrules.readers.terraform.eval.answers import implied

            answer = implied(label, self._answers)
        return answer

    def agree_with(self, defaults: GivenAnswers) -> bool:
        """Return whether these answers may be those that the defaults give."""
        if any(default not in {"None", str(answer)} for (default, _), answer in self.state):
            return False
        assumed, own = defaults._answers, self._answers
        if not assumed or not own:
            return True
        from acmrules.readers.terraform.eval.answers import implied

        return all(
            (own[label] if label in own else implied(label, own)) in {None, answer}
            for label, answer in assumed.items()
        )
