// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.spec;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Describes the network (NW-1, NW-2). Methods that take a list replace it. Not safe for concurrent use. */
public final class NetworkBuilder {
    private static final String DEFAULT_CIDR = "10.0.0.0/16";
    private static final String DEFAULT_SERVICE_CIDR = "172.20.0.0/16";

    private @Nullable String cidr;
    private String serviceCidr = DEFAULT_SERVICE_CIDR;
    private @Nullable Integer zoneCount;
    private List<String> zones = List.of();
    private @Nullable String existingId;
    private List<String> existingSubnetIds = List.of();
    private Network.@Nullable Egress egress;
    private boolean privateServiceEndpoints;

    NetworkBuilder() {}

    static NetworkBuilder of(Network network) {
        NetworkBuilder builder = new NetworkBuilder();
        builder.cidr = network.cidr().orElse(null);
        builder.serviceCidr = network.serviceCidr();
        builder.zones = network.zones();
        builder.zoneCount = network.zones().isEmpty() && network.zoneCount() > 0 ? network.zoneCount() : null;
        builder.existingId = network.existingId().orElse(null);
        builder.existingSubnetIds = network.existingSubnetIds();
        builder.egress = network.egress();
        builder.privateServiceEndpoints = network.privateServiceEndpoints();
        return builder;
    }

    /** Range of the network that is created: private IPv4, {@code /16} to {@code /20}. Default: {@code 10.0.0.0/16}. */
    public NetworkBuilder cidr(String range) {
        cidr = Objects.requireNonNull(range, "range");
        return this;
    }

    /**
     * Range of the cluster's service addresses: private IPv4, {@code /12} to {@code /24}, without overlap with the network's
     * range. Default: {@code 172.20.0.0/16}.
     */
    public NetworkBuilder serviceCidr(String range) {
        serviceCidr = Objects.requireNonNull(range, "range");
        return this;
    }

    /** How many zones the provider picks, 1 to 6. Default: 3 in production, else 2 (CP-3). */
    public NetworkBuilder zoneCount(int count) {
        zoneCount = count;
        return this;
    }

    /** The zones by name, instead of {@link #zoneCount}. */
    public NetworkBuilder zones(String... names) {
        zones = List.of(names);
        return this;
    }

    /** An existing network and its subnets for nodes, on AWS in at least two zones; used and never changed or deleted. */
    public NetworkBuilder existing(String id, String... subnetIds) {
        existingId = Objects.requireNonNull(id, "id");
        existingSubnetIds = List.of(subnetIds);
        return this;
    }

    /**
     * How nodes reach the internet (NW-2). Default: {@link Network.Egress#NAT_PER_ZONE} in production, else
     * {@link Network.Egress#SINGLE_NAT}; {@link Network.Egress#EXISTING} with an existing network.
     */
    public NetworkBuilder egress(Network.Egress way) {
        egress = Objects.requireNonNull(way, "way");
        return this;
    }

    /** Whether traffic to the cloud's own services stays inside the network, by private endpoints. Default: no. */
    public NetworkBuilder privateServiceEndpoints(boolean on) {
        privateServiceEndpoints = on;
        return this;
    }

    Network draft(Profile profile) {
        boolean existing = existingId != null;
        boolean production = profile == Profile.PRODUCTION;
        return ImmutableNetwork.builder()
                .cidr(Optional.ofNullable(cidr != null || existing ? cidr : DEFAULT_CIDR))
                .serviceCidr(serviceCidr)
                .zoneCount(
                        zoneCount != null
                                ? zoneCount
                                : !zones.isEmpty() ? zones.size() : existing ? 0 : production ? 3 : 2)
                .zones(zones)
                .existingId(Optional.ofNullable(existingId))
                .existingSubnetIds(existingSubnetIds)
                .egress(
                        egress != null
                                ? egress
                                : existing
                                        ? Network.Egress.EXISTING
                                        : production ? Network.Egress.NAT_PER_ZONE : Network.Egress.SINGLE_NAT)
                .privateServiceEndpoints(privateServiceEndpoints)
                .build();
    }
}
