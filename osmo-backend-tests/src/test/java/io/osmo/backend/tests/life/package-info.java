// SPDX-License-Identifier: Apache-2.0
/** The life of a backend, simulated: one seed gives one history of edits, faults and accidents, and invariants hold after every step. */
@NullMarked
package io.osmo.backend.tests.life;

import org.jspecify.annotations.NullMarked;
