// SPDX-License-Identifier: Apache-2.0
/** What a backend costs an hour, by the list prices of its cloud. */
@NullMarked
package io.osmo.backend.cost;

import org.jspecify.annotations.NullMarked;
