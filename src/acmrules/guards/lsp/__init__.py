"""The language server: findings, fixes and explanations in editors.

`acmrules lsp` starts it. `folders` and `documents` import no library of the protocol.
"""
