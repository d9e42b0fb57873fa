"""What a page gives to eyes, keys and screen readers: names, contrast, targets, what is cut off."""

from __future__ import annotations

from pathlib import Path
from typing import Any

_SCRIPT = Path(__file__).with_suffix(".js").read_text(encoding="utf-8")


def read(page: Any, what: str) -> Any:
    """What a function of `page_reading.js` finds in the first explorer of the page."""
    return page.evaluate(f"() => {{ {_SCRIPT}\nreturn {what}(); }}")


def read_aloud(page: Any) -> list[dict[str, str]]:
    """Role, name and description of all that can have the focus, as assistive tools are told."""
    session = page.context.new_cdp_session(page)
    nodes = session.send("Accessibility.getFullAXTree")["nodes"]
    session.detach()
    told = []
    for node in nodes:
        properties = {one["name"]: one["value"].get("value") for one in node.get("properties", [])}
        role = str(node.get("role", {}).get("value", ""))
        if node.get("ignored") or not properties.get("focusable") or role == "RootWebArea":
            continue
        parts = ("name", "description")
        texts = {part: str(node.get(part, {}).get("value", "")) for part in parts}
        told.append({"role": role, **texts})
    return told
