"""What is asked of a place: comparisons, factors, designs and supporting runs."""
