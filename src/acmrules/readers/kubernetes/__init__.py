"""Kubernetes manifests to declarations."""
