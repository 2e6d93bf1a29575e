// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.gcp.internal.sweep;

import com.fasterxml.jackson.databind.JsonNode;
import io.osmo.backend.gcp.internal.GcpContext;
import io.osmo.backend.spi.provider.Ownership;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Tells objects that the controllers of our cluster have created from everything else in the project. One of three marks is enough:
 * the label of the cluster or of our StorageClass; a controller's name or description on an object in our own network; the name of
 * another object of theirs, since the parts of one load balancer share it.
 */
final class ControllerMark {
    /** Names that the controllers of GKE give. */
    private static final Pattern NAME = Pattern.compile("(k8s[0-9]?-|gke-|a[0-9a-f]{31}$|gk3-|gkegw[0-9]*-).*");

    private ControllerMark() {}

    /** @param known names of objects that controllers have created */
    static boolean isOurs(GcpContext context, JsonNode object, Set<String> known) {
        JsonNode labels = object.path("labels");
        if (labels.path(Ownership.BACKEND).asText().equals(context.name())
                || labels.path("goog-k8s-cluster-name").asText().equals(context.name())
                        && labels.path("goog-k8s-cluster-location").asText().startsWith(context.region())) {
            return true;
        }
        boolean inNetwork = object.path("network").asText().endsWith("/networks/" + context.objectName());
        if (inNetwork && (NAME.matcher(name(object)).matches() || describesKubernetes(object))) {
            return true;
        }
        return known.contains(name(object)) || known.contains(referred(object));
    }

    private static boolean describesKubernetes(JsonNode object) {
        String description = object.path("description").asText();
        return description.contains("kubernetes.io/") || description.contains("cluster-uid");
    }

    static String name(JsonNode object) {
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
    static Set<String> balancers(JsonNode firewall) {
        String name = name(firewall);
        return new HashSet<>(List.of(name, name.replaceFirst("^k8s-fw-", ""), name.replaceFirst("-hc$", "")));
    }
}
