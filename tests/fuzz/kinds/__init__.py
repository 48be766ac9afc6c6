"""The kinds of input: for each, a module that makes a case from a source of chance."""
