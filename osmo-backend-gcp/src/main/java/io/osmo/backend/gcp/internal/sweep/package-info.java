/** What the cluster's controllers have created in Compute Engine and nothing else deletes. */
@NullMarked
package io.osmo.backend.gcp.internal.sweep;

import org.jspecify.annotations.NullMarked;
