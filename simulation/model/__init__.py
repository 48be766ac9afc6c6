"""The model of a place: rules, draws, the arrays from which both engines start, and the engines."""
