// SPDX-License-Identifier: Apache-2.0
/** What a backend costs, on all clouds. */
@NullMarked
package io.osmo.backend.tests.cost;

import org.jspecify.annotations.NullMarked;
