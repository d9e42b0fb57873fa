"""The page and its host: acts before they are answered, several pages, errors, odd maps."""

from __future__ import annotations

import random
from typing import Any

import blank_page as blank
import pytest
from explorer_page import (
    CHANNEL,
    NOREPINEPHRINE,
    SERUM,
    act,
    acts,
    answer,
    key_of,
    painted,
    pixel,
    places,
    press_node,
    shows,
)

from mgmodel.explore import explore_map
from mgmodel.explore.codes import encode
from mgmodel.explore.views import View
from mgmodel.model import Model

# Acts that are under way


def test_an_act_is_painted_before_the_host_has_heard_of_it(core_page: Any) -> None:
    page, widget = core_page
    page.evaluate("window.slow = 100000")
    page.mouse.click(*pixel(page, CHANNEL))
    page.wait_for_function("() => document.querySelector('.mgm').dataset.seq === '1'")
    assert key_of(page, CHANNEL) == "off||"
    assert "No path is left" in answer(page)
    assert widget.view.switched_off == ()


def test_acts_in_a_row_are_all_done_however_late_the_host_is(core_page: Any) -> None:
    page, widget = core_page
    page.evaluate("window.slow = 300")
    drawn = [widget.model.node(one).id for one in list(widget.model.nodes)[:12]]
    for node in drawn:
        page.evaluate("(id) => document.querySelector('.mgm').mgm.act('switch_off', id)", node)
    at_once = page.evaluate("() => document.querySelector('.mgm').mgm.view().switched_off")
    painted(page, len(drawn))
    assert at_once == drawn == list(widget.view.switched_off)


def test_what_code_does_meanwhile_is_kept_under_what_is_under_way(chain_page: Any) -> None:
    page, widget = chain_page
    page.evaluate("window.slow = 400")
    page.evaluate("() => document.querySelector('.mgm').mgm.act('switch_off', 'b')")
    widget.hold("c")
    page.catch_up()
    both = page.evaluate(
        "() => { const { switched_off, held } = document.querySelector('.mgm').mgm.view();"
        " return [switched_off, held]; }"
    )
    painted(page, 1)
    assert both == [["b"], ["c"]]
    assert (widget.view.switched_off, widget.view.held) == (("b",), ("c",))


def test_an_act_that_the_host_confirms_is_not_painted_again(core_page: Any) -> None:
    page, _ = core_page
    page.evaluate(
        """() => {
          window.paints = 0;
          const own = CanvasRenderingContext2D.prototype.clearRect;
          CanvasRenderingContext2D.prototype.clearRect = function (...box) {
            window.paints += 1;
            return own.apply(this, box);
          };
        }"""
    )
    act(page, "switch_off", CHANNEL)
    page.wait_for_timeout(200)
    assert page.evaluate("window.paints") == 1


def test_a_message_has_the_act_its_value_the_page_and_a_count(chain_page: Any) -> None:
    page, _ = chain_page
    act(page, "switch_off", "b")
    act(page, "restore", "b")
    first, second = page.evaluate("window.sent")
    assert (first["do"], first["value"], first["n"]) == ("switch_off", "b", 1)
    assert (second["do"], second["n"], second["page"]) == ("restore", 2, first["page"])


# Several pages


def into_view(page: Any, view: int) -> None:
    page.evaluate("(view) => document.querySelectorAll('.mgm-scroll')[view].scrollIntoView()", view)


def test_two_displays_of_one_widget_stay_in_step(blank_page: Any, chain: Model) -> None:
    widget = explore_map(chain, source="a", target="d")
    blank.show(blank_page, widget, views=2)
    press_node(blank_page, "b")
    shows(blank_page, widget, view=1)
    into_view(blank_page, 1)
    blank_page.mouse.click(*pixel(blank_page, "c", view=1))
    painted(blank_page, 1, view=1)
    shows(blank_page, widget, view=0)
    assert widget.view.switched_off == ("b", "c")
    assert (acts(blank_page, 0), acts(blank_page, 1)) == (1, 1)


def test_two_explorers_on_one_page_do_not_touch_each_other(
    blank_page: Any, chain: Model, vicious_circle: Model
) -> None:
    one, other = explore_map(chain, source="a", target="d"), explore_map(vicious_circle)
    blank.show(blank_page, one)
    blank.show(blank_page, other, beside="other")
    blank_page.wait_for_function(
        "() => [...document.querySelectorAll('.mgm')].every((root) => root.dataset.seq)"
    )
    press_node(blank_page, "b")
    into_view(blank_page, 1)
    blank_page.mouse.click(*pixel(blank_page, "cortisol", view=1))
    painted(blank_page, 1, view=1)
    ids = blank_page.evaluate("() => [...document.querySelectorAll('.mgm [id]')].map((e) => e.id)")
    assert (one.view.switched_off, other.view.switched_off) == (("b",), ("cortisol",))
    assert len(ids) == len(set(ids))


