"""Packs names into the fewest certificates: greedily, with a bound, and by search. Pure."""
