"""The model, once: pure functions, scalars in and out, one file for each phase of docs/model.md's month."""
