"""The results as sheets of a workbook: the paper's words, and the numbers behind its tables and charts."""
