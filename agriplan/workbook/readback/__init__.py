"""An edited workbook gives a scenario again."""
