"""Workbooks: a template in, a plan placed in it, and an edited workbook read back.

describe (plan -> `description.Book`), build (template + book -> cells with addresses), render (cells -> bytes).
"""
