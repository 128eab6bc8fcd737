"""Intervals: plain numbers in, a frozen `Bounds` out; no tables, no claims.

    bounds       Bounds, the note codes, and joining two limits
    checks       refusing impossible input by name and value
    proportion   a share of rows (Clopper–Pearson, Wilson, finite populations, missing values)
    difference   difference and ratio of two shares, ratio of two counts
    mover        a difference or a ratio from the intervals of two figures
    counts       a count as an event, a count scaled by a sampling fraction, a total in a population
    mean         mean of a number (bootstrap-t)
    total        sum of a number, scaled by a sampling fraction
    quantile     median and quantiles by order statistics
    composition  the shares of several groups at once (Goodman)
    ranks        the rank of a group, the N largest groups
    peaks        periods whose count stands out from their surroundings
    trend        the direction of a series (quasi-Poisson line), Mann and Kendall's test
    units        what was drawn: clusters of rows, or single rows with weights
    shares       the share of clustered or weighted rows (Korn–Graubard)
    means        the mean of clustered or weighted rows (bootstrap-t over what was drawn)
    weighted_quantile  median and quantiles of clustered or weighted rows
    designed_pairs  differences and ratios of clustered or weighted rows
    designed_ranks  ranks and the N largest groups of clustered or weighted rows, by `group_pairs`
    power        how many rows would settle a claim
    histogram    values with how often each occurs, sorted and checked
    search       where a condition or a function changes over

Nothing heavy is imported before a function is called.
"""
