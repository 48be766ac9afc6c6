"""The workshop kit: cards for levers and organisations, the script of the ninety minutes, and a sheet for guesses."""
