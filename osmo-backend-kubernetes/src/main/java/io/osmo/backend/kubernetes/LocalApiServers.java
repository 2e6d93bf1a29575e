// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.kubernetes;

import java.net.URI;
import java.net.http.HttpClient;
import java.util.Optional;

/**
 * API servers in this process, such as those of emulated clusters, which a client can call without a socket. Found by {@link
 * java.util.ServiceLoader} and asked only for plain http on the loopback interface. Safe for concurrent use.
 */
public interface LocalApiServers {
    /** A client that calls the server at this address directly; empty if the server is not in this process. */
    Optional<HttpClient> client(URI endpoint);
}
