"""A small map as the page receives it, made by hand, and a blank page that shows its panels."""

from __future__ import annotations

from typing import Any

from conftest import ROOT

from mgmodel.vocabulary import EvidenceBar, EvidenceLayer
from mgmodel.wording import word
from mgmodel.wording.catalogues import say, words

STATIC = ROOT / "mgmodel" / "explore" / "static"
PARTS = ("dom", "words", "tabs", "lists", "dossier", "chronicle", "grid", "tables", "finder")
MINUS = "\N{MINUS SIGN}"
HOSTILE = "<img src=x onerror=\"window.hacked=1\"> & 'quoted' {braces}"
LABELS = ("Serum magnesium", "NMDA receptor", "Norepinephrine", "Stress", HOSTILE, "Förmakstoppar")
SYNONYMS = ("", "NMDAR", "noradrenaline\nNoradrenalin", "belasting", "", "atriumtopjes")
ARROWS = ((0, 1, "decreases"), (1, 2, "increases"), (2, 3, "increases"), (3, 0, "decreases"))
MORE_ARROWS = ((4, 5, "unclear"), (0, 2, "decreases"))

TABS = (
    "Paths",
    "Why",
    "Claim card",
    "Loops",
    "Table",
    "Neighbourhood",
    "Evidence",
    "Compare",
    "Steps and code",
    "Help",
)

PAGE = """<!DOCTYPE html><html><head><meta charset="utf-8"><style>
body { margin: 12px; background: Canvas }</style></head>
<body data-jp-theme-light="true"></body></html>"""

STAND_INS = """
const viewFile = (chart, view) => JSON.stringify({ view });
const openedFile = (chart, text) => ({ view: JSON.parse(text).view, leftOut: [] });
const refusalInWords = (words, book, error) => error.message;
const decode = (chart, code) => {
  if (code.includes("!")) throw new Error("! is no character of a code.");
};
"""
START = """
({ script, styles, data, width, theme }) => {
  document.head.append(Object.assign(document.createElement('style'), { textContent: styles }));
  const parts = new Function(`"use strict";\\n${script}
    return { h, makeTabs, makeSearch, makeWords };`)();
  const own = { "data-theme": theme, style: `width: ${width}px` };
  const root = parts.h("div", { class: "mgm mgm-explorer", ...own });
  window.acts = [];
  const send = (action, value = null) => {
    window.acts.push([action, value]);
    window.afterAct?.(action, value);
  };
  const tabs = parts.makeTabs("t", send);
  const search = parts.makeSearch("s", send);
  root.append(search.element, tabs.element);
  document.body.append(root);
  const wrapped = (now) => ({ ...now, words: parts.makeWords(now.book), chart: {} });
  window.now = wrapped(data);
  window.refill = (data) => {
    window.now = wrapped(data);
    for (const part of [search, tabs]) part.fill(window.now), part.show(window.now);
  };
  window.repaint = (changes) => {
    const next = { ...window.now };
    for (const [name, part] of Object.entries(changes))
      next[name] = part === null || Array.isArray(part) ? part : { ...next[name], ...part };
    window.now = next;
    for (const part of [search, tabs]) part.show(next);
  };
  window.tabs = tabs;
  window.refill(data);
}
"""


def made_map(
    labels: tuple[str, ...] = LABELS,
    arrows: tuple[tuple[int, int, str], ...] = ARROWS + MORE_ARROWS,
) -> dict[str, Any]:
    """The atlas of a map whose nodes are n0, n1, …"""
    edges = [
        {
            "id": f"n{source}.n{target}",
            "source": source,
            "target": target,
            "effect": effect,
            "reasons": effect != "unclear",
            "contested": place in {1, 4},
            "grade": "ABCD"[place % 4],
            "layer": "mechanism" if place % 2 else "clinical_evidence",
            "bar": place % 6,
            "supporting": place + 1,
            "opposing": place % 2,
            "described": place % 2 == 0,
            "verified": place % 3 == 0,
            "permissive": False,
            "gate": "",
        }
        for place, (source, target, effect) in enumerate(arrows)
    ]
    plan = {"nodes": [[place, 0, 0] for place in range(4)], "edges": [{"id": 0}, {"id": 1}]}
    everything = {
        "nodes": [[place, 0, 0] for place in range(len(labels))],
        "edges": [{"id": place} for place in range(len(edges))],
    }
    return {
        "nodes": [f"n{place}" for place in range(len(labels))],
        "edges": edges,
        "bars": [bar.value for bar in EvidenceBar],
        "layers": [layer.value for layer in EvidenceLayer],
        "loops": [[0, 1, 2, 3], [4]],
        "weightings": 500,
        "plans": {"core": plan, "whole": everything},
    }


