// SPDX-License-Identifier: Apache-2.0
/** What a backend and an OSMO service need of each other, on all clouds. */
@NullMarked
package io.osmo.backend.tests.osmo;

import org.jspecify.annotations.NullMarked;
