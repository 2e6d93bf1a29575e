// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.gcp.internal;

import io.osmo.backend.error.CloudError;
import io.osmo.backend.error.CloudException;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * The result of reading an object of someone else: the object, that it does not exist, or that these credentials may not read it.
 * Google gives the same answer for an object that may not be read and for one that does not exist, so a refusal proves neither.
 *
 * @param refused why it could not be read
 */
public record Lookup<T>(Optional<T> found, Optional<CloudException> refused) {
    /** Makes one reading call. */
    public static <T> Lookup<T> of(GcpContext context, String operation, Supplier<T> call) {
        try {
            return new Lookup<>(Optional.of(context.call(operation, call)), Optional.empty());
        } catch (CloudException failure) {
            if (failure.error() == CloudError.NOT_FOUND) {
                return new Lookup<>(Optional.empty(), Optional.empty());
            }
            if (failure.error() == CloudError.NOT_AUTHORIZED || failure.code().equals(GcpErrors.SERVICE_DISABLED)) {
                return new Lookup<>(Optional.empty(), Optional.of(failure));
            }
            throw failure;
        }
    }

    public <R> Lookup<R> map(Function<T, R> mapper) {
        return new Lookup<>(found.map(mapper), refused);
    }

    /** Whether it is known not to exist. */
    public boolean isAbsent() {
        return found.isEmpty() && refused.isEmpty();
    }
}
