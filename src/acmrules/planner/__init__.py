"""Plans the fewest certificates for hosts and consumers. Pure."""
