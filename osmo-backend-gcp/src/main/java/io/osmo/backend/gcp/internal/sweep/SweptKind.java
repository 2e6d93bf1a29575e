// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.gcp.internal.sweep;

import java.util.List;

/** Kinds of objects that controllers create in Compute Engine, each before the kinds that it uses. */
enum SweptKind {
    FORWARDING_RULES(true, "forwardingRules"),
    TARGETS(false, "targetHttpProxies", "targetHttpsProxies", "targetTcpProxies", "targetPools"),
    URL_MAPS(false, "urlMaps"),
    BACKEND_SERVICES(false, "backendServices"),
    NETWORK_ENDPOINT_GROUPS(false, "networkEndpointGroups"),
    FIREWALL_RULES(false, "firewalls"),
    DISKS(true, "disks");

    private final boolean billed;
    private final List<String> collections;

    SweptKind(boolean billed, String... collections) {
        this.billed = billed;
        this.collections = List.of(collections);
    }

    boolean billed() {
        return billed;
    }

    List<String> collections() {
        return collections;
    }

    /** The collections that an aggregated list shows and that are deleted by permissions of their own. */
    List<String> variants() {
        return switch (this) {
            case FORWARDING_RULES -> List.of("globalForwardingRules");
            case TARGETS -> List.of("regionTargetHttpProxies", "regionTargetHttpsProxies");
            case URL_MAPS -> List.of("regionUrlMaps");
            case BACKEND_SERVICES -> List.of("regionBackendServices");
            case NETWORK_ENDPOINT_GROUPS -> List.of("globalNetworkEndpointGroups", "regionNetworkEndpointGroups");
            case FIREWALL_RULES, DISKS -> List.of();
        };
    }

    /** Such as {@code forwarding-rules}. */
    String text() {
        return name().toLowerCase(java.util.Locale.ROOT).replace('_', '-');
    }
}
