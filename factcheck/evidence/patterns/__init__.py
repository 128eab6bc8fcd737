"""How rows lie to one another: silences, copies, links, bursts.

A module each: a frozen dataclass derived from `Pattern` holds the bound expressions, and its `found` asks the
engine. All counting is SQL over the engine; only what SQL cannot say (components, communities) travels as arrays,
text as whole numbers that stand for it.
"""
