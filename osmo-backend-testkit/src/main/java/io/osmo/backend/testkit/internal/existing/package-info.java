// SPDX-License-Identifier: Apache-2.0
/** What the emulated existing cluster is made of. */
@NullMarked
package io.osmo.backend.testkit.internal.existing;

import org.jspecify.annotations.NullMarked;
