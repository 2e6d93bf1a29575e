// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.spec;

import org.immutables.value.Value;

/** The default StorageClass (ST-1, SC-2): encrypted, expandable, binding on first consumer. */
@Value.Immutable
@SpecStyle
public interface Storage {
    /** Name of the default StorageClass; the provider's default when empty, such as {@code gp3}. */
    String className();
}
