"""Small signed maps and questions about them, drawn by Hypothesis."""

from __future__ import annotations

from hypothesis import strategies as st

from mgmodel.interventions import Block, Clamp, CutEdge, FlipEdge, Intervention, KnockOut, Press
from mgmodel.model import Model

NAMES = ("b", "a", "d", "c", "f", "e", "h", "g", "l", "k", "j", "i")
"""Not in string order, so that the order of the map and the order of ids differ."""


@st.composite
def signed_models(
    draw: st.DrawFn, *, most_nodes: int = 6, most_arrows: int = 14, unclear: bool = True
) -> Model:
    """Maps with loops, self-loops, parallel arrows of either sign and lonely nodes."""
    nodes = NAMES[: draw(st.integers(1, most_nodes))]
    end = st.sampled_from(nodes)
    sign = st.sampled_from((1, -1, 0) if unclear else (1, -1))
    arrows = draw(st.lists(st.tuples(end, end, sign), max_size=most_arrows))
    return Model.from_edges(arrows, nodes)


@st.composite
def models_with_ends(draw: st.DrawFn) -> tuple[Model, str, str]:
    """A map, and two of its nodes, which may be the same."""
    model = draw(signed_models())
    end = st.sampled_from(tuple(model.nodes))
    return model, draw(end), draw(end)


@st.composite
def models_with_questions(draw: st.DrawFn) -> tuple[Model, tuple[Intervention, ...]]:
    """A map of up to 12 nodes, and interventions that do not contradict each other."""
    model = draw(signed_models(most_nodes=12, most_arrows=30))
    fixings = draw(
        st.dictionaries(
            st.sampled_from(tuple(model.nodes)),
            st.sampled_from(("press", "clamp", "block", "knock out")),
            max_size=4,
        )
    )
    amount = st.floats(-2, 2, allow_nan=False).map(lambda number: round(number, 3))
    asked: list[Intervention] = []
    for node, verb in fixings.items():
        match verb:
            case "press":
                asked.append(Press(node, draw(amount)))
            case "clamp":
                asked.append(Clamp(node, draw(amount)))
            case "block":
                asked.append(Block(node))
            case _:
                asked.append(KnockOut(node))
    if model.edges:
        cut = draw(st.lists(st.sampled_from(tuple(model.edges)), max_size=3))
        asked += map(CutEdge, cut)
        flipped = draw(st.lists(st.sampled_from(tuple(model.edges)), max_size=2))
        asked += map(FlipEdge, flipped)
    return model, tuple(asked)
