"""Every live formula of a workbook, written in names (see `description`), one per column or scalar.

`LINE` stands for the indicator's id, `REGION` for the region's code, `END` for the target year and so on; `fill_in`
puts them in. Constants are 0, 1, 2, the 100 of per cent and named cells. What has no meaning yet is an empty text,
never an error.
"""
