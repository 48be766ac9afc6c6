"""Trust from a survey: answers about organisations become the opening and the observed trust of a place.

`reading` turns a file of answers into a tidy table, `scoring` turns scores of 1 to 7 into trust of 0 to 1,
`suppression` pools what fewer than three people have said, and `writing` writes a scenario. Names and addresses are
never kept.
"""
