// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.kubernetes.internal.chart;

import io.osmo.backend.resource.Disruption;
import java.util.Set;

/** What deleting an object of a kind costs. */
final class Kinds {
    /** Delete what they hold, or what others keep in them. */
    private static final Set<String> HOLD_DATA =
            Set.of("Namespace", "CustomResourceDefinition", "PersistentVolumeClaim", "PersistentVolume", "StatefulSet");

    private static final Set<String> SERVE =
            Set.of("Deployment", "DaemonSet", "ReplicaSet", "Pod", "Job", "CronJob", "Service", "Ingress");

    /** Can be deleted and created again without any other loss. */
    private static final Set<String> REPLACEABLE = Set.of(
            "ConfigMap",
            "Secret",
            "Role",
            "RoleBinding",
            "ClusterRole",
            "ClusterRoleBinding",
            "PriorityClass",
            "StorageClass",
            "RuntimeClass",
            "PodDisruptionBudget");

    private Kinds() {}

    static Disruption disruption(ChartObject object) {
        if (HOLD_DATA.contains(object.kind())) {
            return Disruption.DATA;
        }
        return SERVE.contains(object.kind()) ? Disruption.OUTAGE : Disruption.NONE;
    }

    /** Whether an object may be deleted and created again when a field cannot be changed. */
    static boolean isReplaceable(ChartObject object) {
        return SERVE.contains(object.kind()) || REPLACEABLE.contains(object.kind());
    }
}
