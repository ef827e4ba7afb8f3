"""The facts: data only, every line with its citation and the day it was read."""
