/** What the cluster's controllers have made in Compute Engine and nobody else deletes. */
@NullMarked
package io.osmo.backend.gcp.internal.sweep;

import org.jspecify.annotations.NullMarked;
