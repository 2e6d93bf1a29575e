// SPDX-License-Identifier: Apache-2.0
/** The provider of existing clusters. */
@NullMarked
package io.osmo.backend.kubernetes.internal.existing;

import org.jspecify.annotations.NullMarked;
