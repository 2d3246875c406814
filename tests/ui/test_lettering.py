"""Lines of text: what finds no room is cut at an ellipsis, never in silence."""

from __future__ import annotations

from game.ui.kit.fonts import BODY, Fonts
from game.ui.kit.lettering import wrapped

TEXT = "The defender is destroyed; the attacker has one step disrupted and goes on to the bridge."


def test_a_text_of_few_lines_stays_whole(fonts: Fonts) -> None:
    assert wrapped(fonts, TEXT, BODY, 14, 2000, 2) == [TEXT]
    assert " ".join(wrapped(fonts, TEXT, BODY, 14, 200, 9)) == TEXT


def test_the_last_line_of_a_text_that_goes_on_says_so(fonts: Fonts) -> None:
    whole = wrapped(fonts, TEXT, BODY, 14, 200)
    first, last = wrapped(fonts, TEXT, BODY, 14, 200, 2)
    assert len(whole) > 2 and first == whole[0]
    assert last.endswith("…") and whole[1].startswith(last.removesuffix("…"))
    assert fonts.width(last, BODY, 14) <= 200
