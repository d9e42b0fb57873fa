"""The words and signs by which a hand-written line is read, in three languages at once.

These are looked for and never said; what is said stands in the catalogues.
"""

from __future__ import annotations

import re

# fmt: off
__all__ = [
    "ARROWS", "BOTH", "COLUMNS", "COMMENT", "DOWN_AFTER", "DOWN_BEFORE", "EFFECTS", "FRAMES",
    "LABELLED", "LITTLE_WORDS", "PASSIVE", "UP_AFTER", "UP_BEFORE", "VERBS", "MARKED", "phrase",
]

_RAISING = (
    "increases", "increase", "raises", "raise", "stimulates", "stimulate", "activates", "activate",
    "promotes", "promote", "enhances", "enhance", "boosts", "boost", "causes", "cause", "leads to",
    "lead to", "elevates", "elevate", "releases", "release", "drives", "potentiates", "potentiate",
    "strengthens", "triggers", "worsens", "produces", "results in", "induces",
    "verhoogt", "verhogen", "stimuleert", "stimuleren", "activeert", "activeren", "bevordert",
    "bevorderen", "versterkt", "versterken", "veroorzaakt", "veroorzaken", "leidt tot",
    "leiden tot", "doet toenemen", "doet stijgen", "zorgt voor", "verergert", "wekt op",
    "ökar", "öka", "höjer", "höja", "stimulerar", "stimulera", "aktiverar", "aktivera", "främjar",
    "främja", "förstärker", "förstärka", "orsakar", "orsaka", "leder till", "driver", "förvärrar",
    "framkallar", "utlöser",
)
_LOWERING = (
    "lowers", "lower", "decreases", "decrease", "reduces", "reduce", "inhibits", "inhibit",
    "blocks", "block", "suppresses", "suppress", "dampens", "dampen", "diminishes", "weakens",
    "prevents", "prevent", "protects against", "antagonises", "antagonizes", "depletes", "limits",
    "relieves", "counters",
    "verlaagt", "verlagen", "vermindert", "verminderen", "remt", "remmen", "blokkeert",
    "blokkeren", "onderdrukt", "onderdrukken", "dempt", "dempen", "verzwakt", "voorkomt",
    "beschermt tegen", "doet afnemen", "doet dalen", "put uit", "verlicht", "beperkt",
    "sänker", "sänka", "minskar", "minska", "hämmar", "hämma", "blockerar", "blockera", "dämpar",
    "dämpa", "undertrycker", "försvagar", "förhindrar", "skyddar mot", "motverkar", "lindrar",
    "begränsar", "tömmer",
)
_ACTING = (
    "affects", "affect", "influences", "influence", "changes", "acts on", "modulates",
    "beïnvloedt", "beinvloedt", "beïnvloeden", "werkt in op", "verandert",
    "påverkar", "påverka", "förändrar", "inverkar på",
)
VERBS = dict.fromkeys(_RAISING, 1) | dict.fromkeys(_LOWERING, -1) | dict.fromkeys(_ACTING, 0)
"""What a verb between two names says: +1, -1, or 0 for no direction."""
PASSIVE = dict.fromkeys((
    "is raised by", "is increased by", "is stimulated by", "is activated by", "is caused by",
    "is enhanced by", "is driven by", "is released by",
    "wordt verhoogd door", "wordt gestimuleerd door", "wordt geactiveerd door",
    "wordt veroorzaakt door", "wordt versterkt door",
    "höjs av", "ökas av", "stimuleras av", "aktiveras av", "orsakas av", "förstärks av",
), 1) | dict.fromkeys((
    "is lowered by", "is decreased by", "is reduced by", "is inhibited by", "is blocked by",
    "is suppressed by", "is prevented by",
    "wordt verlaagd door", "wordt verminderd door", "wordt geremd door", "wordt geblokkeerd door",
    "wordt onderdrukt door", "wordt gedempt door",
    "sänks av", "minskas av", "hämmas av", "blockeras av", "undertrycks av", "dämpas av",
), -1)
"""The same for verbs that name the target first."""

UP_BEFORE = (
    "a rise in", "rise in", "rise of", "rising", "an increase in", "increase in", "an increase of",
    "increase of", "increased", "elevated", "more", "much", "higher", "high", "extra", "raised",
    "too much",
    "een toename van", "toename van", "een stijging van", "stijging van", "meer", "veel", "hoger",
    "hogere", "hoog", "hoge", "verhoogde", "verhoogd", "te veel",
    "en ökning av", "ökning av", "ökad", "ökat", "ökade", "mer", "mycket", "högre", "hög", "högt",
    "höjd", "höjt", "för mycket",
)
DOWN_BEFORE = (
    "a fall in", "fall in", "a drop in", "drop in", "a decrease in", "decrease in", "a decrease of",
    "decrease of", "decreased", "reduced", "less", "lower", "low", "lowered", "little",
    "a lack of", "lack of", "shortage of", "deficiency of", "too little",
    "een afname van", "afname van", "een daling van", "daling van", "minder", "weinig", "lager",
    "lagere", "laag", "lage", "verlaagde", "verlaagd", "verminderde", "een tekort aan",
    "tekort aan", "gebrek aan", "te weinig",
    "en minskning av", "minskning av", "minskad", "minskat", "minskade", "mindre", "lite", "lägre",
    "låg", "lågt", "sänkt", "brist på", "en brist på", "för lite",
)
UP_AFTER = (
    "up", "goes up", "go up", "rises", "rise", "rising", "higher", "high", "increases", "increased",
    "increase", "omhoog", "stijgt", "stijgen", "neemt toe", "hoger", "hoog",
    "upp", "uppåt", "stiger", "ökar", "högre", "hög", "↑", "⬆", "▲", "+", "(+)", "[+]",
)
DOWN_AFTER = (
    "down", "goes down", "go down", "falls", "fall", "drops", "lower", "low", "decreases",
    "decreased", "decrease", "deficiency", "omlaag", "daalt", "dalen", "neemt af", "lager", "laag",
    "tekort", "ner", "ned", "nedåt", "sjunker", "minskar", "lägre", "låg", "brist",
    "↓", "⬇", "▼", "-", "\u2212", "\u2013", "(-)", "[-]", "(\u2212)", "[\u2212]", "(\u2013)",
)
LITTLE_WORDS = (
    "the", "a", "an", "that", "then", "also", "and", "of", "in", "your", "de", "het", "een", "dan",
    "ook", "en", "van", "ett", "den", "det", "då", "också", "och", "av",
)
# fmt: on

