// SPDX-License-Identifier: Apache-2.0
/** Shared connections, calls with typed errors, and marks of ownership. */
@NullMarked
package io.osmo.backend.kubernetes.internal.client;

import org.jspecify.annotations.NullMarked;
