// SPDX-License-Identifier: Apache-2.0
/** What is known before anything is created, on each emulated cloud. */
@NullMarked
package io.osmo.backend.tests.preflight;

import org.jspecify.annotations.NullMarked;
