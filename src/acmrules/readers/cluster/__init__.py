"""Objects of a Kubernetes cluster that use certificates, in manifests and in Terraform."""
