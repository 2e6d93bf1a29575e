// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.aws.internal.cluster;

import io.osmo.backend.aws.internal.catalog.KubernetesVersion;
import java.util.ArrayList;
import java.util.List;

/** The way from one Kubernetes version to another: every minor version in between and the last one. */
public final class Upgrades {
    private Upgrades() {}

    /** Steps in order; empty when the wanted version is not newer, or of another major version. */
    public static List<KubernetesVersion> between(KubernetesVersion standing, KubernetesVersion wanted) {
        List<KubernetesVersion> steps = new ArrayList<>();
        if (standing.major() == wanted.major()) {
            for (KubernetesVersion step = standing.next(); step.compareTo(wanted) <= 0; step = step.next()) {
                steps.add(step);
            }
        }
        return steps;
    }
}
