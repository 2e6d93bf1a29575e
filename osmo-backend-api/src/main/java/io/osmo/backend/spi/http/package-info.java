// SPDX-License-Identifier: Apache-2.0
/** Calls over HTTP that no vendor's client makes, on the JDK's client. Providers and renderers of charts use it; hosts do not. */
@NullMarked
package io.osmo.backend.spi.http;

import org.jspecify.annotations.NullMarked;
