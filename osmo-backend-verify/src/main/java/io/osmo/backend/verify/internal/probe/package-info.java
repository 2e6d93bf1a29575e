/** Runs probes: plans pods, waits for them without a thread, reads what they say, removes them. */
@NullMarked
package io.osmo.backend.verify.internal.probe;

import org.jspecify.annotations.NullMarked;
