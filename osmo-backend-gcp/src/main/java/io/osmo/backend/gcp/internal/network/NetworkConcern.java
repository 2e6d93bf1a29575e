// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.gcp.internal.network;

import io.osmo.backend.error.Violation;
import io.osmo.backend.gcp.internal.ComputeObject;
import io.osmo.backend.gcp.internal.GcpContext;
import io.osmo.backend.gcp.internal.services.EnabledServices;
import io.osmo.backend.resource.ResourceId;
import io.osmo.backend.spec.BackendSpec;
import io.osmo.backend.spec.Requirement;
import io.osmo.backend.spi.Deletable;
import io.osmo.backend.spi.Inventory;
import io.osmo.backend.spi.Resource;
import io.osmo.backend.spi.provider.Concern;
import io.osmo.backend.spi.provider.Reader;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The network of a backend, or the existing one that it uses. */
public final class NetworkConcern implements Concern<GcpContext> {
    @Override
    public List<Violation> validate(BackendSpec spec) {
        return NetworkRules.validate(spec);
    }

    @Override
    public List<Reader<GcpContext>> readers() {
        return List.of(NetworkReader.INSTANCE);
    }

    @Override
    public List<Violation> check(BackendSpec spec, Inventory inventory) {
        if (spec.network().existingId().isEmpty()) {
            return List.of();
        }
        List<Violation> violations = new ArrayList<>();
        if (inventory.find(VpcNetwork.ID, ComputeObject.class).isEmpty()) {
            violations.add(Requirement.NW_1.violation(
                    "network.existing.id",
                    spec.network().existingId().get(),
                    "a network of the project",
                    "Correct the name: gcloud compute networks list."));
        }
        String subnet = spec.network().existingSubnetIds().get(0);
        Optional<ComputeObject> found = inventory.find(Subnet.ID, ComputeObject.class);
        if (found.isEmpty()) {
            violations.add(Requirement.NW_1.violation(
                    "network.existing.subnets[0]",
                    subnet,
                    "a subnet of the region",
                    "Correct the name: gcloud compute networks subnets list --regions " + spec.region() + "."));
        } else if (PodRanges.of(found.get()).isEmpty()) {
            violations.add(Requirement.NW_1.violation(
                    "network.existing.subnets[0]",
                    subnet,
                    "a subnet with two secondary ranges, for pods and for services",
                    "Add them: gcloud compute networks subnets update " + NetworkReader.name(subnet)
                            + " --add-secondary-ranges; existing subnets are never changed."));
        }
        return violations;
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
