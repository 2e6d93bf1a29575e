// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.verify.internal.catalogue.operator;

import io.osmo.backend.verify.check.Evidence;
import io.osmo.backend.verify.snapshot.ContainerFacts;
import io.osmo.backend.verify.snapshot.PodFacts;
import java.util.List;

/** From what pods of OSMO's operator show to what most likely causes it. */
final class PodTroubles {
    private PodTroubles() {}

    /** The next step for the first trouble that one of the pods shows. */
    static String next(Evidence evidence, List<PodFacts> pods) {
        String namespace = evidence.expectations().operatorNamespace();
        return pods.stream()
                .filter(p -> p.namespace().equals(namespace))
                .map(PodTroubles::advice)
                .filter(advice -> !advice.isEmpty())
                .findFirst()
                .orElse("kubectl -n " + namespace + " describe pods; kubectl -n " + namespace + " logs -p POD");
    }

    private static String advice(PodFacts pod) {
        String unschedulable = pod.unschedulable();
        if (unschedulable.contains("taint")) {
            return "Set global.tolerations of the chart to the taints of the operator pool.";
        }
        if (unschedulable.contains("affinity") || unschedulable.contains("selector")) {
            return "Label the operator pool node-type=operator, as global.nodeSelector asks.";
        }
        if (unschedulable.contains("Insufficient")) {
            return "Take bigger machines for the operator pool, or lower services.*.resources of the chart.";
        }
        return pod.containers().stream()
                .map(PodTroubles::advice)
                .filter(a -> !a.isEmpty())
                .findFirst()
                .orElse("");
    }

    private static String advice(ContainerFacts container) {
        if (container.waiting().contains("ImagePull")) {
            return "Check global.osmoImageTag and global.imagePullSecret of the chart; 429 is a limit of the registry.";
        }
        if (container.waiting().equals("ContainerCreating")
                || container.waiting().equals("CreateContainerConfigError")) {
            return "Create the Secret that global.accountTokenSecret of the chart names, with the key token.";
        }
        if (container.lastReason().equals("OOMKilled")) {
            return "Raise services.*.resources.limits.memory of the chart.";
        }
        if (!container.lastMessage().isEmpty()) {
            return "Look at the way to the OSMO service: URL, proxy, firewall, WebSockets.";
        }
        return container.lastExit() == 1
                ? "Look at its last log: a token that is not accepted, or a name that cannot be resolved."
                : "";
    }

    /** Why a container ended last, in words. */
    static String cause(ContainerFacts container) {
        if (!container.lastMessage().isEmpty()) {
            return "because " + container.lastMessage();
        }
        return container.lastReason().isEmpty()
                ? "with exit code " + container.lastExit()
                : container.lastReason() + " (exit code " + container.lastExit() + ")";
    }
}
