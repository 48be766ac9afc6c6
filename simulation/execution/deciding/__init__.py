"""The search for a decision: candidates, what they come to, and a store that a stopped search goes on from."""
