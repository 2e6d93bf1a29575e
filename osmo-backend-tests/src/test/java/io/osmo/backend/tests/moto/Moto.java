// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.tests.moto;

import io.osmo.backend.aws.EksFeature;
import io.osmo.backend.aws.EksSettings;
import java.util.Set;

/**
 * Settings with which the unchanged EKS provider runs against <a href="https://docs.getmoto.org/">moto</a>, an emulator of the AWS
 * API in a process of its own.
 *
 * <p>Moto accepts what AWS refuses, and nothing takes time: a run against it proves that requests are well-formed and that
 * responses are understood. The emulated account proves the rest.
 */
public final class Moto {
    private Moto() {}

    /** What moto 5.2 lacks: calls that it does not answer, and fields that it accepts and loses. */
    public static Set<EksFeature> lacks() {
        return Set.of(
                EksFeature.LISTS_OF_ABSENT_CLUSTER,
                EksFeature.ADDONS,
                EksFeature.ACCESS_ENTRIES,
                EksFeature.POD_IDENTITY,
                EksFeature.VERSION_CATALOG,
                EksFeature.VERSION_UPDATES,
                EksFeature.CLUSTER_CONFIG,
                EksFeature.UPDATE_CONFIG,
                EksFeature.AUTO_SCALING_GROUPS,
                EksFeature.TAG_UPDATES,
                EksFeature.UPDATE_STATUS,
                EksFeature.PLACEMENT_GROUPS,
                EksFeature.CAPABILITIES,
                EksFeature.BACKUP_SELECTION);
    }

    /**
     * Settings without what moto lacks, and without a cluster side, as the clusters of moto have invented addresses. Tests with a
     * Kubernetes API server for them set {@link EksSettings.Builder#clusterEndpoint} and omit {@link #lacks()} only.
     */
    public static EksSettings settings() {
        return EksSettings.builder()
                .omit(lacks().toArray(EksFeature[]::new))
                .omit(EksFeature.CLUSTER_SIDE)
                .build();
    }
}
