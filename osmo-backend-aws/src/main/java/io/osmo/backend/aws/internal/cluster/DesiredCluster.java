// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.aws.internal.cluster;

import io.osmo.backend.aws.EksSettings;
import io.osmo.backend.aws.internal.catalog.KubernetesVersion;
import io.osmo.backend.resource.ResourceId;
import io.osmo.backend.spec.BackendSpec;
import io.osmo.backend.spec.Profile;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * What the spec and the settings want of a control plane.
 *
 * @param version version to create it with, and the one that it is upgraded to
 * @param subnets ids of the subnets of its network interfaces, in at least two zones (CP-3)
 * @param serviceCidr range of cluster-internal service addresses
 * @param publicAccess whether the API is reachable from the internet; the private endpoint is always on (SC-3)
 * @param publicCidrs ranges that may reach it
 * @param logTypes control-plane logs that are on
 * @param supportType in the spelling of EKS
 * @param deletionProtection whether EKS refuses to delete it
 */
record DesiredCluster(
        KubernetesVersion version,
        List<ResourceId> subnets,
        String serviceCidr,
        boolean publicAccess,
        Set<String> publicCidrs,
        Set<String> logTypes,
        String supportType,
        boolean deletionProtection) {
    /** Kinds of control-plane logs that EKS knows. */
    static final Set<String> LOG_TYPES = Set.of("api", "audit", "authenticator", "controllerManager", "scheduler");

    static DesiredCluster of(BackendSpec spec, KubernetesVersion version, List<ResourceId> subnets) {
        EksSettings settings = EksSettings.of(spec.settings());
        return new DesiredCluster(
                version,
                subnets,
                spec.network().serviceCidr(),
                spec.apiEndpoint().publicAccess(),
                new TreeSet<>(spec.apiEndpoint().publicCidrs()),
                new TreeSet<>(settings.logTypes().orElse(spec.profile() == Profile.PRODUCTION ? LOG_TYPES : Set.of())),
                settings.supportType().name(),
                spec.deletionProtection());
    }
}
