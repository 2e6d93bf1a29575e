// SPDX-License-Identifier: Apache-2.0
/** HTTP calls that no vendor's client makes, with the client of the JDK. For providers and chart renderers, not for hosts. */
@NullMarked
package io.osmo.backend.spi.http;

import org.jspecify.annotations.NullMarked;
