"""What happened, as arrays, tables and folders."""
