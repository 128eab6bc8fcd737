"""Networks: a module per format, each of which gives two datasets, nodes and edges (`Job.part` says which).

`sheet` holds the rows of one of them on their way to a file, `staged` makes both of one reading, `markup` reads XML.
"""
