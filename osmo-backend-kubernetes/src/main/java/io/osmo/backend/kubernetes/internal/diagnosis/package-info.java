// SPDX-License-Identifier: Apache-2.0
/** What a cluster knows of its nodes, for the search for why nodes did not join. */
@NullMarked
package io.osmo.backend.kubernetes.internal.diagnosis;

import org.jspecify.annotations.NullMarked;
