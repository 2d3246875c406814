"""A bounded memory of answers: what was asked for last is kept, what nobody has asked for longest is forgotten."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from typing import Generic, TypeVar

T = TypeVar("T")


class Recent(Generic[T]):
    """Answers by all that they depend on, so that none is ever out of date; at most ``most`` of them.

    >>> asked = []
    >>> squares: Recent[int] = Recent(2)
    >>> [squares.found(n, lambda n=n: asked.append(n) or n * n) for n in (1, 2, 1, 3, 1, 2)]
    [1, 4, 1, 9, 1, 4]
    >>> asked
    [1, 2, 3, 2]
    """

    __slots__ = ("_answers", "_most")

    def __init__(self, most: int) -> None:
        self._answers: dict[Hashable, T] = {}
        self._most = most

    def __len__(self) -> int:
        """How many are remembered now."""
        return len(self._answers)

    def found(self, key: Hashable, make: Callable[[], T], holds: Callable[[T], bool] | None = None) -> T:
        """The answer to a question, worked out if it is not remembered, or if ``holds`` says that it is out of date."""
        answer = self._answers.pop(key, None)
        if answer is None or (holds is not None and not holds(answer)):
            answer = make()
            if len(self._answers) >= self._most:
                del self._answers[next(iter(self._answers))]
        self._answers[key] = answer
        return answer
