// SPDX-License-Identifier: Apache-2.0
/** What forbids a deletion: protection of the cluster, and what is in cluster and network that is not ours. */
@NullMarked
package io.osmo.backend.aws.internal.guard;

import org.jspecify.annotations.NullMarked;
