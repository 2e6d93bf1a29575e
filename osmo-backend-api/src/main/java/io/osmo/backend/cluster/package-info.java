// SPDX-License-Identifier: Apache-2.0
/** How to reach a cluster, and what the cloud says about it. */
@NullMarked
package io.osmo.backend.cluster;

import org.jspecify.annotations.NullMarked;
