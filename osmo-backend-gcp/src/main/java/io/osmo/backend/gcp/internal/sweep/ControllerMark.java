// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.gcp.internal.sweep;

import com.fasterxml.jackson.databind.JsonNode;
import io.osmo.backend.gcp.internal.GcpContext;
import io.osmo.backend.gcp.internal.network.VpcNetwork;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Identifies the objects that the controllers of the backend's cluster have created in the project. One of four marks is enough: the
 * backend's labels, which the cluster and the backend's StorageClass set; GKE's labels with the name and the exact location of the cluster,
 * because a region and its zones can each have a cluster of that name; a controller's name or description on an object in the backend's own
 * network; or the name of another such object, because the parts of one load balancer share it. A prefix of a name is never enough:
 * {@code train} and {@code train-west} are two backends.
 */
public final class ControllerMark {
    /** Label that GKE gives to machines and disks. */
    public static final String CLUSTER_NAME = "goog-k8s-cluster-name";

    /** Another one, with the region or zone of the cluster. */
    public static final String CLUSTER_LOCATION = "goog-k8s-cluster-location";

    /** Names that the controllers in a cluster give. */
    private static final Pattern NAME = Pattern.compile("(k8s[0-9]?-|a[0-9a-f]{31}$|gkegw[0-9]*-).*");

    private final GcpContext context;
    private final Optional<String> location;

    /** @param location location of the backend's cluster; empty if it no longer exists */
    public ControllerMark(GcpContext context, Optional<String> location) {
        this.context = context;
        this.location = location;
    }

    /** @param known names of objects that controllers have created */
    public boolean isOurs(JsonNode object, Set<String> known) {
        return isLabeled(object)
                || isInNetwork(object) && isControllers(object)
                || known.contains(name(object))
                || known.contains(referred(object));
    }

    private boolean isLabeled(JsonNode object) {
        Map<String, String> labels = new HashMap<>();
        object.path("labels")
                .fields()
                .forEachRemaining(
                        label -> labels.put(label.getKey(), label.getValue().asText()));
        return context.ownership().owns(labels)
                || context.name().equals(labels.get(CLUSTER_NAME))
                        && location.filter(where -> where.equals(labels.get(CLUSTER_LOCATION)))
                                .isPresent();
    }

    private boolean isInNetwork(JsonNode object) {
        return object.path("network").asText().endsWith("/" + VpcNetwork.path(context));
    }

    private boolean isControllers(JsonNode object) {
        return NAME.matcher(name(object)).matches()
                || isOfGke(name(object), context.name())
                || describesKubernetes(object);
    }

    /** Rules and subnets of GKE itself are named after their cluster and a hash of it. */
    public static boolean isOfGke(String name, String cluster) {
        return Pattern.matches("gke-" + Pattern.quote(cluster) + "-[0-9a-f]{8}-[a-z-]+", name);
    }

    private static boolean describesKubernetes(JsonNode object) {
        String description = object.path("description").asText();
        return description.contains("kubernetes.io/") || description.contains("cluster-uid");
    }

    public static String name(JsonNode object) {
        return object.path("name").asText();
    }

    /** Name of the object that another one refers to: the target of a rule, the URL map of a proxy, the service of a map. */
    static String referred(JsonNode object) {
        for (String field : List.of("target", "backendService", "urlMap", "defaultService", "service")) {
            String link = object.path(field).asText();
            if (!link.isEmpty()) {
                return link.substring(link.lastIndexOf('/') + 1);
            }
        }
        return "";
    }

    /** Names of the load balancer that a firewall rule belongs to: {@code k8s-fw-a0…} belongs to {@code a0…}. */
    public static Set<String> balancers(JsonNode firewall) {
        String name = name(firewall);
        return new HashSet<>(List.of(name, name.replaceFirst("^k8s-fw-", ""), name.replaceFirst("-hc$", "")));
    }
}
