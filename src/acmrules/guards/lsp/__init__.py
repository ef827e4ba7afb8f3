"""The language server: findings, fixes and explanations in editors.

`acmrules lsp` starts it. `folders` and `documents` know nothing of the protocol's library.
"""
