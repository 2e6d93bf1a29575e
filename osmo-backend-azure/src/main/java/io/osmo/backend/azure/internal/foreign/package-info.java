// SPDX-License-Identifier: Apache-2.0
/** What others have put where a deletion would take it along. */
@NullMarked
package io.osmo.backend.azure.internal.foreign;

import org.jspecify.annotations.NullMarked;
