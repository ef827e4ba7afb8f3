"""Read Kubernetes manifests."""
