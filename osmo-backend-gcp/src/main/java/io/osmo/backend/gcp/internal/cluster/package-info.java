/** The GKE cluster: what a spec wants of it, how it is read, changed and upgraded. */
@NullMarked
package io.osmo.backend.gcp.internal.cluster;

import org.jspecify.annotations.NullMarked;
