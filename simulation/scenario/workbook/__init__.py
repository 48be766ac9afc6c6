"""A place as a workbook: the sheets that a finance team fills in, and a scenario from and to them."""
