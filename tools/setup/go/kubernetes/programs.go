//go:build programs

// Package kubernetes names the programs that are built from here: Kubernetes' own module cannot be installed by its version,
// because its parts (k8s.io/api and thirty others) are replaced by folders that no module zip contains.
package kubernetes

import (
	_ "go.etcd.io/etcd/server/v3"
	_ "k8s.io/kubernetes/cmd/kube-apiserver"
	_ "k8s.io/kubernetes/cmd/kube-controller-manager"
)
