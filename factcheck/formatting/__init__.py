"""Claim files, manifests and factcheck.yaml in one layout, with their comments and their meaning as they were.

What a person wrote between structure is never read anew: each value is set aside, the skeleton that is left is laid
out, and the values are put back letter by letter. So no quoting changes, and no number, date or `NO`.
"""
