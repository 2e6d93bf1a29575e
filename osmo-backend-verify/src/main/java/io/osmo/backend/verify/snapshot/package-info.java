// SPDX-License-Identifier: Apache-2.0
/** What was read from a cluster at one moment: immutable, without secrets, the only input of checks. */
@NullMarked
package io.osmo.backend.verify.snapshot;

import org.jspecify.annotations.NullMarked;
