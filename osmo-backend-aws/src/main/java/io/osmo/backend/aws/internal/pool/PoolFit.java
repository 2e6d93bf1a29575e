// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.aws.internal.pool;

import io.osmo.backend.resource.FieldChange;
import io.osmo.backend.spi.provider.Generations.Fit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import software.amazon.awssdk.services.eks.model.CapacityTypes;
import software.amazon.awssdk.services.eks.model.Nodegroup;
import software.amazon.awssdk.services.eks.model.NodegroupStatus;

/**
 * What EKS cannot change of a node group, so that only another node group has it. A group keeps the types and subnets that it has as
 * long as the spec still lists them. Pure.
 *
 * @param types instance types that the spec lists; empty when the launch template names the type
 * @param subnets EC2's ids of the subnets in all zones that the spec lists
 * @param capacity on demand, spot or a capacity block
 * @param imageType in the spelling of EKS
 * @param role ARN of the node role; empty when it is yet to be created, under the same ARN
 * @param template id of the launch template; empty when it is yet to be created, under another id
 * @param zones zone of each subnet that was found, by EC2's id, for people
 */
record PoolFit(
        List<String> types,
        Set<String> subnets,
        CapacityTypes capacity,
        String imageType,
        Optional<String> role,
        Optional<String> template,
        Map<String, String> zones) {

    List<FieldChange> compare(Nodegroup observed) {
        List<FieldChange> changes = new ArrayList<>();
        List<String> typesNow = observed.instanceTypes();
        if (!types.containsAll(typesNow) || typesNow.isEmpty() != types.isEmpty()) {
            changes.add(FieldChange.replacing("instanceTypes", typesNow, types));
        }
        if (!subnets.containsAll(observed.subnets())) {
            changes.add(FieldChange.replacing("subnets", named(observed.subnets()), named(subnets)));
        }
        compare("capacityType", observed.capacityTypeAsString(), capacity.toString(), changes);
        compare("amiType", observed.amiTypeAsString(), imageType, changes);
        role.ifPresent(arn -> compare("nodeRole", observed.nodeRole(), arn, changes));
        String used = observed.launchTemplate() == null
                ? "none"
                : observed.launchTemplate().id();
        compare("launchTemplate.id", used, template.orElse("another one"), changes);
        return changes;
    }

    private List<String> named(Collection<String> ids) {
        return ids.stream()
                .map(id -> zones.containsKey(id) ? zones.get(id) + " " + id : id)
                .sorted()
                .toList();
    }

    private static void compare(String field, String observed, String wanted, List<FieldChange> changes) {
        if (!wanted.equals(observed)) {
            changes.add(FieldChange.replacing(field, observed, wanted));
        }
    }

    /** Whether EKS is deleting it: it takes no part any more. */
    static boolean isDeleted(Nodegroup observed) {
        return observed.status() == NodegroupStatus.DELETING;
    }

    Fit fit(Nodegroup observed) {
        if (observed.status() == NodegroupStatus.CREATE_FAILED) {
            return Fit.EMPTY;
        }
        return observed.status() == NodegroupStatus.DELETE_FAILED
                        || isDeleted(observed)
                        || !compare(observed).isEmpty()
                ? Fit.DIFFERS
                : Fit.FITS;
    }
}
