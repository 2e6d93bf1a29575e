// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.kubernetes.internal.existing;

import io.osmo.backend.cluster.CloudFacts;
import io.osmo.backend.cluster.Fact;
import io.osmo.backend.kubernetes.existing.ExistingProvider;
import java.util.concurrent.CompletableFuture;

/**
 * Facts of an existing cluster: its name. No cloud is known that could say more, and what its own API says is verified from the vantage
 * {@code KUBERNETES}.
 */
final class ExistingFacts {
    private static final String REASON = "no cloud API is known that describes an existing cluster";
    private static final String REMEDY = "Verify it from the vantages KUBERNETES and PROBE.";

    private ExistingFacts() {}

    /** Fails if there is no usable kubeconfig. */
    static CompletableFuture<CloudFacts> read(ExistingContext context) {
        return context.scheduler()
                .call(() -> new CloudFacts(
                        ExistingProvider.ID,
                        context.region(),
                        context.cluster().access().name(),
                        unknown(),
                        unknown(),
                        unknown(),
                        unknown(),
                        unknown(),
                        unknown()));
    }

    private static <T> Fact<T> unknown() {
        return Fact.unknown(REASON, REMEDY);
    }
}
