"""The command line: arguments, the clock, output, exit codes; one module for each command."""
