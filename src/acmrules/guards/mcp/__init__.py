"""The guard for agents: a server of the Model Context Protocol, and a skill."""
