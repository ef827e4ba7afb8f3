"""What asks other machines, only if an option says so: DNS servers and AWS."""
