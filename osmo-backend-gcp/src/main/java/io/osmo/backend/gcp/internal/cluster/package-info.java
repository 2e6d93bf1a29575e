/** The GKE cluster: what is wanted of its control plane, how it is observed, how it is upgraded. */
@NullMarked
package io.osmo.backend.gcp.internal.cluster;

import org.jspecify.annotations.NullMarked;
