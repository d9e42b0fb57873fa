"""What a network of rules settles to, and how it gets there."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from numbers import Real
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, TypeAlias

from mgmodel.errors import MgModelError, UnknownId
from mgmodel.hill.rules import Reaction, Species, constants, read
from mgmodel.markup import table

if TYPE_CHECKING:
    import numpy as np

__all__ = ["HillSystem", "from_reactions"]

Array: TypeAlias = "np.ndarray[Any, np.dtype[Any]]"

_SETTLED = 1e-10
"""Nothing is further than this from where it is pulled to."""
_NOTHING = 1e-100
"""The solver's first step overflows from levels that are almost too small for a float."""
_ROUNDS = 1_000
_SAME = 1e-6
"""Two steady states closer than this are one."""
_CHANCES = 4
"""How often the time given to a curve to settle is doubled, from 50 time constants on."""
_CODE = re.compile(r"(?:ymax|w|y0)\s*\(\s*(.*?)\s*\)", re.IGNORECASE)


def from_reactions(
    species: Iterable[str | Mapping[str, Any]], reactions: Iterable[str | Mapping[str, Any]]
) -> HillSystem:
    """A network of normalised-Hill equations from species and rules.

    Parameters
    ----------
    species
        Ids, or mappings with `id` and, as far as they differ from 0, 1, 1: `y0` (level at time 0),
        `ymax` (level under full activation), `tau` (time constant).
    reactions
        Rules, or mappings with `rule` and, as far as they differ from r1, r2, ..., 1, 1.4, 0.5:
        `id`, `w`, `n`, `EC50`. A rule is "A & !B => C" or "A AND NOT B -> C"; "=> A" is an input.
        Several rules with one target act by "or".

    Raises
    ------
    ValueError
        One line for each mistake: where it stands, what it is and how to mend it.

    Examples
    --------
    >>> from_reactions(["A", "B", "C"], ["=> A", "A & !B => C"])
    HillSystem(3 species, 2 reactions)
    """
    return HillSystem(*read(species, reactions))


