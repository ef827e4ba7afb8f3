"""What asks other machines, only if the user tells it to: DNS servers and AWS."""
