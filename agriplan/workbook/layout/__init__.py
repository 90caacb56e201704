"""A template and a book give a layout: every cell with its address, format, value and formula."""
