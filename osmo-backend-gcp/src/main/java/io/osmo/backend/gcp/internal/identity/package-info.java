/** The service account of the nodes and what it may do. */
@NullMarked
package io.osmo.backend.gcp.internal.identity;

import org.jspecify.annotations.NullMarked;
