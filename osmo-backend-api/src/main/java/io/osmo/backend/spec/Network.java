// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.spec;

import java.util.List;
import java.util.Optional;
import org.immutables.value.Value;

/** The network of the cluster: created, or an existing one that is used and never changed or deleted (NW-1, NW-2). */
@Value.Immutable
@SpecStyle
public interface Network {
    /** IPv4 range of the network that is created; empty with an existing network. */
    Optional<String> cidr();

    /** Range of cluster-internal service addresses; must not overlap {@link #cidr()}. */
    String serviceCidr();

    /** Number of zones of the created network; equals the number of {@link #zones()} if they are named; 0 with an existing network. */
    int zoneCount();

    /** Zones of the network by name; empty means that the provider picks {@link #zoneCount()} suitable ones. */
    List<String> zones();

    /** Id of an existing network, such as {@code vpc-0abc}. */
    Optional<String> existingId();

    /** Ids of existing subnets for nodes; required with {@link #existingId()}. */
    List<String> existingSubnetIds();

    /** How nodes reach the internet. */
    Egress egress();

    /** Whether private endpoints to the cloud's own services are created, so that no such traffic leaves the network. */
    boolean privateServiceEndpoints();

    /** Ways out of the network. */
    enum Egress {
        /** One NAT gateway in each zone (production). */
        NAT_PER_ZONE,
        /** One NAT gateway for all zones (development). */
        SINGLE_NAT,
        /** Nothing is created: an existing network brings its own way out. */
        EXISTING
    }
}