@dataclass(frozen=True)
class HillSystem:
    r"""Species and reactions; every question leaves them as they are.

    With f as in `hill.activation`, a rule of k terms comes to the product of its f, or w - f where
    a term is negated, over w to the power k - 1; an input comes to w; rules with one target are
    joined by a + b - ab; and

    .. math:: \tau \frac{dx}{dt} = \mathrm{joined} \cdot y_{max} - x

    Without a rule a species decays to 0.
    """

    species: tuple[Species, ...]
    reactions: tuple[Reaction, ...]

    def steady_state(
        self,
        knock_outs: Iterable[str] = (),
        inputs: Mapping[str, float] | None = None,
        clamps: Mapping[str, float] | None = None,
    ) -> Mapping[str, float]:
        """Level of every species once it has settled, starting from `y0`.

        Where the system has several steady states, it is the one that the curves from `y0` lead to.

        Parameters
        ----------
        knock_outs
            Species that nothing can activate any more (`ymax` 0); "ymax (A)" is read as "A".
        inputs
            Weight (0 to 1) by reaction id; a species id means its one input reaction.
        clamps
            Level at which a species is held throughout.

        Raises
        ------
        UnknownId
            A species or reaction that the system does not have.
        ValueError
            A number out of range, or one species both knocked out and clamped.
        MgModelError
            It never settles, as a system that oscillates does not.

        Examples
        --------
        >>> fork = from_reactions(["A", "B", "C"], ["=> A", "=> B", "A & !B => C"])
        >>> fork.steady_state(knock_outs=["B"])["C"], fork.steady_state(inputs={"r2": 0.5})["C"]
        (1.0, 0.5)
        """
        asked = self._asked(knock_outs, inputs, clamps)
        return self._by_id(asked.settled().tolist())

    def trajectory(
        self,
        times: Sequence[float],
        knock_outs: Iterable[str] = (),
        inputs: Mapping[str, float] | None = None,
        clamps: Mapping[str, float] | None = None,
    ) -> Mapping[str, tuple[float, ...]]:
        """Levels of every species at these times, starting from `y0` at time 0.

        Parameters
        ----------
        times
            Rising, from 0 or later on; in the unit of `tau`.
        knock_outs, inputs, clamps
            As for `steady_state`; in force from time 0.

        Raises
        ------
        UnknownId, ValueError
            As for `steady_state`, or times that do not rise.

        Examples
        --------
        >>> from_reactions(["A"], ["=> A"]).trajectory([0, 1, 50])["A"]  # doctest: +ELLIPSIS
        (0.0, 0.6321..., 1.0...)
        """
        import numpy as np

        asked = self._asked(knock_outs, inputs, clamps)
        try:
            moments = np.asarray(times, dtype=float)
        except (TypeError, ValueError):
            moments = np.array(np.nan)
        rising = moments.ndim == 1 and moments.size > 0 and np.isfinite(moments).all()
        if not rising or moments[0] < 0 or (np.diff(moments) <= 0).any():
            msg = f"times is {times!r}; give rising numbers, from 0 on, at least one."
            raise ValueError(msg)
        levels = asked.curve(asked.start, moments)
        return self._by_id([tuple(row) for row in levels.tolist()])

    def __repr__(self) -> str:
        reactions = f"{len(self.reactions)} reaction{'s' * (len(self.reactions) != 1)}"
        return f"HillSystem({len(self.species)} species, {reactions})"

    def _repr_html_(self) -> str:
        rows = [(each.id, each.rule, each.w, each.n, each.ec50) for each in self.reactions]
        return table(repr(self), ("id", "rule", "w", "n", "EC50"), rows)

    def _by_id(self, values: Iterable[Any]) -> Mapping[str, Any]:
        ids = (each.id for each in self.species)
        return MappingProxyType(dict(zip(ids, values, strict=True)))

    @cached_property
    def _number(self) -> dict[str, int]:
        return {each.id: place for place, each in enumerate(self.species)}

    @cached_property
    def _wiring(self) -> _Wiring:
        return _Wiring(self.reactions, self._number)

    def _asked(
        self,
        knock_outs: Iterable[str],
        inputs: Mapping[str, float] | None,
        clamps: Mapping[str, float] | None,
    ) -> _Asked:
        """The system with its knock-outs, inputs and clamps in place, after a check of them."""
        import numpy as np

        ymax = np.array([each.ymax for each in self.species])
        start = np.array([each.y0 for each in self.species])
        weights = np.array([each.w for each in self.reactions])
        held = np.zeros(len(self.species), dtype=bool)
        for name in (knock_outs,) if isinstance(knock_outs, str) else knock_outs:
            ymax[self._place(name)] = 0.0
        for name, level in (inputs or {}).items():
            weights[self._reaction(name)] = _in_range(level, "input", name, most=1.0)
        for name, level in (clamps or {}).items():
            place = self._place(name)
            if self.species[place].ymax and not ymax[place]:
                msg = f"{name!r} is both knocked out and clamped. Leave one of the two out."
                raise ValueError(msg)
            start[place] = _in_range(level, "clamp", name)
            held[place] = True
        tau = np.array([each.tau for each in self.species])
        return _Asked(self._wiring, ymax, tau, start, held, weights)

    def _place(self, name: str) -> int:
        found = _plain(name)
        if found not in self._number:
            raise UnknownId(found, self._number, kind="species")
        return self._number[found]

    def _reaction(self, name: str) -> int:
        found = _plain(name)
        ids = [each.id for each in self.reactions]
        if found in ids:
            return ids.index(found)
        inputs = [
            place
            for place, each in enumerate(self.reactions)
            if each.target == found and not each.terms
        ]
        if len(inputs) == 1:
            return inputs[0]
        raise UnknownId(found, ids, kind="reaction")


def _plain(name: object) -> str:
    """The id in a code such as "ymax (A)", in which a laboratory writes its knock-outs."""
    code = _CODE.fullmatch(str(name).strip())
    return code[1] if code else str(name)


def _in_range(level: float, what: str, name: str, most: float = float("inf")) -> float:
    if isinstance(level, Real) and 0 <= level <= most and level != float("inf"):
        return float(level)
    limits = "a number from 0 to 1" if most == 1 else "a finite number, 0 or more"
    msg = f"The {what} for {name!r} is {level!r}; give {limits}."
    raise ValueError(msg)


