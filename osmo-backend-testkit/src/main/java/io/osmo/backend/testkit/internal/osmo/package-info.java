// SPDX-License-Identifier: Apache-2.0
/** The inside of the emulated OSMO service: gateway, API, the process that operators connect to, and their side of it. */
@NullMarked
package io.osmo.backend.testkit.internal.osmo;

import org.jspecify.annotations.NullMarked;
