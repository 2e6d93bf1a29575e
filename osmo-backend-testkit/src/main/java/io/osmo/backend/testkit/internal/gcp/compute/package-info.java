/** Compute Engine: networks, machines, and what controllers of a cluster create there. */
@NullMarked
package io.osmo.backend.testkit.internal.gcp.compute;

import org.jspecify.annotations.NullMarked;
