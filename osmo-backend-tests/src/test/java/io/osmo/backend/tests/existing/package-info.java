// SPDX-License-Identifier: Apache-2.0
/** The provider of existing clusters. */
@NullMarked
package io.osmo.backend.tests.existing;

import org.jspecify.annotations.NullMarked;
