// SPDX-License-Identifier: Apache-2.0
/** Google's clients on the JDK's HTTP client. */
@NullMarked
package io.osmo.backend.gcp.internal.http;

import org.jspecify.annotations.NullMarked;
