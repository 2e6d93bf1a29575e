// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.gcp.internal;

import com.google.protobuf.Message;
import java.util.Optional;

/**
 * An object of Compute Engine.
 *
 * @param value as the service describes it; its default instance while it is not visible yet
 * @param operation name of an operation that is under way with it
 */
public record ComputeObject(Message value, Optional<String> operation) {
    public static ComputeObject standing(Message value) {
        return new ComputeObject(value, Optional.empty());
    }

    public <M extends Message> M as(Class<M> type) {
        return type.cast(value);
    }
}
