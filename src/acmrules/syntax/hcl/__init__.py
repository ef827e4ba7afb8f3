"""HCL, in its native and its JSON syntax, as a tree with positions."""
