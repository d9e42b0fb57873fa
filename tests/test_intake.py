"""A day's magnesium: two sums, kept apart, beside the amounts of each body."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mgmodel.datafiles import load_model
from mgmodel.errors import UnknownId
from mgmodel.model import Model
from mgmodel.physiology import intake
from mgmodel.physiology.intake import LabelledSupplement, Supplement, day_intake
from mgmodel.vocabulary import Language
from mgmodel.wording import in_words

PER_SERVING = {
    "spinach_boiled_drained": 157,
    "spinach_raw": 24,
    "kale_raw": 8,
    "kale_boiled": 23,
    "almonds": 77,
    "cashews_raw": 83,
    "pumpkin_seed_kernels_roasted": 156,
    "black_beans_boiled": 120,
    "lentils_boiled": 71,
    "brown_rice_long_grain_cooked": 79,
    "oats_rolled_dry": 37,
    "oatmeal_cooked_in_water": 63,
    "dark_chocolate_70_85": 65,
    "dark_chocolate_45_59": 41,
    "avocado": 44,
    "chia_seeds": 95,
    "hemp_seeds_hulled": 210,
    "flaxseed": 40,
    "sunflower_kernels": 92,
    "brazil_nuts": 19,
    "peanuts_dry_roasted": 50,
    "wheat_bran": 89,
    "quinoa_cooked": 118,
    "chickpeas_boiled": 79,
    "edamame_prepared": 99,
    "whole_wheat_bread": 24,
    "white_bread": 7,
    "white_wheat_flour": 28,
    "cocoa_powder_unsweetened": 27,
    "banana": 40,
    "potato_baked_with_skin": 41,
    "salmon_atlantic_farmed_cooked": 26,
    "milk_2": 27,
    "chicken_breast_raw": 24,
}
"""Magnesium in one serving, in mg, as printed."""

MODEL = load_model()
FOODS = [food.id for food in MODEL.library.foods]
COMPOUNDS = [compound.id for compound in MODEL.library.compounds]
servings_of_a_day = st.dictionaries(st.sampled_from(FOODS), st.floats(0, 20), max_size=6)
doses_of_a_day = st.lists(
    st.builds(Supplement, st.sampled_from(COMPOUNDS), st.floats(0, 2000), st.floats(0, 4)),
    max_size=4,
)


def comparison(day: intake.DayIntake, amount: str) -> intake.IntakeComparison:
    return next(one for one in day.comparisons if one.reference.id == amount)


# --- foods ------------------------------------------------------------------------------------


def test_a_serving_holds_what_the_printed_table_says(real_model: Model) -> None:
    foods = {food.id: food for food in real_model.library.foods}
    held = {name: round(intake.food_magnesium_mg(food)) for name, food in foods.items()}
    assert held == PER_SERVING  # halves to the even number, as printed


@pytest.mark.parametrize(
    ("servings", "grams", "expected_mg"),
    [
        ({"almonds": 2}, {}, 153.09),  # 2 * 28.35 g * 270 mg / 100 g
        ({}, {"pumpkin_seed_kernels_roasted": 40}, 220.0),  # 40 g * 550 mg / 100 g
        # 1.5 * 172 g * 70 mg / 100 g + 50 g * 335 mg / 100 g = 180.6 + 167.5
        ({"black_beans_boiled": 1.5}, {"chia_seeds": 50}, 348.1),
    ],
)
def test_a_day_of_foods_that_is_not_printed_is_right(
    real_model: Model, servings: dict[str, float], grams: dict[str, float], expected_mg: float
) -> None:
    day = day_intake(real_model, "men_19_30", servings=servings, grams=grams)
    assert day.food_mg == pytest.approx(expected_mg, rel=1e-12)
    assert (day.supplement_mg, day.total_mg) == (0, day.food_mg)


def test_white_bread_holds_a_third_of_the_magnesium_of_whole_wheat(real_model: Model) -> None:
    held = [
        day_intake(real_model, "men", grams={bread: 100}).food_mg
        for bread in ("white_bread", "whole_wheat_bread")
    ]
    assert held[0] / held[1] == pytest.approx(0.31, abs=0.005)


# --- supplements and upper levels -------------------------------------------------------------


def test_food_counts_toward_a_recommendation_and_not_toward_an_upper_level(
    real_model: Model,
) -> None:
    day = day_intake(
        real_model,
        "women_31_plus",
        grams={"pumpkin_seed_kernels_roasted": 100},
        supplements=[LabelledSupplement("magnesium_citrate", 100, times_a_day=3)],
    )
    assert (day.food_mg, day.supplement_mg, day.total_mg) == (550, 300, 850)
    for one in day.comparisons:
        assert one.magnesium_mg == (300 if one.is_upper_level else 850), one.reference.id
        assert one.is_upper_level == (one.reference.covers == "supplements_only")
    # 300 mg a day: above the level of one body, and not above that of the other
    assert comparison(day, "scf_ul_women").is_above
    assert not comparison(day, "iom_ul_women").is_above
    assert comparison(day, "iom_ul_women").fraction == pytest.approx(300 / 350)


@pytest.mark.parametrize(
    ("supplement", "above"),
    [
        (LabelledSupplement("pouteau2018", 300), (False, True)),
        (Supplement("magnesium_oxide", 414, 2), (True, True)),  # abbasi2012, 499 mg
        (Supplement("magnesium_oxide", 403, 3), (True, True)),  # held2002, 729 mg
        (LabelledSupplement("tarleton2017", 248), (False, False)),
    ],
    ids=["300 mg", "500 mg of abbasi2012", "729 mg of held2002", "248 mg of tarleton2017"],
)
def test_the_doses_of_the_documents_stand_to_both_upper_levels_as_told(
    real_model: Model, supplement: Supplement, above: tuple[bool, bool]
) -> None:
    day = day_intake(real_model, "men_31_plus", supplements=[supplement])
    assert above == tuple(comparison(day, f"{body}_ul_men").is_above for body in ("iom", "scf"))


def test_an_upper_level_that_is_just_reached_is_not_exceeded(real_model: Model) -> None:
    day = day_intake(real_model, "men", supplements=[LabelledSupplement("a label", 250)])
    assert not comparison(day, "scf_ul_men").is_above
    assert comparison(day, "scf_ul_men").fraction == 1


def test_a_form_of_one_compound_stands_for_it(real_model: Model) -> None:
    day = day_intake(real_model, "men", supplements=[Supplement("magnesium_glycinate", 1000)])
    assert day.supplements[0].id == "magnesium_bisglycinate"
    assert day.supplement_mg == pytest.approx(141.0, abs=0.1)  # 1000 * 24.305 / 172.423


# --- groups -----------------------------------------------------------------------------------


def test_the_groups_to_choose_from_are_the_narrowest(real_model: Model) -> None:
    people, ages = ("men", "pregnancy", "women"), ("19_30", "31_plus")
    assert intake.groups(real_model) == tuple(f"{one}_{age}" for one in people for age in ages)


def test_a_group_meets_the_amounts_of_the_wider_one_as_well(real_model: Model) -> None:
    day = day_intake(real_model, "women_19_30")
    amounts = {one.reference.id: one.reference.magnesium_mg_day for one in day.comparisons}
    assert amounts == {
        "efsa_ai_women": 300,
        "eu_nrv_women": 375,
        "iom_ear_women_19_30": 255,
        "iom_rda_women_19_30": 310,
        "iom_ul_women": 350,
        "scf_ul_women": 250,
    }
    assert day.missing == ()


def test_what_the_data_lack_for_a_group_is_said(real_model: Model) -> None:
    assert day_intake(real_model, "pregnancy_31_plus").missing == ("EAR",)
    assert day_intake(real_model, "men").missing == ("RDA", "EAR")


def test_a_map_without_amounts_has_no_groups(chain: Model) -> None:
    assert intake.groups(chain) == ()
    with pytest.raises(UnknownId, match="no group with reference intakes 'men'"):
        day_intake(chain, "men")


# --- laws -------------------------------------------------------------------------------------


@given(servings_of_a_day, servings_of_a_day, doses_of_a_day, doses_of_a_day)
def test_two_days_in_one_hold_the_sum_of_both(
    one: dict[str, float], other: dict[str, float], few: list[Supplement], more: list[Supplement]
) -> None:
    both = {food: one.get(food, 0) + other.get(food, 0) for food in {*one, *other}}
    days = [
        day_intake(MODEL, "men_19_30", servings=servings, supplements=doses)
        for servings, doses in ((one, few), (other, more), (both, few + more))
    ]
    sums = [(day.food_mg, day.supplement_mg, day.total_mg) for day in days]
    added = [first + second for first, second in zip(sums[0], sums[1], strict=True)]
    assert sums[2] == pytest.approx(added, rel=1e-9, abs=1e-9)


@given(servings_of_a_day, doses_of_a_day)
def test_both_sums_are_those_of_their_items_and_make_the_whole(
    servings: dict[str, float], doses: list[Supplement]
) -> None:
    day = day_intake(MODEL, "pregnancy_19_30", servings=servings, supplements=doses)
    assert day.food_mg == sum(item.magnesium_mg for item in day.foods) >= 0
    assert day.supplement_mg == sum(item.magnesium_mg for item in day.supplements) >= 0
    assert day.total_mg == day.food_mg + day.supplement_mg
    assert all(item.magnesium_mg <= (item.mass_g or 0) * 1000 for item in day.supplements)


# --- how it reads -----------------------------------------------------------------------------


def test_a_day_reads_as_sentences(real_model: Model) -> None:
    day = day_intake(
        real_model,
        "men_31_plus",
        servings={"almonds": 1},
        supplements=[Supplement("magnesium_oxide", 414, times_a_day=2)],
    )
    text = in_words(day)
    assert text.startswith(
        "Magnesium of a day, beside the amounts for men from 31 years: foods 77 mg, supplements "
        "499 mg, together 576 mg. EFSA 2015, adequate intake (AI): 350 mg from all sources. The "
        "day holds 576 mg, 165% of it."
    )
    assert (
        "IOM 1997, upper level (UL): 350 mg from supplements and medicines, food not counted. They "
        "hold 499 mg, 143% of it, which is above the level."
    ) in text
    assert (
        "IOM 1997, average requirement (EAR): 350 mg from all sources. The day holds 576 mg, 165% "
        "of it. That amount is from memory and was not verified."
    ) in text
    assert text.endswith("A teaching device, not a clinical predictor.")


@pytest.mark.parametrize("language", [language.value for language in Language])
@pytest.mark.parametrize("group", [*intake.groups(MODEL), "men"])
def test_every_comparison_is_said_in_every_language(group: str, language: str) -> None:
    day = day_intake(MODEL, group, supplements=[LabelledSupplement("a label", 300)])
    text = in_words(day, language)
    assert all(in_words(one, language) in text for one in day.comparisons)
    assert intake.group_in_words(group, language) in text
    assert "_" not in text


def test_a_group_without_words_is_said_as_it_is() -> None:
    asked = ("children_4_8", "men_old", "women_a_b", "men_1_2_3")
    found = [intake.group_in_words(group, "nl") for group in asked]
    assert found == ["children 4 8", "men old", "women a b", "men 1 2 3"]


def test_a_day_is_a_table_with_how_each_amount_was_checked(real_model: Model) -> None:
    day = day_intake(real_model, "men_19_30", servings={"almonds": 1})
    frame = day.to_frame()
    assert list(frame.index) == [one.reference.id for one in day.comparisons]
    assert frame.loc["iom_ul_men", ["covers", "intake_mg_day"]].tolist() == ["supplements_only", 0]
    assert frame.loc["iom_ear_men_19_30", "verification"] == "from memory, not verified"
    assert "from memory, not verified" in day._repr_html_()
    assert "not a clinical predictor" in day._repr_html_()


# --- what is refused --------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("ask", "complaint"),
    [
        (
            lambda: Supplement("magnesium_oxide", 1e7),
            "compound_mg is 10000000.0; give a num",
        ),
        (
            lambda: Supplement("magnesium_oxide", -1),
            "compound_mg is -1; give a number from 0 to",
        ),
        (
            lambda: Supplement("magnesium_oxide", 1, 25),
            "times_a_day is 25; give a number from 0",
        ),
        (
            lambda: LabelledSupplement("x", float("nan")),
            "magnesium_mg is nan; give a number from 0",
        ),
        (
            lambda: day_intake(MODEL, "men", supplements=[Supplement("magnesium_oxide", 50_000)]),
            "The magnesium of 'Magnesium oxide' in a day is 30152.",
        ),
        (
            lambda: day_intake(MODEL, "men", servings={"almonds": -1}),
            "The number of servings of 'almonds' is -1; give a number from 0 to 50.",
        ),
        (
            lambda: day_intake(MODEL, "men", grams={"almonds": 1e6}),
            "The mass of 'almonds' is 1000000.0; give a number from 0 to 5,000 g.",
        ),
        (
            lambda: day_intake(MODEL, "men", supplements=[Supplement("magnesium_citrate", 1000)]),
            "'magnesium_citrate' is the form of several compounds; name one of them: magnesium_hyd",
        ),
        (
            lambda: intake.food_magnesium_mg(MODEL.library.foods[0], servings=1, grams=1),
            "'almonds' is given in servings and in grams; give one of the two.",
        ),
    ],
)
def test_nonsense_is_refused_with_the_allowed_range(ask: Callable[[], Any], complaint: str) -> None:
    with pytest.raises(ValueError, match=r".") as refused:
        ask()
    assert complaint == str(refused.value)[: len(complaint)]


@pytest.mark.parametrize(
    ("asked", "complaint"),
    [
        ({"group": "man"}, "no group with reference intakes 'man'. Did you mean 'men'"),
        ({"servings": {"almond": 1}}, "no food 'almond'. Did you mean 'almonds'"),
        ({"supplements": [Supplement("magnesium_oxid", 1)]}, "no compound 'magnesium_oxid'. Did y"),
        ({"supplements": [Supplement("", 1)]}, "There is no compound ''."),
    ],
)
def test_an_unknown_id_is_told_with_near_ones(asked: dict[str, Any], complaint: str) -> None:
    with pytest.raises(UnknownId) as refused:
        day_intake(MODEL, **{"group": "men", **asked})
    assert complaint in str(refused.value)
