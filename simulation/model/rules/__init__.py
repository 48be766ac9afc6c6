"""The rules of the model, as pure functions of numbers: one file for each phase of the month in docs/model.md."""
