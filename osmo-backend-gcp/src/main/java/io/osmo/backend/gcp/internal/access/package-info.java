/** How the Kubernetes API of a cluster is reached. */
@NullMarked
package io.osmo.backend.gcp.internal.access;

import org.jspecify.annotations.NullMarked;
