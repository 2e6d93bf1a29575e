// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.gcp.internal.network;

import io.osmo.backend.error.Violation;
import io.osmo.backend.gcp.internal.GcpContext;
import io.osmo.backend.gcp.internal.services.EnabledServices;
import io.osmo.backend.resource.ResourceId;
import io.osmo.backend.spec.BackendSpec;
import io.osmo.backend.spi.Deletable;
import io.osmo.backend.spi.Inventory;
import io.osmo.backend.spi.Resource;
import io.osmo.backend.spi.provider.Concern;
import io.osmo.backend.spi.provider.Needs;
import io.osmo.backend.spi.provider.Reader;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The network of a backend, or the existing one that it uses. */
public final class NetworkConcern implements Concern<GcpContext> {
    /** What is called in the project of an existing network, which may be another one. */
    public static final Set<String> IN_HOST_PROJECT = Set.of(
            "compute.networks.get",
            "compute.subnetworks.get",
            "compute.subnetworks.getIamPolicy",
            "resourcemanager.projects.getIamPolicy");

    /** What to do about {@link #unprovenAccess}. */
    public static final String ACCESS_REMEDY = "GKE needs roles/container.hostServiceAgentUser on the other project and"
            + " roles/compute.networkUser on the subnet, for the service agents of this project: grant them unless they are"
            + " inherited.";

    @Override
    public List<Needs> needs(Optional<BackendSpec> spec) {
        return spec.flatMap(wanted -> wanted.network().existingId()).isPresent()
                ? List.of()
                : List.of(VpcNetwork.NEEDS, Subnet.NEEDS, CloudRouter.NEEDS);
    }

    @Override
    public List<Violation> validate(BackendSpec spec) {
        return NetworkRules.validate(spec);
    }

    @Override
    public List<Reader<GcpContext>> readers() {
        return List.of(NetworkReader.INSTANCE, SharedAccessReader.INSTANCE);
    }

    @Override
    public List<Violation> check(BackendSpec spec, Inventory inventory) {
        return inventory
                .attachment(ExistingNetworkRules.Observed.class)
                .map(observed -> ExistingNetworkRules.check(spec, observed))
                .orElse(List.of());
    }

    @Override
    public List<String> warnings(GcpContext context, Optional<BackendSpec> spec, Inventory inventory) {
        return unprovenAccess(inventory).stream()
                .map(text -> text + ". " + ACCESS_REMEDY)
                .toList();
    }

    /** What is not known of GKE's rights to an existing network of another project. */
    public static List<String> unprovenAccess(Inventory inventory) {
        return ExistingNetworkRules.unprovenAccess(inventory);
    }

    @Override
    public List<Resource<?>> wanted(GcpContext context, BackendSpec spec, Inventory inventory) {
        return spec.network().existingId().isPresent()
                ? List.of()
                : List.of(
                        new VpcNetwork(context, EnabledServices.before(context)),
                        new Subnet(context, spec),
                        new CloudRouter(context));
    }

    @Override
    public Optional<Deletable<?>> owned(GcpContext context, ResourceId id, Object observed) {
        return switch (id.kind()) {
            case "network" -> Optional.of(new VpcNetwork(context, Set.of()));
            case "subnetwork" -> Optional.of(new Subnet(context));
            case "router" -> Optional.of(new CloudRouter(context));
            default -> Optional.empty();
        };
    }
}
