// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.gcp.internal.network;

import com.google.cloud.compute.v1.Network;
import com.google.cloud.compute.v1.Subnetwork;
import io.osmo.backend.error.CloudException;
import io.osmo.backend.error.Violation;
import io.osmo.backend.gcp.GkeSettings;
import io.osmo.backend.gcp.internal.Lookup;
import io.osmo.backend.spec.BackendSpec;
import io.osmo.backend.spec.Requirement;
import io.osmo.backend.spi.Inventory;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Rules for a network that exists and that is used as it is (NW-1). */
final class ExistingNetworkRules {
    private static final String NETWORK = "network.existing.id";
    private static final String SUBNET = "network.existing.subnets[0]";

    /** OSMO, its operators and what workflows add have dozens of services; this leaves room for 256. */
    private static final int SERVICES_PREFIX = 24;

    /**
     * What was read of it; an attachment of every inventory of a spec that names one.
     *
     * @param ref what the spec names
     */
    record Observed(NetworkRef ref, Lookup<Network> network, Lookup<Subnetwork> subnet) {}

    private ExistingNetworkRules() {}

    /** Rules that need no cloud. */
    static List<Violation> validate(BackendSpec spec) {
        List<Violation> violations = new ArrayList<>();
        String network = spec.network().existingId().orElseThrow();
        if (!NetworkRef.isNetwork(network)) {
            violations.add(violation(
                    NETWORK,
                    network,
                    "the name or path of a network, such as projects/p/global/networks/n",
                    "Name it as gcloud compute networks list --uri does."));
        }
        List<String> subnets = spec.network().existingSubnetIds();
        for (int i = 0; i < subnets.size(); i++) {
            String subnet = subnets.get(i);
            String path = "network.existing.subnets[" + i + "]";
            if (!NetworkRef.isSubnet(subnet)) {
                violations.add(violation(
                        path,
                        subnet,
                        "the name or path of a subnet, such as projects/p/regions/" + spec.region() + "/subnetworks/s",
                        "Name it as gcloud compute networks subnets list --uri does."));
            }
            NetworkRef.region(subnet)
                    .filter(region -> !region.equals(spec.region()))
                    .ifPresent(region -> violations.add(
                            violation(path, subnet, "a subnet in " + spec.region(), "Name one in that region.")));
            Optional<String> project = NetworkRef.project(network);
            NetworkRef.project(subnet)
                    .filter(other -> !project.equals(Optional.of(other)))
                    .ifPresent(other -> violations.add(violation(
                            path,
                            subnet,
                            "a subnet of the project of the network"
                                    + project.map(p -> ", " + p).orElse(", which network.existing.id does not name"),
                            "Name network and subnet by paths with the same project.")));
        }
        if (subnets.size() > 1) {
            violations.add(violation(
                    "network.existing.subnets[1]",
                    subnets.get(1),
                    "one subnet: it spans all zones of its region",
                    "Name the subnet of the nodes only."));
        }
        GkeSettings settings = GkeSettings.of(spec.settings());
        if (settings.podRange().isPresent() && settings.podRange().equals(settings.serviceRange())) {
            violations.add(violation(
                    "settings.serviceRange",
                    settings.serviceRange().get(),
                    "a range other than settings.podRange",
                    "Name two ranges of the subnet."));
        }
        return violations;
    }

    /** Rules that need the cloud's answers. */
    static List<Violation> check(BackendSpec spec, Observed observed) {
        List<Violation> violations = new ArrayList<>();
        String project = " --project " + observed.ref().project();
        exists(
                        observed.network(),
                        NETWORK,
                        spec.network().existingId().orElseThrow(),
                        "a network of project " + observed.ref().project(),
                        "Correct the name: gcloud compute networks list" + project + ".")
                .ifPresent(violations::add);
        String subnet = spec.network().existingSubnetIds().get(0);
        exists(
                        observed.subnet(),
                        SUBNET,
                        subnet,
                        "a subnet of project " + observed.ref().project() + " in " + spec.region(),
                        "Correct the name: gcloud compute networks subnets list --regions " + spec.region() + project
                                + ".")
                .ifPresent(violations::add);
        observed.subnet().found().ifPresent(found -> {
            String named = observed.network()
                    .found()
                    .map(each -> NetworkRef.path(each.getSelfLink()))
                    .orElse(observed.ref().networkPath());
            if (!NetworkRef.path(found.getNetwork()).equals(named)) {
                violations.add(violation(
                        SUBNET,
                        subnet,
                        "a subnet of " + named + ", not of " + NetworkRef.path(found.getNetwork()),
                        "Name a subnet of that network."));
            }
            violations.addAll(ranges(spec, subnet, found));
        });
        return violations;
    }

