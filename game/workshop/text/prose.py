"""A single value written anew in the layout of the one before it: quotes, folds and blocks stay what they were."""

from __future__ import annotations

from game.workshop.text.letters import Letters
from game.workshop.text.marks import TextMark
from game.workshop.text.writing import WIDTH, as_text, folded, literal, scalar


def rewritten(letters: Letters, found: TextMark, value: str | int) -> str:
    """The letters that put a value in the place of another."""
    present = letters.text[found.start : found.end]
    if found.style in ("|", ">"):
        return _block(present, found.style, as_text(value))
    if found.start == found.end:
        return " " + scalar(value)
    if "\n" in present:
        rest = present.partition("\n")[2].lstrip("\n")
        indent = len(rest) - len(rest.lstrip(" "))
        return folded(as_text(value), letters.column(found.start), indent, found.style)
    return scalar(value, found.style)


def _block(present: str, style: str, text: str) -> str:
    head, _, body = present.partition("\n")
    lines = [line for line in body.split("\n") if line.strip()]
    indent = min((len(line) - len(line.lstrip(" ")) for line in lines), default=2)
    if style == ">":
        return _refolded(head, body, text, indent)
    written = literal(text, indent)
    return head + written[1:] if written.startswith("|") else written


def _refolded(head: str, body: str, text: str, indent: int) -> str:
    """A folded text: paragraphs that stay keep their lines, others are broken at blanks."""
    old = {" ".join(lines.split()): lines for lines in body.split("\n\n")}
    out = []
    for paragraph in text.rstrip("\n").split("\n"):
        kept = old.get(" ".join(paragraph.split()))
        out.append(kept if kept is not None and paragraph else _broken(paragraph, indent))
    return head + "\n" + "\n\n".join(out)


def _broken(text: str, indent: int) -> str:
    lines, line = [], " " * indent
    for word in text.split(" "):
        if line.strip() and len(line) + 1 + len(word) > WIDTH:
            lines.append(line)
            line = " " * indent
        line += (" " if line.strip() else "") + word
    return "\n".join([*lines, line])
