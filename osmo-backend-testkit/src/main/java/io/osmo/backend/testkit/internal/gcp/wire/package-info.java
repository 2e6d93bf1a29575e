/** How calls arrive: gRPC in the process, JSON over HTTP on 127.0.0.1, and the dispatch to the emulated services. */
@NullMarked
package io.osmo.backend.testkit.internal.gcp.wire;

import org.jspecify.annotations.NullMarked;
