"""What the documents say beside the map, both ways: where a claim went, and who states an arrow.

A document that says a thing has described it, and verified nothing; what is verified stands in the
evidence of the arrows.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING

from mgmodel.errors import UnknownId
from mgmodel.evidence import grade, is_described
from mgmodel.markup import as_markdown, markdown_table
from mgmodel.model import Model
from mgmodel.records import Claim, Edge
from mgmodel.vocabulary import Grade, Placement
from mgmodel.wording import arrow_name, in_words, node_name, word
from mgmodel.wording.catalogues import join, say, say_count
from mgmodel.wording.row_sentences import in_english, section_name
from mgmodel.wording.sentences import readable

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["Concordance", "Placed", "concordance"]

_COLUMNS = (
    *("claim", "document", "section", "paraphrase", "placement"),
    *("edges", "nodes", "grade", "contested", "overclaims", "reason"),
)


@dataclass(frozen=True)
class Placed:
    """One claim of a document, and what it became on the map."""

    claim: Claim
    placement: Placement
    edges: tuple[Edge, ...]
    """The one arrow that carries it, or those of a route, in order."""
    grade: Grade | None
    """That of its weakest arrow; None where no arrow carries it."""
    contested: tuple[str, ...]
    """Which of its arrows are disputed."""
    overclaims: tuple[str, ...]
    """Ids of what is found wrong with it: rows of overclaims.csv that name it."""

    def __repr__(self) -> str:
        return f"Placed({self.claim.id}: {self.placement.replace('_', ' ')})"


@dataclass(frozen=True)
class Concordance:
    """Claims with their places on the map, and the arrows that no claim states."""

    claims: tuple[Placed, ...]
    """In the order of the file, which is that of the documents."""
    unsaid: tuple[str, ...]
    """Arrows asked for that no document describes."""
    language: str = "en"
    _model: Model = field(repr=False, compare=False, default_factory=lambda: Model((), ()))

    @cached_property
    def counts(self) -> dict[Placement, int]:
        """How many claims have each place; a place that none has counts 0."""
        found = Counter(each.placement for each in self.claims)
        return {placement: found[placement] for placement in Placement}

    @property
    def contested(self) -> tuple[Placed, ...]:
        """The claims that go over a disputed arrow."""
        return tuple(each for each in self.claims if each.contested)

    def of(self, placement: Placement | str) -> tuple[Placed, ...]:
        """The claims with this place."""
        wanted = Placement(placement)
        return tuple(each for each in self.claims if each.placement is wanted)

    def to_frame(self) -> pd.DataFrame:
        """A table with one claim a row; edges, nodes and overclaims are ids with a space between.

        Columns: claim, document, section, paraphrase, placement, edges, nodes, grade, contested
        (yes or no), overclaims, reason.
        """
        import pandas as pd

        rows = [
            (
                *(each.claim.id, each.claim.document, each.claim.section, each.claim.paraphrase),
                *(each.placement.value, " ".join(each.claim.edges), " ".join(each.claim.nodes)),
                *(each.grade.value if each.grade else "", bool(each.contested)),
                *(" ".join(each.overclaims), each.claim.reason),
            )
            for each in self.claims
        ]
        return pd.DataFrame(rows, columns=list(_COLUMNS))

    def __len__(self) -> int:
        return len(self.claims)

    def __repr__(self) -> str:
        counted = "".join(
            f"; {placement.replace('_', ' ')} {n}" for placement, n in self.counts.items() if n
        )
        said = f"{len(self)} claim{'s' * (len(self) != 1)}{counted}"
        return f"Concordance({said}; arrows that no document states {len(self.unsaid)})"

    def __str__(self) -> str:
        return in_words(self, self.language)

    def _repr_markdown_(self) -> str:
        language = self.language
        header = [
            say(f"concordance.{key}", language) for key in ("claim", "place", "said", "became")
        ]
        titles = {_title(self._model, each.claim) for each in self.claims}
        lone = len(titles) == 1  # a title that all rows share stands once, above them
        caption = [*titles, _counted(self)] if lone else [_counted(self)]
        rows = (
            (
                each.claim.id,
                each.claim.section if lone else _place(self._model, each.claim, language),
                in_english(each.claim.paraphrase, language),
                _became(self._model, each, language),
            )
            for each in self.claims
        )
        shown = [markdown_table(header, rows, caption=": ".join(caption))]
        if self.unsaid:
            shown.append(as_markdown(_unsaid(self, language)))
        return "\n\n".join(shown)


def concordance(model: Model, *ids: str, language: str = "en") -> Concordance:
    """What the documents say of some arrows, nodes or documents, and what no document says.

    Parameters
    ----------
    ids
        Arrows, nodes, claims and documents of the map, in any mixture; a claim comes in when it
        is named, stands in a document that is named, or goes over an arrow or speaks of a node
        that is named. None at all: every claim and every arrow.
    language
        Of the words around the claims: "en", "nl" or "sv". Claims are paraphrased in English.

    Returns
    -------
    Concordance
        `.claims` in the order of the file; `.unsaid`, those of the arrows asked for that no
        document describes. Such an arrow can have references all the same: see its claim card.

    Raises
    ------
    UnknownId
        An id that is none of an arrow, a node, a claim or a document.

    Examples
    --------
    >>> from mgmodel.datafiles import load_model
    >>> model = load_model()
    >>> found = concordance(model, "norepinephrine.alpha2_autoreceptor", "c000_001")
    >>> found
    Concordance(1 claim; one arrow 1; arrows that no document states 1)
    >>> found.claims[0].grade, found.claims[0].contested
    (<Grade.C: 'C'>, ('serum_magnesium.n_type_calcium_channel',))
    """
    library = model.library
    known = (*model.edges, *model.nodes, *library.claims, *library.documents)
    for each in ids:
        if each not in known:
            raise UnknownId(each, known, kind="arrow, node, claim or document")
    asked = set(ids)
    claims = tuple(
        _placed(model, claim)
        for claim in library.claims.values()
        if not asked or asked & _handles(claim)
    )
    arrows = (edge for edge in model.edges if not asked or edge in asked)
    unsaid = tuple(edge for edge in arrows if not is_described(model, edge))
    return Concordance(claims, unsaid, language, model)


def _handles(claim: Claim) -> set[str]:
    """Every id by which a claim is found."""
    ends = {claim.source, claim.target}
    return {claim.id, claim.document, *claim.edges, *claim.nodes, *ends}


def _placed(model: Model, claim: Claim) -> Placed:
    edges = tuple(model.edge(edge) for edge in claim.edges if edge in model.edges)
    if edges:
        placement = Placement.ONE_ARROW if len(edges) == 1 else Placement.ROUTE
    else:
        placement = Placement.NODES if claim.nodes else Placement.LEFT_OUT
    contested = tuple(edge.id for edge in edges if edge.contested)
    # letters of grades come from the best to the worst
    weakest = max((grade(model, edge.id) for edge in edges), default=None, key=lambda g: g.value)
    problems = (each for each in model.library.overclaims if claim.id in each.claims)
    return Placed(claim, placement, edges, weakest, contested, tuple(one.id for one in problems))


# In words


def _title(model: Model, claim: Claim) -> str:
    documents = model.library.documents
    known = claim.document in documents
    return documents[claim.document].title if known else readable(claim.document)


def _place(model: Model, claim: Claim, language: str) -> str:
    place = (_title(model, claim), section_name(claim.section, language))
    return ", ".join(filter(None, place))


def _became(model: Model, placed: Placed, language: str) -> str:
    """The place of a claim, the arrows or nodes with their grade and dispute, and the reason."""
    names = [arrow_name(edge, language) for edge in placed.edges]
    names = names or [node_name(model.node(node), language) for node in placed.claim.nodes]
    place = word(placed.placement, language).capitalize()
    said = [f"{place}: {join(names, language)}." if names else f"{place}."]
    if placed.grade:
        said.append(say("concordance.grade", language, grade=placed.grade.value))
    if placed.contested:
        said.append(say_count("concordance.contested", len(placed.contested), language))
    if placed.overclaims:
        said.append(say("concordance.overclaims", language, ids=", ".join(placed.overclaims)))
    if placed.claim.reason:
        said.append(in_english(placed.claim.reason, language))
    return " ".join(said)


def _counted(found: Concordance) -> str:
    """How many claims have which place, how many are contested, and how many arrows are unsaid."""
    language = found.language
    each = [f"{word(placement, language)} ({n})" for placement, n in found.counts.items() if n]
    places = join(each, language) or say("concordance.none", language)
    said = [say_count("concordance.counted", len(found), language, places=places)]
    said.append(say_count("concordance.disputed", len(found.contested), language))
    if found.unsaid:
        said.append(say_count("concordance.unsaid", len(found.unsaid), language))
    return " ".join(said)


def _lines(found: Concordance, language: str) -> Iterable[str]:
    model = found._model
    yield _counted(found)
    for each in found.claims:
        place = _place(model, each.claim, language)
        became = _became(model, each, language)
        said = in_english(each.claim.paraphrase, language)
        yield f"{each.claim.id}, {place}: {said} {became}"
    if found.unsaid:
        yield _unsaid(found, language)


def _unsaid(found: Concordance, language: str) -> str:
    names = [arrow_name(found._model.edge(edge), language) for edge in found.unsaid]
    return say("concordance.unsaid_are", language, arrows=join(names, language))


@in_words.register
def _concordance_in_words(found: Concordance, language: str = "en") -> str:
    """How many, then one claim a line, then the arrows that no document states."""
    return "\n".join(_lines(found, language))
