// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.gcp.internal;

import com.google.protobuf.Message;
import java.util.Optional;

/**
 * An object of Compute Engine.
 *
 * @param value as the service describes it; its default instance as long as it is not visible
 * @param operation an operation that is running on it
 */
public record ComputeObject(Message value, Optional<LastOperation.Running> operation) {
    public static ComputeObject idle(Message value) {
        return new ComputeObject(value, Optional.empty());
    }

    public <M extends Message> M as(Class<M> type) {
        return type.cast(value);
    }
}
