// SPDX-License-Identifier: Apache-2.0
/** Calls over HTTP, on the JDK's client: limited in size and time. */
@NullMarked
package io.osmo.backend.gcp.internal.http;

import org.jspecify.annotations.NullMarked;
