/** Puts the concerns of a GKE backend together: its graph, its session, what is in its cluster, the list of backends. */
@NullMarked
package io.osmo.backend.gcp.internal.session;

import org.jspecify.annotations.NullMarked;
