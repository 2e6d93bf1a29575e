// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.testkit.cloud;

import java.net.URI;
import java.util.Map;

/** An emulated cloud that answers HTTP on a free port of 127.0.0.1 until it is closed. What it holds remains. */
public interface ServedCloud extends AutoCloseable {
    /** Where it answers, such as {@code http://127.0.0.1:40123}. */
    URI url();

    /** Environment variables that lead unmodified clients there, by name. They hold no secrets. */
    Map<String, String> environment();

    /** Stops the server, also if a client has stopped in the middle of a request. Closing again does nothing. */
    @Override
    void close();
}
