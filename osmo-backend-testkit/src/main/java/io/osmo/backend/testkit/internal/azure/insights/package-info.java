// SPDX-License-Identifier: Apache-2.0
/** Microsoft.Insights. */
@NullMarked
package io.osmo.backend.testkit.internal.azure.insights;

import org.jspecify.annotations.NullMarked;
