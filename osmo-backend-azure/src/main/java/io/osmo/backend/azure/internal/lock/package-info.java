// SPDX-License-Identifier: Apache-2.0
/** Management locks: the one that protects our cluster, and those of others that forbid a deletion. */
@NullMarked
package io.osmo.backend.azure.internal.lock;

import org.jspecify.annotations.NullMarked;
