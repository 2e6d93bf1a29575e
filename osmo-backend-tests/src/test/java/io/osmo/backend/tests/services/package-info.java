// SPDX-License-Identifier: Apache-2.0
/** Services of {@code ../shared} for the tests that need them. */
@NullMarked
package io.osmo.backend.tests.services;

import org.jspecify.annotations.NullMarked;
