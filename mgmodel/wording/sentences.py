"""One plain sentence for each record of a map; `mgmodel.wording` is where to import it from.

A label is put in only where no other word has to agree with it, because labels are singular and
plural, and of any grammatical gender: "a rise in panic attacks lowers ...", never "panic attacks
lowers ...". Texts of the data that exist in English alone are marked as such.
"""

from __future__ import annotations

import re
from enum import StrEnum
from functools import singledispatch

from mgmodel.interventions import (
    ArrowIntervention,
    Block,
    Clamp,
    CutEdge,
    FlipEdge,
    Intervention,
    KnockOut,
    Press,
)
from mgmodel.model import Model
from mgmodel.records import Edge, Library, MapInfo, Node, Reference, Translated
from mgmodel.vocabulary import EvidenceLayer, Grade, Language
from mgmodel.wording.catalogues import join, number, say, say_count
from mgmodel.wording.coded import CODED, meaning_of, word

__all__ = [
    "arrow_name",
    "cite",
    "cite_id",
    "definition_of",
    "edge_sentence",
    "ends_of",
    "full_stop",
    "in_words",
    "inside",
    "intervention_sentence",
    "node_name",
    "readable",
    "word",
]


@singledispatch
def in_words(record: object, language: str = "en") -> str:
    """Any record of a map, or coded word, as a plain sentence.

    Parameters
    ----------
    record
        A node, an arrow, a row of evidence, a reference, a claim, a document, a grade, ...
    language
        "en", "nl" or "sv".

    Raises
    ------
    TypeError
        Nothing is known of such a record; what can be said is listed.
    ValueError
        There are no words in that language.

    Examples
    --------
    >>> model = Model.from_edges([("magnesium", "stress", -1)])
    >>> in_words(model.edge("magnesium.stress"))
    'A rise in magnesium lowers stress.'
    >>> in_words(Grade.D, "sv")
    'Grad D: påstått eller antaget, eller svagt och motsagt.'
    """
    known = sorted(kind.__name__ for kind in in_words.registry if kind is not object)
    msg = (
        f"There are no words for {type(record).__name__} (asked in {language!r}). "
        f"What can be said: {', '.join(known)}."
    )
    raise TypeError(msg)


# Coded words


def _coded(coded: StrEnum, language: str = "en") -> str:
    text = word(coded, language)
    if meaning := meaning_of(coded, language):
        text = f"{text}: {meaning}"
    return full_stop(_capital(text))


for _kind in CODED:
    in_words.register(_kind, _coded)


@in_words.register
def _grade(grade: Grade, language: str = "en") -> str:
    meaning = meaning_of(grade, language)
    return say("grade.sentence", language, grade=grade.value, meaning=meaning)


# Names


def readable(record_id: str) -> str:
    """An id as words, for where no label is at hand.

    Examples
    --------
    >>> readable("n_type_calcium_channel")
    'n type calcium channel'
    """
    return record_id.replace("_", " ")


_NAMED_AFTER_PEOPLE = ("Alzheimer",)


def inside(label: str) -> str:
    """A label as it is written in the middle of a sentence.

    Symbols, abbreviations and names of people keep their capital.

    Examples
    --------
    >>> inside("Serum magnesium"), inside("N-type calcium channel"), inside("Mg-verschuiving")
    ('serum magnesium', 'N-type calcium channel', 'Mg-verschuiving')
    >>> inside("GABA synthesis"), inside("Alzheimers sjukdom"), inside("Ångest")
    ('GABA synthesis', 'Alzheimers sjukdom', 'ångest')
    """
    first = re.split(r"[\s-]", label, maxsplit=1)[0]
    ordinary = len(first) > 2 and first[1:].islower() and not first.startswith(_NAMED_AFTER_PEOPLE)
    return label[0].lower() + label[1:] if ordinary else label


def _name(node_id: str, label: Translated | None, language: str) -> str:
    if label is None:
        return readable(node_id)
    text = label.in_language(language)
    # A map made from bare ids has them for labels; those are names, and stay as they were given.
    return text if text == node_id else inside(text)


def node_name(node: Node, language: str = "en") -> str:
    """The label of a node as it is written in the middle of a sentence."""
    return _name(node.id, node.label, language)


def ends_of(edge: Edge, language: str = "en") -> tuple[str, str]:
    """The names of an arrow's source and target, as in the middle of a sentence."""
    labels = edge.ends or (None, None)
    return _name(edge.source, labels[0], language), _name(edge.target, labels[1], language)


def arrow_name(edge: Edge | str, language: str = "en") -> str:
    """An arrow by its ends; for a bare id, by the parts that it is made of.

    Examples
    --------
    >>> arrow_name("serum_magnesium.n_type_calcium_channel", "sv")
    'från serum magnesium till n type calcium channel'
    """
    if isinstance(edge, str):
        source, dot, rest = edge.partition(".")
        if not (source and dot and rest):
            return readable(edge)
        ends = readable(source), readable(rest.partition(".")[0])
    else:
        ends = ends_of(edge, language)
    return say("edge.arrow", language, source=ends[0], target=ends[1])


def _capital(text: str) -> str:
    if text.startswith("één"):  # in Dutch the first of two accents is left out
        return f"Eén{text[3:]}"
    return text[:1].upper() + text[1:]


def full_stop(text: str) -> str:
    """The text as a sentence that ends; nothing for no text.

    Examples
    --------
    >>> full_stop("Seen in rats"), full_stop("Is it?"), full_stop(" ")
    ('Seen in rats.', 'Is it?', '')
    """
    text = text.strip()
    return f"{text}." if text and text[-1] not in ".!?…" else text


# References by name


_AUTHOR = re.compile(r"(?P<surname>.*[a-z].*) [A-Z](?:-?[A-Z]){0,3}")


