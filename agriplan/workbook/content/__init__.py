"""A plan as a book: one module a kind of sheet, values and formulas side by side."""
