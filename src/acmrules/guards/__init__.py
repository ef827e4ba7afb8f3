"""Guards: the checks inside the tools that people use, one module or package for each tool."""
