"""Networks of species and rules as normalised-Hill differential equations; levels from 0 to 1.

This is the notation of other laboratories' teaching models ("A & !B => C"), kept so that their
models run and their exercises can be checked. The map of mgmodel is asked with `mgmodel.respond`.

References
----------
Kraeutler, Soltis and Saucerman (2010), BMC Systems Biology 4:157.

Examples
--------
>>> from mgmodel import hill
>>> system = hill.from_reactions(["A", "B"], ["=> A", "!A => B"])
>>> system.steady_state()
mappingproxy({'A': 1.0, 'B': 0.0})
>>> system.steady_state(knock_outs=["A"])
mappingproxy({'A': 0.0, 'B': 1.0})
"""

from mgmodel.hill.rules import Reaction, Species, Term, activation
from mgmodel.hill.system import HillSystem, from_reactions

__all__ = ["HillSystem", "Reaction", "Species", "Term", "activation", "from_reactions"]
