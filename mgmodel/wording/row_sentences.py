"""Sentences for the rows of the tables beside a map: evidence, references, claims, foods, ...

A row holds ids only, so ids made readable stand where a card of the map would have labels. Texts
of the data that exist in English alone are marked as such in the other languages.
"""

from __future__ import annotations

from mgmodel.records import (
    Assumption,
    Claim,
    Compound,
    Curve,
    Document,
    Evidence,
    Expectation,
    Food,
    Form,
    Overclaim,
    Parameter,
    PathwayMember,
    Place,
    Reference,
    ReferenceIntake,
    Study,
)
from mgmodel.vocabulary import ExpectationKind, Language, Population, Stance
from mgmodel.wording.catalogues import number, say, say_count
from mgmodel.wording.sentences import arrow_name, cite_id, full_stop, in_words, readable, word

__all__ = ["citation", "document_kind", "in_english", "section_name"]


def in_english(text: str, language: str = "en") -> str:
    """A text of the data, with a mark where the reader's language is another; nothing for none.

    Examples
    --------
    >>> in_english("About 10 min delay.", "nl"), in_english("", "nl")
    ('(in het Engels) About 10 min delay.', '')
    """
    return say("text.english", language, text=text) if text else ""


def _headed(heading: str, text: str, language: str) -> str:
    """A text of the data under its heading, as a sentence; nothing for no text."""
    if not text:
        return ""
    return full_stop(f"{say(f'heading.{heading}', language)}: {text}")


def _data_in_english(language: str) -> str:
    """A closing sentence for records that hold many texts."""
    return "" if language == Language.EN else say("text.english_data", language)


def _joined(*sentences: str) -> str:
    return " ".join(filter(None, sentences))


@in_words.register
def _evidence(row: Evidence, language: str = "en") -> str:
    arrow, cited = arrow_name(row.edge, language), cite_id(row.reference)
    sentence = say(f"evidence.{row.stance.value}", language, reference=cited, arrow=arrow)
    seen = _seen(row.population, language)
    heading = "reason" if row.stance is Stance.ASSUMPTION else "finding"
    finding = _headed(heading, in_english(row.finding, language), language)
    return _joined(sentence, finding, seen, _headed("locator", row.locator, language))


def _seen(population: Population, language: str) -> str:
    if population is Population.NOT_STATED:
        return ""
    return say("evidence.seen", language, population=word(population, language))


@in_words.register
def _expectation(row: Expectation, language: str = "en") -> str:
    sentence = say(
        "expectation.sentence",
        language,
        manoeuvre=in_english(row.manoeuvre, language),
        node=readable(row.node),
        verdict=word(row.expected, language),
    )
    origin = say("expectation.reasoned", language)
    if row.kind is ExpectationKind.MEASURED:
        origin = say("expectation.measured", language, reference=cite_id(row.reference))
    finding = _headed("finding", in_english(row.finding, language), language)
    return _joined(sentence, origin, finding, _seen(row.population, language))


def citation(reference: Reference, language: str = "en") -> str:
    """The full line of a reference list.

    Examples
    --------
    >>> citation(Reference("x", "Murck H, Steiger A", 1998, "Sleep", "J Sleep 1:1", pmid="7"), "nl")
    'Murck H, Steiger A (1998). Sleep. J Sleep 1:1. PMID 7.'
    """
    year = f"({reference.year or say('reference.no_year', language)})"
    return _joined(
        full_stop(f"{reference.authors} {year}"),
        full_stop(reference.title),
        full_stop(reference.container),
        full_stop(f"doi:{reference.doi}") if reference.doi else "",
        full_stop(f"PMID {reference.pmid}") if reference.pmid else "",
    )


@in_words.register
def _reference(reference: Reference, language: str = "en") -> str:
    return f"{citation(reference, language)} {in_words(reference.verification, language)}"


def document_kind(kind: str, language: str = "en") -> str:
    """What kind of text a document is; a kind that has no word of its own is made readable.

    Examples
    --------
    >>> document_kind("web_page", "sv"), document_kind("lecture_notes", "sv")
    ('webbsida', 'lecture notes')
    """
    known = ("web_article", "web_page", "retailer_article", "trade_summary")
    return say(f"document.kind.{kind}", language) if kind in known else readable(kind)


@in_words.register
def _document(document: Document, language: str = "en") -> str:
    return say(
        "document.sentence",
        language,
        title=document.title.rstrip(". "),
        kind=document_kind(document.kind, language),
        language_name=word(document.language, language),
    )


def section_name(section: str, language: str = "en") -> str:
    """Where in a document, as in the middle of a sentence; the words of the data are English.

    Examples
    --------
    >>> section_name("The mechanism, point on competition", "nl")
    'paragraaf “The mechanism, point on competition”'
    """
    return say("document.section", language, section=section) if section else ""


