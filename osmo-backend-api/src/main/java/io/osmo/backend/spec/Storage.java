// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.spec;

import java.util.Optional;
import org.immutables.value.Value;

/** The default StorageClass (ST-1, SC-2): encrypted, expandable, binding on first consumer. */
@Value.Immutable
@SpecStyle
public interface Storage {
    /** Name of the default StorageClass; empty means the provider's own, such as {@code gp3}. */
    Optional<String> className();
}
