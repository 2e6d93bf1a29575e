// SPDX-License-Identifier: Apache-2.0
/** Why nodes of a backend did not join: one cause and one remedy for each pool, with the evidence. */
@NullMarked
package io.osmo.backend.diagnosis;

import org.jspecify.annotations.NullMarked;
