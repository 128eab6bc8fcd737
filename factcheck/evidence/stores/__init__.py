"""Object stores: which objects an address means, and the bytes of exactly one version of each.

`address` is what people write, `stores` what a run has found there, `s3` and `https` how a store is spoken to,
`patience` when that is tried again. The engine reads objects through `front`; what it cannot read in parts is copied
by `copies`.
"""
