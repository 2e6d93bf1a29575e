// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.verify.snapshot;

/**
 * A part of the Kubernetes API that the API server gets from another server, which does not answer.
 *
 * @param name such as {@code v1beta1.metrics.k8s.io}
 * @param service namespace and name of the service behind which that server runs
 * @param reason why it counts as unavailable, such as {@code FailedDiscoveryCheck}
 */
public record ApiServiceFacts(String name, String service, String reason) {
    @Override
    public String toString() {
        return "apiservice/" + name;
    }
}
