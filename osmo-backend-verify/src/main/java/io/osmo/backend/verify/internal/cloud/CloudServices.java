// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.verify.internal.cloud;

import io.osmo.backend.cluster.CloudFacts;
import io.osmo.backend.kubernetes.existing.ExistingProvider;
import io.osmo.backend.verify.snapshot.ClusterSnapshot;
import io.osmo.backend.verify.snapshot.NodeFacts;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** All managed services that verification knows, and how to find the one that a cluster or a node belongs to. */
public final class CloudServices {
    private static final List<CloudService> ALL = List.of(new Eks(), new Gke(), new Aks());

    private static final CloudService UNMANAGED = new Unmanaged("the cloud");

    private CloudServices() {}

    public static List<CloudService> all() {
        return ALL;
    }

    /** Whether something holds for any service. Labels and names of one service do not occur on another. */
    public static boolean any(Predicate<CloudService> predicate) {
        return ALL.stream().anyMatch(predicate);
    }

    /**
     * The service of a cluster: by facts from the cloud's API, or else, as for an existing cluster, by its nodes. A service that is not
     * known here has no special features and only general remedies.
     */
    public static CloudService of(ClusterSnapshot snapshot) {
        return snapshot.cloud()
                .map(CloudFacts::provider)
                .known()
                .filter(provider -> !provider.equals(ExistingProvider.ID))
                .map(CloudServices::ofProvider)
                .or(() -> snapshot.core().nodes().known().orElse(List.of()).stream()
                        .flatMap(node -> hosting(node).stream())
                        .findFirst())
                .orElse(UNMANAGED);
    }

    private static CloudService ofProvider(String provider) {
        return ALL.stream()
                .filter(s -> s.provider().equals(provider))
                .findFirst()
                .orElseGet(() -> new Unmanaged(provider));
    }

    /** The service of the cloud that a node is a machine of, whoever made a cluster of it. */
    public static Optional<CloudService> hosting(NodeFacts node) {
        return ALL.stream().filter(s -> s.hosts(node)).findFirst();
    }

    /** Whether a node is a machine of any of these clouds. */
    public static boolean isHosted(NodeFacts node) {
        return hosting(node).isPresent();
    }

    /** The service that runs the cluster of a node. */
    public static Optional<CloudService> running(NodeFacts node) {
        return ALL.stream().filter(s -> s.runs(node)).findFirst();
    }

    /** The service that built a version of Kubernetes, where it marks its builds. */
    public static Optional<CloudService> builderOf(String version) {
        return ALL.stream().filter(s -> s.built(version)).findFirst();
    }

    /** Names of all services, to be read in a sentence. */
    public static String names() {
        return ALL.subList(0, ALL.size() - 1).stream().map(CloudService::name).collect(Collectors.joining(", "))
                + " or " + ALL.get(ALL.size() - 1).name();
    }

    /** What to do on the service of a cluster, with the cluster's name and region where they are known. */
    public static String remedy(ClusterSnapshot snapshot, Remedy remedy) {
        String text = of(snapshot).remedy(remedy);
        return snapshot.cloud()
                .known()
                .map(cloud -> text.replace("NAME", cloud.clusterName()).replace("REGION", cloud.region()))
                .orElse(text);
    }

    /** A driver by its name, or by the name of the in-tree provisioner that it replaces. */
    public static Optional<StorageDriver> driver(String provisioner) {
        return Stream.concat(ALL.stream(), Stream.of(UNMANAGED))
                .flatMap(s -> s.drivers().stream())
                .filter(d -> d.name().equals(provisioner)
                        || d.predecessor().filter(provisioner::equals).isPresent())
                .findFirst();
    }

    /** The disk driver of a service; empty for one that is not known here. */
    public static Optional<StorageDriver> disk(CloudService service) {
        return ALL.contains(service) ? disks(service).findFirst() : Optional.empty();
    }

    /** The disk drivers of all clouds. */
    public static List<StorageDriver> diskDrivers() {
        return ALL.stream().flatMap(CloudServices::disks).toList();
    }

    private static Stream<StorageDriver> disks(CloudService service) {
        return service.drivers().stream().filter(d -> d.kind() == StorageDriver.Kind.DISK);
    }
}
