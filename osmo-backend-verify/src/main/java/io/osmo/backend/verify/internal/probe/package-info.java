/** Runs probes: plans pods, waits for them without holding a thread, reads their output, removes them. */
@NullMarked
package io.osmo.backend.verify.internal.probe;

import org.jspecify.annotations.NullMarked;
