"""What the kind `network` is made of: the question, sizes and degrees, components, groups, and what is told of them."""