@in_words.register
def _claim(claim: Claim, language: str = "en") -> str:
    place = [readable(claim.document), section_name(claim.section, language)]
    sentence = say(
        "claim.sentence",
        language,
        place=", ".join(filter(None, place)),
        text=in_english(claim.paraphrase, language),
    )
    if claim.edges:
        fate = say_count("claim.edges", len(claim.edges), language)
    elif claim.nodes:
        fate = say_count("claim.nodes", len(claim.nodes), language)
    else:
        fate = say("claim.not_modelled", language)
    return _joined(
        full_stop(sentence), fate, _headed("reason", in_english(claim.reason, language), language)
    )


@in_words.register
def _overclaim(overclaim: Overclaim, language: str = "en") -> str:
    kind = overclaim.kind
    known = ("overclaim", "error", "disagreement", "omission")
    name = say(f"overclaim.kind.{kind}", language) if kind in known else readable(kind)
    return _joined(
        full_stop(f"{name}: {in_english(overclaim.statement, language)}"),
        _headed("problem", in_english(overclaim.problem, language), language),
    )


@in_words.register
def _pathway_member(member: PathwayMember, language: str = "en") -> str:
    node, pathway = readable(member.node), readable(member.pathway)
    sentence = say("pathway.member", language, node=node, pathway=pathway)
    return _joined(sentence, _headed("reason", in_english(member.reason, language), language))


@in_words.register
def _place(place: Place, language: str = "en") -> str:
    return say(
        "place.sentence",
        language,
        view=readable(place.view),
        node=readable(place.node),
        x=number(place.x, language),
        y=number(place.y, language),
    )


@in_words.register
def _curve(curve: Curve, language: str = "en") -> str:
    return say(
        "curve.sentence",
        language,
        view=readable(curve.view),
        arrow=arrow_name(curve.edge, language),
        bend=curve.bend,
        roundness=number(curve.roundness, language),
    )


@in_words.register
def _form(form: Form, language: str = "en") -> str:
    return _joined(
        say("form.sentence", language, node=readable(form.node)),
        _headed("benefit", form.stated_benefit, language),
        _headed("bioavailability", form.stated_bioavailability, language),
        _headed("best_for", form.stated_best_for, language),
        _headed("downside", form.stated_downside, language),
        _headed("evidence", form.evidence, language),
        _data_in_english(language),
    )


@in_words.register
def _compound(compound: Compound, language: str = "en") -> str:
    share = number(compound.elemental_fraction * 100, language, digits=1)
    return say(
        "compound.sentence",
        language,
        name=compound.name,
        formula=compound.formula,
        percent=say("number.percent", language, number=share),
    )


@in_words.register
def _food(food: Food, language: str = "en") -> str:
    return say(
        "food.sentence",
        language,
        name=food.name,
        per_100_g=number(food.magnesium_mg_100g, language),
        serving=food.serving,
        serving_g=number(food.serving_g, language),
        amount=number(food.magnesium_mg_100g * food.serving_g / 100, language, digits=0),
    )


@in_words.register
def _reference_intake(intake: ReferenceIntake, language: str = "en") -> str:
    key = "supplements_only" if intake.covers == "supplements_only" else "all_sources"
    return say(
        f"intake.{key}",
        language,
        body=intake.body,
        quantity=intake.quantity,
        group=readable(intake.group),
        amount=number(intake.magnesium_mg_day, language),
    )


@in_words.register
def _study(study: Study, language: str = "en") -> str:
    return _joined(
        full_stop(cite_id(study.reference)),
        _headed("design", study.design, language),
        _headed("participants", study.participants, language),
        _headed("dose", study.dose, language),
        _headed("duration", study.duration, language),
        _headed("comparator", study.comparator, language),
        _headed("outcome", study.outcome, language),
        _headed("caveat", study.caveat, language),
        _data_in_english(language),
    )


@in_words.register
def _assumption(assumption: Assumption, language: str = "en") -> str:
    unit = "" if assumption.unit in {"", "dimensionless"} else f" {assumption.unit}"
    sentence = say(
        "assumption.sentence",
        language,
        name=readable(assumption.id),
        value=number(assumption.value, language) + unit,
        low=number(assumption.low, language),
        high=number(assumption.high, language),
    )
    why = _headed("reason", assumption.why, language)
    return _joined(sentence, why, _data_in_english(language))


@in_words.register
def _parameter(parameter: Parameter, language: str = "en") -> str:
    unit = "" if parameter.unit in {"fraction", "dimensionless"} else f" {parameter.unit}"
    sentence = say(
        "parameter.sentence" if parameter.low < parameter.high else "parameter.fixed",
        language,
        name=readable(parameter.id),
        value=number(parameter.value, language) + unit,
        low=number(parameter.low, language),
        high=number(parameter.high, language),
        status=word(parameter.status, language),
    )
    cited = cite_id(parameter.reference) if parameter.reference else ""
    place = ", ".join(filter(None, (cited, parameter.locator)))
    note = _headed("note", in_english(parameter.note, language), language)
    return _joined(sentence, note, _headed("reference", place, language))
