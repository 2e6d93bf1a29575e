// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.gcp.internal.foreign;

import com.fasterxml.jackson.databind.JsonNode;
import io.osmo.backend.gcp.internal.ComputeObjects;
import io.osmo.backend.gcp.internal.GcpContext;
import io.osmo.backend.gcp.internal.catalog.Placement;
import io.osmo.backend.gcp.internal.foreign.ForeignObjects.InNetwork;
import io.osmo.backend.gcp.internal.network.NetworkClusters;
import io.osmo.backend.gcp.internal.network.VpcNetwork;
import io.osmo.backend.gcp.internal.sweep.ControllerMark;
import io.osmo.backend.resource.Guard;
import io.osmo.backend.resource.ResourceId;
import io.osmo.backend.spi.Inventory;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Objects of others in the backend's network: they would block its deletion half-way, or lose their network. Pure. */
public final class ForeignGuards {
    private static final String REMEDY = "Move or delete it first.";

    private final GcpContext context;
    private final ControllerMark mark;
    private final List<String> clusters;
    private final List<InNetwork> all;

    private ForeignGuards(GcpContext context, Inventory inventory) {
        this.context = context;
        this.mark = new ControllerMark(
                context, inventory.attachment(Placement.class).map(Placement::location));
        this.clusters = inventory
                .attachment(NetworkClusters.class)
                .map(NetworkClusters::paths)
                .orElse(List.of());
        this.all = inventory
                .attachment(ForeignObjects.class)
                .map(ForeignObjects::all)
                .orElse(List.of());
    }

    static List<Guard> of(GcpContext context, Inventory inventory, Set<ResourceId> removed) {
        return removed.contains(VpcNetwork.ID) ? new ForeignGuards(context, inventory).list() : List.of();
    }

    private List<Guard> list() {
        List<Guard> guards = new ArrayList<>();
        clusters.forEach(path -> guards.add(isOfOurName(path) ? lostLabels(path) : guard(path, "a cluster")));
        Set<String> balancers = new HashSet<>();
        all.stream()
                .filter(each -> each.collection().equals("firewalls") && mark.isOurs(each.object(), Set.of()))
                .forEach(each -> balancers.addAll(ControllerMark.balancers(each.object())));
        all.stream()
                .filter(each -> !isOwn(each) && !mark.isOurs(each.object(), balancers) && !isOfNamedCluster(each))
                .forEach(each -> guards.add(guard(ComputeObjects.path(each.object()), what(each.collection()))));
        return guards;
    }

    private static Guard guard(String subject, String what) {
        return new Guard(subject, "is " + what + " in the network and not of this backend", REMEDY);
    }

    /** Whether a path is that of the backend's cluster, in the region or one of its zones. */
    private boolean isOfOurName(String path) {
        return (path.startsWith(context.region() + "/") || path.startsWith(context.region() + "-"))
                && path.endsWith("/clusters/" + context.name());
    }

    /** Whoever follows the remedy must not lose the cluster. */
    private Guard lostLabels(String path) {
        return new Guard(
                path,
                "is a cluster of the backend's name in the network, without the backend's labels",
                "If it is the backend's, give it the labels back, then plan again: gcloud container clusters update "
                        + context.name() + " --location " + path.substring(0, path.indexOf('/')) + " --update-labels "
                        + context.ownership().assignments(",") + ". If not, move or delete it first.");
    }

    private boolean isOwn(InNetwork each) {
        return each.object()
                .path("description")
                .asText()
                .equals(context.ownership().description());
    }

    /** Machines and rules of a foreign cluster go with that cluster, which is named. */
    private boolean isOfNamedCluster(InNetwork each) {
        JsonNode labels = each.object().path("labels");
        String owner = labels.path(ControllerMark.CLUSTER_LOCATION).asText() + "/clusters/"
                + labels.path(ControllerMark.CLUSTER_NAME).asText();
        return clusters.stream()
                .anyMatch(path -> path.equals(owner)
                        || ControllerMark.isOfGke(
                                ControllerMark.name(each.object()), path.substring(path.lastIndexOf('/') + 1)));
    }

    private static String what(String collection) {
        return switch (collection) {
            case "firewalls" -> "a firewall rule";
            case "forwardingRules" -> "a forwarding rule";
            case "instances" -> "a virtual machine";
            case "routers" -> "a router";
            default -> "a subnet";
        };
    }
}
