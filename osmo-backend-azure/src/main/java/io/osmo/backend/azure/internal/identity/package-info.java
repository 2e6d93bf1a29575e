// SPDX-License-Identifier: Apache-2.0
/** Managed identities and the roles that they need. */
@NullMarked
package io.osmo.backend.azure.internal.identity;

import org.jspecify.annotations.NullMarked;
