"""What happens in a place: rules, draws, the arrays that both engines start from, and the engines."""
