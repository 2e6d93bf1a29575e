// SPDX-License-Identifier: Apache-2.0
/**
 * An emulated project of Google Cloud in this process, which the provider reaches by a {@link io.osmo.backend.gcp.GcpTarget}.
 *
 * <p>It emulates the wire, not the client: the vendor's real clients speak gRPC to a server in the process, and JSON over HTTP to one
 * on 127.0.0.1. Both servers are built from the vendor's own descriptions (service descriptors and their HTTP rules), so that an
 * unknown field, parameter or path is refused as the service refuses it. A method that is not emulated fails with a message that says so.
 */
@NullMarked
package io.osmo.backend.testkit.gcp;

import org.jspecify.annotations.NullMarked;
