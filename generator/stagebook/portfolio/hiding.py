"""Figures without the counts that are small, and without what tells of them."""

from __future__ import annotations

from collections.abc import Sequence

from .figures import Figures, Row, Section, Value

BY_ROUND = ("rounds", "movement")
"""The sections with a row for each round."""
LEFT_OUT = ("believers", "coverage", "evidence", "findings")
"""What is about single units and files, and sums of gates, from which counts of units follow."""


def hide_small(figures: Figures, least: int) -> Figures:
    """Return figures in which counts of fewer units than `least`, and what tells of them, are None.

    A reader may know these rules, the sum of each row, and which counts cannot but be 0. So a row
    is hidden as a whole where its sum would tell of a small count: see `_small`. Rounds tell of
    each other: see `_Rounds`.
    """
    if not least:
        return figures
    if figures.units < fewest_units(least):
        return figures._replace(sections=())
    rounds = _Rounds(figures, least)
    return figures._replace(
        sections=tuple(
            rounds.hide(section) if section.id in BY_ROUND else _hide(section, least)
            for section in figures.sections
            if section.id not in LEFT_OUT
        )
    )


def fewest_units(least: int) -> int:
    """Return how many units a report needs; of two, a hidden row would tell that they differ."""
    return max(least, 3)


def _hide(section: Section, least: int) -> Section:
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
    """Finds what rounds tell of each other, and of where units stand now.

    A round is hidden if few units are in it, if few are not, or if few of them have been in an
    earlier one: how many it has would tell. So is the newest one if it would tell where those stand
    that miss it: they are what all units have more. All are hidden if few units have their newest
    assessment in hidden ones, or without a date: where all stand now would tell of those few.

    The movement of a round is hidden with it, and where one of its counts is small: the stages
    before and after give the rest. All of it is hidden if few are new in the hidden ones: each unit
    is new once, so that the shown ones would tell.
    """

    def __init__(self, figures: Figures, least: int) -> None:
        found = {section.id: section.rows for section in figures.sections}
        counts = {id_: {row.label: _ints(row.values) for row in found[id_]} for id_ in found}
        self.least, stages = least, counts.get("rounds", {})
        moves = counts.get("movement", {})
        self.hidden = {
            label
            for label, row in stages.items()
            if len(_small(row, least)) == len(row)
            or self.few(sum(row))
            or self.few(figures.units - sum(row))
            or self.few(sum(moves.get(label, ())[:3]))
        }
        if stages and "standing" in found:
            newest = max(stages)
            now = _ints(found["standing"][0].values)
            if any(self.few(one - there) for one, there in zip(now, stages[newest], strict=True)):
                self.hidden.add(newest)
        shown = stages.keys() - self.hidden
        if self.few(figures.units - sum(figures.newest.get(label, 0) for label in shown)):
            self.hidden = {*stages}
        self.still = {
            label for label, row in moves.items() if label in self.hidden or any(map(self.few, row))
        }
        if self.few(sum(moves[label][3] for label in self.still)):
            self.still = {*moves}

    def few(self, count: int) -> bool:
        """Return whether a count is small, and not 0."""
        return 0 < count < self.least

    def hide(self, section: Section) -> Section:
        """Return a section with a row for each round."""
        return section._replace(rows=tuple(self.row(section.id, row) for row in section.rows))

    def row(self, id_: str, row: Row) -> Row:
        """Return the row of a round."""
        if row.label in (self.still if id_ == "movement" else self.hidden):
            places = {*range(len(row.values))}
        else:
            places = _small(row.values, self.least)
        return row._replace(values=_shown(row.values, places))


def _ints(values: Sequence[Value]) -> list[int]:
    return [value for value in values if isinstance(value, int)]


def _small(values: Sequence[Value], least: int) -> set[int]:
    """Return the places of counts that are small; of all counts, if they tell of those.

    A reader knows what small counts are in all. It says what they are if there is one, or if each
    is as small or as large as it can be. The sums next to these are hidden with them, so that what
    is hidden as a whole has no single cause.
    """
    counts = _ints(values)
    small = {place for place, count in enumerate(counts) if 0 < count < least}
    sum_of_small, many = sum(counts[place] for place in small), len(small)
    if not small or (many > 1 and many + 1 < sum_of_small < many * (least - 1) - 1):
        return small
    return {*range(len(counts))}


def _shown(values: Sequence[Value], hidden: set[int]) -> tuple[Value, ...]:
    """Return values of which some are None."""
    return tuple(None if place in hidden else one for place, one in enumerate(values))
