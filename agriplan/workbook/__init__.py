"""Workbooks: a template in, a plan poured into it, and an edited workbook read back.

describe (plan -> `description.Book`), build (template + book -> cells with addresses), render (cells -> bytes).
"""
