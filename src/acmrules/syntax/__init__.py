"""Parse texts into trees with positions, and edit them. Pure, and independent of ACM."""
