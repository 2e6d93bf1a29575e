// SPDX-License-Identifier: Apache-2.0
/** Calls over HTTP that no vendor's client makes: limited in size and time, since whatever answers may never stop. */
@NullMarked
package io.osmo.backend.spi.http;

import org.jspecify.annotations.NullMarked;
