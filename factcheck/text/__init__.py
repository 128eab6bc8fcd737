"""Text that people wrote: strict YAML with positions, checking it against models, near spellings."""