def test_cleaning_up_leaves_nothing_behind(chain_page: Any) -> None:
    page, _ = chain_page
    page.evaluate("() => window.cleanups.forEach((clean) => clean())")
    left = page.evaluate("() => window.listening() + document.querySelectorAll('.mgm').length")
    assert left == 0


def test_the_script_leaves_no_library_in_the_window(chain_page: Any) -> None:
    page, _ = chain_page
    assert page.evaluate("() => ['vis', 'Network', 'DataSet'].filter((one) => one in window)") == []


def test_a_code_in_the_address_is_opened_once(blank_page: Any, chain: Model) -> None:
    widget = explore_map(chain, source="a", target="d")
    code = encode(chain, View(source="b", target="d", switched_off=("c",)))
    blank_page.evaluate("(code) => { location.hash = `mgview=${code}` }", code)
    blank.show(blank_page, widget, views=2)
    blank_page.wait_for_function(
        "() => document.querySelector('.mgm').mgm.view().switched_off.length === 1"
    )
    painted(blank_page, 1)
    assert (widget.view.source, widget.view.switched_off) == ("b", ("c",))
    assert acts(blank_page, 1) == 0


# Errors


def test_what_cannot_be_done_is_said_and_the_control_goes_back(chain_page: Any) -> None:
    page, widget = chain_page
    page.get_by_label("Target", exact=True).select_option("a")
    alert = page.locator(".mgm-error")
    alert.wait_for(state="visible")
    page.wait_for_function("() => document.querySelector('.mgm select[id$=target]').value === 'd'")
    assert "two different nodes" in alert.inner_text()
    assert page.evaluate("window.sent") == []
    page.get_by_label("Target", exact=True).select_option("c")
    alert.wait_for(state="hidden")
    painted(page, 1)
    assert widget.view.target == "c"


@pytest.mark.parametrize(
    ("action", "sentence"),
    [
        ("highlight", "There is no path number 9: 1 are listed"),
        ("loop", "There is no loop number 9: 0 are listed"),
    ],
)
def test_what_is_not_listed_is_refused_and_the_page_goes_on(
    chain_page: Any, action: str, sentence: str
) -> None:
    page, widget = chain_page
    page.evaluate("(action) => document.querySelector('.mgm').mgm.act(action, 9)", action)
    assert sentence in page.locator(".mgm-error").inner_text()
    press_node(page, "b")
    assert widget.view.switched_off == ("b",)


def test_what_code_does_wrong_is_said_on_the_page_too(chain_page: Any) -> None:
    page, widget = chain_page
    with pytest.raises(ValueError, match="two different nodes"):
        widget.choose(target="a")
    page.catch_up()
    alert = page.locator(".mgm-error")
    assert "two different nodes" in alert.inner_text()
    press_node(page, "b")
    assert not alert.is_visible()


