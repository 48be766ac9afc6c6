"""An experiment says what is asked of a scenario: comparisons, factors, designs and supporting runs."""
