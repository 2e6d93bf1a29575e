// SPDX-License-Identifier: Apache-2.0
/** Management locks: the one that protects the backend's cluster, and those of others that prevent a deletion. */
@NullMarked
package io.osmo.backend.azure.internal.lock;

import org.jspecify.annotations.NullMarked;
