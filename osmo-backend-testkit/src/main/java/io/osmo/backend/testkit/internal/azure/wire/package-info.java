/** How calls arrive: the SDK's HTTP client in this process, HTTP on 127.0.0.1, and the dispatch to the types of the emulated services. */
@NullMarked
package io.osmo.backend.testkit.internal.azure.wire;

import org.jspecify.annotations.NullMarked;