FRAMES = (
    (r"(?:doet|doen|laat|laten) (.+) (?:toenemen|stijgen)", 1),
    (r"(?:doet|doen|laat|laten) (.+) (?:afnemen|dalen)", -1),
    (r"makes? (.+) (?:rise|go up|increase)", 1),
    (r"makes? (.+) (?:fall|drop|go down|decrease)", -1),
    (r"får (.+) att (?:öka|stiga)", 1),
    (r"får (.+) att (?:minska|sjunka)", -1),
)
"""Verbs in two parts, with the target between them."""

_MINUS = "-\u2013\u2014\u2212"
"""The minus sign, and the dashes that stand for it."""
_BAR = "|\u2223"
_LINE = f"[{_MINUS}=]"
_GAP = r"[ \t]*"
_FORWARD_HEAD = r"(?:>{1,2}|→|⇒|➔)"
LABELLED = re.compile(
    rf"{_LINE}+{_GAP}[\[(]?{_GAP}([^\W\d][^\[\]()<>|=]*?){_GAP}[\])]?{_GAP}{_LINE}+>"
)
"""An arrow with a word in its shaft: "-- lowers -->", "-[remt]->"."""
BOTH = re.compile(rf"<{_LINE}{{1,3}}>|[↔⇔⟷]")
ARROWS = tuple(
    (re.compile(pattern), sign, way)
    for pattern, sign, way in (
        (rf"{_LINE}*[\[(]{_GAP}[{_MINUS}]{_GAP}[\])]{_LINE}*{_FORWARD_HEAD}", -1, 1),
        (rf"{_LINE}*[\[(]?{_GAP}\+{_GAP}[\])]?{_LINE}*{_FORWARD_HEAD}", 2, 1),
        (rf"{_LINE}*[\[(]?\?[\])]?{_LINE}*{_FORWARD_HEAD}|~+>", 0, 1),
        (rf"{_LINE}{{1,4}}{_GAP}[{_BAR}](?!{_LINE})|[⊣⟞]|{_LINE}{{1,4}}\]", -1, 1),
        (rf"(?<!{_LINE})[{_BAR}]{_LINE}{{1,4}}|[⊢⟝]", -1, -1),
        (rf"{_LINE}{{1,4}}>{{1,2}}|[→⟶⇒⟹➔➜➡↦]\ufe0f?|(?<=\s)>{{1,2}}(?=\s)", 1, 1),
        (rf"<{{1,2}}{_LINE}{{1,4}}|[←⟵⇐⟸⬅]\ufe0f?", 1, -1),
    )
)
"""Arrows by their look, the more telling first: sign (2 for a plus that is written out), and 1 for
an arrow from left to right, -1 for one from right to left."""

EFFECTS = VERBS | {
    **dict.fromkeys(("+", "+1", "1", "up", "positive", "pos", "positief", "positiv", "plus"), 1),
    **dict.fromkeys(("-", "\u2212", "\u2013", "-1", "\u22121", "down", "negative", "neg"), -1),
    **dict.fromkeys(("negatief", "negativ", "minus", "inhibition", "remming", "hämning"), -1),
    **dict.fromkeys(("activation", "activering", "aktivering", "omhoog", "upp", "->", "→"), 1),
    **dict.fromkeys(("omlaag", "ner", "ned", "-|", "⊣"), -1),
    **dict.fromkeys(("?", "0", "unclear", "unknown", "onduidelijk", "oklart", "oklar"), 0),
}
"""What the cell of a table says of an effect."""
COLUMNS = {
    **dict.fromkeys(("source", "from", "cause", "bron", "van", "oorzaak", "källa", "från"), 0),
    **dict.fromkeys(("orsak",), 0),
    **dict.fromkeys(("target", "to", "effect on", "doel", "naar", "gevolg", "mål", "till"), 1),
    **dict.fromkeys(("verkan",), 1),
    **dict.fromkeys(("effect", "sign", "direction", "teken", "richting", "tecken", "effekt"), 2),
    **dict.fromkeys(("riktning",), 2),
}
"""Headings of a table: 0 the source, 1 the target, 2 the effect."""
COMMENT = ("#", "//")
MARKED = re.compile(rf"^[↑⬆▲↓⬇▼]|[\[(]?[{_MINUS}+?↑⬆▲↓⬇▼][\])]?$")
"""A sign before or after a name that says a direction, or doubts it."""


def phrase(words: str) -> re.Pattern[str]:
    """The words anywhere in a text, whole, with any blanks between them."""
    return re.compile(rf"(?<!\w){re.escape(words)}(?!\w)".replace(r"\ ", r"\s+"), re.IGNORECASE)
