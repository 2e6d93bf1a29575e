// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.aws.internal;

import io.osmo.backend.aws.EksFeature;
import io.osmo.backend.error.CloudException;
import io.osmo.backend.resource.ResourceId;
import io.osmo.backend.spi.Readiness;
import io.osmo.backend.spi.Timing;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.eks.model.DescribeUpdateRequest;
import software.amazon.awssdk.services.eks.model.Update;
import software.amazon.awssdk.services.eks.model.UpdateStatus;

/**
 * An object of EKS, with its updates. An update that fails leaves the object active and as it was; unless the update itself is
 * asked for, the reason would be lost and the same update tried again.
 *
 * @param <O> what is observed of it
 */
public abstract class EksResource<O> extends AwsResource<O> {
    private final AtomicReference<@Nullable String> lastUpdate = new AtomicReference<>();

    protected EksResource(
            AwsContext context,
            ResourceId id,
            Class<O> type,
            Set<ResourceId> after,
            Timing timing,
            String description) {
        super(context, id, type, after, timing, description);
    }

    /** Sets the names of the object, besides that of the cluster, to ask for one of its updates. */
    protected void name(DescribeUpdateRequest.Builder request) {}

    /**
     * What will not become ready by waiting.
     *
     * @param code the first of its issues; empty if EKS tells none
     */
    protected static Readiness failed(Optional<String> code, String reason) {
        return code.map(known -> AwsErrorTable.table().failed(known, AwsErrorTable.UPDATE + known, reason))
                .orElseGet(() -> Readiness.failed(reason));
    }

    protected final void tag(String arn) {
        context.call(
                "eks:TagResource",
                () -> context.eks().tagResource(r -> r.resourceArn(arn).tags(tags())));
    }

    /**
     * Starts an update once the one before has succeeded.
     *
     * @param call returns what EKS answers; emulators may answer nothing
     * @throws CloudException with EKS' reasons when the last update failed
     */
    protected final void update(String operation, Supplier<Update> call) {
        String id = lastUpdate.getAndSet(null);
        if (id != null && context.offers(EksFeature.UPDATE_STATUS)) {
            requireSuccess(id);
        }
        Update started = context.call(operation, call);
        lastUpdate.set(started == null ? null : started.id());
    }

    private void requireSuccess(String id) {
        Update last = context.call(
                "eks:DescribeUpdate",
                () -> context.eks()
                        .describeUpdate(r -> {
                            r.name(context.name()).updateId(id);
                            name(r);
                        })
                        .update());
        if (last.status() == UpdateStatus.FAILED || last.status() == UpdateStatus.CANCELLED) {
            throw failure(last);
        }
    }

    private static CloudException failure(Update update) {
        String reasons = update.errors().stream()
                .map(error -> error.errorCodeAsString() + ": " + error.errorMessage()
                        + (error.resourceIds().isEmpty() ? "" : " " + error.resourceIds()))
                .collect(Collectors.joining("; "));
        String code = update.errors().isEmpty()
                ? update.statusAsString()
                : update.errors().get(0).errorCodeAsString();
        return AwsErrors.updateFailed(
                "eks:" + update.typeAsString(),
                code,
                "update " + update.id() + " ended as " + update.statusAsString()
                        + (reasons.isEmpty() ? "" : ": " + reasons));
    }
}
