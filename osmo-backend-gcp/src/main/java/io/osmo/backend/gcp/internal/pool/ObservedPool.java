// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.gcp.internal.pool;

import com.google.container.v1.NodePool;
import java.util.Optional;

/**
 * A pool, and what GKE is doing with its cluster.
 *
 * @param master version of the control plane
 * @param busy the operation that is under way with the cluster or any of its pools
 */
public record ObservedPool(NodePool pool, String master, Optional<String> busy) {}
