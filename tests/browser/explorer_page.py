"""What a person does in an explorer on a blank page, and what is then to be seen."""

from __future__ import annotations

from typing import Any

from mgmodel.explore import MapWidget

CHANNEL, SERUM, NOREPINEPHRINE = "n_type_calcium_channel", "serum_magnesium", "norepinephrine"


def pixel(page: Any, node: str, view: int = 0) -> tuple[float, float]:
    point = page.evaluate(
        "([id, view]) => document.querySelectorAll('.mgm')[view].mgm.pixelOf(id)", [node, view]
    )
    return point["x"], point["y"]


def acts(page: Any, view: int = 0) -> int:
    """How many acts of this page its texts show."""
    return page.evaluate(
        "(view) => Number(document.querySelectorAll('.mgm')[view].dataset.seq)", view
    )


def painted(page: Any, count: int, view: int = 0) -> None:
    """Wait until the page shows this many of its acts and the host has heard of them."""
    page.wait_for_function(
        """([count, view]) => {
          const { seq, heard } = document.querySelectorAll('.mgm')[view].dataset;
          return Number(seq) >= count && Number(heard) >= count;
        }""",
        arg=[count, view],
    )


def shows(page: Any, widget: MapWidget, view: int = 0) -> None:
    """Wait until the page shows what the widget holds."""
    page.wait_for_function(
        "([shown, view]) => document.querySelectorAll('.mgm')[view].dataset.shown === shown",
        arg=[f"{widget.shown.short_code} {widget.view.language}", view],
    )


def press_node(page: Any, node: str) -> None:
    before = acts(page)
    page.mouse.click(*pixel(page, node))
    painted(page, before + 1)


def press_key(page: Any, key: str) -> None:
    """A key that is an act."""
    before = acts(page)
    page.keyboard.press(key)
    painted(page, before + 1)


def act(page: Any, action: str, value: Any = None) -> bool:
    """One act by its name; gives whether it was done, or refused."""
    before = acts(page)
    done = page.evaluate(
        "([action, value]) => document.querySelector('.mgm').mgm.act(action, value) === true",
        [action, value],
    )
    if done:
        painted(page, before + 1)
    return bool(done)


def answer(page: Any) -> str:
    return str(page.locator(".mgm-answer").first.inner_text())


def key_of(page: Any, node: str) -> str:
    """What a box stands for: its state, its role and its flags."""
    return str(page.evaluate("(id) => document.querySelector('.mgm').mgm.keyOf(id)", node))


def colour_at(page: Any, node: str, board: int = 0) -> str:
    """Colour of the box a little left of its middle and near its lower edge, where no text is."""
    return str(
        page.evaluate(
            """([id, board]) => {
              const root = document.querySelector('.mgm');
              const canvas = root.querySelectorAll('canvas')[board];
              const { x, y } = root.mgm.pixelOf(id);
              const box = root.querySelector('canvas').getBoundingClientRect();
              const ratio = canvas.width / box.width;
              const scale = root.mgm.scale();
              const at = [(x - box.left - 60 * scale) * ratio, (y - box.top + 8 * scale) * ratio];
              const [r, g, b] = canvas.getContext('2d').getImageData(...at, 1, 1).data;
              const hex = [r, g, b].map((c) => c.toString(16).padStart(2, '0')).join('');
              return `#${hex.toUpperCase()}`;
            }""",
            [node, board],
        )
    )


def places(page: Any) -> Any:
    """Where the drawing and every box in it stand, to a hundredth of a pixel."""
    return page.evaluate(
        """() => {
          const root = document.querySelector('.mgm');
          const { top, left, height } = root.querySelector('.mgm-scroll').getBoundingClientRect();
          const boxes = [...root.mgm.now().plan.places.keys()].map((number) => {
            const { x, y } = root.mgm.pixelOf(root.mgm.now().atlas.nodes[number]);
            return [x.toFixed(2), y.toFixed(2)];
          });
          return [top, left, height, root.mgm.scale(), boxes];
        }"""
    )


def theme(page: Any, name: str) -> None:
    page.evaluate("(light) => { document.body.dataset.jpThemeLight = light }", name == "light")
    page.wait_for_selector(f".mgm[data-theme={name}]")
