// SPDX-License-Identifier: Apache-2.0
/** Objects of others inside the backend's resources, which prevent their deletion. */
@NullMarked
package io.osmo.backend.gcp.internal.foreign;

import org.jspecify.annotations.NullMarked;