    private static Optional<Violation> exists(
            Lookup<?> lookup, String path, String given, String allowed, String remedy) {
        Optional<CloudException> refused = lookup.refused();
        if (refused.isPresent()) {
            return Optional.of(violation(
                    path,
                    given + ", which could not be read: " + refused.get().getMessage(),
                    allowed + " that the credentials in use may read",
                    refused.get().remedy()));
        }
        return lookup.isAbsent() ? Optional.of(violation(path, given, allowed, remedy)) : Optional.empty();
    }

    private static List<Violation> ranges(BackendSpec spec, String given, Subnetwork subnet) {
        GkeSettings settings = GkeSettings.of(spec.settings());
        List<Violation> violations = new ArrayList<>();
        String all = subnet.getSecondaryIpRangesList().stream()
                .map(range -> range.getRangeName() + " " + range.getIpCidrRange())
                .collect(Collectors.joining(", "));
        settings.podRange()
                .filter(name -> PodRanges.prefix(subnet, name).isEmpty())
                .ifPresent(name -> violations.add(unknown("settings.podRange", name, all)));
        settings.serviceRange()
                .filter(name -> PodRanges.prefix(subnet, name).isEmpty())
                .ifPresent(name -> violations.add(unknown("settings.serviceRange", name, all)));
        if (!violations.isEmpty()) {
            return violations;
        }
        if (subnet.getSecondaryIpRangesCount() < 2) {
            return List.of(violation(
                    SUBNET,
                    given,
                    "a subnet with two secondary ranges, for pods and for services",
                    "Add them: gcloud compute networks subnets update " + subnet.getName()
                            + " --add-secondary-ranges; existing subnets are never changed."));
        }
        Optional<PodRanges> ranges = PodRanges.of(subnet, settings);
        if (ranges.isEmpty()) {
            return List.of(violation(
                    SUBNET,
                    given + " with " + subnet.getSecondaryIpRangesCount() + " secondary ranges: " + all,
                    "a subnet with two secondary ranges, or with settings.podRange and settings.serviceRange",
                    "Name the range of pods in settings.podRange and that of services in settings.serviceRange."));
        }
        return sizes(spec, given, subnet, ranges.get());
    }

    private static List<Violation> sizes(BackendSpec spec, String given, Subnetwork subnet, PodRanges ranges) {
        List<Violation> violations = new ArrayList<>();
        int services = PodRanges.prefix(subnet, ranges.services()).orElse(0);
        if (services > SERVICES_PREFIX) {
            violations.add(violation(
                    SUBNET,
                    given + " with range " + ranges.services() + " /" + services + " for services",
                    "a range of services of /" + SERVICES_PREFIX + " or wider",
                    "Name another range in settings.serviceRange, or add a wider one to the subnet."));
        }
        int pods = PodRanges.prefix(subnet, ranges.pods()).orElse(0);
        int nodes = NetworkRules.nodes(spec);
        long room = NetworkRules.room(pods);
        if (room < nodes) {
            violations.add(violation(
                    SUBNET,
                    given + " with range " + ranges.pods() + " /" + pods + " for pods, room for " + room + " nodes",
                    "a range of pods with room for " + nodes + " nodes (the sum of all scale.max) with a /24 each",
                    "Name another range in settings.podRange, add a wider one to the subnet, or lower scale.max."));
        }
        return violations;
    }

    private static Violation unknown(String path, String name, String all) {
        return violation(
                path, name, "a secondary range of the subnet: " + (all.isEmpty() ? "it has none" : all), "Correct it.");
    }

    /** What is not known of the permissions in the host project: a role that it does not grant may come from what it is in. */
    static List<String> unprovenAccess(Inventory inventory) {
        SharedAccess access = inventory.attachment(SharedAccess.class).orElse(SharedAccess.NONE);
        return Stream.concat(
                        access.unread().stream()
                                .map(text -> "whether GKE may use the network of another project could not be read: "
                                        + text),
                        access.missing().stream()
                                .map(missing -> missing.where() + " does not grant " + missing.role() + " to "
                                        + missing.member()
                                        + ", without which GKE cannot use the network; whether a folder or the organization"
                                        + " grants it is not read"))
                .toList();
    }

    private static Violation violation(String path, String given, String allowed, String remedy) {
        return Requirement.NW_1.violation(path, given, allowed, remedy);
    }
}
