"""What can be asked of a dataset: example claims, true of its rows, to be copied and changed."""

from factcheck.askable.choosing import askable, written

__all__ = ["askable", "written"]