def test_an_error_in_the_page_is_said_and_the_page_goes_on(
    chain_page: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("MGMODEL_STRICT")
    page, widget = chain_page
    page.evaluate(
        """() => {
          const { mgm } = document.querySelector('.mgm');
          const { looks } = mgm.now().atlas;
          const kept = looks.light;
          delete looks.light; // what no host does
          mgm.act('switch_off', 'b');
          looks.light = kept;
        }"""
    )
    alert = page.locator(".mgm-error")
    alert.wait_for(state="visible")
    assert "Something went wrong: TypeError" in alert.inner_text()
    assert any("TypeError" in one.get("fault", "") for one in page.evaluate("window.sent"))
    assert widget.view.switched_off == ()
    press_node(page, "c")
    assert widget.view.switched_off == ("c",)


def test_the_error_line_moves_nothing_and_can_be_closed(chain_page: Any) -> None:
    page, _ = chain_page
    before = places(page)
    page.get_by_label("Target", exact=True).focus()
    page.get_by_label("Target", exact=True).select_option("a")
    page.locator(".mgm-error").wait_for(state="visible")
    during = places(page)
    page.locator(".mgm-error").get_by_role("button", name="Close").click()
    assert before == during
    assert not page.locator(".mgm-error").is_visible()
    assert page.evaluate("document.activeElement.id").endswith("-target")  # the hand is back


# Nothing moves


def test_nothing_moves_in_two_hundred_acts(core_page: Any) -> None:
    page, widget = core_page
    chance = random.Random(5)
    nodes, arrows = list(widget.model.nodes), list(widget.model.edges)
    bars = widget.atlas["bars"]
    before = places(page)
    kinds = {
        "switch_off": nodes,
        "hold": nodes,
        "restore": nodes,
        "source": nodes,
        "why": nodes,
        "focus": [None, *nodes],
        "cut": arrows,
        "flip": [edge.id for edge in widget.model.edges.values() if edge.sign],
        "card": arrows,
        "evidence": bars,
        "undo": [None],
        "redo": [None],
    }
    for _ in range(200):
        action = chance.choice(list(kinds))
        value = chance.choice(kinds[action])
        if action == "source" and value == widget.view.target:
            continue
        page.evaluate(
            "([action, value]) => document.querySelector('.mgm').mgm.act(action, value)",
            [action, value],
        )
        if chance.random() < 0.2:
            assert places(page) == before
    page.wait_for_timeout(300)
    assert places(page) == before
    assert page.evaluate("document.querySelector('.mgm').dataset.fault") is None


# Odd and large maps

HOSTILE = (
    "<script>window.hacked = 1</script>",
    "<img src=x onerror='window.hacked = 1'>",
    "\N{RIGHT-TO-LEFT OVERRIDE}\N{HEBREW LETTER ALEF}\N{HEBREW LETTER BET} abc",
    "x" * 300,
    "word " * 60,
    "\N{BRAIN}\N{ZERO WIDTH JOINER}\N{SNOWFLAKE}" * 40,
    "{label} {0} %s",
    "__proto__",
)


def test_hostile_labels_are_texts(blank_page: Any) -> None:
    first, *others = HOSTILE
    model = Model.from_edges([(first, other, 1) for other in others] + [(HOSTILE[1], first, -1)])
    blank.show(blank_page, explore_map(model, source=first, target=HOSTILE[3]))
    for action in ("why", "hold"):
        act(blank_page, action, HOSTILE[1])
    blank_page.mouse.move(*pixel(blank_page, first))
    tooltip = blank_page.locator(".vis-tooltip")
    tooltip.wait_for(state="visible")
    options = blank_page.get_by_role("listbox").first.get_by_role("option").all_inner_texts()
    assert tooltip.inner_text() == first
    assert any(first in one for one in options)
    assert blank_page.evaluate("() => window.hacked === undefined")
    assert blank_page.locator(".mgm script, .mgm img").count() == 0
    assert blank_page.evaluate("document.querySelector('.mgm').dataset.fault") is None


def test_a_label_that_is_too_long_ends_in_dots_inside_its_box(blank_page: Any) -> None:
    blank.show(blank_page, explore_map(Model.from_edges([("x" * 300, "y", 1)])))
    lines, room = blank_page.evaluate(
        """() => {
          const { boards, now } = document.querySelector('.mgm').mgm;
          const { plan, book } = now();
          const ctx = document.createElement('canvas').getContext('2d');
          ctx.font = `${plan.font}px ${plan.face}`;
          const lines = boards.main.fit(book.nodes[0].lines);
          return [lines.map((line) => [line, ctx.measureText(line).width]), plan.box[0]];
        }"""
    )
    assert all(line.endswith("…") and width < room * 1.15 for line, width in lines)


def large_map(nodes: int) -> Model:
    chance = random.Random(1)
    names = [f"node {number}" for number in range(nodes)]
    arrows = {(names[chance.randrange(at)], names[at]) for at in range(1, nodes)}
    while len(arrows) < 2 * nodes:
        one, other = chance.sample(names, 2)
        arrows.add((one, other))
    return Model.from_edges([(a, b, chance.choice((1, -1))) for a, b in sorted(arrows)])


@pytest.mark.slow
def test_a_map_of_two_thousand_nodes_answers_a_click_soon(blank_page: Any) -> None:
    model = large_map(2000)
    widget = explore_map(model, view="whole", source="node 0", target="node 7")
    blank.show(blank_page, widget)
    times = blank_page.evaluate(
        """async () => {
          const { mgm } = document.querySelector('.mgm');
          const frame = () => new Promise((done) => requestAnimationFrame(() => setTimeout(done)));
          const times = [];
          for (const node of ['node 3', 'node 9', 'node 27', 'node 3']) {
            const start = performance.now();
            mgm.act('click', node);
            await frame();
            times.push(performance.now() - start);
            await new Promise((done) => setTimeout(done, 200));
          }
          return times.sort((a, b) => a - b);
        }"""
    )
    painted(blank_page, 4)
    assert times[0] < 3000  # half a second on a quiet machine
    assert set(widget.view.switched_off) == {"node 9", "node 27"}


@pytest.mark.slow
def test_a_click_on_the_whole_map_is_painted_within_a_few_frames(
    blank_page: Any, real_model: Model
) -> None:
    blank.show(
        blank_page, explore_map(real_model, view="whole", source=SERUM, target=NOREPINEPHRINE)
    )
    times = blank_page.evaluate(
        """async () => {
          const { mgm } = document.querySelector('.mgm');
          const { nodes } = mgm.now().atlas;
          const times = [];
          for (let turn = 0; turn < 30; turn += 1) {
            const start = performance.now();
            mgm.act('click', nodes[(turn * 7) % nodes.length]);
            times.push(performance.now() - start);
            await new Promise((done) => setTimeout(done, 40));
          }
          return times.sort((a, b) => a - b);
        }"""
    )
    assert times[5] < 33  # the median is 4 ms on a quiet machine
