// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.aws.internal.cluster;

import io.osmo.backend.aws.EksFeature;
import io.osmo.backend.aws.internal.AwsContext;
import io.osmo.backend.aws.internal.Ids;
import io.osmo.backend.aws.internal.catalog.KubernetesVersion;
import io.osmo.backend.resource.ResourceId;
import io.osmo.backend.spec.BackendSpec;
import io.osmo.backend.spi.Inventory;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import software.amazon.awssdk.services.eks.model.Nodegroup;

/**
 * The way from one Kubernetes version to another. The control plane goes one minor version at a time; node groups go to a version
 * once the control plane has it, and the control plane waits for them, so that no node is more than one version behind. Pure.
 */
public final class Upgrades {
    /** Kind of a step of the control plane. */
    public static final String CONTROL_PLANE = "eks-version";

    /** Kind of a step of a node group. */
    public static final String NODE_GROUP = "node-group-version";

    private Upgrades() {}

    /** Every version on the way, the last one included; empty when the wanted one is not newer, or of another major version. */
    public static List<KubernetesVersion> between(KubernetesVersion existing, KubernetesVersion wanted) {
        List<KubernetesVersion> steps = new ArrayList<>();
        if (existing.major() == wanted.major()) {
            for (KubernetesVersion step = existing.next(); step.compareTo(wanted) <= 0; step = step.next()) {
                steps.add(step);
            }
        }
        return steps;
    }

    /** Versions that the control plane still has to go to. */
    static List<KubernetesVersion> steps(AwsContext context, BackendSpec spec, Inventory inventory) {
        return context.offers(EksFeature.VERSION_UPDATES)
                ? ClusterConcern.existingVersion(inventory)
                        .map(from -> between(from, ClusterConcern.version(spec, inventory)))
                        .orElse(List.of())
                : List.of();
    }

    /** Id of the control plane's upgrade to a version. */
    static ResourceId controlPlane(KubernetesVersion version) {
        return ResourceId.of(CONTROL_PLANE, version.toString());
    }

    /** Id of a node group's upgrade to a version that is not the wanted one. */
    public static ResourceId nodeGroup(KubernetesVersion version, String nodeGroup) {
        return ResourceId.of(NODE_GROUP, version + "/" + nodeGroup);
    }

    /** After which the control plane has the wanted version. */
    public static ResourceId done(AwsContext context, BackendSpec spec, Inventory inventory) {
        List<KubernetesVersion> steps = steps(context, spec, inventory);
        return steps.isEmpty() ? Ids.CLUSTER : controlPlane(steps.get(steps.size() - 1));
    }

    /** After which the control plane has a version, or a newer one. */
    public static ResourceId reached(KubernetesVersion version, Inventory inventory) {
        return ClusterConcern.existingVersion(inventory)
                        .filter(now -> version.compareTo(now) <= 0)
                        .isPresent()
                ? Ids.CLUSTER
                : controlPlane(version);
    }

    /** Upgrades to a version of all node groups that are older. */
    static Set<ResourceId> nodeGroups(KubernetesVersion version, Inventory inventory) {
        Set<ResourceId> upgrades = new HashSet<>();
        inventory.observed().forEach((id, observed) -> {
            if (observed.value() instanceof Nodegroup group
                    && id.equals(Ids.nodeGroup(id.name()))
                    && KubernetesVersion.of(group.version()).compareTo(version) < 0) {
                upgrades.add(nodeGroup(version, id.name()));
            }
        });
        return upgrades;
    }
}
