// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.aws.internal.preflight;

import io.osmo.backend.aws.internal.AwsContext;
import io.osmo.backend.error.CloudException;
import io.osmo.backend.plan.PreflightFinding;
import io.osmo.backend.plan.PreflightFinding.Status;
import io.osmo.backend.spec.BackendSpec;
import io.osmo.backend.spi.provider.Reading;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.stream.Collectors;

/**
 * Asks all questions, those to the cloud concurrently once it is known whose credentials are in use. Credentials that AWS
 * refuses are one finding, not one for each question that they then cannot answer.
 */
public final class Preflight {
    private static final IdentityCheck IDENTITY = new IdentityCheck();

    /** Questions to the cloud, in the order of the report. A new one is one line here. */
    private static final List<PreflightCheck> OF_CLOUD = List.of(
            new ClusterNameCheck(),
            new VersionCheck(),
            new InstanceTypesCheck(),
            new ExistingNetwork(),
            new ExistingKey());

    private Preflight() {}

    /** Findings in the order of the checks. Fails with nothing but defects. */
    public static CompletableFuture<List<PreflightFinding>> run(AwsContext aws, BackendSpec spec) {
        CompletableFuture<List<PreflightFinding>> identity = ask(IDENTITY, aws, spec);
        return identity.thenCompose(who -> who.stream().allMatch(f -> f.status() == Status.PASS)
                        ? Reading.sequence(OF_CLOUD.stream()
                                .map(check -> ask(check, aws, spec))
                                .toList())
                        : CompletableFuture.completedFuture(List.of(List.of(unasked()))))
                .thenApply(cloud -> {
                    List<PreflightFinding> findings = new ArrayList<>(identity.join());
                    cloud.forEach(findings::addAll);
                    return List.copyOf(findings);
                });
    }

    private static CompletableFuture<List<PreflightFinding>> ask(
            PreflightCheck check, AwsContext aws, BackendSpec spec) {
        return check.run(aws, spec).exceptionally(failure -> {
            Throwable cause = failure instanceof CompletionException ? failure.getCause() : failure;
            if (cause instanceof CloudException refused) {
                return List.of(check.unknown(refused.getMessage(), refused.remedy()));
            }
            throw new CompletionException(cause);
        });
    }

    private static PreflightFinding unasked() {
        return new PreflightFinding(
                "preflight.cloud",
                Status.UNKNOWN,
                Optional.empty(),
                "not asked without credentials that work: "
                        + OF_CLOUD.stream()
                                .map(check -> check.id().replaceFirst("^preflight\\.", ""))
                                .collect(Collectors.joining(", ")),
                "Mend the credentials, then run the preflight again.");
    }
}
