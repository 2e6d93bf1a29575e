// SPDX-License-Identifier: Apache-2.0
/** Key vault, key and disk encryption set. */
@NullMarked
package io.osmo.backend.azure.internal.encryption;

import org.jspecify.annotations.NullMarked;
