// SPDX-License-Identifier: Apache-2.0
/** What a backend on Azure costs, by the Retail Prices. */
@NullMarked
package io.osmo.backend.azure.internal.cost;

import org.jspecify.annotations.NullMarked;
