"""Files of strangers are read in a process of their own, with limits: what crashes there costs one dataset.

`nursery` starts such processes, `reader` is the handle on one, `worker` is what runs in it.
"""
