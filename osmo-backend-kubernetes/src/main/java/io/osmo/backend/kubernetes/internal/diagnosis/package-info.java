// SPDX-License-Identifier: Apache-2.0
/** Reads what a cluster knows about its nodes, to find out why nodes did not join. */
@NullMarked
package io.osmo.backend.kubernetes.internal.diagnosis;

import org.jspecify.annotations.NullMarked;