def cite(reference: Reference, language: str = "en") -> str:
    """Author and year, as in running text; a work without an author goes by its title.

    Examples
    --------
    >>> cite(Reference("x", "Shimosawa T, Takano K, Ando K", 2004, "A title"))
    'Shimosawa et al. 2004'
    >>> cite(Reference("x", "Murck H, Steiger A", None, "A title"), "nl")
    'Murck en Steiger z.j.'
    """
    year = str(reference.year or say("reference.no_year", language))
    authors = re.sub(r"\s*\(.*?\)", "", reference.authors)
    parts = [part.strip(" .") for part in authors.split(",") if part.strip(" .")]
    if not parts:
        start = reference.title.split()
        name = " ".join(start[:4]).rstrip(",.;:") + " …" * (len(start) > 4)
        return f"{name or readable(reference.id)} {year}"
    found = [_AUTHOR.fullmatch(part) for part in parts]
    if found[0] is None:  # a body such as a ministry, whose name may hold commas
        return f"{parts[0]} {year}"
    surnames = [match["surname"] for match in found if match]
    if len(parts) > 2 or len(surnames) < len(parts):
        return f"{surnames[0]} et al. {year}"
    return f"{join(surnames, language)} {year}"


def cite_id(reference_id: str) -> str:
    """Author and year as far as an id tells them.

    Examples
    --------
    >>> cite_id("shimosawa2004"), cite_id("spencer1994_zn"), cite_id("aldo_mg_divergence")
    ('Shimosawa 2004', 'Spencer 1994', 'aldo mg divergence')
    """
    match = re.fullmatch(r"(\D+?)_?(\d{4})(?:_.*)?", reference_id)
    if match is None:
        return readable(reference_id)
    return f"{' '.join(map(_capital, match[1].split('_')))} {match[2]}"


# The map


@in_words.register
def _node(node: Node, language: str = "en") -> str:
    term, kind = node.full_term(language), word(node.kind, language)
    sentence = say("node.sentence", language, term=term, kind=kind)
    return f"{sentence} {definition_of(node, language)}".rstrip()


def definition_of(node: Node, language: str = "en") -> str:
    """What a node is, as a sentence; marked as English where it stands in English alone.

    Nothing where no definition is written down.

    Examples
    --------
    >>> stress = Node("stress", Translated("stress"), definition=Translated("A strain"))
    >>> definition_of(stress), definition_of(stress, "nl")
    ('A strain.', '(in het Engels) A strain.')
    """
    own = getattr(node.definition, Language(language).value)
    if own or not node.definition.en:
        return full_stop(own)
    return full_stop(say("text.english", language, text=node.definition.en))


def edge_sentence(edge: Edge, language: str = "en") -> str:
    """What a rise of the source does to the target, and no word about how sure that is."""
    source, target = ends_of(edge, language)
    return say(f"edge.{edge.effect.value}", language, source=source, target=target)


@in_words.register
def _edge(edge: Edge, language: str = "en") -> str:
    sentences = [edge_sentence(edge, language)]
    if edge.contested:
        sentences.append(say("edge.contested", language))
    if edge.permissive:
        source, target = ends_of(edge, language)
        sentences.append(say("edge.permissive", language, source=source, target=target))
    if edge.gate:
        sentences.append(say("edge.gate", language, group=edge.gate))
    if edge.layer is EvidenceLayer.CLINICAL_EVIDENCE:
        sentences.append(say("edge.clinical_evidence", language))
    if edge.layer is EvidenceLayer.ASSOCIATION_OR_CLAIM:
        sentences.append(say("edge.association_or_claim", language))
    if not edge.reasons:
        sentences.append(say("edge.shown_only", language))
    return " ".join(sentences)


@in_words.register
def _model(model: Model, language: str = "en") -> str:
    return say(
        "map.sentence",
        language,
        nodes=say_count("count.nodes", len(model.nodes), language),
        arrows=say_count("count.arrows", len(model.edges), language),
        reasoning=number(len(model.reasoning_edges), language),
    )


@in_words.register
def _library(library: Library, language: str = "en") -> str:
    return say(
        "map.library",
        language,
        rows=say_count("count.evidence", len(library.evidence), language),
        references=say_count("count.references", len(library.references), language),
        claims=say_count("count.claims", len(library.claims), language),
    )


@in_words.register
def _info(info: MapInfo, language: str = "en") -> str:
    title = info.title.in_language(language)
    return say("map.info", language, title=title, version=info.version)


@in_words.register
def _translated(label: Translated, language: str = "en") -> str:
    return label.in_language(language)


# Interventions


def intervention_sentence(intervention: Intervention, name: str, language: str = "en") -> str:
    """What an intervention does, where `name` is its node, or its arrow, in words."""
    match intervention:
        case Press(amount=amount):
            key = "press_down" if amount < 0 else "press_up"
            size = number(abs(amount), language)
            return say(f"intervention.{key}", language, node=name, amount=size)
        case Clamp(value=value):
            size = "+" * (value > 0) + number(value, language)
            return say("intervention.clamp", language, node=name, value=size)
        case Block():
            return say("intervention.block", language, node=name)
        case KnockOut():
            return say("intervention.knock_out", language, node=name)
        case CutEdge():
            return say("intervention.cut_edge", language, arrow=name)
        case FlipEdge():
            return say("intervention.flip_edge", language, arrow=name)


def _intervention(intervention: Intervention, language: str = "en") -> str:
    if isinstance(intervention, ArrowIntervention):
        name = arrow_name(intervention.edge, language)
    else:
        name = readable(intervention.node)
    return intervention_sentence(intervention, name, language)


for _verb in (Press, Clamp, Block, KnockOut, CutEdge, FlipEdge):
    in_words.register(_verb, _intervention)
