"""The glossary: every term of a map and of its method, with its meaning, in three languages."""

from mgmodel.terms.alphabet import alphabetical
from mgmodel.terms.entries import Glossary, Term
from mgmodel.terms.glossaries import glossary
from mgmodel.terms.lists import CODES, KINDS, METHOD

__all__ = ["CODES", "KINDS", "METHOD", "Glossary", "Term", "alphabetical", "glossary"]
