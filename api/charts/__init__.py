"""Charts of pages: a query each, drawn as SVG, with the numbers in a table behind it."""
