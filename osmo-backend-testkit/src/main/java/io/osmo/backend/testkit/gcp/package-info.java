// SPDX-License-Identifier: Apache-2.0
/**
 * A project of Google Cloud in this process, behind the provider's own seam ({@link io.osmo.backend.gcp.GcpTarget}).
 *
 * <p>The wire is emulated, not the client: the vendor's real clients speak gRPC to a server in the process and JSON over HTTP to
 * one on 127.0.0.1. Both are made of the vendor's own descriptions, the generated service descriptors and the HTTP rules in
 * them, so that an unknown field, parameter or path is refused as the service refuses it, and one {@link
 * io.osmo.backend.testkit.gcp.CallInspector} sees every request as the same kind of message. Behind the wire stand plain
 * classes, one per concern, whose methods are named and typed as those of the services; what has no such method fails loudly.
 */
@NullMarked
package io.osmo.backend.testkit.gcp;

import org.jspecify.annotations.NullMarked;
