/**
 * Azure in this process, as an HTTP client of the SDK: no sockets, so that {@code https} addresses and bearer tokens work as with
 * Azure itself.
 */
@NullMarked
package io.osmo.backend.testkit.azure;

import org.jspecify.annotations.NullMarked;
