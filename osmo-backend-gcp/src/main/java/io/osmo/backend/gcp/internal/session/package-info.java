/** Puts the parts of a GKE backend together. */
@NullMarked
package io.osmo.backend.gcp.internal.session;

import org.jspecify.annotations.NullMarked;
