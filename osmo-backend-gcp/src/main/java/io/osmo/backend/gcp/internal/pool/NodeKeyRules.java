// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.gcp.internal.pool;

import io.osmo.backend.error.Violation;
import io.osmo.backend.spec.NodePool;
import io.osmo.backend.spec.Requirement;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Keys of node labels and taints that GKE keeps for itself and for Kubernetes: it refuses a pool with them, see <a
 * href="https://docs.cloud.google.com/kubernetes-engine/docs/how-to/update-existing-nodepools">labels and taints of nodes</a>.
 */
final class NodeKeyRules {
    private static final List<String> KUBERNETES = List.of("kubernetes.io", "k8s.io");
    private static final String GOOGLE = "cloud.google.com/";

    /** Labels below {@value #GOOGLE} that GKE sets on nodes; others there are for users, such as {@code compute-class}. */
    private static final Set<String> SET_BY_GKE = Set.of(
            "gke-accelerator",
            "gke-accelerator-count",
            "gke-boot-disk",
            "gke-container-runtime",
            "gke-cpu-scaling-level",
            "gke-flex-start",
            "gke-logging-variant",
            "gke-max-pods-per-node",
            "gke-memory-gb-scaling-level",
            "gke-nodepool",
            "gke-os-distribution",
            "gke-preemptible",
            "gke-provisioning",
            "gke-spot",
            "gke-stack-type",
            "machine-family",
            "private-node");

    private NodeKeyRules() {}

    static List<Violation> validate(NodePool pool, String path) {
        List<Violation> violations = new ArrayList<>();
        pool.labels().keySet().stream().sorted().forEach(key -> {
            if (isOfKubernetes(key) || key.startsWith(GOOGLE) && SET_BY_GKE.contains(key.substring(GOOGLE.length()))) {
                violations.add(Requirement.CN_3.violation(
                        path + ".labels[\"" + key + "\"]",
                        key,
                        "a label that neither Kubernetes nor GKE sets",
                        "Choose a prefix of your own: GKE refuses pools with this label."));
            }
        });
        for (int i = 0; i < pool.taints().size(); i++) {
            String key = pool.taints().get(i).key();
            if (isOfKubernetes(key) || key.startsWith(GOOGLE)) {
                violations.add(Requirement.CN_4.violation(
                        path + ".taints[" + i + "].key",
                        key,
                        "a taint that neither Kubernetes nor GKE sets",
                        "Choose a prefix of your own: GKE and Kubernetes add and remove taints with this one."));
            }
        }
        return violations;
    }

    private static boolean isOfKubernetes(String key) {
        String prefix = key.substring(0, Math.max(0, key.indexOf('/')));
        return KUBERNETES.stream().anyMatch(domain -> prefix.equals(domain) || prefix.endsWith("." + domain));
    }
}
