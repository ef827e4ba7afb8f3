"""Parse and edit JSON."""
