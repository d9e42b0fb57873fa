"""Panels of controls: a frozen state in, a picture and its words out, and no error is swallowed."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Callable, Mapping
from typing import Any

import pytest

from mgmodel import explore
from mgmodel.errors import MgModelError, UnknownId
from mgmodel.explore import PanelWidget, rehearse
from mgmodel.explore.closeups import NmdaState, nmda_panel
from mgmodel.explore.controls import Choice, PanelView, Picks, Slider, Tick, acted, as_code
from mgmodel.explore.scenarios import SimulationState
from mgmodel.figures import body_plots, tornado_figure
from mgmodel.figures.plot_places import frames, sides_px
from mgmodel.figures.plots import Bars, Plot
from mgmodel.model import Model
from mgmodel.physiology import (
    AdrenalineInfusion,
    CutFeedback,
    DailyMeals,
    Infusion,
    RenalFunction,
    Stressor,
    nmda,
    parameters_of,
    simulate_body,
    tornado,
)
from mgmodel.wording.catalogues import say

CLOSEUPS = ("nmda", "release", "absorption", "intake")
LANGUAGES = ("en", "nl", "sv")
Opener = Callable[..., PanelWidget]


@pytest.fixture(scope="module")
def opened(real_model: Model) -> Opener:
    def open_it(name: str, **choices: Any) -> PanelWidget:
        widget: PanelWidget = getattr(explore, f"explore_{name}")(real_model, **choices)
        return widget

    return open_it


@pytest.fixture(scope="module")
def panels(opened: Opener) -> Mapping[str, PanelWidget]:
    return {name: opened(name) for name in CLOSEUPS}


@pytest.fixture
def block(panels: Mapping[str, PanelWidget]) -> PanelWidget:
    panels["nmda"].reset()
    return panels["nmda"]


@pytest.fixture(scope="module")
def body(opened: Opener) -> PanelWidget:
    """Two days at rest beside two days of which the second is stress."""
    return opened("simulation", days=2)


every_panel = pytest.mark.parametrize("name", CLOSEUPS)


# Controls -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("control", "value", "complaint"),
    [
        (Slider("dose", "", 0, 10, 1, "mg"), 11, "dose is 11; give a number from 0 to 10 mg"),
        (Slider("dose", "", 0, 10, 1), float("nan"), "dose is nan; give a number from 0 to 10"),
        (Slider("dose", "", 0, 10, 1), True, "dose is True"),
        (Choice("form", "", (("oxide", ""),)), "oxid", "no form 'oxid'. Did you mean 'oxide'"),
        (Tick("cut", ""), 1, "cut is 1; give True or False"),
        (Picks("foods", "", (("almonds", ""),)), {"almond": 1}, "no foods 'almond'"),
        (Picks("foods", "", (("almonds", ""),), 3), {"almonds": 4}, "a whole number from 0 to 3"),
    ],
    ids=["above", "nan", "bool", "option", "tick", "pick", "often"],
)
def test_a_value_that_a_control_cannot_have_is_refused_with_what_it_can(
    control: Any, value: Any, complaint: str
) -> None:
    with pytest.raises((ValueError, UnknownId), match=re.escape(complaint)):
        control.checked(value)


def test_what_is_picked_no_times_is_not_picked() -> None:
    foods = Picks("foods", "", (("a", ""), ("b", "")))
    assert foods.checked({"a": 0, "b": 2}) == (("b", 2),)


def test_an_unknown_control_is_named_with_a_near_one(real_model: Model) -> None:
    panel = nmda_panel(parameters_of(real_model), NmdaState())
    with pytest.raises(UnknownId, match=r"'voltage_mV'\. Did you mean 'voltage_mv'"):
        acted(panel, PanelView(NmdaState()), "voltage_mV", 0)


def test_reset_keeps_the_language(real_model: Model) -> None:
    panel = nmda_panel(parameters_of(real_model), NmdaState(voltage_mv=-70))
    moved = PanelView(NmdaState(voltage_mv=0, language="sv"))
    assert acted(panel, moved, "reset").state == NmdaState(voltage_mv=-70, language="sv")


# Every panel ----------------------------------------------------------------------------------


@pytest.mark.slow
@every_panel
@pytest.mark.parametrize("language", LANGUAGES)
def test_every_panel_says_in_each_language_that_it_is_a_teaching_device(
    panels: Mapping[str, PanelWidget], name: str, language: str
) -> None:
    widget = panels[name]
    widget.speak(language)
    device = say("parameter.device", language)
    assert device in widget.sentences
    assert device == widget.panel["device"]
    widget.speak("en")


@every_panel
def test_a_control_has_a_field_of_its_name_and_starts_within_its_range(
    panels: Mapping[str, PanelWidget], name: str
) -> None:
    widget = panels[name]
    names = {one.name for one in dataclasses.fields(widget.state)}
    for control in widget.controls:
        assert control.name in names
        control.checked(getattr(widget.state, control.name))
        assert control.label


@every_panel
def test_every_plot_has_a_title_and_curves_with_names(
    panels: Mapping[str, PanelWidget], name: str
) -> None:
    for plot in panels[name]._read.sheet.plots:
        assert plot.title
        assert isinstance(plot, Bars) or all(curve.label for curve in plot.curves)


@every_panel
def test_every_curve_and_band_stays_inside_its_axes(
    panels: Mapping[str, PanelWidget], name: str
) -> None:
    for plot in panels[name]._read.sheet.plots:
        for curve in plot.curves if isinstance(plot, Plot) else ():
            values = (*curve.y, *curve.low, *curve.high)
            assert plot.y[0] <= min(values) <= max(values) <= plot.y[1]


@pytest.mark.slow
@pytest.mark.parametrize(("name", "control"), [("absorption", "form"), ("intake", "group")])
def test_no_option_moves_the_sides_of_a_plot(opened: Opener, name: str, control: str) -> None:
    widget = opened(name)
    (choice,) = (one for one in widget.controls if one.name == control)
    places = set()
    for value in choice.trials(None):
        widget.move(**{control: value})
        sheet = widget._read.sheet
        places.add(tuple(frames(sheet, 960, [sides_px(plot) for plot in sheet.plots])))
    assert len(places) == 1


@every_panel
def test_every_panel_names_what_its_picture_rests_on(
    panels: Mapping[str, PanelWidget], name: str
) -> None:
    reading = panels[name].reading
    assert reading["numbers"]
    assert re.search(r"\d", reading["counted"])


@pytest.mark.slow
@every_panel
def test_the_code_of_a_state_opens_that_state_again(
    panels: Mapping[str, PanelWidget], real_model: Model, name: str
) -> None:
    widget = panels[name]
    first = widget.controls[0]
    moved = dataclasses.replace(
        widget.state, **{first.name: next(iter(first.trials(None)))}, language="nl"
    )
    code = as_code(widget._panel, moved)
    again = eval(code, {**vars(explore), "model": real_model})
    assert again.state == moved


@every_panel
def test_a_saved_notebook_holds_widget_picture_and_text(
    panels: Mapping[str, PanelWidget], name: str
) -> None:
    bundle = panels[name]._repr_mimebundle_()
    assert bundle is not None
    data, _ = bundle
    assert {"application/vnd.jupyter.widget-view+json", "image/png", "text/plain"} == set(data)
    assert data["image/png"].startswith(b"\x89PNG")
    assert len(data["image/png"]) < 40_000
    assert say("parameter.device") in data["text/plain"]


@pytest.mark.slow
@every_panel
def test_every_control_answers_at_both_its_ends_and_all_is_put_back(
    opened: Opener, name: str
) -> None:
    widget = opened(name)
    before = widget.state, widget.png
    assert rehearse(widget).endswith("controls pressed, and each of them answered.")
    assert before == (widget.state, widget.png)


# No error is swallowed ------------------------------------------------------------------------


def test_a_mistake_in_code_is_raised_shown_and_changes_nothing(block: PanelWidget) -> None:
    with pytest.raises(ValueError, match="voltage_mv is 900; give a number from -80 to 40 mV"):
        block.move(voltage_mv=900)
    assert block.error == (
        "Something went wrong: voltage_mv is 900; give a number from -80 to 40 mV."
    )
    assert block.state == NmdaState()
    block.move(voltage_mv=-70)
    assert block.error == ""


def test_a_mistake_from_the_page_is_shown_and_the_page_is_answered(
    block: PanelWidget, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("MGMODEL_STRICT")
    before = block.seq
    block._handle_custom_msg({"do": "voltage_mv", "value": "much"}, [])
    assert "voltage_mv is 'much'" in block.error
    assert block.seq > before


@pytest.mark.parametrize("action", ["voltage_mv", "language", "screen", "reset"])
def test_a_planted_error_in_any_callback_is_seen(
    block: PanelWidget, monkeypatch: pytest.MonkeyPatch, action: str
) -> None:
    def broken(*_: Any) -> Any:
        msg = "planted"
        raise RuntimeError(msg)

    monkeypatch.setattr("mgmodel.explore.panel_widget.sheet_png", broken)
    value = {"voltage_mv": 0, "language": "nl", "screen": {"width_px": 700}}.get(action)
    with pytest.raises(RuntimeError, match="planted"):
        block.press(action, value)
    assert block.error == "Something went wrong: RuntimeError: planted"


def test_a_control_that_broke_fails_the_rehearsal(
    block: PanelWidget, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("MGMODEL_STRICT")
    monkeypatch.setattr("mgmodel.explore.panel_widget.sheet_png", lambda *_: 1 / 0)
    with pytest.raises(MgModelError, match="The control 'reset' with None failed"):
        rehearse(block)


# The page -------------------------------------------------------------------------------------


def test_the_script_names_no_other_machine_and_writes_texts_as_text() -> None:
    script = PanelWidget._esm
    assert "innerHTML" not in str(script)
    assert set(re.findall(r"https?://[^\s\"']+", str(script))) <= {"http://www.w3.org/2000/svg"}


def test_another_screen_changes_the_picture_and_no_word(block: PanelWidget) -> None:
    before = block.png, block.sentences
    block.press("screen", {"width_px": 700, "density": 1, "theme": "dark"})
    assert (block.png != before[0], block.sentences) == (True, before[1])
    assert block.screen == {"width_px": 700, "density": 1, "theme": "dark", "height_px": 370}
    block.press("screen", {})


# What the close-ups say -----------------------------------------------------------------------


def test_every_diamond_of_the_printed_table_lies_on_the_curve(block: PanelWidget) -> None:
    (plot, _) = block._read.sheet.plots
    assert isinstance(plot, Plot)
    (printed,) = plot.dots
    for voltage, share in zip(printed.x, printed.y, strict=True):
        assert share == pytest.approx(nmda.open_fraction(voltage, 0.8), abs=0.0006)


def test_block_at_rest_is_said_with_its_half(block: PanelWidget) -> None:
    block.move(voltage_mv=0, magnesium_mmol_l=3)
    # 1 / (1 + 3 / 3.57) = 3.57 / 6.57 = 0.5434
    assert (
        block.status == "At 0 mV, 3 mmol/L of magnesium leaves 54.3% open. Half block: 3.57 mmol/L."
    )


def test_release_is_half_where_the_experiment_found_half(panels: Mapping[str, PanelWidget]) -> None:
    # (1 + 1.2 / 2.45) / (1 + 4.8 / 2.45) = 3.65 / 7.25 = 0.5034
    assert "one site 50.3%" in panels["release"].status
    (whole, _) = panels["release"]._read.sheet.plots
    assert isinstance(whole, Plot)
    assert whole.dots[0].y == (0.49, 0.51)


def test_release_says_that_its_lever_is_short(panels: Mapping[str, PanelWidget]) -> None:
    # (1 + 0.51 / 2.45) / (1 + 0.646 / 2.45) = 2.96 / 3.096 = 0.9561
    assert "release falls by only 4.39% (one site)" in panels["release"].sentences[2]


def test_what_was_measured_at_1_2_is_not_drawn_beside_another_reference(opened: Opener) -> None:
    (whole, _) = opened("release", compared_with="plasma")._read.sheet.plots
    assert isinstance(whole, Plot)
    assert whole.dots == ()


def test_one_large_meal_gives_less_than_three_small_ones(opened: Opener) -> None:
    absorbed = opened("absorption", day_mg=300, meals=1)
    # 40 * 300 / 333 + 0.07 * 300 = 36.04 + 21 = 57.04
    assert "57 mg of 300 mg" in absorbed.status
    absorbed.move(meals=3)
    # 3 * (40 * 100 / 133 + 7) = 111.2
    assert "111 mg of 300 mg" in absorbed.status


def test_the_band_of_a_salt_is_the_range_of_its_factor(opened: Opener) -> None:
    (meal, _) = opened("absorption", form="oxide")._read.sheet.plots
    assert isinstance(meal, Plot)
    food, oxide = meal.curves
    assert 1.2 * max(food.y) < meal.y[1]  # of the best factor
    assert oxide.low[-1] == pytest.approx(0.3 * food.y[-1])
    assert oxide.high[-1] == pytest.approx(0.7 * food.y[-1])


def test_food_is_left_out_of_what_an_upper_level_counts(opened: Opener) -> None:
    day = opened("intake", foods={"almonds": 2}, supplements={"magnesium_oxide": 4})
    whole, supplements = day._read.sheet.plots
    assert isinstance(whole, Bars)
    assert isinstance(supplements, Bars)
    # 270 mg in 100 g, twice 28.35 g: 153.09 mg; and four times 50 mg
    assert [row.value for row in (*whole.rows, *supplements.rows)] == ["353 mg", "200 mg"]
    assert all("UL" in limit.label for limit in supplements.limits)
    assert not any("UL" in limit.label for limit in whole.limits)


def test_the_compound_is_weighed_beside_its_magnesium(opened: Opener) -> None:
    # 200 / (24.305 / 40.304) = 331.7
    day = opened("intake", foods={}, supplements={"magnesium_oxide": 4})
    assert ("magnesium_oxide", "Magnesium oxide: 200 mg, in 332 mg of the compound") in (
        day.values["supplements"]["rows"]
    )


# The simulated body ---------------------------------------------------------------------------


def test_a_scenario_becomes_events_at_the_chosen_hours() -> None:
    state = SimulationState(
        intake_b_mg_day=260,
        infusion_b_g=20,
        stress_b=2,
        adrenaline_b=1,
        kidney_b_percent=30,
        feedback_b="both",
        start_hours=10,
        lasting_hours=5,
    )
    assert state.events("b") == (
        DailyMeals(260),
        Infusion(10, 15, magnesium_sulfate_g=20),
        Stressor(10, 15, 2),
        AdrenalineInfusion(10, 12, 1),
        RenalFunction(10, 0.3),
        CutFeedback(10, "both"),
    )
    assert state.events("a") == (DailyMeals(360),)


def test_both_scenarios_stand_in_every_plot_and_the_normal_range_is_shaded(
    body: PanelWidget, real_model: Model
) -> None:
    line, *plots = body._read.sheet.plots
    assert isinstance(line, Bars)
    assert all(isinstance(plot, Plot) and len(plot.curves) == 2 for plot in plots)
    (serum, *_) = plots
    assert isinstance(serum, Plot)
    assert [curve.label for curve in serum.curves] == ["A", "B"]
    parameters = parameters_of(real_model)
    ends = parameters["serum_low_mmol_l"], parameters["serum_high_mmol_l"]
    assert (serum.zones[0].low, serum.zones[0].high) == ends


def test_the_time_line_shows_what_happens_in_the_lane_of_its_scenario(body: PanelWidget) -> None:
    line = body._read.sheet.plots[0]
    assert isinstance(line, Bars)
    stress = next(row for row in line.rows if row.label == "stress")
    # from hour 24 to the end of 2 days, in the lower lane
    assert [(p.start, p.end, p.text, p.lane) for p in stress.pieces] == [(1.0, 2.0, "B", 1)]


def test_scenarios_that_are_alike_have_the_same_curves(body: PanelWidget) -> None:
    body.move(stress_b=0)
    for plot in body._read.sheet.plots[1:]:
        assert isinstance(plot, Plot)
        assert plot.curves[0].y == plot.curves[1].y
    body.reset()


def test_the_gain_that_nobody_measured_says_so_and_is_said(body: PanelWidget) -> None:
    gain = next(one for one in body.controls if one.name == "stress_urine_gain")
    assert isinstance(gain, Slider)
    assert (gain.low, gain.high, gain.note) == (0, 0.3, "not measured")
    body.move(stress_urine_gain=0.3)
    assert "How much urine gains under stress has not been measured; 0.3 is assumed here." in (
        body.sentences
    )
    body.reset()


def test_another_gain_moves_only_a_scenario_with_stress(body: PanelWidget) -> None:
    before = body._read.sheet.plots[2]
    body.move(stress_urine_gain=0.3)
    after = body._read.sheet.plots[2]
    assert isinstance(before, Plot)
    assert isinstance(after, Plot)
    assert before.curves[0] == after.curves[0]
    assert max(after.curves[1].y) > max(before.curves[1].y)
    body.reset()


def test_a_number_of_days_that_is_not_offered_is_refused_with_those_there_are(
    opened: Opener,
) -> None:
    with pytest.raises(UnknownId, match="no days '21'"):
        opened("simulation", days=21)


@pytest.mark.slow
def test_bands_are_drawn_on_request_and_leave_when_something_is_moved(opened: Opener) -> None:
    widget = opened("simulation", days=2, stress_b=0, bands=True)
    assert widget.reading["unfinished"].startswith("The bands follow")
    widget.refine()
    serum = widget._read.sheet.plots[1]
    assert isinstance(serum, Plot)
    assert all(curve.low and curve.high for curve in serum.curves)
    assert (widget.reading["unfinished"], widget.progress) == ("", 0.0)
    widget.move(stress_b=1)
    serum = widget._read.sheet.plots[1]
    assert isinstance(serum, Plot)
    assert not any(curve.low for curve in serum.curves)


def test_a_gut_that_is_emptied_may_be_below_zero_by_what_the_solver_was_allowed(
    opened: Opener,
) -> None:
    widget = opened("simulation", days=14)
    widget.move(intake_a_mg_day=0)
    assert widget.error == ""


@pytest.mark.slow
def test_every_control_of_the_body_answers_and_all_is_put_back(opened: Opener) -> None:
    widget = opened("simulation", days=2)
    before = widget.state, widget.png
    assert rehearse(widget).endswith("controls pressed, and each of them answered.")
    assert before == (widget.state, widget.png)


@pytest.mark.slow
@pytest.mark.parametrize("language", LANGUAGES)
def test_the_body_speaks_each_language(opened: Opener, language: str) -> None:
    widget = opened("simulation", days=2, language=language)
    assert say("parameter.device", language) in widget.sentences
    assert widget.panel["controls"][0]["section"]


# Figures of bodies ----------------------------------------------------------------------------


def test_stores_are_told_as_what_they_gained(real_model: Model) -> None:
    rest = simulate_body(parameters_of(real_model), days=1)
    stores = body_plots({"rest": rest}, ["stores_magnesium_mg"])[0]
    assert stores.curves[0].y[0] == 0
    assert stores.y == (-100, 100)


def test_a_tornado_shows_each_end_in_its_own_lane_with_the_status(real_model: Model) -> None:
    found = tornado(
        parameters_of(real_model),
        [Stressor(0, 24)],
        "change stores_magnesium_mg",
        days=1,
        over=["stress_urine_gain"],
    )
    figure = tornado_figure(found)
    assert "stress urine gain (assumed, not measured): low end" in figure.alt
    assert figure.png == tornado_figure(found).png
