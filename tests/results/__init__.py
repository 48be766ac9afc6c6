"""Results, as arrays, tables and folders."""
