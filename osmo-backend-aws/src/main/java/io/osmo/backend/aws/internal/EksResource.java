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
 * An object of EKS, with its updates. A failed update leaves the object active and unchanged. Unless the update itself is read, the
 * reason is lost and the same update is tried again.
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

    /** Sets the name of the object, in addition to that of the cluster, in a request for one of its updates. */
    protected void name(DescribeUpdateRequest.Builder request) {}

    /**
     * The readiness of an object that will not become ready by waiting.
     *
     * @param code code of its first issue; empty if EKS reports none
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
