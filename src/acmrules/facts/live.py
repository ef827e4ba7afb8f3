"""Facts about certificates that exist: their states, why requests fail, what renews them."""
