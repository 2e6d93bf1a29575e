// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.spec;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.immutables.value.Value;

/** A pool of identical nodes (OP-*, CN-*). */
@Value.Immutable
@SpecStyle
public interface NodePool {
    String name();

    PoolRole role();

    /** Instance types in order of preference; the first one defines the pool's capacity. */
    List<String> instanceTypes();

    Scale scale();

    /** Labels of the nodes, those of the {@linkplain PoolRole#labels() role} included. */
    Map<String, String> labels();

    List<Taint> taints();

    /** Root disk in GiB. */
    int diskGib();

    /** Zones of this pool; empty means all zones of the network. */
    List<String> zones();

    boolean spot();

    /** Capacity reservation or capacity block in the cloud's own spelling. */
    Optional<String> reservation();

    /** Alternatives for the case that the cloud has no capacity for the pool, in the order in which an apply tries them. */
    List<PoolAlternative> fallback();

    /** How the pool is replaced when a change cannot be made in place. */
    Replacement replacement();

    /** How long draining the nodes may take before they are deleted or replaced, in minutes. */
    int drainMinutes();

    /** What an apply does when this pool cannot be created. */
    FailurePolicy onFailure();
}
