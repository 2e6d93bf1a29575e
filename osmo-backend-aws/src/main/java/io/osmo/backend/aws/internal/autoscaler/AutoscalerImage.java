// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.aws.internal.autoscaler;

import io.osmo.backend.aws.internal.catalog.KubernetesVersion;
import java.util.Map;

/**
 * Images of Cluster Autoscaler: it is released for each minor version of Kubernetes, whose scheduler it simulates, so that
 * both have the same minor version.
 *
 * @see <a href="https://github.com/kubernetes/autoscaler/blob/master/cluster-autoscaler/README.md">Cluster Autoscaler:
 *     releases</a>
 */
final class AutoscalerImage {
    private static final String REPOSITORY = "registry.k8s.io/autoscaling/cluster-autoscaler";

    /** Newest patches as of 2026-11; a minor version that is newer than this table has at least its first release. */
    private static final Map<KubernetesVersion, Integer> PATCHES = Map.of(
            new KubernetesVersion(1, 32), 7,
            new KubernetesVersion(1, 33), 5,
            new KubernetesVersion(1, 34), 4,
            new KubernetesVersion(1, 35), 1,
            new KubernetesVersion(1, 36), 1);

    private AutoscalerImage() {}

    static String of(KubernetesVersion kubernetes) {
        return REPOSITORY + ":" + tag(kubernetes);
    }

    static String tag(KubernetesVersion kubernetes) {
        return "v" + kubernetes + "." + PATCHES.getOrDefault(kubernetes, 0);
    }
}
