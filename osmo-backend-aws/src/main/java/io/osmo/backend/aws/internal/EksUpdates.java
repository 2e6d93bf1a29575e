// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.aws.internal;

import io.osmo.backend.aws.EksFeature;
import io.osmo.backend.error.CloudError;
import io.osmo.backend.error.CloudException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.eks.model.DescribeUpdateRequest;
import software.amazon.awssdk.services.eks.model.Update;
import software.amazon.awssdk.services.eks.model.UpdateStatus;

/**
 * Follows the updates of one object of EKS. An update that fails leaves the object active and as it was; without asking for
 * the update itself, the reason would be lost and the same update would be tried again. Safe for concurrent use.
 */
public final class EksUpdates {
    private final AwsContext aws;
    private final Consumer<DescribeUpdateRequest.Builder> object;
    private final AtomicReference<@Nullable String> last = new AtomicReference<>();

    /** @param object sets the names of the object, beside that of the cluster */
    public EksUpdates(AwsContext aws, Consumer<DescribeUpdateRequest.Builder> object) {
        this.aws = aws;
        this.object = object;
    }

    /** Remembers what EKS has answered to an update call; emulators answer none. */
    public void started(@Nullable Update update) {
        last.set(update == null ? null : update.id());
    }

    /**
     * Called before the next update: looks at how the last one ended.
     *
     * @throws CloudException with EKS' reasons when it failed
     */
    public void requireSuccess() {
        String id = last.getAndSet(null);
        if (id == null || !aws.settings().offers(EksFeature.UPDATE_STATUS)) {
            return;
        }
        Update update = aws.call(
                        "eks:DescribeUpdate",
                        () -> aws.clients().eks().describeUpdate(r -> {
                            r.name(aws.name()).updateId(id);
                            object.accept(r);
                        }))
                .update();
        if (update.status() == UpdateStatus.FAILED || update.status() == UpdateStatus.CANCELLED) {
            throw failure(update);
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
        return CloudException.of(error(code), "eks:" + update.typeAsString())
                .code(code)
                .message("update " + update.id() + " ended as " + update.statusAsString()
                        + (reasons.isEmpty() ? "" : ": " + reasons))
                .remedy("Remove what EKS names as the reason, then apply again.")
                .build();
    }

    private static CloudError error(String code) {
        return switch (code) {
            case "AccessDenied", "OperationNotPermitted" -> CloudError.NOT_AUTHORISED;
            case "EniLimitReached" -> CloudError.QUOTA_EXCEEDED;
            case "IpNotAvailable", "InsufficientFreeAddresses" -> CloudError.NO_CAPACITY;
            default -> CloudError.INVALID_REQUEST;
        };
    }
}
