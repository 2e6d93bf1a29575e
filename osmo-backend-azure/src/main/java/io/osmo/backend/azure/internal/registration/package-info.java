// SPDX-License-Identifier: Apache-2.0
/** Resource providers and features that a subscription must have switched on. */
@NullMarked
package io.osmo.backend.azure.internal.registration;

import org.jspecify.annotations.NullMarked;
