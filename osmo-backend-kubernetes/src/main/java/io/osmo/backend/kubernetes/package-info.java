// SPDX-License-Identifier: Apache-2.0
/**
 * Access to a cluster and the cluster-side resources of a backend. {@link io.osmo.backend.kubernetes.KubernetesClients}
 * opens clients, {@link io.osmo.backend.kubernetes.ClusterSide} gives a provider the nodes of its graph that live in the
 * cluster.
 */
@NullMarked
package io.osmo.backend.kubernetes;

import org.jspecify.annotations.NullMarked;
