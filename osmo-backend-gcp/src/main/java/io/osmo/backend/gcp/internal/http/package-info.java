// SPDX-License-Identifier: Apache-2.0
/** The requests of Google's clients, carried by the JDK's client. */
@NullMarked
package io.osmo.backend.gcp.internal.http;

import org.jspecify.annotations.NullMarked;