class _Wiring:
    """All terms of all reactions in one row, reactions with one target side by side."""

    def __init__(self, reactions: Sequence[Reaction], number: Mapping[str, int]) -> None:
        import numpy as np

        order = sorted(range(len(reactions)), key=lambda place: number[reactions[place].target])
        sources: list[int] = []
        negated: list[bool] = []
        first_term: list[int] = []
        curves: list[tuple[float, float, float]] = []
        for place in order:
            reaction = reactions[place]
            first_term.append(len(sources))
            # an input is a rule with one term that always holds: a source behind the last species
            sources += [number[term.species] for term in reaction.terms] or [len(number)]
            negated += [term.negated for term in reaction.terms] or [False]
            curve = (reaction.n, *constants(reaction.n, reaction.ec50))
            curves += [curve] * max(1, len(reaction.terms))
        targets = np.array([number[reactions[place].target] for place in order], dtype=int)
        self.order = np.array(order, dtype=int)
        self.sources, self.negated = np.array(sources, dtype=int), np.array(negated, dtype=bool)
        self.first_term = np.array(first_term, dtype=int)
        self.power, self.scale, self.half = np.array(curves).reshape(-1, 3).T
        self.targets, self.first_reaction, rules = np.unique(
            targets, return_index=True, return_counts=True
        )
        self.alone = rules == 1

    def joined(self, levels: Array, weights: Array) -> Array:
        """How strongly every species is activated, from 0 to 1: (..., species)."""
        import numpy as np

        found: Array = np.zeros_like(levels)
        if not self.order.size:
            return found
        always = np.ones((*levels.shape[:-1], 1))
        powers = np.concatenate((levels.clip(min=0.0), always), axis=-1)[..., self.sources]
        powers **= self.power
        share = np.minimum(1.0, self.scale * powers / (self.half + powers))
        share = np.where(self.negated, 1.0 - share, share)
        share = np.where(self.sources == levels.shape[-1], 1.0, share)
        # f = w * share, so the product of k terms over w^(k-1) is w times the product of the shares
        active = weights[self.order] * np.multiply.reduceat(share, self.first_term, axis=-1)
        missing = np.multiply.reduceat(1.0 - active, self.first_reaction, axis=-1)
        # one rule alone is not sent through 1 - (1 - a), which would round it
        found[..., self.targets] = np.where(
            self.alone, active[..., self.first_reaction], 1.0 - missing
        )
        return found


@dataclass(frozen=True)
class _Asked:
    """A system with knock-outs, inputs and clamps in place; arrays by species or reaction."""

    wiring: _Wiring
    ymax: Array
    tau: Array
    start: Array
    held: Array
    weights: Array

    def pull(self, levels: Array) -> Array:
        """Where each species is pulled to, less where it is: (..., species)."""
        import numpy as np

        towards = self.wiring.joined(levels, self.weights) * self.ymax
        found: Array = np.where(self.held, 0.0, towards - levels)
        return found

    def curve(self, start: Array, times: Array, accuracy: float = 1e-9) -> Array:
        """Levels at the times, from `start` at time 0: (species, times)."""
        import numpy as np
        from scipy.integrate import solve_ivp

        if times[-1] == 0:
            return start[:, None]
        solved = solve_ivp(
            lambda _, levels: self.pull(levels) / self.tau,
            (0.0, times[-1]),
            np.where(start < _NOTHING, 0.0, start),
            method="LSODA",
            t_eval=times,
            rtol=accuracy,
            atol=accuracy / 1_000,
        )
        if not solved.success:
            msg = f"The equations could not be solved: {solved.message}"
            raise MgModelError(msg)
        found: Array = solved.y
        return found

    def settled(self) -> Array:
        """The steady state that the curves from `start` lead to: (species,).

        Half steps towards the pull are Euler's method where all time constants are alike, and end
        where the curves end unless another steady state is near. So they are trusted when they end
        at one place from `start`, from nothing and from everything; else the curve decides.
        """
        import numpy as np

        if not self.pull(self.start).any():
            return self.start
        free = self.tau[~self.held]
        if free.min() == free.max():
            ends = [self.start, self.start * 0, self.ymax]
            starts = np.array([np.where(self.held, self.start, end) for end in ends])
            found = self._in_half_steps(starts)
            if self._rests(found) and np.ptp(found, axis=0).max() < _SAME:
                return self._sharpened(found[0])
        levels, time = self.start, 50.0 * self.tau.max()
        for _ in range(_CHANCES):
            levels = self.curve(levels, np.array([time]), _SAME / 10)[:, -1]
            near = self._in_half_steps(levels[None])[0]
            if self._rests(near) and abs(near - levels).max() < 10 * _SAME:
                return self._sharpened(near)
            time *= 2
        msg = (
            "The system does not settle: it may oscillate. "
            "Ask `trajectory` for its curves, or hold a species of the loop with `clamps`."
        )
        raise MgModelError(msg)

    def _rests(self, levels: Array) -> bool:
        return bool(abs(self.pull(levels)).max() <= _SETTLED)

    def _in_half_steps(self, levels: Array) -> Array:
        for _ in range(_ROUNDS):
            step = self.pull(levels)
            if abs(step).max() <= _SETTLED:
                break
            levels = levels + 0.5 * step
        return levels

    def _sharpened(self, levels: Array) -> Array:
        """Whole steps for as long as they help: levels that can be exact become so."""
        step = self.pull(levels)
        for _ in range(_ROUNDS):
            following = self.pull(levels + step)
            if abs(following).max() >= abs(step).max():
                break
            levels, step = levels + step, following
        return levels
