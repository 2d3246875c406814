"""Write docs/rulebook.md from the templates and the campaign's rules. A test fails when the file is stale."""

from __future__ import annotations

import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from game import engine, rulebook  # noqa: E402  (the path must be set first)

if __name__ == "__main__":
    text = rulebook.book(engine.load_scenario("race_for_deir_ezzor"))
    (ROOT / "docs" / "rulebook.md").write_text(text, encoding="utf-8")
    print(f"docs/rulebook.md: {len(text.split())} words")
