// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.testkit.internal.gcp.compute;

import com.google.cloud.compute.v1.*;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Kinds of resources, by the name of their collection. */
final class ResourceKinds {
    /** An empty resource of each kind. */
    private static final Map<String, Message> EMPTY = Map.ofEntries(
            Map.entry("addresses", Address.getDefaultInstance()),
            Map.entry("backendServices", BackendService.getDefaultInstance()),
            Map.entry("disks", Disk.getDefaultInstance()),
            Map.entry("firewalls", Firewall.getDefaultInstance()),
            Map.entry("forwardingRules", ForwardingRule.getDefaultInstance()),
            Map.entry("healthChecks", HealthCheck.getDefaultInstance()),
            Map.entry("instanceGroupManagers", InstanceGroupManager.getDefaultInstance()),
            Map.entry("instances", Instance.getDefaultInstance()),
            Map.entry("networkEndpointGroups", NetworkEndpointGroup.getDefaultInstance()),
            Map.entry("networks", Network.getDefaultInstance()),
            Map.entry("reservations", Reservation.getDefaultInstance()),
            Map.entry("routers", Router.getDefaultInstance()),
            Map.entry("routes", Route.getDefaultInstance()),
            Map.entry("subnetworks", Subnetwork.getDefaultInstance()),
            Map.entry("targetHttpProxies", TargetHttpProxy.getDefaultInstance()),
            Map.entry("targetHttpsProxies", TargetHttpsProxy.getDefaultInstance()),
            Map.entry("targetTcpProxies", TargetTcpProxy.getDefaultInstance()),
            Map.entry("targetPools", TargetPool.getDefaultInstance()),
            Map.entry("urlMaps", UrlMap.getDefaultInstance()));

    /** Kinds that callers may create; the others are created by clusters and their controllers. */
    private static final Set<String> INSERTABLE =
            Set.of("addresses", "disks", "firewalls", "networks", "reservations", "routers", "routes", "subnetworks");

    private ResourceKinds() {}

    static boolean exists(String collection) {
        return EMPTY.containsKey(collection);
    }

    static boolean canBeInserted(String collection) {
        return INSERTABLE.contains(collection);
    }

    /** A resource, which may have come as a dynamic message, in the vendor's own type. */
    static Message typed(String collection, Message resource) {
        try {
            return Optional.ofNullable(EMPTY.get(collection))
                    .orElseThrow()
                    .newBuilderForType()
                    .mergeFrom(resource.toByteString())
                    .build();
        } catch (InvalidProtocolBufferException e) {
            throw new IllegalStateException(e);
        }
    }

    static String singular(String collection) {
        return collection.endsWith("sses") || collection.endsWith("xies")
                ? collection.substring(0, collection.length() - 2)
                : collection.substring(0, collection.length() - 1);
    }
}
