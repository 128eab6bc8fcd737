"""From what a claim file says under `claimed` to the values that would make the claim true."""

from __future__ import annotations

from collections.abc import Mapping

from factcheck.claims.figures.bounds import read_bounds, read_date_bounds
from factcheck.claims.figures.dates import read_date
from factcheck.claims.figures.groups import read_days, read_label, read_parts, read_set, refused
from factcheck.claims.figures.numeric import Margins, read_number
from factcheck.claims.figures.quantity import NUMERIC, Quantity
from factcheck.claims.figures.ranks import read_rank
from factcheck.claims.figures.readings import Claimed, NumberClaim
from factcheck.claims.figures.trends import read_trend


def read(
    claimed: object,
    quantity: Quantity,
    *,
    tolerance: str | None = None,
    near: str | None = None,
    part: Quantity = Quantity.PROPORTION,
    whole: bool = False,
) -> Claimed:
    """The claimed figure as the set of values that would make it true.

    `claimed` is what the strict YAML reader gives: text for every plain scalar, lists, mappings, true,
    false, None. For a composition, `part` is the quantity of its groups and `whole` says that the named
    groups are everything. Raises FigureError for whatever cannot be read without guessing.
    """
    if claimed is None:
        raise refused("nothing is claimed here", quantity)
    margins = Margins(_text(tolerance, "tolerance", quantity), _text(near, "near", quantity))
    if quantity in NUMERIC:
        return _numeric(claimed, quantity, margins)
    if quantity is Quantity.COMPOSITION:
        return read_parts(claimed, whole, lambda value: _numeric(value, part, margins))
    _no_margins(margins, quantity)
    if quantity is Quantity.LABEL:
        return read_label(claimed)
    if quantity is Quantity.SET:
        return read_set(claimed)
    if quantity is Quantity.DATE:
        return _dates(claimed)
    return read_trend(_scalar(claimed, quantity))


def _text(value: object, name: str, quantity: Quantity) -> str | None:
    if value is None or isinstance(value, str):
        return value
    raise refused(f"'{name}' is a distance such as 5%", quantity).within(name)


def _no_margins(margins: Margins, quantity: Quantity) -> None:
    for name, value in (("tolerance", margins.tolerance), ("near", margins.near)):
        if value is not None:
            raise refused(f"'{name}' says nothing of such a claim: leave it out", quantity).within(name)


def _numeric(claimed: object, quantity: Quantity, margins: Margins) -> NumberClaim:
    if isinstance(claimed, Mapping):
        return read_bounds(claimed, quantity, margins)
    text = _scalar(claimed, quantity)
    return read_rank(text, margins) if quantity is Quantity.RANK else read_number(text, quantity, margins)


def _dates(claimed: object) -> Claimed:
    if isinstance(claimed, list) or (isinstance(claimed, Mapping) and not {"low", "high"} & set(claimed)):
        return read_days(claimed)
    return read_date_bounds(claimed) if isinstance(claimed, Mapping) else read_date(_scalar(claimed, Quantity.DATE))


def _scalar(claimed: object, quantity: Quantity) -> str:
    """A single text; anything else is no figure."""
    if isinstance(claimed, bool):
        raise refused(f"{str(claimed).lower()} is no figure; put it in quotes if it is a text", quantity)
    if not isinstance(claimed, str):
        found = "a list" if isinstance(claimed, list) else "a mapping" if isinstance(claimed, Mapping) else "this value"
        raise refused(f"{found} stands where a single figure should", quantity)
    return claimed
