// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.spec;

import java.util.Optional;
import org.immutables.value.Value;

/** Keys for encryption at rest (SC-1, SC-2). */
@Value.Immutable
@SpecStyle
public interface Encryption {
    /** Id of an existing key in the cloud's own spelling; used, never changed or deleted. Empty means that a key is created. */
    Optional<String> existingKey();
}