def made_book(
    atlas: dict[str, Any],
    labels: tuple[str, ...] = LABELS,
    synonyms: tuple[str, ...] = SYNONYMS,
    language: str = "en",
) -> dict[str, Any]:
    """Its words in one language."""
    named = [
        {"label": label, "name": label.lower(), "term": label, "names": [label, *more.split("\n")]}
        for label, more in zip(labels, synonyms, strict=True)
    ]
    return {
        "language": language,
        "words": dict(words(language)),
        "nodes": named,
        "edges": [
            {
                "arrow": f"from {labels[edge['source']]} to {labels[edge['target']]}",
                "sentence": f"A rise in {labels[edge['source']]} acts on {labels[edge['target']]}.",
                "cites": ["Murck 2002"],
            }
            for edge in atlas["edges"]
        ],
        "layers": {layer.value: word(layer, language) for layer in EvidenceLayer},
        "bars": {
            bar.value: [word(bar, language), say(f"evidence_bar.meaning.{bar}", language)]
            for bar in EvidenceBar
        },
    }


VIEW = {
    "drawing": "whole",
    "source": "n0",
    "target": "n3",
    "push": 1,
    "switched_off": [],
    "held": [],
    "cut": [],
    "flipped": [],
    "evidence": "documents",
    "focus": None,
    "steps": 1,
    "way": "both",
    "without_layers": [],
    "hidden": [],
    "route": None,
    "loop": None,
    "arrow": None,
    "why": None,
    "beside": None,
    "click": "switch_off",
    "language": "en",
}


def made_told(labels: tuple[str, ...] = LABELS) -> dict[str, Any]:
    """What is said of a push of the first node."""
    long = f"A rise in serum magnesium leads to a fall in NMDA receptor, hence {HOSTILE}."
    path = {"length": 3, "grade": "C", "outside": False, "nodes": [], "edges": []}
    verdicts = [
        ["rises", "always", 1, 0],
        ["falls", "robust", 0, 1],
        ["falls", "likely", 0.1, 0.9],
        ["depends", "depends", 0.5, 0.5],
        ["no_route", "always", 0, 0],
    ]
    return {
        "question": "Push serum magnesium up by 1.",
        "answer": "",
        "status": "",
        "count": "2 paths lead from serum magnesium to stress.",
        "note": "",
        "paths": [
            {**path, "sentence": long, "short": "Serum magnesium ⊣ Stress", "sign": MINUS},
            {**path, "sentence": "A way round.", "short": "a → b", "sign": "+", "outside": True},
        ],
        "asked": True,
        "nodes": [verdicts[place % 5] for place in range(len(labels))],
        "dim_nodes": [],
        "dim_edges": [],
        "faded_edges": [],
        "lit_nodes": [],
        "lit_edges": [],
        "loops": [
            {"sentence": "Stress feeds itself.", "word": "reinforcing", "broken": False},
            {"sentence": "Something calms itself.", "word": "balancing", "broken": True},
        ],
        "changed": [],
        "differences": [],
        "code": "7KQ2-M9XD-4",
        "python": "explore_map(model, view='whole', source='n0')",
    }


def made_why() -> dict[str, Any]:
    """Why the fourth node moves."""
    step = {"cites": ["Murck 2002"], "contested": None, "turned": False, "weakest": False}
    return {
        "node": 3,
        "sentence": "Stress: falls in 97% of weightings (robust).",
        "itself": "",
        "because": ["Mainly because norepinephrine falls."],
        "narration": "Stress falls because norepinephrine falls.",
        "blocked": "",
        "ways": [
            {
                "kind": "for",
                "heading": "First way, which agrees with the answer",
                "start": "Serum magnesium is pushed up.",
                "steps": [
                    {
                        **step,
                        "sentence": "Serum magnesium lowers the NMDA receptor.",
                        "edge": 0,
                        "grade": "A",
                        "described": True,
                        "verified": True,
                    },
                    {
                        **step,
                        "sentence": f"NMDA receptor raises {HOSTILE}.",
                        "edge": 1,
                        "grade": "D",
                        "contested": [3, 1],
                        "described": False,
                        "verified": False,
                        "weakest": True,
                        "cites": [],
                    },
                ],
            }
        ],
        "note": "",
        "decides": False,
        "deciding": [],
    }


def made_now(language: str = "en") -> dict[str, Any]:
    """Everything that a panel is shown."""
    atlas = made_map()
    return {
        "atlas": atlas,
        "book": made_book(atlas, language=language),
        "view": {**VIEW, "language": language},
        "told": made_told(),
        "why": None,
        "card": None,
        "theme": "light",
        "history": {"labels": ["Start", "Source: Serum magnesium", "Target: Stress"], "at": 1},
    }


def show(
    page: Any, data: dict[str, Any] | None = None, *, width: int = 700, theme: str = "light"
) -> Any:
    """The panels of this data in the page; without data, of the small map."""
    files = [STATIC / f"{name}.js" for name in PARTS]
    script = "\n".join([*(file.read_text(encoding="utf-8") for file in files), STAND_INS])
    styles = (STATIC / "explorer.css", STATIC / "panels.css")
    page.set_content(PAGE)
    page.evaluate(
        START,
        {
            "script": script,
            "styles": "\n".join(file.read_text(encoding="utf-8") for file in styles),
            "data": data or made_now(),
            "width": width,
            "theme": theme,
        },
    )
    return page


def opened(page: Any, tab: str) -> Any:
    """The panel of a tab, after a click on that."""
    page.get_by_role("tab", name=tab, exact=True).click()
    return page.get_by_role("tabpanel")


def has_focus(place: Any) -> bool:
    return place.evaluate("(element) => element === document.activeElement")
