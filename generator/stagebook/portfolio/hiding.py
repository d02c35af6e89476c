"""Figures without the counts that are small, and without what tells of them."""

from __future__ import annotations

from collections.abc import Sequence

from .figures import Figures, Row, Section, Value

BY_ROUND = ("rounds", "movement", "coverage")
"""The sections with a row for each round."""


def hide_small(figures: Figures, least: int) -> Figures:
    """Return figures in which counts of fewer units than `least`, and what tells of them, are None.

    What is missing of a row's sum are the hidden counts, none of which is 0. So the next smallest
    is hidden too while they are together fewer than `least`, or as few as they can be. Rounds tell
    of each other: see `_Rounds`. What is about single units is left out.
    """
    if not least:
        return figures
    if figures.units < least:
        return figures._replace(sections=())
    rounds = _Rounds(figures, least)
    return figures._replace(
        sections=tuple(
            rounds.hide(section) if section.id in BY_ROUND else _hide(section, least)
            for section in figures.sections
            if section.id != "believers"
        )
    )


def _hide(section: Section, least: int) -> Section:
    if section.id in ("evidence", "findings"):
        return section  # Counts of gates of all units, and of files.
    count, made = len(section.shades), []
    for row in section.rows:
        places = _small(row.values[:count], least)
        if places:  # What a row has beside its counts tells of them, too.
            places |= {*range(count, len(row.values))}
        made.append(row._replace(values=_shown(row.values, places)))
    if section.id in ("gates", "plays"):  # Their order would tell of what is hidden.
        made = [row for row in made if row.values[0] is not None]
    return section._replace(rows=tuple(made))


class _Rounds:
    """Finds what rounds tell of each other, and of the units that miss one.

    A round is hidden if few units are in it, if few are not, or if few of them have been in an
    earlier one: how many it has would tell. Its movement is hidden as a whole if one of its counts
    is small, as the stages before and after give the rest; and so is the movement of others while
    all units, each of which is new once, would tell how few are new there. Who misses the newest
    round is what all units have more than that round.
    """

    def __init__(self, figures: Figures, least: int) -> None:
        found = {section.id: section.rows for section in figures.sections}
        counts = {id_: {row.label: _ints(row.values) for row in found[id_]} for id_ in found}
        self.least, self.stages = least, counts.get("rounds", {})
        moves = counts.get("movement", {})
        sizes = {label: sum(row) for label, row in self.stages.items()}
        sizes |= {label: row[4] for label, row in counts.get("coverage", {}).items()}
        self.hidden = {
            label
            for label, size in sizes.items()
            if self.few(size)
            or self.few(figures.units - size)
            or self.few(sum(moves.get(label, ())[:3]))
        }
        self.still = {
            label for label, row in moves.items() if label in self.hidden or any(map(self.few, row))
        }
        left = sorted(moves.keys() - self.still, key=lambda label: (moves[label][3], label))
        while left and self.few(sum(moves[label][3] for label in self.still)):
            self.still.add(left.pop(0))
        self.missing: dict[str, set[int]] = {}
        if self.stages and "standing" in found:
            newest = max(self.stages)
            now = _ints(found["standing"][0].values)
            rest = [one - there for one, there in zip(now, self.stages[newest], strict=True)]
            self.missing[newest] = _small(rest, least)

    def few(self, count: int) -> bool:
        """Return whether a count is small, and not 0."""
        return 0 < count < self.least

    def hide(self, section: Section) -> Section:
        """Return a section with a row for each round."""
        return section._replace(rows=tuple(self.row(section.id, row) for row in section.rows))

    def row(self, id_: str, row: Row) -> Row:
        """Return the row of a round."""
        label, places = row.label, set[int]()
        if label in (self.still if id_ == "movement" else self.hidden):
            places = {*range(len(row.values))}
        elif id_ == "rounds":
            places = _small(row.values, self.least) | self.missing.get(label, set())
        return row._replace(values=_shown(row.values, places))


def _ints(values: Sequence[Value]) -> list[int]:
    return [value for value in values if isinstance(value, int)]


def _small(values: Sequence[Value], least: int) -> set[int]:
    """Return the places of counts that are small, and of those that tell of them."""
    counts = _ints(values)
    shown = [place for place in sorted(range(len(counts)), key=counts.__getitem__) if counts[place]]
    hidden, sum_of_hidden = set[int](), 0
    while shown and (
        counts[shown[0]] < least or (hidden and sum_of_hidden < max(least, len(hidden) + 1))
    ):
        place = shown.pop(0)
        hidden.add(place)
        sum_of_hidden += counts[place]
    # If each is 1, only others that are 0 leave several ways to share out their sum.
    return {*range(len(counts))} if sum_of_hidden == len(hidden) > 0 else hidden


def _shown(values: Sequence[Value], hidden: set[int]) -> tuple[Value, ...]:
    """Return values of which some are None."""
    return tuple(None if place in hidden else one for place, one in enumerate(values))
