"""The notebook that click_to_repaint.py measures: the explorer, and two peers on the same map."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

EXPLORER = """import ipywidgets
from IPython.display import display
from mgmodel import load_model
from mgmodel.explore import explore_map
model = load_model()
widget = explore_map(model, view="whole", source="serum_magnesium", target="norepinephrine")
widget"""

BY_PYTHON = """turn, by_python = 0, ipywidgets.Button(description="by Python")

def one_more(_):
    global turn
    turn += 1
    widget.click(list(model.nodes)[turn // 2 % 6])

by_python.on_click(one_more)
by_python.add_class("by-python")
by_python"""

CYTOSCAPE = """import sys
sys.path.extend({folders!r})
from mgmodel.network_view import network_spec
spec = network_spec(model, view="whole")
try:
    import ipycytoscape
except ImportError:
    print("absent")
else:
    peer = ipycytoscape.CytoscapeWidget()
    nodes = [
        {{"data": {{"id": node["id"], "label": node["label"]}},
          "position": {{"x": node["x"], "y": node["y"]}}}}
        for node in spec["nodes"]
    ]
    arrows = [
        {{"data": {{"id": edge["id"], "source": edge["from"], "target": edge["to"]}}}}
        for edge in spec["edges"]
    ]
    peer.graph.add_graph_from_json({{"nodes": nodes, "edges": arrows}}, directed=True)
    peer.set_layout(name="preset", animate=False, fit=True)
    peer.set_style([
        {{"selector": "node", "style": {{"label": "data(label)", "background-color": "#AED6F1"}}}},
        {{"selector": "node.off", "style": {{"background-color": "#F5B183"}}}},
        {{"selector": "edge", "style": {{"curve-style": "bezier"}}}},
    ])
    found = {{node.data["id"]: node for node in peer.graph.nodes}}

    def toggle(event):
        node = found[event["data"]["id"]]
        node.classes = "" if "off" in node.classes.split() else "off"

    peer.on("node", "click", toggle)
    display(peer)"""

PYVIS = """import html
import warnings
from IPython.display import HTML
from mgmodel.network_view import to_pyvis
warnings.simplefilter("ignore")
out, button = ipywidgets.Output(), ipywidgets.Button(description="again")

def again(_):
    global turn
    turn += 1
    for node in spec["nodes"]:
        node["color"] = {"background": ["#AED6F1", "#F5B183"][turn % 2], "border": "#4A4A4A"}
    page = html.escape(to_pyvis(spec).generate_html())
    with out:
        out.clear_output(wait=True)
        display(HTML(f'<iframe srcdoc="{page}" width="940" height="560"></iframe>'))

button.on_click(again)
button.add_class("again")
again(None)
display(button, out)"""


def write(folder: Path, peers: list[str]) -> Path:
    """Write the notebook into a folder; `peers` are folders in which ipycytoscape may be."""
    sources = (EXPLORER, BY_PYTHON, CYTOSCAPE.format(folders=peers), PYVIS)
    cells: list[dict[str, Any]] = [
        {
            "cell_type": "code",
            "id": f"cell{number}",
            "metadata": {},
            "outputs": [],
            "execution_count": None,
            "source": source,
        }
        for number, source in enumerate(sources)
    ]
    kernel = {"name": "python3", "display_name": "Python 3", "language": "python"}
    content = {
        "cells": cells,
        "metadata": {"kernelspec": kernel},
        "nbformat": 4,
        "nbformat_minor": 5,
    }
    path = folder / "click_to_repaint.ipynb"
    path.write_text(json.dumps(content), encoding="utf-8")
    return path
