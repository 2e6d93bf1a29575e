// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.verify.snapshot;

import java.util.Optional;

/**
 * A Deployment or a DaemonSet.
 *
 * @param wanted desired number of pods
 * @param ready number of its pods that are ready
 * @param template what it says of its pods; read only for OSMO's operator, for KAI, for the GPU stack and for network plugins
 */
public record WorkloadFacts(String namespace, String name, int wanted, int ready, Optional<TemplateFacts> template) {
    private static final int POD_NAME_BASE = 58;

    /** Whether one of its containers runs an image of this name, from any registry, such as {@code backend-listener}. */
    public boolean runs(String imageName) {
        return template.filter(
                        t -> t.containers().stream().anyMatch(c -> c.imageName().equals(imageName)))
                .isPresent();
    }

    /** Whether it owns a pod, judged by the pod's name: Kubernetes truncates the owner's name and appends some characters. */
    public boolean owns(PodFacts pod) {
        String base = name + "-";
        return pod.namespace().equals(namespace)
                && pod.name().startsWith(base.substring(0, Math.min(base.length(), POD_NAME_BASE)));
    }

    @Override
    public String toString() {
        return namespace + "/" + name;
    }
}
