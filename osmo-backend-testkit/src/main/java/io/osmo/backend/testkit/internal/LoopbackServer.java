// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.testkit.internal;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;

/** Makes HTTP servers on free ports of the loopback interface: the one place, since the JDK reads its settings only once. */
public final class LoopbackServer {
    private static final String NO_DELAY = "sun.net.httpserver.nodelay";

    private LoopbackServer() {}

    /** A server that is not started yet. */
    public static HttpServer create() {
        // Or else the kernel holds back each answer's body for 40 ms, waiting for the client to confirm its head.
        System.setProperty(NO_DELAY, System.getProperty(NO_DELAY, "true"));
        try {
            return HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException("no port to listen on", e);
        }
    }
}
