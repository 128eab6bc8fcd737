"""Databases that are reached over a connection: `names` and `address` say which, a module per kind reads them.

A module here is a `Format` like those of `formats/`, with the address and the table in its `Job` in place of files.
"""
