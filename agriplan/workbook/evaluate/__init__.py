"""What a book's formulas come to, before any cell has an address: parsed, compiled once a shape, evaluated."""
