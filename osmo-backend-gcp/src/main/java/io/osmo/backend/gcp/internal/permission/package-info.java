// SPDX-License-Identifier: Apache-2.0
/** The custom roles that let a host do its work. */
@NullMarked
package io.osmo.backend.gcp.internal.permission;

import org.jspecify.annotations.NullMarked;
