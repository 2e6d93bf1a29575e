// SPDX-License-Identifier: Apache-2.0
/** What Azure says about a backend, for verification. */
@NullMarked
package io.osmo.backend.azure.internal.facts;

import org.jspecify.annotations.NullMarked;
