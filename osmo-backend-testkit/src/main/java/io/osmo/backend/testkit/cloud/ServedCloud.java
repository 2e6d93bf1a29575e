// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.testkit.cloud;

import java.net.URI;
import java.util.Map;

/** An emulated cloud that answers HTTP on a free port of 127.0.0.1 until this is closed. The cloud keeps its state. */
public interface ServedCloud extends AutoCloseable {
    /** The URL, such as {@code http://127.0.0.1:40123}. */
    URI url();

    /** Environment variables that direct unmodified clients there, by name. They contain no secrets. */
    Map<String, String> environment();

    /** Stops the server, even if a client has stopped in the middle of a request. Closing it again has no effect. */
    @Override
    void close();
}
