// SPDX-License-Identifier: Apache-2.0
/** The retail prices of Azure. */
@NullMarked
package io.osmo.backend.testkit.internal.azure.prices;

import org.jspecify.annotations.NullMarked;
