// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.gcp.internal.session;

import com.google.cloud.compute.v1.Subnetwork;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.rbac.ClusterRoleBindingBuilder;
import io.fabric8.kubernetes.api.model.rbac.Subject;
import io.fabric8.kubernetes.api.model.rbac.SubjectBuilder;
import io.osmo.backend.cluster.AddressRanges;
import io.osmo.backend.cluster.ClusterAccess;
import io.osmo.backend.gcp.GcpClients;
import io.osmo.backend.gcp.GkeSettings;
import io.osmo.backend.gcp.internal.ComputeObject;
import io.osmo.backend.gcp.internal.GcpContext;
import io.osmo.backend.gcp.internal.access.GkeAccess;
import io.osmo.backend.gcp.internal.catalog.MachineShape;
import io.osmo.backend.gcp.internal.cluster.GkeCluster;
import io.osmo.backend.gcp.internal.cluster.ObservedCluster;
import io.osmo.backend.gcp.internal.encryption.EncryptionConcern;
import io.osmo.backend.gcp.internal.network.NetworkReader;
import io.osmo.backend.gcp.internal.network.Subnet;
import io.osmo.backend.gcp.internal.network.SubnetRanges;
import io.osmo.backend.gcp.internal.pool.GkeDefaults;
import io.osmo.backend.kubernetes.DefaultStorageClass;
import io.osmo.backend.kubernetes.ManagedClusterPart;
import io.osmo.backend.spec.BackendSpec;
import io.osmo.backend.spi.Inventory;
import io.osmo.backend.spi.Resource;
import io.osmo.backend.spi.Scheduler;
import io.osmo.backend.spi.provider.Ownership;
import io.osmo.backend.spi.provider.Reader;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What is in a GKE cluster. */
final class GkeClusterPart extends ManagedClusterPart<GcpContext, ObservedCluster> {
    private static final String RBAC = "rbac.authorization.k8s.io";

    private final GkeAccess access;
    private final GkeSettings settings;

    GkeClusterPart(GcpClients clients, GkeSettings settings, Scheduler scheduler) {
        super(scheduler, GkeDefaults.INSTANCE, GkeCluster.ID, ObservedCluster.class);
        this.access = new GkeAccess(clients, settings, scheduler::now);
        this.settings = settings;
    }

    @Override
    protected Optional<ClusterAccess> access(ObservedCluster observed) {
        return observed.neverCameUp() ? Optional.empty() : access.to(observed.cluster());
    }

    @Override
    protected Optional<String> incarnation(ObservedCluster observed) {
        return Optional.of(observed.cluster().getId()).filter(id -> !id.isEmpty());
    }

    /** Volumes carry the backend's labels, so that those that a cluster leaves behind are found. */
    @Override
    protected Optional<DefaultStorageClass> storageClass(GcpContext context, BackendSpec spec, Inventory inventory) {
        boolean hyperdisk = spec.pools().stream().allMatch(MachineShape::demandsHyperdisk);
        return Optional.of(new DefaultStorageClass(
                spec.storage().className().orElse("osmo-balanced"),
                "pd.csi.storage.gke.io",
                Map.of(
                        "type",
                        hyperdisk ? "hyperdisk-balanced" : "pd-balanced",
                        "disk-encryption-kms-key",
                        EncryptionConcern.keyName(context, spec),
                        "labels",
                        labels(context))));
    }

    private static String labels(GcpContext context) {
        return new Ownership(context.ref(), Map.of())
                .tags().entrySet().stream()
                        .map(label -> label.getKey() + "=" + label.getValue())
                        .collect(Collectors.joining(","));
    }

    @Override
    protected Optional<Reader<GcpContext>> network() {
        return Optional.of(NetworkReader.INSTANCE);
    }

    /** An existing subnet may leave open which of its ranges is for services until the cluster has chosen one. */
    @Override
    protected Optional<AddressRanges> ranges(BackendSpec spec, Inventory cloud) {
        Optional<String> services = cloud.find(GkeCluster.ID, ObservedCluster.class)
                .map(found -> found.cluster().getServicesIpv4Cidr())
                .filter(range -> !range.isEmpty());
        return cloud.find(Subnet.ID, ComputeObject.class)
                .map(found -> found.as(Subnetwork.class))
                .filter(subnet -> !subnet.getIpCidrRange().isEmpty())
                .map(subnet -> SubnetRanges.of(subnet, services.or(() -> SubnetRanges.services(subnet, settings))))
                .or(() -> Optional.of(new AddressRanges(
                        Stream.concat(spec.network().cidr().stream(), Stream.of(settings.podCidr()))
                                .toList(),
                        List.of(),
                        Optional.of(spec.network().serviceCidr()))));
    }

    @Override
    protected List<Resource<?>> additions(GcpContext context, BackendSpec spec, Inventory inventory) {
        return side().manifests(spec.ref(), admins(spec), after());
    }

    /**
     * One binding for all admins of the spec. A role of IAM, such as {@code roles/container.clusterViewer}, lets them connect;
     * the binding says what they may do in this cluster only.
     */
    private static List<HasMetadata> admins(BackendSpec spec) {
        return spec.admins().isEmpty()
                ? List.of()
                : List.of(new ClusterRoleBindingBuilder()
                        .withNewMetadata()
                        .withName("osmo-admins")
                        .endMetadata()
                        .withNewRoleRef(RBAC, "ClusterRole", "cluster-admin")
                        .withSubjects(spec.admins().stream()
                                .map(GkeClusterPart::subject)
                                .toList())
                        .build());
    }

    /** A principal of IAM as Kubernetes sees it: without its prefix, a group as a group; one of a federation has its name. */
    private static Subject subject(String principal) {
        boolean group = principal.startsWith("group:") || principal.startsWith("principalSet:");
        return new SubjectBuilder()
                .withApiGroup(RBAC)
                .withKind(group ? "Group" : "User")
                .withName(principal.contains("://") ? principal : principal.substring(principal.indexOf(':') + 1))
                .build();
    }
}
